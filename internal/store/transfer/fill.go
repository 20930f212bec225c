package transfer

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

const (
	// rowsAtOnce and valuesAtOnce bound one statement that stores rows: SQLite takes
	// 32,766 arguments, PostgreSQL 65,535.
	rowsAtOnce   = 500
	valuesAtOnce = 16000
)

// Load is what a database is filled with.
type Load struct {
	From Source
	// Version is that of the tables that come, by the count of the database that is
	// filled; 0 is the latest.
	Version int64
	// Told is called for each table once it was proved that it holds what came, and may
	// be nil.
	Told func(Filled)
}

// Filled is what one table holds after Fill.
type Filled struct {
	Table string
	Sum
}

// Fill puts everything into an empty database, within a transaction, reads it again and
// compares. Triggers that note changes must not be there yet. An error leaves the
// transaction to be rolled back.
func Fill(ctx context.Context, d Dialect, tx *sql.Tx, load Load) error {
	tables, err := Tables(ctx, d, tx)
	if err != nil {
		return err
	}
	if err := Same(load.From.Schema(), tables); err != nil {
		return fmt.Errorf("the source is of another version: %w", err)
	}
	if err := empty(ctx, tx, tables); err != nil {
		return err
	}
	came := map[string]Sum{}
	for _, t := range tables {
		if came[t.Name], err = fillTable(ctx, d, tx, t, load.From); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	if err := d.Continue(ctx, tx, load.From.Numbers()); err != nil {
		return err
	}
	for _, t := range tables { // when all triggers have fired
		sum := NewSummer()
		if err := lines(ctx, tx, t, sum); err != nil {
			return err
		}
		if sum.Sum() != came[t.Name] {
			return fmt.Errorf("table %s holds %d rows with the digest %s, what came has %d with %s", t.Name,
				sum.rows, sum.Sum().SHA256, came[t.Name].Rows, came[t.Name].SHA256)
		}
		if load.Told != nil {
			load.Told(Filled{t.Name, sum.Sum()})
		}
	}
	return nil
}

// ErrNotEmpty tells that a database is somebody's already.
var ErrNotEmpty = errors.New("the database is not empty: name a new one")

// empty refuses a database that holds more than what its tables were made with.
func empty(ctx context.Context, tx *sql.Tx, tables []Table) error {
	made := map[string]int64{"collections": 1, "reference_counter": 1}
	for _, t := range tables {
		var rows int64
		from := t.into
		if from == "" {
			from = t.Name
		}
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+from+" LIMIT 2) AS found").Scan(&rows); err != nil {
			return err
		}
		if rows > made[t.Name] {
			return fmt.Errorf("%w (table %s has rows)", ErrNotEmpty, t.Name)
		}
	}
	return nil
}

// fillTable takes away what was made with the table, or by triggers, and stores what comes.
func fillTable(ctx context.Context, d Dialect, tx *sql.Tx, t Table, from Source) (Sum, error) {
	if t.into == "" {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+t.Name); err != nil {
			return Sum{}, err
		}
	}
	r, w := io.Pipe()
	read := make(chan struct{})
	go func() {
		defer close(read)
		w.CloseWithError(from.Lines(ctx, t.Name, w))
	}()
	sum := NewSummer()
	err := insert(ctx, d, tx, t, io.TeeReader(r, sum))
	r.CloseWithError(err) // the reader, if it still reads, has nobody to read for
	<-read
	return sum.Sum(), err
}

// insert stores lines, many with one statement.
func insert(ctx context.Context, d Dialect, tx *sql.Tx, t Table, from io.Reader) error {
	in := bufio.NewReaderSize(from, 1<<16)
	most := min(rowsAtOnce, valuesAtOnce/len(t.Columns))
	full := t.insertion(d, most)
	values := make([]any, 0, most*len(t.Columns))
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF && len(bytes.TrimSpace(line)) == 0 {
			break
		}
		if err != nil && err != io.EOF {
			return err
		}
		n := len(values)
		values = values[:n+len(t.Columns)]
		if err := parse(t, line, values[n:]); err != nil {
			return err
		}
		if len(values) == cap(values) {
			if _, err := tx.ExecContext(ctx, full, values...); err != nil {
				return err
			}
			values = values[:0]
		}
	}
	if len(values) == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, t.insertion(d, len(values)/len(t.Columns)), values...)
	return err
}

// insertion is the statement that stores so many rows.
func (t Table) insertion(d Dialect, rows int) string {
	var columns []string
	fixed := slices.Sorted(maps.Keys(t.fixed))
	for _, c := range t.Columns {
		name := c.into
		if name == "" {
			name = c.Name
		}
		columns = append(columns, name)
	}
	into := t.into
	if into == "" {
		into = t.Name
	}
	var b strings.Builder
	b.WriteString("INSERT INTO " + into + " (" + strings.Join(append(columns, fixed...), ", ") + ") VALUES ")
	for row := range rows {
		var values []string
		for i, c := range t.Columns {
			value := d.Argument(row*len(t.Columns) + i + 1)
			if c.write != "" {
				value = fmt.Sprintf(c.write, value)
			}
			values = append(values, value)
		}
		for _, name := range fixed {
			values = append(values, t.fixed[name])
		}
		if row > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + strings.Join(values, ", ") + ")")
	}
	return b.String()
}
