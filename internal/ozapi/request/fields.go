package request

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

// maxDepth is how deep objects and arrays may be nested in a request.
const maxDepth = 32

// maxValues is how many values one request may hold: each costs some hundred bytes once
// it is understood, however few it has in the request.
const maxValues = 50_000

// Fields is a JSON object out of a request. Numbers in it are json.Number. Its
// readers take an absent field and a null one as not given; a value of another type
// is CodeType.
type Fields map[string]any

// Parse reads the bytes of a JSON object, whatever they were labelled. No
// bytes at all are an empty object. A key that stands twice in one object is refused.
func Parse(raw []byte) (Fields, error) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")) // some editors and shells put a mark before it
	if len(bytes.Trim(raw, " \t\r\n")) == 0 {           // what JSON takes for blanks, and no more
		return Fields{}, nil
	}
	if err := measure(raw); err != nil {
		return nil, err
	}
	if t := httpd.FindTwice(raw); t != nil {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Invalid JSON structure: the key %s stands twice, at %s", bonafide.Quote(t.Key), bonafide.Quote(t.Path))
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("data after the JSON value")
		}
	}
	if err != nil {
		message := "Could not parse request body as JSON object"
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			message += fmt.Sprintf(", it is broken at byte %d", syntax.Offset)
		}
		return nil, bonafide.Wrap(bonafide.CodeStructure, message, err)
	}
	o, ok := v.(map[string]any)
	if !ok {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Invalid JSON structure: the request body is not an object")
	}
	return o, nil
}

// measure looks at the bytes alone, before a parser recurses into them: how deep they are
// nested, and about how many values there are. It ends where there is too much of either,
// so that what is refused costs little.
func measure(raw []byte) error {
	depth, values := 0, 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			i = textEnd(raw, i)
			continue
		case '}', ']':
			depth--
			continue
		case '{', '[':
			depth++
		case ',':
		default:
			continue
		}
		if values++; values > maxValues {
			return bonafide.Errorf(bonafide.CodeTooLarge, "Request body holds too many values, at most %d", maxValues)
		}
		if depth > maxDepth {
			return bonafide.Errorf(bonafide.CodeStructure, "Request body is nested too deeply, at most %d levels", maxDepth)
		}
	}
	return nil
}

// textEnd gives where the text that begins at i ends, or where the bytes do.
func textEnd(raw []byte, i int) int {
	for i++; i < len(raw) && raw[i] != '"'; i++ {
		if raw[i] == '\\' {
			i++
		}
	}
	return i
}

// Need is for fields that must be there; path is where f itself lies.
func (f Fields) Need(path, name string) error {
	if f[name] == nil {
		return bonafide.Errorf(bonafide.CodeStructure, "Could not locate field for key_path %s from provided dict data", path+name)
	}
	return nil
}

// NeedText reads a text that must be there.
func (f Fields) NeedText(path, name string) (string, error) {
	if err := f.Need(path, name); err != nil {
		return "", err
	}
	return f.Text(name)
}

func wrongType(name, want string) error {
	return bonafide.Errorf(bonafide.CodeType, "Invalid data type for field %s, not %s", name, want)
}

// wrong says of what type a field is, and of which it should be.
func (f Fields) wrong(name, want string) error {
	is := "an object"
	switch f[name].(type) {
	case string:
		is = "a string"
	case json.Number:
		is = "a number"
	case bool:
		is = "a boolean"
	case []any:
		is = "an array"
	}
	return bonafide.Errorf(bonafide.CodeType, "Invalid data type for field %s, not %s but %s", name, want, is)
}

// Text reads a text, empty where there is none.
func (f Fields) Text(name string) (string, error) {
	if f[name] == nil {
		return "", nil
	}
	s, ok := f[name].(string)
	if !ok {
		return "", f.wrong(name, "a string")
	}
	return s, nil
}

// Object reads an object, nil where there is none.
func (f Fields) Object(name string) (Fields, error) {
	if f[name] == nil {
		return nil, nil
	}
	o, ok := f[name].(map[string]any)
	if !ok {
		return nil, f.wrong(name, "an object")
	}
	return o, nil
}

// Array reads an array, nil where there is none.
func (f Fields) Array(name string) ([]any, error) {
	if f[name] == nil {
		return nil, nil
	}
	a, ok := f[name].([]any)
	if !ok {
		return nil, f.wrong(name, "an array")
	}
	return a, nil
}

// Texts gives nil for a field that is not given, an empty slice for [].
func (f Fields) Texts(name string) ([]string, error) {
	a, err := f.Array(name)
	if a == nil || err != nil {
		return nil, err
	}
	out := make([]string, len(a))
	for i, v := range a {
		s, ok := v.(string)
		if !ok {
			return nil, wrongType(name, "an array of strings")
		}
		out[i] = s
	}
	return out, nil
}

