package ozapi

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
)

// postman renders the description of the API as a Postman collection, version 2.1:
// one folder per kind of object, requests with placeholders. It signs in with
// {{email}} and {{password}} against {{host}} and keeps the token. It is in a test,
// because api/postman.json is all that it is for.
func postman(version string) ([]byte, error) {
	api, err := described(version)
	if err != nil {
		return nil, err
	}
	d, err := api.Build()
	if err != nil {
		return nil, err
	}
	c := postmanCollection{
		Info: map[string]string{"name": d.Info.Title, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
		Auth: map[string]any{"type": "apikey", "apikey": []postmanPair{{"key", "X-Forensic-Access-Token"}, {"value", "{{access_token}}"}, {"in", "header"}}},
		Variables: []postmanPair{
			{"host", "http://127.0.0.1:8080"}, {"email", ""}, {"password", ""}, {"access_token", ""}},
	}
	folders := map[string]int{}
	for _, rt := range api.Operations {
		op := d.Of(rt)
		i, ok := folders[op.Tags[0]]
		if !ok {
			i = len(c.Items)
			folders[op.Tags[0]] = i
			c.Items = append(c.Items, postmanFolder{Name: op.Tags[0]})
		}
		c.Items[i].Items = append(c.Items[i].Items, postmanRequestOf(rt, op, d.Components.Schemas))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err = e.Encode(c)
	return b.Bytes(), err
}

// The parts of a collection that are used here, under their names in it.
type postmanCollection struct {
	Info      map[string]string `json:"info"`
	Auth      map[string]any    `json:"auth"`
	Items     []postmanFolder   `json:"item"`
	Variables []postmanPair     `json:"variable"`
}

type postmanPair struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type postmanFolder struct {
	Name  string        `json:"name"`
	Items []postmanItem `json:"item"`
}

type postmanItem struct {
	Name    string         `json:"name"`
	Request postmanRequest `json:"request"`
	Events  []postmanEvent `json:"event,omitempty"`
}

type postmanRequest struct {
	Method      string         `json:"method"`
	Description string         `json:"description,omitempty"`
	Auth        map[string]any `json:"auth,omitempty"`
	URL         postmanURL     `json:"url"`
	Body        map[string]any `json:"body,omitempty"`
}

type postmanURL struct {
	Raw       string             `json:"raw"`
	Host      []string           `json:"host"`
	Path      []string           `json:"path"`
	Query     []postmanParameter `json:"query,omitempty"`
	Variables []postmanPair      `json:"variable,omitempty"`
}

type postmanParameter struct {
	Key         string `json:"key"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Disabled    bool   `json:"disabled"`
}

type postmanEvent struct {
	Listen string         `json:"listen"`
	Script map[string]any `json:"script"`
}

func postmanRequestOf(rt describe.Operation, op *describe.Entry, defs map[string]*describe.Schema) postmanItem {
	path := parameter.ReplaceAllString(rt.Pattern, ":$1")
	r := postmanRequest{Method: rt.Method, Description: op.Description,
		URL: postmanURL{Raw: "{{host}}" + path, Host: []string{"{{host}}"}, Path: strings.Split(strings.Trim(path, "/"), "/")}}
	for _, p := range op.Parameters {
		switch p.In {
		case "path":
			r.URL.Variables = append(r.URL.Variables, postmanPair{p.Name, ""})
		case "query":
			r.URL.Query = append(r.URL.Query, postmanParameter{Key: p.Name, Description: p.Description, Disabled: true})
		}
	}
	if rt.Permission == "" {
		r.Auth = map[string]any{"type": "noauth"}
	}
	item := postmanItem{Name: rt.Summary}
	if op.RequestBody != nil {
		r.Body = postmanBody(op.RequestBody, defs)
	}
	if rt.Pattern == "/api/authorize/auth" {
		r.Body = map[string]any{"mode": "raw", "raw": `{"credentials": {"email": "{{email}}", "password": "{{password}}"}}`}
		item.Events = []postmanEvent{{"test", map[string]any{"type": "text/javascript",
			"exec": []string{`pm.collectionVariables.set("access_token", pm.response.json().access_token);`}}}}
	}
	item.Request = r
	return item
}

// postmanBody offers the body that must be there, or one file and the payload.
func postmanBody(body *describe.Content, defs map[string]*describe.Schema) map[string]any {
	form := body.Content["multipart/form-data"]
	if form == nil {
		return map[string]any{"mode": "raw", "raw": exampleOf(body.Content["application/json"].Schema, defs), "options": map[string]any{"raw": map[string]string{"language": "json"}}}
	}
	parts := []map[string]string{{"key": "file", "type": "file", "src": ""}}
	if payload := form.Schema.Properties.Of("payload"); payload != nil {
		parts = append(parts, map[string]string{"key": "payload", "type": "text", "value": exampleOf(payload, defs)})
	}
	return map[string]any{"mode": "formdata", "formdata": parts}
}

// exampleOf is an object with all fields of the schema.
func exampleOf(schema *describe.Schema, defs map[string]*describe.Schema) string {
	raw, _ := json.MarshalIndent(exampleValue(schema, defs), "", "  ")
	return string(raw)
}

func exampleValue(s *describe.Schema, defs map[string]*describe.Schema) any {
	switch {
	case s.Examples != nil:
		return s.Examples[0]
	case s.Enum != nil:
		return s.Enum[0]
	case s.Ref != "":
		return exampleValue(defs[s.Ref[strings.LastIndex(s.Ref, "/")+1:]], defs)
	case s.OneOf != nil:
		return exampleValue(s.OneOf[0], defs)
	case s.Items != nil:
		return []any{exampleValue(s.Items, defs)}
	}
	switch kind := s.Type.(type) {
	case string:
		return emptyOf(kind, s, defs)
	case []string:
		return emptyOf(kind[0], s, defs)
	}
	return nil
}

func emptyOf(kind string, s *describe.Schema, defs map[string]*describe.Schema) any {
	switch kind {
	case "object":
		fields := map[string]any{}
		for _, p := range s.Properties {
			fields[p.Name] = exampleValue(p.Schema, defs)
		}
		return fields
	case "boolean":
		return true
	case "integer", "number":
		return 1
	}
	return ""
}
