package describe

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// schemas turns Go types into schemas and collects those that have a name.
//
// Beside json, a field may carry these tags: words names the words that it takes;
// format, pattern, minLength, maxLength, minimum, maximum, minItems, maxItems and
// maxProperties are those of JSON schema, for a list of strings of each of them where
// they are about strings; null tells that the value may be null (true) or may not
// (false) where the type does not tell; example is a value, as JSON or as a bare string.
type schemas struct {
	comments Comments
	shapes   map[string]any // by name in Comments.Fields: what a field without a type of its own holds
	named    map[string]*Schema
	renamed  map[reflect.Type]string // names of types other than their own
	asked    bool                    // what clients send: what may be left out may be null, too
}

// of gives a reference to the schema of a type, or the schema itself where it has no
// name.
func (s *schemas) of(t reflect.Type) (*Schema, error) {
	if known := s.known(t); known != nil {
		return known, nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		inner, err := s.of(t.Elem())
		if err != nil {
			return nil, err
		}
		return orNull(inner), nil
	case reflect.Slice:
		inner, err := s.of(t.Elem())
		return &Schema{Type: "array", Items: inner}, err
	case reflect.Map:
		inner, err := s.of(t.Elem())
		if err == nil && s.asked {
			inner = orNull(inner)
		}
		return &Schema{Type: "object", Additional: inner}, err
	case reflect.Struct:
		return s.object(t)
	case reflect.String:
		return s.text(t)
	case reflect.Bool:
		return &Schema{Type: "boolean"}, nil
	case reflect.Int, reflect.Int64:
		if t.PkgPath() != "" {
			return s.words(t.Name(), s.comments.Types[typeKey(t)])
		}
		return &Schema{Type: "integer", Format: "int64"}, nil
	case reflect.Float64:
		return &Schema{Type: "number", Format: "double"}, nil
	}
	return nil, fmt.Errorf("%s: a type that says nothing", t)
}

// known is for types whose JSON is not what their Go type looks like.
func (s *schemas) known(t reflect.Type) *Schema {
	switch t {
	case reflect.TypeFor[wire.Stamp]():
		return &Schema{Type: "integer", Format: "int64"}
	case reflect.TypeFor[wire.Number]():
		return &Schema{Type: "number", Format: "double"}
	case reflect.TypeFor[[]byte]():
		return &Schema{Type: "string", ContentEncoding: "base64"}
	case reflect.TypeFor[bonafide.ID]():
		return &Schema{Type: "string", Format: "uuid"}
	case reflect.TypeFor[bonafide.Meta](), reflect.TypeFor[map[string]any]():
		s.named["Metadata"] = &Schema{Type: "object", Additional: true,
			Description: "Any JSON object, at most 1 MiB and 32 levels deep. It is kept as it is and means nothing to the server."}
		return &Schema{Ref: refTo("Metadata")}
	}
	return nil
}

// text is a string, one of the words of its type where that has some.
func (s *schemas) text(t reflect.Type) (*Schema, error) {
	if t.PkgPath() == "" {
		return &Schema{Type: "string"}, nil
	}
	if e, ok := reflect.Zero(t).Interface().(Enumerated); ok {
		s.named[t.Name()] = &Schema{Type: "string", Enum: e.Enum(), Description: e.Description()}
		return &Schema{Ref: refTo(t.Name())}, nil
	}
	return s.words(t.Name(), s.comments.Types[typeKey(t)])
}

// words is a reference to an enumeration.
func (s *schemas) words(name, about string) (*Schema, error) {
	words := s.comments.Words[name]
	if len(words) == 0 {
		return nil, fmt.Errorf("%s: no words are known", name)
	}
	e := &Schema{Type: "string", Description: sentence(about)}
	for _, w := range words {
		var value any = w.Value
		if n, err := strconv.Atoi(w.Value); err == nil {
			value, e.Type = n, "integer"
		}
		e.Enum = append(e.Enum, value)
		if w.About != "" {
			e.Description += "\n- `" + w.Value + "`: " + w.About
		}
	}
	e.Description = strings.TrimSpace(e.Description)
	s.named[name] = e
	return &Schema{Ref: refTo(name)}, nil
}

// aboutWords is the comment of words that a tag names.
func (s *schemas) aboutWords(name string) string {
	for _, from := range []string{"bonafide.", "wire.", "words."} {
		if about := s.comments.Types[from+name]; about != "" {
			return about
		}
	}
	return ""
}

// object describes a struct, once.
func (s *schemas) object(t reflect.Type) (*Schema, error) {
	name := s.nameOf(t)
	ref := &Schema{Ref: refTo(name)}
	if s.named[name] != nil {
		return ref, nil
	}
	if t == reflect.TypeFor[wire.Analysis]() && s.shapes[resultsData] == nil {
		return ref, s.analyses(name)
	}
	o := &Schema{}
	s.named[name] = o // before its fields, which may hold it
	made, err := s.fields(t)
	if err != nil {
		return nil, err
	}
	*o = *made
	return ref, nil
}

func (s *schemas) nameOf(t reflect.Type) string {
	if name := s.renamed[t]; name != "" {
		return name
	}
	return schemaName(t)
}

