package ozapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/bonafide-id/bonafide"
)

// maxDepth is how deep objects and arrays may be nested in a request.
const maxDepth = 32

// fields is a JSON object out of a request. Numbers in it are json.Number.
type fields map[string]any

// parseObject reads the bytes of a JSON object, whatever they were labelled. No
// bytes at all are an empty object.
func parseObject(raw []byte) (fields, error) {
	if len(bytes.Trim(raw, " \t\r\n")) == 0 { // what JSON takes for blanks, and no more
		return fields{}, nil
	}
	if tooDeep(raw) {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Request body is nested too deeply, at most %d levels", maxDepth)
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
		return nil, bonafide.Wrap(bonafide.CodeStructure, "Could not parse request body as JSON object", err)
	}
	o, ok := v.(map[string]any)
	if !ok {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Invalid JSON structure: the request body is not an object")
	}
	return o, nil
}

// tooDeep looks at the bytes alone, before a parser recurses into them.
func tooDeep(raw []byte) bool {
	depth := 0
	quoted, escaped := false, false
	for _, c := range raw {
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// The readers below take an absent field and a null one as not given. A value of
// another type is CodeType.

// need is for fields that must be there; path is where f itself lies.
func (f fields) need(path, name string) error {
	if f[name] == nil {
		return bonafide.Errorf(bonafide.CodeStructure, "Could not locate field for key_path %s from provided dict data", path+name)
	}
	return nil
}

func (f fields) needText(path, name string) (string, error) {
	if err := f.need(path, name); err != nil {
		return "", err
	}
	return f.text(name)
}

func wrongType(name, want string) error {
	return bonafide.Errorf(bonafide.CodeType, "Invalid data type for field %s, not %s", name, want)
}

func (f fields) text(name string) (string, error) {
	if f[name] == nil {
		return "", nil
	}
	s, ok := f[name].(string)
	if !ok {
		return "", wrongType(name, "a string")
	}
	return s, nil
}

func (f fields) object(name string) (fields, error) {
	if f[name] == nil {
		return nil, nil
	}
	o, ok := f[name].(map[string]any)
	if !ok {
		return nil, wrongType(name, "an object")
	}
	return o, nil
}

func (f fields) array(name string) ([]any, error) {
	if f[name] == nil {
		return nil, nil
	}
	a, ok := f[name].([]any)
	if !ok {
		return nil, wrongType(name, "an array")
	}
	return a, nil
}

// texts gives nil for a field that is not given, an empty slice for [].
func (f fields) texts(name string) ([]string, error) {
	a, err := f.array(name)
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

func (f fields) boolean(name string) (*bool, error) {
	if f[name] == nil {
		return nil, nil
	}
	b, ok := f[name].(bool)
	if !ok {
		return nil, wrongType(name, "a boolean")
	}
	return &b, nil
}

func (f fields) number(name string) (*float64, error) {
	if f[name] == nil {
		return nil, nil
	}
	n, ok := f[name].(json.Number)
	if !ok {
		return nil, wrongType(name, "a number")
	}
	v, err := n.Float64()
	if err != nil {
		return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, out of range", name)
	}
	return &v, nil
}

func (f fields) integer(name string) (*int64, error) {
	if f[name] == nil {
		return nil, nil
	}
	n, ok := f[name].(json.Number)
	if !ok {
		return nil, wrongType(name, "a whole number")
	}
	v, err := n.Int64()
	if err != nil {
		return nil, wrongType(name, "a whole number")
	}
	return &v, nil
}

func (f fields) meta(name string) (bonafide.Meta, error) {
	o, err := f.object(name)
	return bonafide.Meta(o), err
}

// bodyError gives what went wrong while a request body was read its code.
func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return bonafide.Wrap(bonafide.CodeTooLarge, fmt.Sprintf("Request body is too large, at most %d bytes", tooLarge.Limit), err)
	case bonafide.CodeOf(err) != bonafide.CodeUnknown:
		return err
	}
	return bonafide.Wrap(bonafide.CodeStructure, "Could not read the request body to its end", err)
}
