package rows

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
)

// micros is a time in microseconds since 1970, 0 for none.
type micros int64

func microsOf(t time.Time) micros {
	if t.IsZero() {
		return 0
	}
	return micros(t.UnixMicro())
}

func (m micros) time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(m)).UTC()
}

// document is a column that holds a value as JSON text. NULL is the zero value.
type document[T any] struct{ V T }

func documentOf[T any](v T) document[T] { return document[T]{v} }

// metaOf is a document that is an object in any case, as conditions on it expect.
func metaOf(m bonafide.Meta) document[bonafide.Meta] {
	if m == nil {
		m = bonafide.Meta{}
	}
	return document[bonafide.Meta]{m}
}

// Value implements driver.Valuer.
func (d document[T]) Value() (driver.Value, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d.V); err != nil {
		return nil, err
	}
	text := string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	if text == "null" {
		return nil, nil
	}
	return text, nil
}

// Scan implements sql.Scanner. Numbers of free objects come back as json.Number.
func (d *document[T]) Scan(src any) error {
	var text []byte
	switch src := src.(type) {
	case nil:
		d.V = *new(T)
		return nil
	case string:
		text = []byte(src)
	case []byte:
		text = src
	default:
		return fmt.Errorf("a JSON column holds a %T", src)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	d.V = *new(T)
	return dec.Decode(&d.V)
}

// printable makes text from outside fit for a text column, which cannot hold a
// zero byte.
func printable(s string) string { return strings.ReplaceAll(s, "\x00", "\uFFFD") }
