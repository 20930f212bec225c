package ozapi

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
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
			r.URL.Variables = append(r.URL.Variables, postmanPair{p.Name, "{{" + p.Name + "}}"})
		case "query":
			r.URL.Query = append(r.URL.Query, postmanParameter{Key: p.Name, Description: p.Description, Disabled: true})
		}
	}
	if rt.Permission == "" {
		r.Auth = map[string]any{"type": "noauth"}
	}
	item := postmanItem{Name: rt.Summary}
	if rt.Method == post {
		item.Events = keep(`^(?!user_|company_).*_id$`) // whose it is, is not what was made
		if op.Tags[0] == "users" || op.Tags[0] == "companies" {
			item.Events = keep(`_id$`)
		}
	}
	if op.RequestBody != nil {
		r.Body = postmanBody(op.RequestBody, defs, unfit(rt.Method, rt.Pattern))
	}
	if rt.Pattern == "/api/authorize/auth" {
		r.Body = map[string]any{"mode": "raw", "raw": `{"credentials": {"email": "{{email}}", "password": "{{password}}"}}`}
		item.Events = keep(`^(access|expire)_token$`)
	}
	item.Request = r
	return item
}

// keep is a script that remembers fields of the answer, for the paths and bodies of what
// is called afterwards.
func keep(names string) []postmanEvent {
	return []postmanEvent{{"test", map[string]any{"type": "text/javascript", "exec": []string{
		`const keep = (o, seen) => {`,
		`  for (const [name, value] of Object.entries(o))`,
		`    if (/` + names + `/.test(name) && value && !seen[name]) pm.collectionVariables.set(name, seen[name] = value);`,
		`  for (const value of Object.values(o)) if (value && typeof value === "object") keep(value, seen);`,
		`};`,
		`if (pm.response.code < 300) keep(pm.response.json(), {});`}}}}
}

// unfit are fields that cannot stand in one body with the others, or need something that
// is not there.
func unfit(method, path string) []string {
	all := []string{"resolution_endpoint", "source_media"}
	if method == patch && strings.HasPrefix(path, "/api/folders/") {
		all = append(all, "operator_status", "operator_comment")
	}
	return all
}

// postmanBody offers the body that must be there, or one file and the payload.
func postmanBody(body *describe.Content, defs map[string]*describe.Schema, without []string) map[string]any {
	form := body.Content["multipart/form-data"]
	if form == nil {
		return map[string]any{"mode": "raw", "raw": exampleOf(body.Content["application/json"].Schema, defs, without), "options": map[string]any{"raw": map[string]string{"language": "json"}}}
	}
	parts := []map[string]string{{"key": "file", "type": "file", "src": ""}}
	if payload := form.Schema.Properties.Of("payload"); payload != nil {
		parts = append(parts, map[string]string{"key": "payload", "type": "text", "value": exampleOf(payload, defs, without)})
	}
	return map[string]any{"mode": "formdata", "formdata": parts}
}

