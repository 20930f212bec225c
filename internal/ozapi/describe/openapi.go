package describe

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Document is an OpenAPI document: the parts of one that are used here, under
// their names in it.
type Document struct {
	OpenAPI    string                       `json:"openapi"`
	Info       Info                         `json:"info"`
	Servers    []Server                     `json:"servers"`
	Tags       []Tag                        `json:"tags"`
	Paths      map[string]map[string]*Entry `json:"paths"` // by path, then by method in lower case
	Components Components                   `json:"components"`
}

// Info says what the document is about.
type Info struct {
	Title       string            `json:"title"`
	Version     string            `json:"version"`
	Description string            `json:"description"`
	License     map[string]string `json:"license"`
}

// Server is where the API is found.
type Server struct {
	URL string `json:"url"` // relative to the document
}

// Tag is a kind of object that calls are about.
type Tag struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

// Components holds what is referred to by name.
type Components struct {
	Schemas         map[string]*Schema  `json:"schemas"`
	Responses       map[string]*Content `json:"responses"`
	SecuritySchemes map[string]any      `json:"securitySchemes"`
}

// Entry is the description of one call.
type Entry struct {
	Tags        []string              `json:"tags"` // one
	Summary     string                `json:"summary"`
	Description string                `json:"description,omitempty"`
	OperationID string                `json:"operationId"`
	Parameters  []EntryParameter      `json:"parameters,omitempty"`
	RequestBody *Content              `json:"requestBody,omitempty"`
	Responses   map[string]*Content   `json:"responses"` // by status
	Security    []map[string][]string `json:"security"`
}

// EntryParameter is a parameter of the path or the query.
type EntryParameter struct {
	Name        string  `json:"name"`
	In          string  `json:"in"` // path or query
	Required    bool    `json:"required,omitempty"`
	Description string  `json:"description"`
	Style       string  `json:"style,omitempty"`   // form: a list
	Explode     *bool   `json:"explode,omitempty"` // false: with commas between
	Schema      *Schema `json:"schema"`
}

// Content is a request body or a response, or a reference to one.
type Content struct {
	Ref         string            `json:"$ref,omitempty"`
	Description string            `json:"description,omitempty"`
	Required    bool              `json:"required,omitempty"` // of a body
	Headers     map[string]Header `json:"headers,omitempty"`
	Content     map[string]*Media `json:"content,omitempty"` // by media type
}

// Header is a header of a response.
type Header struct {
	Description string  `json:"description"`
	Schema      *Schema `json:"schema"`
}

// Media is a body of one media type.
type Media struct {
	Schema   *Schema             `json:"schema"`
	Example  any                 `json:"example,omitempty"`
	Encoding map[string]Encoding `json:"encoding,omitempty"` // of parts
}

// Encoding is how a part is written.
type Encoding struct {
	ContentType string `json:"contentType"`
}

const (
	tokenScheme = "access_token"
	keyScheme   = "lite_key"
	jsonType    = "application/json"
	formType    = "multipart/form-data"
	sealedType  = "application/octet-stream"
)

// Build describes an API. What its operations are about and Tags do not name comes behind
// them.
func (a *API) Build() (*Document, error) {
	d := &Document{
		OpenAPI: "3.1.0",
		Info: Info{Title: "Bonafide API", Version: a.Version, License: map[string]string{"name": "Apache-2.0", "identifier": "Apache-2.0"},
			Description: "Liveness, face matching and what belongs to it. The access_token that POST /api/authorize/auth answers goes into the header X-Forensic-Access-Token. " +
				"Decide by resolution and system_resolution only: confidence_spoofing and the other numbers may be null. " +
				"Oz API Lite, the stateless face service below /v1/face, knows no token: it has errors of its own and, where the server was given one, a key. A slash at the end of a path does not matter. Fields and parameters that nobody reads are warned of in warnings, and refused where the company is strict; answers may gain fields. " +
				"The words of enumerations in requests are understood in any case of letters, null in a request is the same as nothing where it is allowed."},
		Servers: []Server{{URL: "/"}},
		Tags:    slices.Clone(a.Tags),
		Paths:   map[string]map[string]*Entry{},
		Components: Components{Schemas: map[string]*Schema{}, Responses: map[string]*Content{}, SecuritySchemes: map[string]any{
			tokenScheme: map[string]any{"type": "apiKey", "in": "header", "name": "X-Forensic-Access-Token",
				"description": "The access_token that signing in answers."},
			keyScheme: map[string]any{"type": "apiKey", "in": "header", "name": "X-Api-Key",
				"description": "The key of Oz API Lite, where the server was given one; as a bearer token, too."}}},
	}
	examples, err := wire.Examples()
	if err != nil {
		return nil, err
	}
	b := &builder{API: a, document: d, examples: examples,
		schemas: &schemas{comments: a.Comments, shapes: wire.Shapes(), named: d.Components.Schemas, renamed: map[reflect.Type]string{}}}
	for _, op := range a.Operations {
		e, err := b.entry(op)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", op.Method, op.Pattern, err)
		}
		if d.Paths[op.Pattern] == nil {
			d.Paths[op.Pattern] = map[string]*Entry{}
		}
		d.Paths[op.Pattern][strings.ToLower(op.Method)] = e
	}
	return d, nil
}

