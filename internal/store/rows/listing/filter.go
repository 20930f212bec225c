package listing

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// condition turns one filter into SQL with placeholders. Words of the client are
// arguments, never SQL.
func (l List) condition(d Dialect, f bonafide.Filter) (string, []any, error) {
	field, ok := l.Fields[f.Field]
	if !ok {
		return "", nil, bonafide.Errorf(bonafide.CodeValue, "Cannot filter by %q", f.Field)
	}
	if len(f.Values) == 0 {
		return "", nil, invalid(f)
	}
	switch {
	case field.Type == Object:
		return jsonCondition(d, field.Column, f)
	case len(f.Path) > 0:
		return "", nil, invalid(f)
	case field.Type == Search:
		return field.contains(d, f)
	case f.Op == bonafide.OpIn || f.Op == bonafide.OpNotIn:
		return field.membership(f)
	case field.Type == Instant:
		return field.comparison(f)
	}
	return "", nil, invalid(f)
}

func invalid(f bonafide.Filter) error {
	return bonafide.Errorf(bonafide.CodeValue, "Invalid condition on %q", f.Field)
}

// contains is OpContains.
func (f Field) contains(d Dialect, filter bonafide.Filter) (string, []any, error) {
	var terms []string
	var args []any
	for _, v := range filter.Values {
		part, isText := v.(string)
		if filter.Op != bonafide.OpContains || !isText || strings.ContainsRune(part, 0) {
			return "", nil, invalid(filter)
		}
		terms = append(terms, d.Contains(f.Column))
		args = append(args, strings.ToLower(part))
	}
	return strings.Join(terms, " AND "), args, nil
}

// comparison orders times.
func (f Field) comparison(filter bonafide.Filter) (string, []any, error) {
	sign, ok := map[bonafide.Op]string{
		bonafide.OpMin: ">=", bonafide.OpMax: "<=", bonafide.OpGreater: ">", bonafide.OpLess: "<",
	}[filter.Op]
	at, isTime := filter.Values[0].(int64)
	if !ok || !isTime || len(filter.Values) != 1 {
		return "", nil, invalid(filter)
	}
	return f.Column + " " + sign + " ?", []any{at}, nil
}

// membership is OpIn and OpNotIn. A null counts as a value: what is null is none
// of the others.
func (f Field) membership(filter bonafide.Filter) (string, []any, error) {
	for _, v := range filter.Values {
		if !f.holds(v) {
			return "", nil, invalid(filter)
		}
	}
	var m anyOf
	switch f.Type {
	case Related:
		if slices.Contains(filter.Values, nil) {
			return "", nil, invalid(filter)
		}
		m.terms, m.args = []string{f.Column}, []any{bun.List(filter.Values)}
	case EitherOf:
		m.add(f.Column, filter.Values)
		m.add(f.Second, filter.Values)
	case ByValue:
		var first, second []any
		for _, v := range filter.Values {
			if s, ok := v.(string); ok && !f.InFirst(bonafide.Status(s)) {
				second = append(second, v)
				continue
			}
			first = append(first, v)
		}
		m.add(f.Column, first)
		m.add(f.Second, second)
	default:
		m.add(f.Column, filter.Values)
	}
	condition := strings.Join(m.terms, " OR ")
	if filter.Op == bonafide.OpNotIn {
		// A comparison with null is neither true nor false; here it is false.
		condition = "(" + condition + ") IS NOT TRUE"
	}
	return condition, m.args, nil
}

// holds tells whether a value is of the field's type.
func (f Field) holds(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case int64:
		return f.Type == Instant
	case bool:
		return f.Type == Flag
	case string:
		return f.Type != Instant && f.Type != Flag && !strings.ContainsRune(v, 0)
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

// jsonCondition is a condition on a value inside a JSON column.
func jsonCondition(d Dialect, column string, f bonafide.Filter) (string, []any, error) {
	if len(f.Path) == 0 || len(f.Path) > bonafide.MaxFilterDepth || len(f.Values) != 1 {
		return "", nil, invalid(f)
	}
	value, args, err := d.JSONText(column, f.Path)
	if err != nil {
		return "", nil, err
	}
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
	return d.JSONNumber(value) + " " + sign + " CAST(? AS NUMERIC)", append(args, want), nil
}

func isNumber(s string) bool {
	v, err := strconv.ParseFloat(s, 64)
	return err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}
