// Package wire is the JSON that the Oz API sends: objects and lists, numbers,
// times, errors and addresses of files. All quirks of their spelling, which old
// clients rely on, live here. Views render what the vocabulary holds; they read
// nothing and decide nothing.
package wire

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"time"

	"github.com/bonafide-id/bonafide"
)

// ContentType of every JSON answer, spelled as the vendor's server does.
const ContentType = "application/json; charset=utf8"

// Encode writes v the way Python's json.dumps does by default, as clients that
// take answers apart by blanks expect: ", " and ": " between, keys in the order
// of declaration, letters outside ASCII as they are.
func Encode(v any) ([]byte, error) {
	raw, err := compact(v)
	if err != nil {
		return nil, err
	}
	return spaced(raw), nil
}

// compact writes v without blanks.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// spaced puts a blank behind each comma and colon that stands outside strings of
// compact JSON.
func spaced(compact []byte) []byte {
	out := make([]byte, 0, len(compact)+len(compact)/8)
	quoted, escaped := false, false
	for _, c := range compact {
		out = append(out, c)
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == ':'):
			out = append(out, ' ')
		}
	}
	return out
}

// Number is a float on the wire: at most eight decimals, at least one, so that
// typed clients see a float, and never an exponent. What is no number is null.
type Number float64

// MarshalJSON implements json.Marshaler.
func (n Number) MarshalJSON() ([]byte, error) {
	f := float64(n)
	if math.Abs(f) < 1<<53 { // beyond, there are no decimals
		f = math.Round(f*1e8) / 1e8
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return []byte("null"), nil
	}
	out := strconv.AppendFloat(nil, f+0, 'f', -1, 64) // +0 takes the sign off -0
	if f == math.Trunc(f) {
		out = append(out, ".0"...)
	}
	return out, nil
}

// Stamp is a time on the wire in whole seconds since 1970, which clients of all
// ages can read; null when zero.
type Stamp time.Time

// MarshalJSON implements json.Marshaler.
func (s Stamp) MarshalJSON() ([]byte, error) {
	if time.Time(s).IsZero() {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, time.Time(s).Unix(), 10), nil
}

// nullable is s, null on the wire when empty.
func nullable[S ~string](s S) *S {
	if s == "" {
		return nil
	}
	return &s
}

// Object is m, {} on the wire when empty.
func Object(m bonafide.Meta) bonafide.Meta {
	if m == nil {
		return bonafide.Meta{}
	}
	return m
}