// Of gives the entry of an operation.
func (d *Document) Of(op Operation) *Entry { return d.Paths[op.Pattern][strings.ToLower(op.Method)] }

// builder fills a document.
type builder struct {
	*API
	document *Document
	schemas  *schemas
	examples map[string]json.RawMessage // of answers, by the name of their schema
}

var pathParameter = regexp.MustCompile(`\{([a-z_]+)\}`)

// entry describes one operation.
func (b *builder) entry(op Operation) (*Entry, error) {
	e := &Entry{
		Tags:        []string{op.tag()},
		Summary:     op.Summary,
		OperationID: op.Name,
		Responses:   map[string]*Content{},
		Security:    []map[string][]string{},
	}
	if !slices.ContainsFunc(b.document.Tags, func(t Tag) bool { return t.Name == e.Tags[0] }) {
		b.document.Tags = append(b.document.Tags, Tag{Name: e.Tags[0]})
	}
	if op.Permission != "" {
		e.Security = append(e.Security, map[string][]string{tokenScheme: {}})
		e.Description = "Needs the permission `" + op.Permission + "`."
	}
	if err := b.parameters(e, op); err != nil {
		return nil, err
	}
	if op.Other != nil {
		return e, b.other(e, op)
	}
	if err := b.request(e, op); err != nil {
		return nil, err
	}
	return e, b.responses(e, op)
}

// other describes what is other of a call of another API.
func (b *builder) other(e *Entry, op Operation) error {
	if op.Other.Key {
		e.Security = append(e.Security, map[string][]string{keyScheme: {}}, map[string][]string{})
		e.Description = "Needs the key of Oz API Lite where the server was given one."
	}
	for _, h := range op.Other.Headers {
		e.Parameters = append(e.Parameters, EntryParameter{Name: h.Name, In: "header", Description: sentence(h.About), Schema: h.Schema})
	}
	e.RequestBody = op.Other.Body
	if err := b.done(e, op); err != nil {
		return err
	}
	schema, err := b.schemas.of(reflect.TypeOf(op.Other.Error))
	if err != nil {
		return err
	}
	for _, status := range op.Refusals {
		e.Responses[strconv.Itoa(status)] = &Content{Description: http.StatusText(status) + ".", Content: map[string]*Media{jsonType: {Schema: schema}}}
	}
	return nil
}

func (b *builder) parameters(e *Entry, op Operation) error {
	for _, found := range pathParameter.FindAllStringSubmatch(op.Pattern, -1) {
		name := found[1]
		about := b.Names[name]
		if about == "" {
			return fmt.Errorf("it is not said what {%s} is", name)
		}
		schema := &Schema{Type: "string"}
		if strings.HasSuffix(name, "_id") {
			schema = Identifier()
		}
		e.Parameters = append(e.Parameters, EntryParameter{Name: name, In: "path", Required: true, Description: sentence(about), Schema: schema})
	}
	for _, p := range op.Query {
		q := EntryParameter{Name: p.Name, In: "query", Required: p.Required, Description: sentence(p.About), Schema: p.Schema}
		if p.Schema.Items != nil {
			no := false
			q.Style, q.Explode = "form", &no
		}
		e.Parameters = append(e.Parameters, q)
	}
	return nil
}

// tag is the kind of object that a call is about.
func (op Operation) tag() string {
	if op.Other != nil {
		return op.Other.Tag
	}
	pattern := op.Pattern
	parts := strings.Split(strings.Trim(pattern, "/"), "/")
	if parts[0] == "api" && len(parts) > 1 && !slices.Contains([]string{"version", "config", "openapi.json"}, parts[1]) {
		return parts[1]
	}
	return "service"
}
