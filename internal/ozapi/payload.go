package ozapi

import (
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// readPayload reads what stands beside files: the payload part of a multipart
// body, or a JSON body without files. Unknown fields are ignored.
func readPayload(f fields) (intake.Payload, error) {
	var p intake.Payload
	var err error
	if p.FolderMeta, err = f.meta("folder:meta_data"); err != nil {
		return intake.Payload{}, err
	}
	if p.Tags, err = tagsByPart(f); err != nil {
		return intake.Payload{}, err
	}
	if p.MediaMeta, err = metaByPart(f); err != nil {
		return intake.Payload{}, err
	}
	if p.PersonMeta, err = f.meta("person:meta_data"); err != nil {
		return intake.Payload{}, err
	}
	p.Orders, err = orders(f)
	return p, err
}

func tagsByPart(f fields) (map[string][]string, error) {
	const name = "media:tags"
	o, err := f.object(name)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]string, len(o))
	for key := range o {
		if out[key], err = o.texts(key); err != nil {
			return nil, wrongType(name, "an object of arrays of strings")
		}
	}
	return out, nil
}

func metaByPart(f fields) (map[string]bonafide.Meta, error) {
	const name = "media:meta_data"
	o, err := f.object(name)
	if err != nil {
		return nil, err
	}
	out := make(map[string]bonafide.Meta, len(o))
	for key := range o {
		if out[key], err = o.meta(key); err != nil {
			return nil, wrongType(name, "an object of objects")
		}
	}
	return out, nil
}

type ordersIn struct {
	Analyses []orderIn `json:"analyses"`
	Endpoint *string   `json:"resolution_endpoint,omitempty"`
}

type orderIn struct {
	Type         string         `json:"type" enum:"QUALITY,BIOMETRY,COLLECTION,DOCUMENTS"`
	SourceMedia  []string       `json:"source_media,omitempty" description:"media ids or, in an upload, names of parts; without it all media"`
	CollectionID *string        `json:"collection_id,omitempty"`
	Params       *paramsIn      `json:"params,omitempty"`
	Meta         map[string]any `json:"meta_data,omitempty"`
}

type paramsIn struct {
	ExtractBestShot   *bool    `json:"extract_best_shot,omitempty"`
	ThresholdSpoofing *float64 `json:"threshold_spoofing,omitempty" minimum:"0" maximum:"1"`
	ThresholdMin      *float64 `json:"threshold_min,omitempty" minimum:"0" maximum:"1"`
	ThresholdMax      *float64 `json:"threshold_max,omitempty" minimum:"0" maximum:"1"`
	CollectionID      *string  `json:"collection_id,omitempty"`
	DecisionThreshold *float64 `json:"decision_threshold,omitempty" minimum:"0" maximum:"1"`
	DecisionCount     *int64   `json:"decision_count,omitempty" minimum:"1"`
	Capabilities      *int64   `json:"capabilities,omitempty"`
}

// readOrders reads the body of an order of analyses.
func readOrders(f fields) (intake.Orders, error) {
	if err := f.need("", "analyses"); err != nil {
		return intake.Orders{}, err
	}
	o, err := orders(f)
	if err == nil && len(o.Lines) == 0 {
		err = bonafide.Errorf(bonafide.CodeValue, "Invalid value of field analyses, it is empty")
	}
	return o, err
}

func orders(f fields) (intake.Orders, error) {
	var o intake.Orders
	var err error
	if o.Endpoint, err = f.text("resolution_endpoint"); err != nil {
		return intake.Orders{}, err
	}
	lines, err := f.array("analyses")
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
func orderLine(f fields) (intake.OrderLine, error) {
	var l intake.OrderLine
	if err := f.need("", "type"); err != nil {
		return l, err
	}
	word, err := f.text("type")
	if err != nil {
		return l, err
	}
	l.Type = bonafide.AnalysisType(strings.ToUpper(word))
	inner, err := f.object("params")
	if err != nil {
		return l, err
	}
	if l.Params, err = params(inner); err != nil {
		return l, err
	}
	if id, err := f.text("collection_id"); err != nil {
		return l, err
	} else if id != "" {
		l.Params.CollectionID = bonafide.ID(id)
	}
	if l.Source, err = f.texts("source_media"); err != nil {
		return l, err
	}
	if len(l.Source) == 0 {
		if l.Source, err = inner.texts("source_media"); err != nil {
			return l, err
		}
	}
	l.Meta, err = f.meta("meta_data")
	return l, err
}

func params(f fields) (bonafide.Params, error) {
	var p bonafide.Params
	var err error
	if p.ExtractBestShot, err = f.boolean("extract_best_shot"); err != nil {
		return p, err
	}
	if p.ThresholdSpoofing, err = f.number("threshold_spoofing"); err != nil {
		return p, err
	}
	if p.ThresholdMin, err = f.number("threshold_min"); err != nil {
		return p, err
	}
	if p.ThresholdMax, err = f.number("threshold_max"); err != nil {
		return p, err
	}
	if p.DecisionThreshold, err = f.number("decision_threshold"); err != nil {
		return p, err
	}
	if p.DecisionCount, err = f.integer("decision_count"); err != nil {
		return p, err
	}
	if p.Capabilities, err = f.integer("capabilities"); err != nil {
		return p, err
	}
	id, err := f.text("collection_id")
	p.CollectionID = bonafide.ID(id)
	return p, err
}

// readFolderChange reads a PATCH of a folder: its metadata, under either name, its
// webhook, which null takes away, and its legal hold.
func readFolderChange(f fields) (intake.FolderChange, error) {
	var c intake.FolderChange
	var err error
	if c.Meta, err = f.meta("meta_data"); err != nil {
		return c, err
	}
	if c.Meta == nil {
		if c.Meta, err = f.meta("folder:meta_data"); err != nil {
			return c, err
		}
	}
	if _, given := f["resolution_endpoint"]; given {
		endpoint, err := f.text("resolution_endpoint")
		if err != nil {
			return c, err
		}
		c.Endpoint = &endpoint
	}
	c.LegalHold, err = f.boolean("legal_hold")
	return c, err
}

// readMediaChange reads a PATCH of a media. An empty list of tags clears them.
func readMediaChange(f fields) (intake.MediaChange, error) {
	var c intake.MediaChange
	tags, err := f.texts("tags")
	if err != nil {
		return c, err
	}
	if tags != nil {
		c.Tags = &tags
	}
	c.Meta, err = f.meta("meta_data")
	return c, err
}

// readCollectionChange reads a collection that is made or changed.
func readCollectionChange(f fields) (enrol.CollectionChange, error) {
	var c enrol.CollectionChange
	if f["alias"] != nil {
		alias, err := f.text("alias")
		if err != nil {
			return c, err
		}
		c.Alias = &alias
	}
	var err error
	c.Meta, err = f.meta("meta_data")
	return c, err
}
