package describe

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
)

//go:embed page.html
var pageHTML string

// pageGroup is the calls about one kind of object.
type pageGroup struct {
	Tag
	Calls []pageCall
}

type pageCall struct {
	Method, Path string
	Operation    *Entry
}

// Page renders the description for people: one HTML page that needs nothing from
// elsewhere.
func (a *API) Page() ([]byte, error) {
	d, err := a.Build()
	if err != nil {
		return nil, err
	}
	groups := make([]pageGroup, len(d.Tags))
	for i, t := range d.Tags {
		groups[i].Tag = t
	}
	for _, op := range a.Operations {
		e := d.Of(op)
		i := slices.IndexFunc(d.Tags, func(t Tag) bool { return t.Name == e.Tags[0] })
		groups[i].Calls = append(groups[i].Calls, pageCall{op.Method, op.Pattern, e})
	}
	page, err := template.New("page").Funcs(template.FuncMap{
		"typeName": typeName, "refName": refName, "response": d.response, "has": slices.Contains[[]string],
	}).Parse(pageHTML)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.Execute(&b, map[string]any{"Info": d.Info, "Groups": groups, "Schemas": d.Components.Schemas})
	return b.Bytes(), err
}

// response is what a reference to a response refers to.
func (d *Document) response(c *Content) *Content {
	if c.Ref == "" {
		return c
	}
	return d.Components.Responses[refName(c.Ref)]
}

func refName(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

// typeName says in a few words what a schema takes, with a link to what has a name.
func typeName(s *Schema) template.HTML {
	switch {
	case s.Ref != "":
		name := template.HTMLEscapeString(refName(s.Ref))
		return template.HTML(`<a href="#schema-` + name + `">` + name + `</a>`)
	case s.OneOf != nil:
		words := make([]string, len(s.OneOf))
		for i, one := range s.OneOf {
			words[i] = string(typeName(one))
		}
		return template.HTML(strings.Join(words, " or "))
	case s.Items != nil:
		return "array of " + typeName(s.Items)
	}
	return template.HTML(template.HTMLEscapeString(plainType(s)))
}

// plainType is the type of a schema without a name, and its bounds.
func plainType(s *Schema) string {
	words := []string{}
	switch t := s.Type.(type) {
	case string:
		words = append(words, t)
	case []string:
		words = append(words, strings.Join(t, " or "))
	}
	if s.Const != nil {
		words = append(words, fmt.Sprint(s.Const))
	}
	if s.Format != "" && !strings.HasPrefix(s.Format, "int") && s.Format != "double" {
		words = append(words, "("+s.Format+")")
	}
	if s.Minimum != nil {
		words = append(words, "from "+decimal(*s.Minimum))
	}
	if s.Maximum != nil {
		words = append(words, "to "+decimal(*s.Maximum))
	}
	if s.MaxLength != nil {
		words = append(words, fmt.Sprintf("of at most %d characters", *s.MaxLength))
	}
	if s.Enum != nil && len(s.Enum) < 5 {
		words = append(words, strings.Trim(fmt.Sprint(s.Enum...), "[]"))
	}
	return strings.Join(words, " ")
}

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
