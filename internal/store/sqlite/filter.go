package sqlite

import (
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// condition turns one filter into SQL with placeholders. Words of the client are
// arguments, never SQL.
func (l listing) condition(f bonafide.Filter) (string, []any, error) {
	field, ok := l.fields[f.Field]
	if !ok {
		return "", nil, bonafide.Errorf(bonafide.CodeValue, "Cannot filter by %q", f.Field)
	}
	if len(f.Values) == 0 {
		return "", nil, invalid(f)
	}
	switch {
	case field.kind == object:
		return jsonCondition(field.column, f)
	case len(f.Path) > 0:
		return "", nil, invalid(f)
	case field.kind == search:
		return field.contains(f)
	case f.Op == bonafide.OpIn || f.Op == bonafide.OpNotIn:
		return field.membership(f)
	case field.kind == instant:
		return field.comparison(f)
	}
	return "", nil, invalid(f)
}

func invalid(f bonafide.Filter) error {
	return bonafide.Errorf(bonafide.CodeValue, "Invalid condition on %q", f.Field)
}

// contains is OpContains.
func (f field) contains(filter bonafide.Filter) (string, []any, error) {
	var terms []string
	var args []any
	for _, v := range filter.Values {
		part, isText := v.(string)
		if filter.Op != bonafide.OpContains || !isText || strings.ContainsRune(part, 0) {
			return "", nil, invalid(filter)
		}
		terms = append(terms, "instr("+f.column+", ?) > 0")
		args = append(args, strings.ToLower(part))
	}
	return strings.Join(terms, " AND "), args, nil
}

// comparison orders times.
func (f field) comparison(filter bonafide.Filter) (string, []any, error) {
	sign, ok := map[bonafide.Op]string{
		bonafide.OpMin: ">=", bonafide.OpMax: "<=", bonafide.OpGreater: ">", bonafide.OpLess: "<",
	}[filter.Op]
	at, isTime := filter.Values[0].(int64)
	if !ok || !isTime || len(filter.Values) != 1 {
		return "", nil, invalid(filter)
	}
	return f.column + " " + sign + " ?", []any{at}, nil
}

// membership is OpIn and OpNotIn. A null counts as a value: what is null is none
// of the others.
func (f field) membership(filter bonafide.Filter) (string, []any, error) {
	for _, v := range filter.Values {
		if !f.holds(v) {
			return "", nil, invalid(filter)
		}
	}
	var m anyOf
	switch f.kind {
	case eitherOf:
		m.add(f.column, filter.Values)
		m.add(f.second, filter.Values)
	case byValue:
		var first, second []any
		for _, v := range filter.Values {
			if s, ok := v.(string); ok && !f.inFirst(bonafide.Status(s)) {
				second = append(second, v)
				continue
			}
			first = append(first, v)
		}
		m.add(f.column, first)
		m.add(f.second, second)
	default:
		m.add(f.column, filter.Values)
	}
	condition := strings.Join(m.terms, " OR ")
	if filter.Op == bonafide.OpNotIn {
		// A comparison with null is neither true nor false; here it is false.
		condition = "(" + condition + ") IS NOT TRUE"
	}
	return condition, m.args, nil
}

// holds tells whether a value is of the field's type.
func (f field) holds(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case int64:
		return f.kind == instant
	case bool:
		return f.kind == flag
	case string:
		return f.kind != instant && f.kind != flag && !strings.ContainsRune(v, 0)
	}
	return false
}

// anyOf collects terms of which one must hold.
type anyOf struct {
	terms []string
	args  []any
}

func (m *anyOf) add(column string, values []any) {
	var some []any
	for _, v := range values {
		if v == nil {
			m.terms = append(m.terms, column+" IS NULL")
			continue
		}
		some = append(some, v)
	}
	if len(some) > 0 {
		m.terms = append(m.terms, column+" IN (?)")
		m.args = append(m.args, bun.List(some))
	}
}
