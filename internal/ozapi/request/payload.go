package request

import (
	"strings"

	"github.com/bonafide-id/bonafide"
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
	Type         string         `json:"type" enum:"QUALITY,BIOMETRY,COLLECTION,DOCUMENTS"`
	SourceMedia  []string       `json:"source_media,omitempty" description:"media ids or, in an upload, names of parts; without it all media"`
	CollectionID *string        `json:"collection_id,omitempty"`
	Params       *ParamsIn      `json:"params,omitempty"`
	Meta         map[string]any `json:"meta_data,omitempty"`
}

// ParamsIn are the parameters of an analysis.
type ParamsIn struct {
	ExtractBestShot   *bool    `json:"extract_best_shot,omitempty"`
	ThresholdSpoofing *float64 `json:"threshold_spoofing,omitempty" minimum:"0" maximum:"1"`
	ThresholdMin      *float64 `json:"threshold_min,omitempty" minimum:"0" maximum:"1"`
	ThresholdMax      *float64 `json:"threshold_max,omitempty" minimum:"0" maximum:"1"`
	CollectionID      *string  `json:"collection_id,omitempty"`
	DecisionThreshold *float64 `json:"decision_threshold,omitempty" minimum:"0" maximum:"1"`
	DecisionCount     *int64   `json:"decision_count,omitempty" minimum:"1"`
	Capabilities      *int64   `json:"capabilities,omitempty"`
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

func params(f Fields) (bonafide.Params, error) {
	var p bonafide.Params
	var err error
	if p.ExtractBestShot, err = f.Bool("extract_best_shot"); err != nil {
		return p, err
	}
	if p.ThresholdSpoofing, err = f.Number("threshold_spoofing"); err != nil {
		return p, err
	}
	if p.ThresholdMin, err = f.Number("threshold_min"); err != nil {
		return p, err
	}
	if p.ThresholdMax, err = f.Number("threshold_max"); err != nil {
		return p, err
	}
	if p.DecisionThreshold, err = f.Number("decision_threshold"); err != nil {
		return p, err
	}
	if p.DecisionCount, err = f.Integer("decision_count"); err != nil {
		return p, err
	}
	if p.Capabilities, err = f.Integer("capabilities"); err != nil {
		return p, err
	}
	id, err := f.Text("collection_id")
	p.CollectionID = bonafide.ID(id)
	return p, err
}
