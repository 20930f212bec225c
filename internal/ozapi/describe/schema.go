package describe

import (
	"reflect"
	"strings"

	"github.com/swaggest/jsonschema-go"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// schemas turns Go types into JSON schemas and collects the named ones.
type schemas struct {
	reflector jsonschema.Reflector
	defs      map[string]any
}

func newSchemas(defs map[string]any) *schemas {
	s := &schemas{defs: defs}
	nullable := func(t jsonschema.SimpleType) jsonschema.Schema {
		return *(&jsonschema.Schema{}).WithType(*(&jsonschema.Type{}).WithSliceOfSimpleTypeValues(t, jsonschema.Null))
	}
	s.reflector.AddTypeMapping(wire.Stamp{}, nullable(jsonschema.Integer))
	s.reflector.AddTypeMapping(wire.Number(0), nullable(jsonschema.Number))
	for _, text := range []any{bonafide.ID(""), bonafide.Status(""), bonafide.AnalysisType(""), bonafide.UserType("")} {
		s.reflector.AddTypeMapping(text, "")
	}
	s.reflector.AddTypeMapping(bonafide.Meta{}, map[string]any{})
	return s
}

// of gives a reference to the schema of a value's type, or the schema itself where
// it has no name.
func (s *schemas) of(v any) (any, error) {
	schema, err := s.reflector.Reflect(v,
		jsonschema.DefinitionsPrefix("#/components/schemas/"),
		jsonschema.RootRef,
		jsonschema.InterceptDefName(func(t reflect.Type, _ string) string { return schemaName(t) }),
		jsonschema.InterceptNullability(dropNull),
		jsonschema.InterceptProp(require),
		jsonschema.CollectDefinitions(func(name string, def jsonschema.Schema) { s.defs[name] = def }))
	if err != nil {
		return nil, err
	}
	return schema, nil
}

// schemaName makes FolderPage of wire.Page[wire.Folder].
func schemaName(t reflect.Type) string {
	name := t.Name()
	if outer, inner, ok := strings.Cut(name, "["); ok {
		inner = strings.TrimSuffix(inner[strings.LastIndexAny(inner, "./")+1:], "]")
		return capital(inner) + capital(outer)
	}
	return capital(name)
}

func capital(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// dropNull says that lists and objects are never null in answers; pointers may be.
func dropNull(p jsonschema.InterceptNullabilityParams) {
	if k := p.Type.Kind(); p.NullAdded && (k == reflect.Slice || k == reflect.Map) {
		p.Schema.RemoveType(jsonschema.Null)
	}
}

// require lists what is always there: all fields but those that may be left out.
func require(p jsonschema.InterceptPropParams) error {
	name, options, _ := strings.Cut(p.Field.Tag.Get("json"), ",")
	if p.Processed && name != "" && options == "" {
		p.ParentSchema.Required = append(p.ParentSchema.Required, name)
	}
	return nil
}
