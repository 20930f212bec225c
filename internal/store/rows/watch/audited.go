package watch

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Audited is a table whose rows are objects: each change of a row leaves an entry
// in the audit log, whichever way it comes about. A dialect makes the triggers that
// write rows of audit_pending.
type Audited struct {
	Table  string
	Object string // kind of object in the log
	// Company is the company of a row, %[1]s stands for OLD or NEW; empty means the
	// column company_id.
	Company string
	// Settled are columns that follow from other changes and leave no entry.
	Settled []string
	// Shown are columns of words whose new value is logged. They must never hold
	// anything about a person.
	Shown []string
	// Initial are the values of shown columns, as text, that a new row is taken to have
	// where its entry tells nothing else.
	Initial map[string]string
	// Later are shown columns that were added when there were rows, and change with
	// another, by that one: what a migration put into them no entry tells.
	Later map[string][]string
	// Made is a condition on rows t that migrations made, before there was a log.
	Made string
	// Until is a column of microseconds: when it, and Grace after it, are over, the row
	// is old, and nothing about it is logged. Empty means that rows never are.
	Until string
	Grace time.Duration
}

// Note is what happens after a change of a row: where the condition holds, a row of
// audit_pending is written. A dialect wraps it.
type Note struct {
	Name   string
	Table  string
	Event  string // INSERT, UPDATE or DELETE
	When   string // condition on OLD and NEW, empty for any change
	Insert string // statement
}

// Notes are those of a table with these columns. now is the SQL of the time in seconds
// since 1970.
func (a Audited) Notes(columns []string, d table.Dialect, now string) []Note {
	var watched, changed, made []string
	for _, c := range columns {
		if slices.Contains([]string{"id", "row_id", "time_created", "time_updated"}, c) || slices.Contains(a.Settled, c) {
			continue
		}
		differs := fmt.Sprintf("OLD.%[1]s IS DISTINCT FROM NEW.%[1]s", c)
		watched = append(watched, differs)
		word := fmt.Sprintf("' %s'", c)
		if slices.Contains(a.Shown, c) {
			value := d.Word("NEW." + c)
			word = fmt.Sprintf("' %s=' || %s", c, value)
			at := word
			if initial, ok := a.Initial[c]; ok {
				at = fmt.Sprintf("CASE WHEN %s IS DISTINCT FROM '%s' THEN %s ELSE '' END", value, initial, word)
			}
			made = append(made, at)
		}
		changed = append(changed, fmt.Sprintf("CASE WHEN %s THEN %s ELSE '' END", differs, word))
	}
	return []Note{
		a.note("create", "INSERT", "NEW", a.young("NEW", now), listed(made)),
		a.note("update", "UPDATE", "NEW", append(a.young("NEW", now), strings.Join(watched, " OR ")), listed(changed)),
		a.note("delete", "DELETE", "OLD", a.young("OLD", now), "''"),
	}
}

// young is the condition that something about a row is logged, if there is any.
func (a Audited) young(row, now string) []string {
	if a.Until == "" {
		return nil
	}
	return []string{fmt.Sprintf("%s.%s > (%s - %d) * 1000000", row, a.Until, now, int(a.Grace.Seconds()))}
}

// listed joins words that begin with a blank or are empty.
func listed(words []string) string {
	if len(words) == 0 {
		return "''"
	}
	return "ltrim(" + strings.Join(words, " || ") + ")"
}

func (a Audited) note(action, event, row string, conditions []string, changed string) Note {
	company := a.Company
	if company == "" {
		company = "%[1]s.company_id"
	}
	when := strings.Join(conditions, " AND ")
	if len(conditions) > 1 {
		when = "(" + strings.Join(conditions, ") AND (") + ")"
	}
	return Note{Name: "audit_" + a.Table + "_" + action, Table: a.Table, Event: event, When: when,
		Insert: fmt.Sprintf(`INSERT INTO audit_pending (action, object, object_id, company_id, changed)
	VALUES ('%s', '%s', %s.id, coalesce(%s, ''), %s)`, action, a.Object, row, fmt.Sprintf(company, row), changed)}
}
