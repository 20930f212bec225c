package request

import (
	"fmt"
	"math"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
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
	p.More = f
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
	Analyses []OrderIn `json:"analyses" minItems:"1" maxItems:"32"`                                                                                      // one or more
	Endpoint *string   `json:"resolution_endpoint,omitempty" format:"uri" pattern:"^(https?://|$)" maxLength:"2048" example:"https://bank.example/hook"` // address that is told of results
}

// StartIn is the body of an order as in 2018: liveness and face matching where it names
// none.
type StartIn struct {
	Analyses []OrderIn `json:"analyses,omitempty" minItems:"1" maxItems:"32"`                                                                            // without them QUALITY and BIOMETRY
	Endpoint *string   `json:"resolution_endpoint,omitempty" format:"uri" pattern:"^(https?://|$)" maxLength:"2048" example:"https://bank.example/hook"` // address that is told of results
}

// OrderIn orders one analysis.
type OrderIn struct {
	Type         OrderType      `json:"type"`                                  // what is asked
	SourceMedia  []string       `json:"source_media,omitempty"`                // media ids or, in an upload, names of parts; without it all media that suit
	CollectionID *string        `json:"collection_id,omitempty" format:"uuid"` // COLLECTION: that is searched; without it the newest blacklist of the company
	Params       *ParamsIn      `json:"params,omitempty"`                      // settings of its type; others are ignored
	Meta         map[string]any `json:"meta_data,omitempty"`                   // metadata of the analysis
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
	CollectionID *string `json:"collection_id,omitempty" format:"uuid"` // COLLECTION: as beside the type, where older clients put it
}

// MoreProperties are the parameters as the analyses declare them.
func (ParamsIn) MoreProperties() describe.Properties {
	var more describe.Properties
	for _, spec := range catalog.Specs() {
		for _, p := range spec.Params {
			more = append(more, describe.Property{Name: p.Name, Schema: paramSchema(spec, p)})
		}
	}
	return more
}

func paramSchema(of analysis.Spec, p analysis.Param) *describe.Schema {
	kind := "boolean"
	switch {
	case p.Number != nil:
		kind = "number"
	case p.Integer != nil:
		kind = "integer"
	}
	s := &describe.Schema{Type: []string{kind, "null"}, Description: fmt.Sprintf("Of %s: %s.", of.Type, p.Doc)}
	if p.Default != "" {
		s.Description = fmt.Sprintf("Of %s: %s; %s where it is left out.", of.Type, p.Doc, p.Default)
	}
	least, most := p.Min, p.Max
	switch whole := float64(maxWhole); {
	case p.Min == 0 && p.Max == 0 && kind == "integer":
		least, most = -whole, whole
	case p.Min == 0 && p.Max == 0:
		return s
	case math.IsInf(p.Max, 1):
		most = whole
	}
	s.Minimum, s.Maximum = &least, &most
	return s
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
