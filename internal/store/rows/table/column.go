package table

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/bonafide-id/bonafide"
)

// Micros is a time in microseconds since 1970, 0 for none.
type Micros int64

// MicrosOf gives a time as a column.
func MicrosOf(t time.Time) Micros {
	if t.IsZero() {
		return 0
	}
	return Micros(t.UnixMicro())
}

// Time gives the time in UTC.
func (m Micros) Time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(m)).UTC()
}

// Document is a column that holds a value as JSON text. NULL is the zero value.
type Document[T any] struct {
	V    T
	text string // V as JSON, where it was written down beforehand
}

// DocumentOf gives a value as a column.
func DocumentOf[T any](v T) Document[T] { return Document[T]{V: v} }

// Written gives the document with its JSON, so that a transaction, for which others
// wait, need not write it: bun does so twice.
func (d Document[T]) Written() (Document[T], error) {
	text, err := d.Value()
	if err == nil {
		d.text, _ = text.(string)
	}
	return d, err
}

// MetaOf is a document that is an object in any case, as conditions on it expect.
func MetaOf(m bonafide.Meta) Document[bonafide.Meta] {
	if m == nil {
		m = bonafide.Meta{}
	}
	return Document[bonafide.Meta]{V: m}
}

// Value implements driver.Valuer.
func (d Document[T]) Value() (driver.Value, error) {
	if d.text != "" {
		return d.text, nil
	}
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
func (d *Document[T]) Scan(src any) error {
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

// OfCompany is a condition: a row is of the company, of none where the id is empty. It
// is spelled so that every database finds such rows by an index.
func OfCompany(column string, id bonafide.ID) schema.QueryAppender {
	if id == "" {
		return bun.SafeQuery("? IS NULL", bun.Ident(column))
	}
	return bun.SafeQuery("? = ?", bun.Ident(column), id)
}

// Printable makes text from outside fit for a text column, which cannot hold a
// zero byte.
func Printable(s string) string { return strings.ReplaceAll(s, "\x00", "\uFFFD") }
