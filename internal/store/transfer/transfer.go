// Package transfer reads all that a database keeps of an installation, a line of JSON per
// row in the order of keys, and fills an empty database with such lines. The lines are the
// same whichever database they come from, so that equal digests prove equal rows.
//
// Which tables and columns there are is read from the database: one that was added since
// comes along by itself. What does not is in Stays.
package transfer

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Kind is what a column holds.
type Kind string

// The kinds of columns. A column of another kind is refused.
const (
	Text    Kind = "text"
	Integer Kind = "integer"
	Real    Kind = "real" // of 64 bits, finite
	Boolean Kind = "boolean"
	Bytes   Kind = "bytes"
)

// Column is one of a table.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`

	read  string // SQL that gives its value; empty means the column itself
	into  string // column that takes it; empty means its name
	write string // SQL of the value to store with %s for the argument; empty means the argument
}

// Table is a table with the columns that others do not follow from, sorted by name.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Key     []string `json:"key"` // columns by which rows are sorted, text byte by byte

	// Parents are the tables that it refers to.
	Parents []string `json:"-"`

	from, into string            // where it is read and stored; empty means its name
	fixed      map[string]string // SQL of columns that are not read
}

// Dialect is what differs between databases.
type Dialect interface {
	// Tables gives all tables that do not Stay, with columns that are stored and those of
	// the primary key.
	Tables(ctx context.Context, tx *sql.Tx) ([]Table, error)
	// Queue says how the queue is read and stored.
	Queue() Queue
	// Argument is the placeholder of the argument of that number, from 1.
	Argument(n int) string
	// Numbers gives the last numbers that were given out, by table, where none may come
	// twice even though its row is gone.
	Numbers(ctx context.Context, tx *sql.Tx) (map[string]int64, error)
	// Continue has new rows numbered after those that there are, and after numbers.
	Continue(ctx context.Context, tx *sql.Tx, numbers map[string]int64) error
}

// Stays tells why a table is not part of an installation; empty where it is.
func Stays(name string) string {
	switch {
	case strings.HasPrefix(name, "sqlite_"):
		return "the database's own"
	case strings.HasPrefix(name, "river_"):
		return "read as the table queue, without what has ended"
	case strings.HasPrefix(name, "gallery_"):
		return "templates of person_images once more, for a search in the same database"
	case name == "goose_db_version":
		return "made with the tables"
	case name == "queue_workers":
		return "leases of running processes"
	}
	return ""
}

// counted are filled by triggers of other tables, and so come after them.
func counted(name string) bool { return name == "folder_counts" || name == "stored_bytes" }

// Tables gives the tables of an installation in an order in which they can be filled.
func Tables(ctx context.Context, d Dialect, tx *sql.Tx) ([]Table, error) {
	all, err := d.Tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		slices.SortFunc(all[i].Columns, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
		if len(all[i].Key) == 0 {
			for _, c := range all[i].Columns {
				all[i].Key = append(all[i].Key, c.Name)
			}
		}
	}
	all, err = inOrder(all)
	return append(all, d.Queue().table()), err
}

// inOrder puts tables after those that they refer to, and counts last.
func inOrder(all []Table) ([]Table, error) {
	slices.SortFunc(all, func(a, b Table) int { return strings.Compare(a.Name, b.Name) })
	var ordered []Table
	there := map[string]bool{}
	ready := func(t Table) bool {
		return !there[t.Name] && (!counted(t.Name) || len(ordered) >= len(all)-2) &&
			!slices.ContainsFunc(t.Parents, func(p string) bool { return p != t.Name && !there[p] })
	}
	for len(ordered) < len(all) {
		at := slices.IndexFunc(all, ready)
		if at < 0 {
			return nil, fmt.Errorf("tables refer to each other in a circle: %d of %d can be filled", len(ordered), len(all))
		}
		ordered = append(ordered, all[at])
		there[all[at].Name] = true
	}
	return ordered, nil
}

// Same refuses tables that are not the same, by a sentence that names the first.
func Same(from, to []Table) error {
	for _, t := range to {
		at := slices.IndexFunc(from, func(f Table) bool { return f.Name == t.Name })
		if at < 0 {
			return fmt.Errorf("table %s is not there", t.Name)
		}
		named := func(c Column) string { return c.Name + " " + string(c.Kind) }
		if have, want := joined(from[at].Columns, named), joined(t.Columns, named); have != want {
			return fmt.Errorf("table %s has the columns %s, expected are %s", t.Name, have, want)
		}
		if !slices.Equal(from[at].Key, t.Key) {
			return fmt.Errorf("table %s is sorted by %q, expected is %q", t.Name, from[at].Key, t.Key)
		}
	}
	if len(from) == len(to) {
		return nil
	}
	for _, t := range from {
		if !slices.ContainsFunc(to, func(other Table) bool { return other.Name == t.Name }) {
			return fmt.Errorf("table %s is not known here", t.Name)
		}
	}
	return nil
}

func joined[T any](all []T, word func(T) string) string {
	words := make([]string, len(all))
	for i, v := range all {
		words[i] = word(v)
	}
	return strings.Join(words, ", ")
}

// Columns reads the columns of a table: query asks for their names and types.
func Columns(ctx context.Context, tx *sql.Tx, query, table string) (all []Column, err error) {
	rows, err := tx.QueryContext(ctx, query, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c Column
		var declared string
		if err := rows.Scan(&c.Name, &declared); err != nil {
			return nil, err
		}
		if c.Kind, err = kindOf(table, c.Name, declared); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// List reads the one column that a query gives.
func List(ctx context.Context, tx *sql.Tx, query string, arguments ...any) (all []string, err error) {
	rows, err := tx.QueryContext(ctx, query, arguments...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// kindOf tells the kind of a column by the type that the database names.
func kindOf(table, column, declared string) (Kind, error) {
	switch strings.ToLower(declared) {
	case "text":
		return Text, nil
	case "integer", "bigint", "smallint":
		return Integer, nil
	case "real", "double precision":
		return Real, nil
	case "boolean":
		return Boolean, nil
	case "blob", "bytea":
		return Bytes, nil
	}
	return "", fmt.Errorf("column %s of table %s is of type %q, which cannot be transferred", column, table, declared)
}
