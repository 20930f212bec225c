package query

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
)

// filters appends the conditions that the request puts on one field.
func (f field) filters(to []bonafide.Filter, v url.Values, now time.Time) ([]bonafide.Filter, error) {
	switch f.kind {
	case object:
		return f.conditions(to, v[f.name])
	case search:
		return f.parts(to, v[f.name])
	}
	for _, c := range f.comparisons() {
		raw, ok := v[f.name+c.suffix]
		if !ok {
			continue
		}
		values, err := f.values(raw, now)
		if err != nil {
			return nil, err
		}
		if c.ordering && (len(values) != 1 || values[0] == nil) {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of %s%s, exactly one is needed", f.name, c.suffix)
		}
		to = append(to, bonafide.Filter{Field: f.stored(), Op: c.op, Values: values})
	}
	return to, nil
}

// parts reads the words of a search; none at all ask for nothing.
func (f field) parts(to []bonafide.Filter, raw []string) ([]bonafide.Filter, error) {
	words := strings.Fields(strings.Join(raw, " "))
	if len(words) == 0 {
		return to, nil
	}
	if len(words) > maxValues {
		return nil, bonafide.Errorf(bonafide.CodeValue, "Too many values of %s, at most %d", f.name, maxValues)
	}
	filter := bonafide.Filter{Field: f.stored(), Op: bonafide.OpContains}
	for _, w := range words {
		if len(w) > maxValueLen {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Value of %s is too long, at most %d bytes", f.name, maxValueLen)
		}
		filter.Values = append(filter.Values, strings.ReplaceAll(w, "\x00", "\uFFFD"))
	}
	return append(to, filter), nil
}

type comparison struct {
	suffix   string
	op       bonafide.Op
	ordering bool
}

// comparisons lists what a field can be asked; only times have an order.
func (f field) comparisons() []comparison {
	c := []comparison{{"", bonafide.OpIn, false}, {".exclude", bonafide.OpNotIn, false}}
	if f.kind != instant {
		return c
	}
	return append(c, comparison{".min", bonafide.OpMin, true}, comparison{".max", bonafide.OpMax, true},
		comparison{".greater", bonafide.OpGreater, true}, comparison{".less", bonafide.OpLess, true})
}

// values reads the comma lists of one parameter, which may be repeated.
func (f field) values(raw []string, now time.Time) ([]any, error) {
	var values []any
	n := 0
	for item := range strings.SplitSeq(strings.Join(raw, ","), ",") {
		if n++; n > maxValues {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Too many values of %s, at most %d", f.name, maxValues)
		}
		if len(item) > maxValueLen {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Value of %s is too long, at most %d bytes", f.name, maxValueLen)
		}
		value, err := f.value(item, now)
		if err != nil {
			return nil, err
		}
		if slices.Contains(values, value) {
			continue
		}
		values = append(values, value)
	}
	return values, nil
}

func (f field) value(s string, now time.Time) (any, error) {
	if strings.EqualFold(s, "null") && !f.never {
		return nil, nil
	}
	switch f.kind {
	case line:
		return strings.ReplaceAll(s, "\x00", "\uFFFD"), nil
	case flag:
		b, ok := boolean(s)
		if !ok {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of %s, %s is not a boolean, such as true or false", f.name, bonafide.Quote(s))
		}
		return b, nil
	case id:
		parsed, err := bonafide.ParseID(s)
		if err != nil {
			return nil, bonafide.Errorf(bonafide.CodeType, "Invalid data type for param %s, %s is not an identifier, such as 5f8f8b9e-2d3a-4c1b-9e57-0a1b2c3d4e5f", f.name, bonafide.Quote(s))
		}
		return string(parsed), nil
	case word:
		for _, w := range f.words {
			if strings.EqualFold(w, s) {
				return w, nil
			}
		}
		return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of %s, %s is not one of %s", f.name, bonafide.Quote(s), strings.Join(f.words, ", "))
	}
	if us, ok := micros(s, now); ok {
		return us, nil
	}
	return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of %s, %s is not a time, such as 1764580000 or 2026-01-31T12:00:00Z", f.name, bonafide.Quote(s))
}

