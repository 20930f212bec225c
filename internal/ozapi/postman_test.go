package ozapi

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
)

// postman renders the description of the API as a Postman collection, version 2.1:
// one folder per kind of object, requests with placeholders. It signs in with
// {{email}} and {{password}} against {{host}} and keeps the token. It is in a test,
// because api/postman.json is all that it is for.
func postman(version string) ([]byte, error) {
	d, err := describe.Build(version, operations())
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
	for _, rt := range operations() {
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

func postmanRequestOf(rt describe.Operation, op *describe.Entry, defs map[string]any) postmanItem {
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

// postmanBody offers the fields of the body, empty, or one file beside them.
func postmanBody(body *describe.Content, defs map[string]any) map[string]any {
	example := exampleOf(body.Content["application/json"]["schema"], defs)
	if body.Content["multipart/form-data"] == nil {
		return map[string]any{"mode": "raw", "raw": example, "options": map[string]any{"raw": map[string]string{"language": "json"}}}
	}
	return map[string]any{"mode": "formdata", "formdata": []map[string]string{
		{"key": "media1", "type": "file", "src": ""},
		{"key": "payload", "type": "text", "value": example},
	}}
}

// exampleOf is an object with the schema's field names and empty values.
func exampleOf(schema any, defs map[string]any) string {
	raw, _ := json.Marshal(schema)
	var ref struct {
		Ref string `json:"$ref"`
	}
	_ = json.Unmarshal(raw, &ref)
	raw, _ = json.Marshal(defs[ref.Ref[strings.LastIndex(ref.Ref, "/")+1:]])
	var def struct {
		Properties map[string]struct {
			Type any    `json:"type"`
			Ref  string `json:"$ref"`
		} `json:"properties"`
	}
	_ = json.Unmarshal(raw, &def)
	var lines []string
	for name, p := range def.Properties {
		empty := `""`
		switch p.Type {
		case "array":
			empty = "[]"
		case "object", nil:
			empty = "{}"
		}
		lines = append(lines, "  \""+name+"\": "+empty)
	}
	slices.Sort(lines)
	return "{\n" + strings.Join(lines, ",\n") + "\n}"
}