// Bool reads a boolean, nil where there is none.
func (f Fields) Bool(name string) (*bool, error) {
	if f[name] == nil {
		return nil, nil
	}
	b, ok := f[name].(bool)
	if !ok {
		return nil, f.wrong(name, "a boolean")
	}
	return &b, nil
}

// Number reads a number, nil where there is none. One that no float64 holds is
// CodeValue.
func (f Fields) Number(name string) (*float64, error) {
	if f[name] == nil {
		return nil, nil
	}
	n, ok := f[name].(json.Number)
	if !ok {
		return nil, f.wrong(name, "a number")
	}
	v, err := n.Float64()
	if err != nil {
		return nil, outOfRange(name, n)
	}
	return &v, nil
}

func outOfRange(name string, n json.Number) error {
	return bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, %s is out of range", name, bonafide.Quote(n))
}

// Integer reads a whole number, nil where there is none.
func (f Fields) Integer(name string) (*int64, error) {
	if f[name] == nil {
		return nil, nil
	}
	n, ok := f[name].(json.Number)
	if !ok {
		return nil, f.wrong(name, "a whole number")
	}
	v, err := n.Int64()
	if err != nil { // 1.0 and 1e3 are whole numbers, too
		f, err := n.Float64()
		if err != nil || f != math.Trunc(f) {
			return nil, wrongType(name, "a whole number")
		}
		if math.Abs(f) > maxWhole {
			return nil, outOfRange(name, n)
		}
		v = int64(f)
	}
	if v > maxWhole || v < -maxWhole {
		return nil, outOfRange(name, n)
	}
	return &v, nil
}

// maxWhole is the largest whole number up to which floats, and so the programs that read
// JSON, have them all.
const maxWhole = 1 << 53

// Meta reads metadata, nil where there is none.
func (f Fields) Meta(name string) (bonafide.Meta, error) {
	o, err := f.Object(name)
	return bonafide.Meta(o), err
}

// BodyError gives what went wrong while a request body was read its code.
func BodyError(err error) error {
	var tooLarge *http.MaxBytesError
	var unknown *httpd.EncodingError
	var notBase64 base64.CorruptInputError
	switch {
	case errors.As(err, &tooLarge):
		return bonafide.Wrap(bonafide.CodeTooLarge, fmt.Sprintf("Request body is too large, at most %d bytes", tooLarge.Limit), err)
	case bonafide.CodeOf(err) != bonafide.CodeUnknown:
		return err
	case errors.As(err, &unknown):
		return bonafide.Wrap(bonafide.CodeEncoding, fmt.Sprintf("Content-Encoding %s is not understood, only %s", bonafide.Quote(unknown.Name), httpd.Encodings), err)
	case errors.Is(err, httpd.ErrNotEncoded):
		return bonafide.Wrap(bonafide.CodeStructure, "The request body is not what its Content-Encoding says", err)
	case errors.Is(err, httpd.ErrExpands):
		return bonafide.Wrap(bonafide.CodeTooLarge, "The request body expands too much when it is decoded", err)
	case errors.As(err, &notBase64):
		return bonafide.Wrap(bonafide.CodeStructure, "A part is not base64, as its Content-Transfer-Encoding says", err)
	case httpd.TooSlow(err):
		return bonafide.Wrap(bonafide.CodeStructure, "The request body arrives too slowly", err)
	}
	return bonafide.Wrap(bonafide.CodeStructure, "Could not read the request body to its end", err)
}

// Given is a text that may be absent; null is "" where it clears, and absent
// where it does not.
func (f Fields) Given(name string, clear bool) (*string, error) {
	if v, there := f[name]; !there || v == nil && !clear {
		return nil, nil
	}
	s, err := f.Text(name)
	return &s, err
}

// ID reads an identifier, empty where there is none.
func (f Fields) ID(name string) (bonafide.ID, error) {
	text, err := f.Text(name)
	if err != nil || text == "" {
		return "", err
	}
	id, err := bonafide.ParseID(text)
	if err != nil {
		return "", bonafide.Wrap(bonafide.CodeValue, "Invalid "+name+" "+bonafide.Quote(text)+", not an identifier", err)
	}
	return id, nil
}

// readAll reads to the end or fails with CodeTooLarge.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, BodyError(err)
	}
	if int64(len(raw)) > limit {
		return nil, bonafide.Errorf(bonafide.CodeTooLarge, "JSON is too large, at most %d bytes", limit)
	}
	return raw, nil
}