// micros reads a time as microseconds since 1970. A number is told by the digits
// before its point: 16 and more are microseconds, 11 and more milliseconds,
// fewer seconds. A time without zone is UTC.
func micros(s string, now time.Time) (int64, bool) {
	switch strings.ToLower(s) {
	case "now":
		return now.UnixMicro(), true
	case "today":
		return now.UTC().Truncate(24 * time.Hour).UnixMicro(), true
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if digits(whole) && (fraction == "" || digits(fraction)) {
		places := 6
		switch {
		case len(whole) >= 16:
			places = 0
		case len(whole) >= 11:
			places = 3
		}
		fraction = (fraction + "000000")[:places]
		us, err := strconv.ParseInt(whole+fraction, 10, 64)
		return us, err == nil
	}
	if len(s) > 10 && s[10] == ' ' {
		s = s[:10] + "T" + s[11:]
	}
	// The plus of a zone that was sent bare has become a blank.
	s = strings.Replace(s, " ", "+", 1)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UnixMicro(), true
		}
	}
	return 0, false
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// conditions reads path==value,path>=value; every one must hold.
func (f field) conditions(to []bonafide.Filter, raw []string) ([]bonafide.Filter, error) {
	if len(raw) == 0 {
		return to, nil
	}
	before := len(to)
	for item := range strings.SplitSeq(strings.Join(raw, ","), ",") {
		if len(to)-before == maxConditions {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Too many conditions on %s, at most %d", f.name, maxConditions)
		}
		filter, err := f.condition(item)
		if err != nil {
			return nil, err
		}
		to = append(to, filter)
	}
	return to, nil
}

func (f field) condition(s string) (bonafide.Filter, error) {
	path, op, value := cutOp(s)
	if op == "" || path == "" || value == "" {
		return bonafide.Filter{}, bonafide.Errorf(bonafide.CodeStructure, "Could not read condition on %s, write path==value", f.name)
	}
	if len(path) > maxValueLen || len(value) > maxValueLen {
		return bonafide.Filter{}, bonafide.Errorf(bonafide.CodeValue, "Condition on %s is too long, at most %d bytes", f.name, maxValueLen)
	}
	filter := bonafide.Filter{Field: f.stored(), Path: strings.Split(path, "."), Op: op, Values: []any{value}}
	if len(filter.Path) > bonafide.MaxFilterDepth || slices.Contains(filter.Path, "") {
		return bonafide.Filter{}, bonafide.Errorf(bonafide.CodeValue, "Invalid path of a condition on %s", f.name)
	}
	if op == bonafide.OpEqual || op == bonafide.OpNotEqual {
		if strings.EqualFold(value, "null") {
			filter.Values[0] = nil
		}
		return filter, nil
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return bonafide.Filter{}, bonafide.Errorf(bonafide.CodeValue, "Condition on %s needs a number", f.name)
	}
	filter.Values[0] = strconv.FormatFloat(n, 'g', -1, 64) // decimal, whatever notation was sent
	return filter, nil
}

// cutOp splits at the first operator.
func cutOp(s string) (path string, op bonafide.Op, value string) {
	for i := range len(s) {
		rest := s[i:]
		switch {
		case strings.HasPrefix(rest, "=="):
			return s[:i], bonafide.OpEqual, rest[2:]
		case strings.HasPrefix(rest, "!="):
			return s[:i], bonafide.OpNotEqual, rest[2:]
		case strings.HasPrefix(rest, ">="):
			return s[:i], bonafide.OpMinNumber, rest[2:]
		case strings.HasPrefix(rest, "<="):
			return s[:i], bonafide.OpMaxNumber, rest[2:]
		case rest[0] == '>':
			return s[:i], bonafide.OpGreaterThan, rest[1:]
		case rest[0] == '<':
			return s[:i], bonafide.OpLessThan, rest[1:]
		}
	}
	return "", "", ""
}
