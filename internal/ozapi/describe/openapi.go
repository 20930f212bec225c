package describe

import (
	"fmt"
	"net/http"
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
	Name string `json:"name"`
}

// Components holds what is referred to by name.
type Components struct {
	Schemas         map[string]any `json:"schemas"`
	SecuritySchemes map[string]any `json:"securitySchemes"`
}

// Entry is the description of one call.
type Entry struct {
	Tags        []string              `json:"tags"` // one
	Summary     string                `json:"summary"`
	Description string                `json:"description,omitempty"`
	OperationID string                `json:"operationId"`
	Parameters  []EntryParameter      `json:"parameters,omitempty"`
	RequestBody *Content              `json:"requestBody,omitempty"`
	Responses   map[string]*Content   `json:"responses"` // by status, or default
	Security    []map[string][]string `json:"security"`
}

// EntryParameter is a parameter of the path or the query.
type EntryParameter struct {
	Name        string         `json:"name"`
	In          string         `json:"in"` // path or query
	Required    bool           `json:"required,omitempty"`
	Description string         `json:"description,omitempty"`
	Schema      map[string]any `json:"schema"`
}

// Content is a request body or a response.
type Content struct {
	Description string                    `json:"description,omitempty"`
	Content     map[string]map[string]any `json:"content,omitempty"` // by media type
}

const tokenScheme = "access_token"

// Build describes an API. The tags are in the order in which the operations first
// use them.
func Build(version string, operations []Operation) (*Document, error) {
	d := &Document{
		OpenAPI: "3.1.0",
		Info: Info{Title: "Bonafide API", Version: version, License: map[string]string{"name": "Apache-2.0", "identifier": "Apache-2.0"},
			Description: "Liveness, face matching and what belongs to it. A slash at the end of a path does not matter. Unknown fields of requests are ignored; answers may gain fields."},
		Servers: []Server{{URL: "/"}},
		Paths:   map[string]map[string]*Entry{},
		Components: Components{Schemas: map[string]any{}, SecuritySchemes: map[string]any{
			tokenScheme: map[string]any{"type": "apiKey", "in": "header", "name": "X-Forensic-Access-Token"}}},
	}
	s := newSchemas(d.Components.Schemas)
	for _, op := range operations {
		e, err := s.entry(op)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", op.Method, op.Pattern, err)
		}
		if d.Paths[op.Pattern] == nil {
			d.Paths[op.Pattern] = map[string]*Entry{}
		}
		d.Paths[op.Pattern][strings.ToLower(op.Method)] = e
		if tag := (Tag{e.Tags[0]}); !slices.Contains(d.Tags, tag) {
			d.Tags = append(d.Tags, tag)
		}
	}
	return d, nil
}

// Of gives the entry of an operation.
func (d *Document) Of(op Operation) *Entry { return d.Paths[op.Pattern][strings.ToLower(op.Method)] }

var pathParameter = regexp.MustCompile(`\{([a-z_]+)\}`)

// entry describes one operation.
func (s *schemas) entry(op Operation) (*Entry, error) {
	e := &Entry{
		Tags:        []string{tag(op.Pattern)},
		Summary:     op.Summary,
		OperationID: op.Name,
		Responses:   map[string]*Content{},
		Security:    []map[string][]string{},
	}
	if op.Permission != "" {
		e.Security = append(e.Security, map[string][]string{tokenScheme: {}})
		e.Description = "Needs the permission `" + op.Permission + "`."
	}
	for _, name := range pathParameter.FindAllStringSubmatch(op.Pattern, -1) {
		e.Parameters = append(e.Parameters, EntryParameter{Name: name[1], In: "path", Required: true, Schema: map[string]any{"type": "string"}})
	}
	for _, p := range op.Query {
		e.Parameters = append(e.Parameters, EntryParameter{Name: p.Name, In: "query", Description: p.About, Schema: map[string]any{"type": p.Type}})
	}
	if err := s.request(e, op); err != nil {
		return nil, err
	}
	return e, s.responses(e, op)
}

func (s *schemas) request(e *Entry, op Operation) error {
	if op.In == nil {
		return nil
	}
	ref, err := s.of(op.In)
	if err != nil {
		return err
	}
	e.RequestBody = &Content{Content: map[string]map[string]any{"application/json": {"schema": ref}}}
	if op.Upload {
		e.RequestBody.Content["multipart/form-data"] = map[string]any{
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

func (s *schemas) responses(e *Entry, op Operation) error {
	status := op.Status
	if status == 0 {
		status = http.StatusOK
	}
	done := &Content{Description: http.StatusText(status)}
	e.Responses[strconv.Itoa(status)] = done
	switch {
	case op.Out != nil:
		ref, err := s.of(op.Out)
		if err != nil {
			return err
		}
		done.Content = map[string]map[string]any{"application/json": {"schema": ref}}
	case op.Binary != "":
		done.Content = map[string]map[string]any{op.Binary: {"schema": map[string]any{"type": "string", "contentMediaType": op.Binary}}}
	}
	ref, err := s.of(wire.Error{})
	if err != nil {
		return err
	}
	e.Responses["default"] = &Content{Description: "Error", Content: map[string]map[string]any{"application/json": {"schema": ref}}}
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
