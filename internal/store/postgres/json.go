package postgres

import "github.com/bonafide-id/bonafide/internal/store/rows/listing"

// JSONText implements table.Dialect. A path is strict, so that names are looked up in
// objects and places in arrays alone, as SQLite does.
func (b *base) JSONText(column string, elements []string) (string, []any, error) {
	path, err := listing.JSONPath(elements)
	if err != nil {
		return "", nil, err
	}
	return "bonafide_json_text(" + column + ", ?)", []any{"strict " + path}, nil
}

// JSONNumber implements table.Dialect. A question mark in SQL would stand for an argument.
func (b *base) JSONNumber(text string) string {
	return `(SELECT CASE WHEN length(v) < 1000 AND v ~ '^-{0,1}(0|[1-9][0-9]*)([.][0-9]+){0,1}([eE][+-]{0,1}[0-9]{1,4}){0,1}$'` +
		` THEN CAST(v AS NUMERIC) END FROM (SELECT ` + text + ` AS v) AS found)`
}

// Contains implements table.Dialect.
func (b *base) Contains(column string) string { return "strpos(" + column + ", ?) > 0" }

// Word implements table.Dialect.
func (b *base) Word(column string) string { return "bonafide_word(" + column + ")" }
