package sqlite

import "github.com/bonafide-id/bonafide/internal/store/rows/listing"

// JSONText implements table.Dialect.
func (f *file) JSONText(column string, elements []string) (string, []any, error) {
	path, err := listing.JSONPath(elements)
	if err != nil {
		return "", nil, err
	}
	if path == `$."transaction_id"` {
		// Spelled out, since an index on an expression answers only the same expression.
		return `(CASE json_type(` + column + `, '$."transaction_id"')` +
			` WHEN 'text' THEN ` + column + ` ->> '$."transaction_id"'` +
			` WHEN 'null' THEN NULL ELSE ` + column + ` -> '$."transaction_id"' END)`, nil, nil
	}
	return `(CASE json_type(` + column + `, ?) WHEN 'text' THEN ` + column + ` ->> ?` +
		` WHEN 'null' THEN NULL ELSE ` + column + ` -> ? END)`, []any{path, path, path}, nil
}

// JSONNumber implements table.Dialect.
func (f *file) JSONNumber(text string) string {
	return `(SELECT CASE WHEN json_valid(v) THEN CASE WHEN json_type(v) IN ('integer', 'real')` +
		` THEN CAST(v AS NUMERIC) END END FROM (SELECT ` + text + ` AS v))`
}

// Contains implements table.Dialect.
func (f *file) Contains(column string) string { return "instr(" + column + ", ?) > 0" }
