package describe

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Schema is a JSON schema (2020-12), as far as it is used here. Fields that are not set
// are left out.
type Schema struct {
	Ref              string         `json:"$ref,omitempty"`
	Title            string         `json:"title,omitempty"`
	Description      string         `json:"description,omitempty"`
	Type             any            `json:"type,omitempty"` // a string, or several
	Format           string         `json:"format,omitempty"`
	Const            any            `json:"const,omitempty"`
	Enum             []any          `json:"enum,omitempty"`
	Pattern          string         `json:"pattern,omitempty"`
	MinLength        *int           `json:"minLength,omitempty"`
	MaxLength        *int           `json:"maxLength,omitempty"`
	Minimum          *float64       `json:"minimum,omitempty"`
	Maximum          *float64       `json:"maximum,omitempty"`
	MinItems         *int           `json:"minItems,omitempty"`
	MaxItems         *int           `json:"maxItems,omitempty"`
	MinProperties    *int           `json:"minProperties,omitempty"`
	MaxProperties    *int           `json:"maxProperties,omitempty"`
	PropertyNames    *Schema        `json:"propertyNames,omitempty"`
	Items            *Schema        `json:"items,omitempty"`
	Properties       Properties     `json:"properties,omitempty"`
	Required         []string       `json:"required,omitempty"`
	Additional       any            `json:"additionalProperties,omitempty"` // *Schema or a boolean
	AllOf            []*Schema      `json:"allOf,omitempty"`
	AnyOf            []*Schema      `json:"anyOf,omitempty"`
	OneOf            []*Schema      `json:"oneOf,omitempty"`
	Discriminator    *Discriminator `json:"discriminator,omitempty"`
	ContentEncoding  string         `json:"contentEncoding,omitempty"`
	ContentMediaType string         `json:"contentMediaType,omitempty"`
	Default          any            `json:"default,omitempty"`
	Examples         []any          `json:"examples,omitempty"`
}

// Discriminator says which of several schemas holds, by the value of a property.
type Discriminator struct {
	PropertyName string            `json:"propertyName"`
	Mapping      map[string]string `json:"mapping"` // value to reference
}

// Property is one property of an object.
type Property struct {
	Name   string
	Schema *Schema
}

// Properties keep the order in which they are declared.
type Properties []Property

// MarshalJSON implements json.Marshaler.
func (p Properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, property := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(property.Name)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		value, err := json.Marshal(property.Schema)
		if err != nil {
			return nil, err
		}
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Of gives the property of that name, nil where there is none.
func (p Properties) Of(name string) *Schema {
	i := slices.IndexFunc(p, func(property Property) bool { return property.Name == name })
	if i < 0 {
		return nil
	}
	return p[i].Schema
}

const null = "null"

// refTo refers to a schema that has a name.
func refTo(name string) string { return "#/components/schemas/" + name }

// orNull allows null besides what s allows.
func orNull(s *Schema) *Schema {
	if word, single := s.Type.(string); single && s.Ref == "" && s.Enum == nil && s.Const == nil {
		nullable := *s
		nullable.Type = []string{word, null}
		return &nullable
	}
	about := s.Description
	s.Description = ""
	return &Schema{OneOf: []*Schema{s, {Type: null}}, Description: about}
}
