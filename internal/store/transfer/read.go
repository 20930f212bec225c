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
	s := &Snapshot{tx: tx, end: end}
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
