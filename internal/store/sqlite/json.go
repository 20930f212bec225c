package sqlite

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// maxIndexDigits keeps array indices well inside what SQLite reads.
const maxIndexDigits = 9

// jsonCondition is a condition on a value inside a JSON column.
func jsonCondition(column string, f bonafide.Filter) (string, []any, error) {
	if len(f.Path) == 0 || len(f.Path) > bonafide.MaxFilterDepth || len(f.Values) != 1 {
		return "", nil, invalid(f)
	}
	path, err := jsonPath(f.Path)
	if err != nil {
		return "", nil, err
	}
	value, args := jsonText(column, path)
	switch f.Op {
	case bonafide.OpEqual, bonafide.OpNotEqual:
		want, isText := f.Values[0].(string)
		switch {
		case f.Values[0] == nil && f.Op == bonafide.OpEqual:
			return value + " IS NULL", args, nil
		case f.Values[0] == nil:
			return value + " IS NOT NULL", args, nil
		case !isText || strings.ContainsRune(want, 0):
			return "", nil, invalid(f)
		case f.Op == bonafide.OpEqual:
			return value + " = ?", append(args, want), nil
		}
		return value + " IS DISTINCT FROM ?", append(args, want), nil
	}
	sign, ok := map[bonafide.Op]string{
		bonafide.OpMinNumber: ">=", bonafide.OpMaxNumber: "<=", bonafide.OpGreaterThan: ">", bonafide.OpLessThan: "<",
	}[f.Op]
	want, isText := f.Values[0].(string)
	if !ok || !isText || !isNumber(want) {
		return "", nil, invalid(f)
	}
	return jsonNumber(value) + " " + sign + " CAST(? AS NUMERIC)", append(args, want), nil
}

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

func isNumber(s string) bool {
	v, err := strconv.ParseFloat(s, 64)
	return err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// jsonText is the text of a JSON scalar: of a string its content, of anything
// else its JSON. What is missing or null is NULL.
func jsonText(column, path string) (string, []any) {
	if path == `$."transaction_id"` {
		// Spelled out, since an index on an expression answers only the same expression.
		return `(CASE json_type(` + column + `, '$."transaction_id"')` +
			` WHEN 'text' THEN ` + column + ` ->> '$."transaction_id"'` +
			` WHEN 'null' THEN NULL ELSE ` + column + ` -> '$."transaction_id"' END)`, nil
	}
	return `(CASE json_type(` + column + `, ?) WHEN 'text' THEN ` + column + ` ->> ?` +
		` WHEN 'null' THEN NULL ELSE ` + column + ` -> ? END)`, []any{path, path, path}
}

// jsonNumber reads a text as number, NULL where it is none.
func jsonNumber(text string) string {
	return `(SELECT CASE WHEN json_valid(v) THEN CASE WHEN json_type(v) IN ('integer', 'real')` +
		` THEN CAST(v AS NUMERIC) END END FROM (SELECT ` + text + ` AS v))`
}
