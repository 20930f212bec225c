package ozapi

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

//go:embed reference.html
var referenceHTML string

// reference answers the description of the API as a page that needs nothing from
// elsewhere.
func (a *api) reference(c *call) (*answer, error) {
	page, err := referencePage(a.Version)
	if err != nil {
		return nil, err
	}
	h := c.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(page)
	return nil, nil
}

// openAPI answers the description of the API for machines.
func (a *api) openAPI(c *call) (*answer, error) {
	raw, err := OpenAPI(a.Version)
	if err != nil {
		return nil, err
	}
	c.w.Header().Set("Content-Type", "application/json")
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(raw)
	return nil, nil
}

// referenceGroup is the calls about one kind of object.
type referenceGroup struct {
	Name  string
	Calls []referenceCall
}

type referenceCall struct {
	Method, Path string
	Operation    *operation
}

func referencePage(version string) ([]byte, error) {
	d, err := describeAPI(version)
	if err != nil {
		return nil, err
	}
	groups := make([]referenceGroup, len(d.Tags))
	for i, t := range d.Tags {
		groups[i].Name = t.Name
	}
	for _, rt := range routes() {
		path := unbraced.ReplaceAllString(rt.Pattern, "{$1}")
		op := d.Paths[path][strings.ToLower(rt.Method)]
		i := slices.Index(d.Tags, documentTag{op.Tags[0]})
		groups[i].Calls = append(groups[i].Calls, referenceCall{rt.Method, path, op})
	}
	page, err := template.New("reference").Funcs(template.FuncMap{"pretty": pretty, "typeName": typeName}).Parse(referenceHTML)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, map[string]any{"Info": d.Info, "Groups": groups, "Schemas": d.Components.Schemas})
	return b.Bytes(), err
}

// pretty writes a schema as indented JSON.
func pretty(v any) (string, error) {
	raw, err := json.MarshalIndent(v, "", "  ")
	return string(raw), err
}

// typeName names what a body holds: a schema, or a list of one.
func typeName(v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	var s struct {
		Ref   string `json:"$ref"`
		Items *struct {
			Ref string `json:"$ref"`
		} `json:"items"`
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", err
	}
	name := func(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }
	if s.Items != nil {
		return "array of " + name(s.Items.Ref), nil
	}
	return name(s.Ref), nil
}
