package sqlite

import (
	"encoding/json"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// maxIndexDigits keeps array indices well inside what SQLite reads.
const maxIndexDigits = 9

// jsonPath spells a path for SQLite: $."name"[0]. Names are quoted as JSON
// strings, which SQLite compares after resolving escapes.
func jsonPath(elements []string) (string, error) {
	var b strings.Builder
	b.WriteByte('$')
	for _, e := range elements {
		if e == "" || strings.ContainsRune(e, 0) {
			return "", bonafide.Errorf(bonafide.CodeValue, "Invalid path in a condition")
		}
		if isIndex(e) {
			b.WriteString("[" + e + "]")
			continue
		}
		name, err := json.Marshal(e)
		if err != nil {
			return "", bonafide.Errorf(bonafide.CodeValue, "Invalid path in a condition")
		}
		b.WriteByte('.')
		b.Write(name)
	}
	return b.String(), nil
}

func isIndex(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) <= maxIndexDigits
}

// JSONText implements table.Dialect.
func (f *file) JSONText(column string, elements []string) (string, []any, error) {
	path, err := jsonPath(elements)
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
