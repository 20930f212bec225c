// Package logged compares rows with what the audit log says of them: whether each is
// there, the columns whose values are logged, the results of analyses by their digests,
// and the states of folders, which follow from their analyses.
//
// Everything is read in one pass a table, in the order of an index and a row at a time.
package logged

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Table is a table whose changes are logged.
type Table struct {
	Name    string
	Object  string // kind of object in the log
	Company string // column of the company that a row belongs to
	// Shown are columns whose values are logged when they change, and when a row is made
	// with another than the Initial one.
	Shown   []string
	Initial map[string]string
	// Later are columns that were added when there were rows: they change with another
	// column, and entries of before tell of that one alone. By that one.
	Later map[string][]string
	// Made is a condition on rows t that were there before the log; empty: there are none.
	Made string
}

// Comparison compares what one transaction sees.
type Comparison struct {
	DB     bun.IDB
	Tables []Table
	Word   func(column string) string // see table.Dialect
	Settle func([]bonafide.Analysis) bonafide.FolderState
	Each   func(store.Difference) error // is told each difference; its error ends the comparison
}

// Run compares everything.
func (c Comparison) Run(ctx context.Context) error {
	for _, t := range c.Tables {
		if err := c.values(ctx, t); err != nil {
			return err
		}
	}
	if err := c.lost(ctx); err != nil {
		return err
	}
	if err := c.results(ctx); err != nil {
		return err
	}
	return c.states(ctx)
}

// object is a row with what the log says of it.
type object struct {
	table  *Table
	id     string
	values []sql.NullString // of Shown
	known  map[string]string
	owner  string // company that it belongs to
	noted  string // the same by the log
	made   bool
	gone   bool
}

// values compares the rows of a table with their entries.
func (c Comparison) values(ctx context.Context, t Table) error {
	var columns strings.Builder
	for _, s := range t.Shown {
		fmt.Fprintf(&columns, ", %s", c.Word("t."+s))
	}
	made := ""
	if t.Made != "" {
		made = " WHERE NOT (" + t.Made + ")"
	}
	rows, err := c.DB.QueryContext(ctx, fmt.Sprintf(`SELECT t.id, coalesce(t.%s, ''), a.action, a.changed, a.company_id%s FROM %s AS t
		LEFT JOIN audit AS a ON a.object_id = t.id AND a.object = '%s'%s ORDER BY t.id, a.row_id`, t.Company, columns.String(), t.Name, t.Object, made))
	if err != nil {
		return err
	}
	defer rows.Close()
	var o *object
	for rows.Next() {
		var id, owner string
		var action, changed, noted sql.NullString
		values := make([]sql.NullString, len(t.Shown))
		into := []any{&id, &owner, &action, &changed, &noted}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if o == nil || o.id != id {
			if err := c.compare(o); err != nil {
				return err
			}
			o = &object{table: &t, id: id, owner: owner, values: values, known: map[string]string{}}
		}
		if action.String == bonafide.ActionCreate || action.String == bonafide.ActionUpdate {
			o.noted = noted.String
		}
		o.take(action.String, changed.String)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return c.compare(o)
}

// take takes in an entry of the log. Values are words without blanks.
func (o *object) take(action, changed string) {
	switch action {
	case bonafide.ActionCreate:
		o.made, o.gone = true, false
		for column, value := range o.table.Initial {
			o.known[column] = value
		}
	case bonafide.ActionDelete:
		o.gone = true
	}
	told := map[string]bool{}
	for word := range strings.SplitSeq(changed, " ") {
		column, value, shown := strings.Cut(word, "=")
		if !shown { // by name alone, before its values were logged
			delete(o.known, column)
			continue
		}
		o.known[column], told[column] = value, true
	}
	for with, later := range o.table.Later {
		if told[with] && !slices.ContainsFunc(later, func(c string) bool { return told[c] }) {
			maps.DeleteFunc(o.known, func(c, _ string) bool { return slices.Contains(later, c) })
		}
	}
}

func (c Comparison) compare(o *object) error {
	switch {
	case o == nil:
		return nil
	case !o.made:
		return c.tell(o.table.Object, o.id, "is there, and the log does not know of it")
	case o.gone:
		return c.tell(o.table.Object, o.id, "is there, and the log says that it was deleted")
	}
	if o.owner != o.noted {
		if err := c.tell(o.table.Object, o.id, fmt.Sprintf("its company is %q, and %q in the log", o.owner, o.noted)); err != nil {
			return err
		}
	}
	for i, column := range o.table.Shown {
		want, known := o.known[column]
		if have := o.values[i].String; known && have != want {
			if err := c.tell(o.table.Object, o.id, fmt.Sprintf("%s is %q, and %q in the log", column, have, want)); err != nil {
				return err
			}
		}
	}
	return nil
}

// lost finds what the log says is there, and is not.
func (c Comparison) lost(ctx context.Context) error {
	var kinds []string
	var there strings.Builder
	for _, t := range c.Tables {
		kinds = append(kinds, t.Object)
		fmt.Fprintf(&there, " WHEN '%s' THEN EXISTS (SELECT 1 FROM %s WHERE id = a.object_id)", t.Object, t.Name)
	}
	rows, err := c.DB.QueryContext(ctx, `SELECT a.object, a.object_id FROM audit AS a
		WHERE a.action = 'create' AND a.object IN (?)
		AND NOT EXISTS (SELECT 1 FROM audit AS d WHERE d.object_id = a.object_id AND d.object = a.object AND d.action = 'delete' AND d.row_id > a.row_id)
		AND NOT CASE a.object`+there.String()+` END ORDER BY a.row_id`, bun.List(kinds))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kind, id string
		if err := rows.Scan(&kind, &id); err != nil {
			return err
		}
		if err := c.tell(kind, id, "is not there, and was not deleted after the log"); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (c Comparison) tell(object, id, what string) error {
	return c.Each(store.Difference{Object: object, ObjectID: id, What: what})
}
