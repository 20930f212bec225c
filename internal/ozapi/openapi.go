package ozapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/swaggest/jsonschema-go"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// OpenAPI renders the description of the API: OpenAPI 3.1, made from the table of
// routes and the Go types that are read and written. Its bytes are the same at
// every call.
func OpenAPI(version string) ([]byte, error) {
	d, err := describeAPI(version)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err = e.Encode(d)
	return b.Bytes(), err
}

// The parts of an OpenAPI document that are used here, under their names in it.
type document struct {
	OpenAPI    string                           `json:"openapi"`
	Info       documentInfo                     `json:"info"`
	Servers    []documentServer                 `json:"servers"`
	Tags       []documentTag                    `json:"tags"`
	Paths      map[string]map[string]*operation `json:"paths"` // by path, then by method in lower case
	Components components                       `json:"components"`
}

type documentInfo struct {
	Title       string            `json:"title"`
	Version     string            `json:"version"`
	Description string            `json:"description"`
	License     map[string]string `json:"license"`
}

type documentServer struct {
	URL string `json:"url"`
}

type documentTag struct {
	Name string `json:"name"`
}

type components struct {
	Schemas         map[string]any `json:"schemas"`
	SecuritySchemes map[string]any `json:"securitySchemes"`
}

type operation struct {
	Tags        []string              `json:"tags"`
	Summary     string                `json:"summary"`
	Description string                `json:"description,omitempty"`
	OperationID string                `json:"operationId"`
	Parameters  []operationParameter  `json:"parameters,omitempty"`
	RequestBody *content              `json:"requestBody,omitempty"`
	Responses   map[string]*content   `json:"responses"`
	Security    []map[string][]string `json:"security"`
}

type operationParameter struct {
	Name        string         `json:"name"`
	In          string         `json:"in"`
	Required    bool           `json:"required,omitempty"`
	Description string         `json:"description,omitempty"`
	Schema      map[string]any `json:"schema"`
}

// content is a request body or a response.
type content struct {
	Description string                    `json:"description,omitempty"`
	Content     map[string]map[string]any `json:"content,omitempty"` // by media type
}

const tokenScheme = "access_token"

func describeAPI(version string) (*document, error) {
	d := &document{
		OpenAPI: "3.1.0",
		Info: documentInfo{Title: "Bonafide API", Version: version, License: map[string]string{"name": "Apache-2.0", "identifier": "Apache-2.0"},
			Description: "Liveness, face matching and what belongs to it. A slash at the end of a path does not matter. Unknown fields of requests are ignored; answers may gain fields."},
		Servers: []documentServer{{URL: "/"}},
		Paths:   map[string]map[string]*operation{},
		Components: components{Schemas: map[string]any{}, SecuritySchemes: map[string]any{
			tokenScheme: map[string]any{"type": "apiKey", "in": "header", "name": "X-Forensic-Access-Token"}}},
	}
	s := newSchemas(d.Components.Schemas)
	all := shapes()
	for _, rt := range routes() {
		op, err := s.operation(rt, all[rt.Method+" "+rt.Pattern])
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", rt.Method, rt.Pattern, err)
		}
		path := unbraced.ReplaceAllString(rt.Pattern, "{$1}")
		if d.Paths[path] == nil {
			d.Paths[path] = map[string]*operation{}
		}
		d.Paths[path][strings.ToLower(rt.Method)] = op
		if tag := (documentTag{op.Tags[0]}); !slices.Contains(d.Tags, tag) {
			d.Tags = append(d.Tags, tag)
		}
	}
	return d, nil
}

// unbraced matches a path parameter of the router, which may hold a pattern.
var unbraced = regexp.MustCompile(`\{([a-z_]+)[^}]*\}`)

// operation describes one route.
func (s *schemas) operation(rt route, sh shape) (*operation, error) {
	op := &operation{
		Tags:        []string{tag(rt.Pattern)},
		Summary:     rt.Summary,
		OperationID: operationID(rt),
		Responses:   map[string]*content{},
		Security:    []map[string][]string{},
	}
	if rt.Permission != "" {
		op.Security = append(op.Security, map[string][]string{tokenScheme: {}})
		op.Description = "Needs the permission `" + string(rt.Permission) + "`."
	}
	for _, name := range unbraced.FindAllStringSubmatch(rt.Pattern, -1) {
		op.Parameters = append(op.Parameters, operationParameter{Name: name[1], In: "path", Required: true, Schema: map[string]any{"type": "string"}})
	}
	for _, p := range sh.query {
		op.Parameters = append(op.Parameters, operationParameter{Name: p.name, In: "query", Description: p.about, Schema: map[string]any{"type": p.kind}})
	}
	if err := s.request(op, sh); err != nil {
		return nil, err
	}
	return op, s.responses(op, sh)
}

func (s *schemas) request(op *operation, sh shape) error {
	if sh.in == nil {
		return nil
	}
	ref, err := s.of(sh.in)
	if err != nil {
		return err
	}
	op.RequestBody = &content{Content: map[string]map[string]any{"application/json": {"schema": ref}}}
	if sh.upload {
		op.RequestBody.Content["multipart/form-data"] = map[string]any{
			"schema": map[string]any{
				"type":                 "object",
				"description":          "Any number of files under names of your choice; the payload refers to these names.",
				"properties":           map[string]any{"payload": ref},
				"additionalProperties": map[string]any{"type": "string", "contentMediaType": "application/octet-stream"},
			},
			"encoding": map[string]any{"payload": map[string]any{"contentType": "application/json"}},
		}
	}
	return nil
}

func (s *schemas) responses(op *operation, sh shape) error {
	status := sh.status
	if status == 0 {
		status = http.StatusOK
	}
	done := &content{Description: http.StatusText(status)}
	op.Responses[strconv.Itoa(status)] = done
	switch {
	case sh.out != nil:
		ref, err := s.of(sh.out)
		if err != nil {
			return err
		}
		done.Content = map[string]map[string]any{"application/json": {"schema": ref}}
	case sh.binary != "":
		done.Content = map[string]map[string]any{sh.binary: {"schema": map[string]any{"type": "string", "contentMediaType": sh.binary}}}
	}
	ref, err := s.of(wire.Error{})
	if err != nil {
		return err
	}
	op.Responses["default"] = &content{Description: "Error", Content: map[string]map[string]any{"application/json": {"schema": ref}}}
	return nil
}

// tag is the kind of object that a path is about.
func tag(pattern string) string {
	parts := strings.Split(strings.Trim(pattern, "/"), "/")
	if parts[0] == "api" && len(parts) > 1 {
		return parts[1]
	}
	return "service"
}

// operationID is a name for generated clients, such as get_folders_folder_id_media.
func operationID(rt route) string {
	path := strings.NewReplacer("/api/", "", "/", "_", "{", "", "}", "", ".", "_").Replace(rt.Pattern)
	return strings.ToLower(rt.Method) + "_" + strings.Trim(path, "_")
}

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
