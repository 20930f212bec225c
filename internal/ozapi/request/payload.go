package request

import (
	"fmt"
	"math"
	"strings"

	"github.com/swaggest/jsonschema-go"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// ReadPayload reads what stands beside files: the payload part of a multipart
// body, or a JSON body without files. Unknown fields are ignored.
func ReadPayload(f Fields) (intake.Payload, error) {
	var p intake.Payload
	var err error
	if p.FolderMeta, err = f.Meta("folder:meta_data"); err != nil {
		return intake.Payload{}, err
	}
	if p.Tags, err = tagsByPart(f); err != nil {
		return intake.Payload{}, err
	}
	if p.MediaMeta, err = metaByPart(f); err != nil {
		return intake.Payload{}, err
	}
	if p.PersonMeta, err = f.Meta("person:meta_data"); err != nil {
		return intake.Payload{}, err
	}
	p.Orders, err = orders(f)
	return p, err
}

func tagsByPart(f Fields) (map[string][]string, error) {
	const name = "media:tags"
	o, err := f.Object(name)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]string, len(o))
	for key := range o {
		if out[key], err = o.Texts(key); err != nil {
			return nil, wrongType(name, "an object of arrays of strings")
		}
	}
	return out, nil
}

func metaByPart(f Fields) (map[string]bonafide.Meta, error) {
	const name = "media:meta_data"
	o, err := f.Object(name)
	if err != nil {
		return nil, err
	}
	out := make(map[string]bonafide.Meta, len(o))
	for key := range o {
		if out[key], err = o.Meta(key); err != nil {
			return nil, wrongType(name, "an object of objects")
		}
	}
	return out, nil
}

// OrdersIn is the body of an order of analyses.
type OrdersIn struct {
	Analyses []OrderIn `json:"analyses"`
	Endpoint *string   `json:"resolution_endpoint,omitempty"`
}

// OrderIn orders one analysis.
type OrderIn struct {
	Type         OrderType      `json:"type"`
	SourceMedia  []string       `json:"source_media,omitempty" description:"media ids or, in an upload, names of parts; without it all media"`
	CollectionID *string        `json:"collection_id,omitempty"`
	Params       *ParamsIn      `json:"params,omitempty"`
	Meta         map[string]any `json:"meta_data,omitempty"`
}

// OrderType is one of the types of analyses that are known.
type OrderType string

// Enum lists them for the description of the API.
func (OrderType) Enum() []any {
	var all []any
	for _, t := range catalog.Types() {
		all = append(all, string(t))
	}
	return all
}

// Description says what each type does.
func (OrderType) Description() string {
	var all []string
	for _, s := range catalog.Specs() {
		all = append(all, string(s.Type)+": "+s.Doc)
	}
	return strings.Join(all, " ")
}

// ParamsIn are the parameters of all types of analyses.
type ParamsIn struct {
	CollectionID *string `json:"collection_id,omitempty"`
}

// PrepareJSONSchema describes the parameters as the analyses declare them.
func (ParamsIn) PrepareJSONSchema(schema *jsonschema.Schema) error {
	for _, spec := range catalog.Specs() {
		for _, p := range spec.Params {
			schema.WithPropertiesItem(p.Name, paramSchema(spec, p).ToSchemaOrBool())
		}
	}
	return nil
}

func paramSchema(of analysis.Spec, p analysis.Param) *jsonschema.Schema {
	kind := jsonschema.Boolean
	switch {
	case p.Number != nil:
		kind = jsonschema.Number
	case p.Integer != nil:
		kind = jsonschema.Integer
	}
	s := OrNull(kind)
	about := fmt.Sprintf("of %s: %s", of.Type, p.Doc)
	if p.Default != "" {
		about += "; " + p.Default + " where it is left out"
	}
	s.WithDescription(about)
	if p.Min != 0 || p.Max != 0 {
		s.WithMinimum(p.Min)
		if !math.IsInf(p.Max, 1) {
			s.WithMaximum(p.Max)
		}
	}
	return s
}

// OrNull is the schema of a value that may be left out, also by saying null.
func OrNull(kind jsonschema.SimpleType) *jsonschema.Schema {
	return (&jsonschema.Schema{}).WithType(*(&jsonschema.Type{}).WithSliceOfSimpleTypeValues(jsonschema.Null, kind))
}

// ReadOrders reads the body of an order of analyses.
func ReadOrders(f Fields) (intake.Orders, error) {
	if err := f.Need("", "analyses"); err != nil {
		return intake.Orders{}, err
	}
	o, err := orders(f)
	if err == nil && len(o.Lines) == 0 {
		err = bonafide.Errorf(bonafide.CodeValue, "Invalid value of field analyses, it is empty")
	}
	return o, err
}

func orders(f Fields) (intake.Orders, error) {
	var o intake.Orders
	var err error
	if o.Endpoint, err = f.Text("resolution_endpoint"); err != nil {
		return intake.Orders{}, err
	}
	lines, err := f.Array("analyses")
	if err != nil {
		return intake.Orders{}, err
	}
	for _, v := range lines {
		line, ok := v.(map[string]any)
		if !ok {
			return intake.Orders{}, wrongType("analyses", "an array of objects")
		}
		l, err := orderLine(line)
		if err != nil {
			return intake.Orders{}, err
		}
		o.Lines = append(o.Lines, l)
	}
	return o, nil
}

// orderLine reads one order. Old clients put source_media and collection_id into
// params, newer ones beside the type.
func orderLine(f Fields) (intake.OrderLine, error) {
	var l intake.OrderLine
	if err := f.Need("", "type"); err != nil {
		return l, err
	}
	word, err := f.Text("type")
	if err != nil {
		return l, err
	}
	l.Type = bonafide.AnalysisType(strings.ToUpper(word))
	inner, err := f.Object("params")
	if err != nil {
		return l, err
	}
	if l.Params, err = params(inner); err != nil {
		return l, err
	}
	if id, err := f.Text("collection_id"); err != nil {
		return l, err
	} else if id != "" {
		l.Params.CollectionID = bonafide.ID(id)
	}
	if l.Source, err = f.Texts("source_media"); err != nil {
		return l, err
	}
	if len(l.Source) == 0 {
		if l.Source, err = inner.Texts("source_media"); err != nil {
			return l, err
		}
	}
	l.Meta, err = f.Meta("meta_data")
	return l, err
}

// params reads the parameters of all types of analyses, whichever is ordered.
func params(f Fields) (bonafide.Params, error) {
	var p bonafide.Params
	for _, spec := range catalog.Specs() {
		for _, param := range spec.Params {
			if err := f.param(param, &p); err != nil {
				return p, err
			}
		}
	}
	id, err := f.Text("collection_id")
	p.CollectionID = bonafide.ID(id)
	return p, err
}

func (f Fields) param(param analysis.Param, into *bonafide.Params) (err error) {
	switch {
	case param.Flag != nil:
		*param.Flag(into), err = f.Bool(param.Name)
	case param.Number != nil:
		*param.Number(into), err = f.Number(param.Name)
	case param.Integer != nil:
		*param.Integer(into), err = f.Integer(param.Name)
	}
	return err
}
