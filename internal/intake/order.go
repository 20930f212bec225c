package intake

import (
	"context"
	"fmt"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
)

// Order orders a group of analyses on a folder inside the scope. Errors are
// CodeValue for an unknown type and for what can never be run, CodeForbidden for a
// type that the user may not start, and CodeNotFound for an unknown media or
// collection.
func (d *Desk) Order(ctx context.Context, u *bonafide.User, scope bonafide.Scope, folder bonafide.ID, o Orders) ([]bonafide.Analysis, error) {
	if len(o.Lines) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "No analysis was ordered")
	}
	if err := d.checkEndpoint(o.Endpoint); err != nil {
		return nil, err
	}
	defer d.lock(folder)()
	f, media, err := d.find(ctx, scope, folder)
	if err != nil {
		return nil, err
	}
	order, err := d.plan(ctx, u, f, shelf{media: media}, o.Lines)
	if err != nil {
		return nil, err
	}
	if err := d.setEndpoint(ctx, f.ID, o.Endpoint); err != nil {
		return nil, err
	}
	if err := d.Store.OrderAnalyses(ctx, f.ID, order); err != nil {
		return nil, fmt.Errorf("order analyses: %w", err)
	}
	return order.Analyses, nil
}

// shelf is the media that an order may name.
type shelf struct {
	media []bonafide.Media // in folder order
	keys  []string         // part keys of media, "" for none; empty where there are no parts
}

// plan turns order lines into the analyses of one group, nil for no lines.
func (d *Desk) plan(ctx context.Context, u *bonafide.User, f *bonafide.Folder, s shelf, lines []OrderLine) (*bonafide.Order, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	if len(lines) > maxLines {
		return nil, bonafide.Errorf(bonafide.CodeValue, "Too many analyses in one request, at most %d", maxLines)
	}
	mixed := slices.ContainsFunc(lines, func(l OrderLine) bool { return l.Type != lines[0].Type })
	order := &bonafide.Order{GroupID: bonafide.NewID()}
	for i, line := range lines {
		source, err := d.check(u, s, line, mixed)
		if err != nil {
			return nil, err
		}
		if line.Type == bonafide.Collection {
			if err := d.aim(ctx, f, &line.Params); err != nil {
				return nil, err
			}
		}
		order.Analyses = append(order.Analyses, bonafide.Analysis{
			ID:            bonafide.NewID(),
			FolderID:      f.ID,
			CompanyID:     f.CompanyID,
			GroupID:       order.GroupID,
			Seq:           i,
			Type:          line.Type,
			State:         bonafide.Processing,
			Resolution:    bonafide.Processing,
			Params:        line.Params,
			SourceMedia:   source,
			Meta:          object(line.Meta),
			TechnicalMeta: bonafide.Meta{},
		})
	}
	return order, nil
}

// check gives the media of one order line, or tells why it cannot be run. A type
// that exists and is not in the catalogue is accepted: clients order it along with
// others, and the worker ends it as FAILED.
func (d *Desk) check(u *bonafide.User, s shelf, line OrderLine, mixed bool) ([]bonafide.ID, error) {
	if !slices.Contains(bonafide.AnalysisTypes(), line.Type) {
		return nil, bonafide.Errorf(bonafide.CodeValue, "Unknown analysis type")
	}
	if u.Type != bonafide.Admin && !u.MayStart[line.Type] {
		return nil, bonafide.Errorf(bonafide.CodeForbidden, "You may not start analyses of type %s", line.Type)
	}
	kind := d.analysis(line.Type)
	media, err := s.pick(line.Source, kind)
	if err != nil {
		return nil, err
	}
	ids := make([]bonafide.ID, len(media))
	for i := range media {
		ids[i] = media[i].ID
	}
	if kind == nil {
		return ids, nil
	}
	spec := kind.Spec()
	// Clients order several types at once, whatever they have media for. One that
	// lacks media must not bring down the others: the worker ends it as FAILED.
	if err := spec.Check(media, bonafide.Params{}); err != nil {
		if mixed {
			return ids, nil
		}
		return nil, err
	}
	return ids, spec.Check(media, line.Params)
}

func (d *Desk) analysis(t bonafide.AnalysisType) analysis.Analysis {
	for _, a := range d.Analyses {
		if a.Spec().Type == t {
			return a
		}
	}
	return nil
}

// pick gives the media that source names, by part key or id, in folder order.
// Media named by nobody are those that the analysis accepts; kind is nil for one
// that is not available.
func (s shelf) pick(source []string, kind analysis.Analysis) ([]bonafide.Media, error) {
	var picked []bonafide.Media
	if len(source) == 0 {
		var spec analysis.Spec
		if kind != nil {
			spec = kind.Spec()
		}
		for i := range s.media {
			if spec.Accepts(&s.media[i]) {
				picked = append(picked, s.media[i])
			}
		}
		return picked, nil
	}
	wanted := make([]bool, len(s.media))
	for _, name := range source {
		if !s.mark(wanted, name) {
			return nil, bonafide.Errorf(bonafide.CodeNotFound, "Media not found")
		}
	}
	for i := range s.media {
		if wanted[i] {
			picked = append(picked, s.media[i])
		}
	}
	return picked, nil
}

// mark marks the media of that part key or id and tells whether there is one.
func (s shelf) mark(wanted []bool, name string) bool {
	found := false
	for i, key := range s.keys {
		if key == name && key != "" {
			wanted[i], found = true, true
		}
	}
	if found {
		return true
	}
	id, err := bonafide.ParseID(name)
	if err != nil {
		return false
	}
	i := slices.IndexFunc(s.media, func(m bonafide.Media) bool { return m.ID == id })
	if i < 0 {
		return false
	}
	wanted[i] = true
	return true
}
