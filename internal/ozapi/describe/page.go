package describe

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"slices"
	"strings"
)

//go:embed page.html
var pageHTML string

// pageGroup is the calls about one kind of object.
type pageGroup struct {
	Name  string
	Calls []pageCall
}

type pageCall struct {
	Method, Path string
	Operation    *Entry
}

// Page renders the description for people: one HTML page that needs nothing from
// elsewhere.
func Page(version string, operations []Operation) ([]byte, error) {
	d, err := Build(version, operations)
	if err != nil {
		return nil, err
	}
	groups := make([]pageGroup, len(d.Tags))
	for i, t := range d.Tags {
		groups[i].Name = t.Name
	}
	for _, op := range operations {
		e := d.Of(op)
		i := slices.Index(d.Tags, Tag{e.Tags[0]})
		groups[i].Calls = append(groups[i].Calls, pageCall{op.Method, op.Pattern, e})
	}
	page, err := template.New("page").Funcs(template.FuncMap{"pretty": pretty, "typeName": typeName}).Parse(pageHTML)
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
