package transfer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// A line is a JSON array of the values of a row, in the order of the columns, with a
// newline: null, texts, numbers, true and false. Bytes, and text that is none in UTF-8, are
// an object with base64.
type other struct {
	Base64 []byte `json:"base64"`
}

// writer spells lines.
type writer struct {
	buf bytes.Buffer
	enc *json.Encoder
}

func newWriter() *writer {
	w := &writer{}
	w.enc = json.NewEncoder(&w.buf)
	w.enc.SetEscapeHTML(false)
	return w
}

// line gives a row as a line, which is good until the next call.
func (w *writer) line(t Table, values []any) ([]byte, error) {
	w.buf.Reset()
	for i, c := range t.Columns {
		w.buf.WriteByte("[,"[min(i, 1)])
		if err := w.value(c.Kind, values[i]); err != nil {
			return nil, fmt.Errorf("table %s: column %s: %w", t.Name, c.Name, err)
		}
	}
	w.buf.WriteString("]\n")
	return w.buf.Bytes(), nil
}

func (w *writer) value(kind Kind, v any) error {
	if v == nil {
		w.buf.WriteString("null")
		return nil
	}
	switch raw := v.(type) {
	case int64:
		switch {
		case kind == Integer:
			w.buf.Write(strconv.AppendInt(w.buf.AvailableBuffer(), raw, 10))
			return nil
		case kind == Boolean && (raw == 0 || raw == 1):
			w.buf.Write(strconv.AppendBool(w.buf.AvailableBuffer(), raw == 1))
			return nil
		}
	case float64:
		if kind == Real && !math.IsNaN(raw) && !math.IsInf(raw, 0) {
			w.buf.Write(strconv.AppendFloat(w.buf.AvailableBuffer(), raw, 'g', -1, 64))
			return nil
		}
	case bool:
		if kind == Boolean {
			w.buf.Write(strconv.AppendBool(w.buf.AvailableBuffer(), raw))
			return nil
		}
	case string:
		if kind == Text && utf8.ValidString(raw) {
			return w.encode(raw)
		} else if kind == Text {
			return w.encode(other{[]byte(raw)})
		}
	case []byte:
		if kind == Bytes {
			return w.encode(other{raw})
		}
	}
	return fmt.Errorf("a value of type %T is no %s", v, kind)
}

// encode leaves out the newline that the encoder ends values with.
func (w *writer) encode(v any) error {
	if err := w.enc.Encode(v); err != nil {
		return err
	}
	w.buf.Truncate(w.buf.Len() - 1)
	return nil
}

// parse reads a line into values, one per column.
func parse(t Table, line []byte, values []any) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil {
		return fmt.Errorf("table %s: %w", t.Name, err)
	}
	if len(raw) != len(t.Columns) {
		return fmt.Errorf("table %s: a line has %d values for %d columns", t.Name, len(raw), len(t.Columns))
	}
	for i, c := range t.Columns {
		v, err := parseValue(c.Kind, raw[i])
		if err != nil {
			return fmt.Errorf("table %s: column %s: %w", t.Name, c.Name, err)
		}
		values[i] = v
	}
	return nil
}

func parseValue(kind Kind, raw []byte) (any, error) {
	if string(raw) == "null" {
		return nil, nil
	}
	switch {
	case kind == Integer:
		return strconv.ParseInt(string(raw), 10, 64)
	case kind == Real:
		return strconv.ParseFloat(string(raw), 64)
	case kind == Boolean:
		return strconv.ParseBool(string(raw))
	case kind == Text && raw[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	}
	var o other
	err := json.Unmarshal(raw, &o)
	if kind == Text {
		return string(o.Base64), err
	}
	return o.Base64, err
}