// fields describes a struct by its fields.
func (s *schemas) fields(t reflect.Type) (*Schema, error) {
	about, ok := s.comments.Types[typeKey(t)]
	if !ok {
		return nil, fmt.Errorf("%s has no comment", t)
	}
	o := &Schema{Type: "object", Description: sentence(about)}
	for i := range t.NumField() {
		if err := s.field(o, t, t.Field(i)); err != nil {
			return nil, err
		}
	}
	if more, ok := reflect.Zero(t).Interface().(Extended); ok {
		o.Properties = append(o.Properties, more.MoreProperties()...)
	}
	if switched, ok := reflect.Zero(t).Interface().(Switched); ok {
		for _, s := range switched.Switches() {
			o.Properties = append(o.Properties, Property{s.Name, &Schema{Type: "boolean", Description: "May order " + string(s.Type) + "."}})
			o.Required = append(o.Required, s.Name)
		}
	}
	return o, nil
}

// Switched is a type of answers with a field per type of analyses.
type Switched interface {
	Switches() []wire.Switch
}

// Extended is a type of requests with fields that only the running program knows. They
// may all be left out.
type Extended interface {
	MoreProperties() Properties
}

// Enumerated is a type of words that only the running program knows.
type Enumerated interface {
	Enum() []any
	Description() string // what each of them means
}

// field adds a field to an object.
func (s *schemas) field(o *Schema, t reflect.Type, f reflect.StructField) error {
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" || name == "-" {
		return nil
	}
	key := typeKey(t) + "." + name
	about := s.comments.Fields[key]
	if about == "" {
		return fmt.Errorf("%s has no comment", key)
	}
	optional := strings.HasPrefix(options, "omit")
	schema, err := s.value(f, key)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	if err := constrain(schema, f.Tag); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	if nullable(f, optional, s.asked) {
		schema = orNull(schema)
	}
	schema.Description = sentence(about)
	if f.Type == reflect.TypeFor[wire.Stamp]() {
		schema.Description += " Seconds since 1970."
	}
	o.Properties = append(o.Properties, Property{name, schema})
	if !optional {
		o.Required = append(o.Required, name)
	}
	return nil
}

// value is the schema of a field without null.
func (s *schemas) value(f reflect.StructField, key string) (*Schema, error) {
	if words := f.Tag.Get("words"); words != "" {
		return s.words(words, s.aboutWords(words))
	}
	t := f.Type
	if shape := s.shapes[key]; shape != nil {
		t = reflect.TypeOf(shape)
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return s.of(t)
}

// nullable tells whether null may stand for a value: in answers for a pointer that is
// always there, in requests for all that may be left out.
func nullable(f reflect.StructField, optional, asked bool) bool {
	if said := f.Tag.Get("null"); said != "" {
		return said == "true"
	}
	if asked {
		return optional
	}
	return f.Type.Kind() == reflect.Pointer && !optional
}

// constrain reads what the tags say about the value.
func constrain(s *Schema, tag reflect.StructTag) error {
	target := s
	if s.Items != nil && s.Items.Type == "string" {
		target = s.Items
	}
	if word := tag.Get("format"); word != "" {
		target.Format = word
	}
	if word := tag.Get("pattern"); word != "" {
		target.Pattern = word
	}
	for name, to := range map[string]**int{"minLength": &target.MinLength, "maxLength": &target.MaxLength,
		"minItems": &s.MinItems, "maxItems": &s.MaxItems, "maxProperties": &s.MaxProperties} {
		if word := tag.Get(name); word != "" {
			n, err := strconv.Atoi(word)
			if err != nil {
				return err
			}
			*to = &n
		}
	}
	for name, to := range map[string]**float64{"minimum": &s.Minimum, "maximum": &s.Maximum} {
		if word := tag.Get(name); word != "" {
			n, err := strconv.ParseFloat(word, 64)
			if err != nil {
				return err
			}
			*to = &n
		}
	}
	if word, ok := tag.Lookup("example"); ok {
		s.Examples = []any{example(word)}
	}
	return nil
}

// example is a value in JSON, or a bare string.
func example(word string) any {
	if !json.Valid([]byte(word)) {
		return word
	}
	return json.RawMessage(word)
}

// typeKey is the name of a type in Comments, such as wire.Folder.
func typeKey(t reflect.Type) string {
	name, _, _ := strings.Cut(t.Name(), "[")
	return t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:] + "." + name
}

// schemaName makes FolderPage of wire.Page[wire.Folder].
func schemaName(t reflect.Type) string {
	name := t.Name()
	if outer, inner, ok := strings.Cut(name, "["); ok {
		return capital(strings.TrimSuffix(inner[strings.LastIndexAny(inner, "./")+1:], "]")) + capital(outer)
	}
	return capital(name)
}

func capital(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// sentence makes a sentence of a comment that stands behind a field.
func sentence(about string) string {
	if about == "" {
		return ""
	}
	about = capital(about)
	if !strings.ContainsAny(about[len(about)-1:], ".:!?`") {
		about += "."
	}
	return about
}
