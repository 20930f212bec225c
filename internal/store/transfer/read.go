package transfer

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"strings"
)

// Sum is what a table's lines add up to.
type Sum struct {
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of all lines, in lower-case hexadecimal
}

// Summer sums up lines that are written to it.
type Summer struct {
	hash hash.Hash
	rows int64
}

// NewSummer has seen no line yet.
func NewSummer() *Summer { return &Summer{hash: sha256.New()} }

// Write implements io.Writer.
func (s *Summer) Write(p []byte) (int, error) {
	s.rows += int64(bytes.Count(p, []byte("\n")))
	return s.hash.Write(p)
}

// Sum gives that of what was written so far.
func (s *Summer) Sum() Sum { return Sum{Rows: s.rows, SHA256: hex.EncodeToString(s.hash.Sum(nil))} }

// Source gives the tables of an installation as lines.
type Source interface {
	// Schema gives the tables.
	Schema() []Table
	// Numbers is that of Dialect.
	Numbers() map[string]int64
	// Lines writes the lines of a table.
	Lines(ctx context.Context, table string, w io.Writer) error
}

// Snapshot is a database as it was at one moment, whoever writes to it meanwhile. It
// implements Source. One goroutine at a time may use it.
type Snapshot struct {
	tx      *sql.Tx
	dialect Dialect
	tables  []Table
	numbers map[string]int64
	end     func() error
}

// Begin takes a snapshot of a database whose transactions see all as it was when they read
// first. end is called when it is closed, and may be nil.
func Begin(ctx context.Context, d Dialect, db *sql.DB, end func() error) (*Snapshot, error) {
	if end == nil {
		end = func() error { return nil }
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(err, end())
	}
	s := &Snapshot{tx: tx, dialect: d, end: end}
	if s.tables, err = Tables(ctx, d, tx); err == nil {
		s.numbers, err = d.Numbers(ctx, tx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Schema implements Source.
func (s *Snapshot) Schema() []Table { return s.tables }

// Numbers implements Source.
func (s *Snapshot) Numbers() map[string]int64 { return s.numbers }

// Lines implements Source.
func (s *Snapshot) Lines(ctx context.Context, table string, w io.Writer) error {
	t, err := find(s.tables, table)
	if err != nil {
		return err
	}
	return lines(ctx, s.tx, t, w)
}

// Blobs calls each for every blob that rows name, in order.
func (s *Snapshot) Blobs(ctx context.Context, each func(digest string, size int64) error) error {
	rows, err := s.tx.QueryContext(ctx, "SELECT digest, max(size) FROM files GROUP BY digest ORDER BY digest")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var digest string
		var size int64
		if err := rows.Scan(&digest, &size); err != nil {
			return err
		}
		if err := each(digest, size); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Owners names what refers to a file, such as "media 92e66776-...", up to some.
func (s *Snapshot) Owners(ctx context.Context, digest string) (all []string, err error) {
	rows, err := s.tx.QueryContext(ctx, strings.ReplaceAll(`SELECT owner FROM files JOIN (
			SELECT 'media ' || id AS owner, original_key AS named FROM media UNION ALL SELECT 'thumbnail of media ' || id, thumb_key FROM media
			UNION ALL SELECT 'photo of a person ' || id, original_key FROM person_images UNION ALL SELECT 'thumbnail of a photo of a person ' || id, thumb_key FROM person_images
			UNION ALL SELECT 'best shot of analysis ' || analysis_id, file_key FROM best_shots
			UNION ALL SELECT 'report ' || id, file_key FROM reports
			UNION ALL SELECT 'attachment ' || id, file_key FROM report_attachments UNION ALL SELECT 'picture of attachment ' || id, picture_key FROM report_attachments
		) AS owners ON named = key WHERE digest = $digest ORDER BY owner LIMIT 5`, "$digest", s.dialect.Argument(1)), digest)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var owner string
		if err := rows.Scan(&owner); err != nil {
			return nil, err
		}
		all = append(all, owner)
	}
	return all, rows.Err()
}

// Models counts templates of persons by the model and version that made them.
func (s *Snapshot) Models(ctx context.Context) (map[string]int64, error) {
	rows, err := s.tx.QueryContext(ctx, "SELECT model || ' ' || model_version, count(*) FROM person_images GROUP BY 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return nil, err
		}
		all[name] = n
	}
	return all, rows.Err()
}

// Close ends the snapshot.
func (s *Snapshot) Close() error {
	err := s.tx.Rollback()
	if errors.Is(err, sql.ErrTxDone) { // its context has ended
		err = nil
	}
	return errors.Join(err, s.end())
}

func find(tables []Table, name string) (Table, error) {
	for _, t := range tables {
		if t.Name == name {
			return t, nil
		}
	}
	return Table{}, errors.New("there is no table " + name)
}

// query reads all rows in order.
func (t Table) query() string {
	var columns, key []string
	for _, c := range t.Columns {
		switch c.read {
		case "":
			columns = append(columns, c.Name)
		default:
			columns = append(columns, c.read+" AS "+c.Name)
		}
	}
	key = append(key, t.Key...)
	from := t.from
	if from == "" {
		from = t.Name
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + from + " ORDER BY " + strings.Join(key, ", ")
}

// lines writes the rows of a table.
func lines(ctx context.Context, tx *sql.Tx, t Table, to io.Writer) error {
	rows, err := tx.QueryContext(ctx, t.query())
	if err != nil {
		return err
	}
	defer rows.Close()
	out, w := bufio.NewWriterSize(to, 1<<16), newWriter()
	values, scanned := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		scanned[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(scanned...); err != nil {
			return err
		}
		line, err := w.line(t, values)
		if err != nil {
			return err
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), out.Flush())
}