// exampleOf is an object with the fields of the schema that must be there, or of which
// an example is known; identifiers are variables.
func exampleOf(schema *describe.Schema, defs map[string]*describe.Schema, without []string) string {
	example := exampleValue(schema, defs)
	if fields, isObject := example.(map[string]any); isObject {
		maps.DeleteFunc(fields, func(name string, _ any) bool { return slices.Contains(without, name) })
	}
	raw, _ := json.MarshalIndent(example, "", "  ")
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

// exemplified tells whether a value that would do is known.
func exemplified(s *describe.Schema) bool {
	return s.Examples != nil || s.Enum != nil || s.OneOf != nil && exemplified(s.OneOf[0])
}

// fills tells whether an object, or what an array is of, has something to say.
func fills(s *describe.Schema, defs map[string]*describe.Schema) bool {
	switch v := exampleValue(s, defs).(type) {
	case map[string]any:
		return len(v) > 0
	case []any:
		m, isObject := v[0].(map[string]any)
		return isObject && len(m) > 0
	}
	return false
}

func emptyOf(kind string, s *describe.Schema, defs map[string]*describe.Schema) any {
	switch kind {
	case "object":
		fields := map[string]any{}
		for _, p := range s.Properties {
			if p.Name != "company_id" && !exemplified(p.Schema) && !slices.Contains(s.Required, p.Name) && !fills(p.Schema, defs) {
				continue // may be left out, and nothing is known that would do
			}
			if fields[p.Name] = exampleValue(p.Schema, defs); fields[p.Name] == "" {
				fields[p.Name] = "{{" + p.Name + "}}"
			}
		}
		return fields
	case "boolean":
		return true
	case "integer", "number":
		return 1
	}
	return ""
}

// TestThePostmanCollectionWorksAsItStands sends every request that has a body, in the
// order of the collection, with what earlier answers gave.
func TestThePostmanCollectionWorksAsItStands(t *testing.T) {
	w := newWorld(t, Config{Pages: true})
	w.work(judged(bonafide.Success))
	w.addUser("root@bank.example", bonafide.Admin, "")
	operator := w.addUser("eye@bank.example", bonafide.Operator, "")
	w.signIn(operator.Email)
	decides := w.token
	w.signIn("root@bank.example")
	raw, err := postman("test")
	w.must(err)
	var c struct {
		Item []struct{ Item []postmanItem }
	}
	w.must(json.Unmarshal(raw, &c))
	known := map[string]string{"email": "root@bank.example", "password": password, "expire_token": "", "kind": "folders"}
	fill := func(text string) string {
		for name, value := range known {
			text = strings.ReplaceAll(text, "{{"+name+"}}", value)
		}
		return text
	}
	sent := 0
	last := c.Item[0] // asks for a user, who is made later
	for i, group := range append(c.Item, last) {
		for _, item := range group.Item {
			r := item.Request
			if strings.HasPrefix(item.Name, "Issue a long-lived") && i < len(c.Item) {
				continue
			}
			if r.Body == nil || item.Name == "Exchange a pair of tokens for a new one" { // whose pair the world did not keep
				continue
			}
			path := strings.TrimPrefix(r.URL.Raw, "{{host}}")
			for _, v := range r.URL.Variables {
				path = strings.Replace(path, ":"+v.Key, fill(v.Value), 1)
			}
			if strings.Contains(path, "{{") {
				t.Errorf("%s: nothing before gave what %s needs", item.Name, path)
				continue
			}
			token := w.token
			if strings.HasPrefix(item.Name, "Decide") {
				w.token = decides
			}
			if strings.HasSuffix(r.URL.Raw, "/merge") {
				other := &bonafide.Person{ID: bonafide.NewID(), CollectionID: bonafide.ID(known["collection_id"])}
				w.must(w.store.CreatePerson(t.Context(), other, nil))
				known["other_person_id"] = string(other.ID)
			}
			var answer *reply
			if r.Body["mode"] == "raw" {
				answer = w.send(r.Method, path, fill(r.Body["raw"].(string)), "Content-Type: application/json")
			} else {
				parts := []string{filePart("file", "file.jpg", picture(uint8(sent)))}
				for _, part := range r.Body["formdata"].([]any) {
					if p := part.(map[string]any); p["type"] == "text" {
						parts = append(parts, payload(fill(p["value"].(string))))
					}
				}
				answer = w.upload(path, parts...)
			}
			w.token = token
			sent++
			if answer.status >= 300 {
				t.Errorf("%s: %s %s: %d %s", item.Name, r.Method, path, answer.status, answer.body)
				continue
			}
			var fields any
			if r.Method == post && json.Unmarshal([]byte(answer.body), &fields) == nil {
				seen := map[string]string{}
				identifiers(fields, seen)
				if r.URL.Raw != "{{host}}/api/users" && r.URL.Raw != "{{host}}/api/companies" {
					delete(seen, "user_id")
					delete(seen, "company_id")
				}
				maps.Copy(known, seen)
			}
		}
	}
	if sent < 25 {
		t.Errorf("only %d requests were sent", sent)
	}
}

// identifiers does what the script of keep does: those of an object go before those of
// what is in it.
func identifiers(v any, seen map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			if id, isText := value.(string); isText && strings.HasSuffix(name, "_id") && seen[name] == "" {
				seen[name] = id
			}
		}
		for _, value := range v {
			identifiers(value, seen)
		}
	case []any:
		for _, value := range v {
			identifiers(value, seen)
		}
	}
}
