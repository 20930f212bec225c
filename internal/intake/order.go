package intake

import (
	"context"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/bound"
)

// offered is the media that an order may name.
type offered struct {
	media []bonafide.Media // in folder order
	keys  []string         // part keys of media, "" for none; empty where there are no parts
}

// plan turns order lines into the analyses of one group. Which collection a line
// searches is not looked up.
func (r *Reception) plan(ctx context.Context, u *bonafide.User, f *bonafide.Folder, o offered, lines []OrderLine) ([]bonafide.Analysis, error) {
	if len(lines) > maxLines {
		return nil, bonafide.Errorf(bonafide.CodeValue, "Too many analyses in one request, at most %d", maxLines)
	}
	limits, err := r.Bounds.Of(ctx, f.CompanyID)
	if err != nil {
		return nil, err
	}
	mixed := slices.ContainsFunc(lines, func(l OrderLine) bool { return l.Type != lines[0].Type })
	group := bonafide.NewID()
	var planned []bonafide.Analysis
	for i, line := range lines {
		source, err := r.check(u, o, line, mixed)
		if err != nil {
			return nil, err
		}
		params, err := r.bounded(limits, line)
		if err != nil {
			return nil, err
		}
		meta, err := r.MaxMeta.Merge(nil, line.Meta)
		if err != nil {
			return nil, err
		}
		planned = append(planned, bonafide.Analysis{
			ID:            bonafide.NewID(),
			FolderID:      f.ID,
			CompanyID:     f.CompanyID,
			GroupID:       group,
			Seq:           i,
			Type:          line.Type,
			State:         bonafide.Processing,
			Resolution:    bonafide.Processing,
			Params:        params,
			SourceMedia:   source,
			Meta:          meta,
			TechnicalMeta: bonafide.Meta{},
		})
	}
	return planned, nil
}

// bounded applies limits to those thresholds that the type of analysis has.
func (r *Reception) bounded(limits bound.Limits, line OrderLine) (bonafide.Params, error) {
	bounded, err := r.Bounds.Order(limits, line.Params)
	if err != nil {
		return line.Params, err
	}
	params := line.Params
	spec, _ := r.Spec(line.Type)
	for _, p := range spec.Params {
		if p.Number != nil {
			*p.Number(&params) = *p.Number(&bounded)
		}
	}
	return params, nil
}

// check gives the media of one order line, or tells why it cannot be run. A type that
// is known and cannot be run by this server is accepted: clients order it along with
// others, and the worker ends it as FAILED.
func (r *Reception) check(u *bonafide.User, o offered, line OrderLine, mixed bool) ([]bonafide.ID, error) {
	spec, known := r.Spec(line.Type)
	if !known {
		return nil, bonafide.Errorf(bonafide.CodeValue, "Unknown analysis type %s, known are %s", bonafide.Quote(line.Type), r.types())
	}
	if u.Type != bonafide.Admin && !u.MayStart[line.Type] {
		return nil, bonafide.Errorf(bonafide.CodeForbidden, "You may not start analyses of type %s", line.Type)
	}
	media, err := o.pick(line.Source, spec)
	if err != nil {
		return nil, err
	}
	ids := make([]bonafide.ID, len(media))
	for i := range media {
		ids[i] = media[i].ID
	}
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

// types lists what can be ordered, for messages.
func (r *Reception) types() string {
	var all []string
	for _, s := range r.Specs {
		all = append(all, string(s.Type))
	}
	return strings.Join(all, ", ")
}

// Spec finds what a type of analysis declares about itself.
func (r *Reception) Spec(t bonafide.AnalysisType) (_ analysis.Spec, known bool) {
	i := slices.IndexFunc(r.Specs, func(s analysis.Spec) bool { return s.Type == t })
	if i < 0 {
		return analysis.Spec{}, false
	}
	return r.Specs[i], true
}

// pick gives the media that source names, by part key or id, in folder order. Where it
// names none, they are those that the analysis accepts.
func (o offered) pick(source []string, spec analysis.Spec) ([]bonafide.Media, error) {
	var picked []bonafide.Media
	if len(source) == 0 {
		for i := range o.media {
			if spec.Accepts(&o.media[i]) {
				picked = append(picked, o.media[i])
			}
		}
		return picked, nil
	}
	wanted := make([]bool, len(o.media))
	for _, name := range source {
		if !o.mark(wanted, name) {
			return nil, bonafide.Errorf(bonafide.CodeNotFound, "Media not found: %s is %s", bonafide.Quote(name), o.names())
		}
	}
	for i := range o.media {
		if wanted[i] {
			picked = append(picked, o.media[i])
		}
	}
	return picked, nil
}

// names tells, for messages, what a name of a media would have to be.
func (o offered) names() string {
	const most = 5
	var parts []string
	for _, key := range o.keys {
		if key != "" && len(parts) < most {
			parts = append(parts, bonafide.Quote(key))
		}
	}
	if len(parts) == 0 {
		return "no media of the folder"
	}
	return "neither a part with a file, such as " + strings.Join(parts, ", ") + ", nor a media of the folder"
}

// mark marks the media of that part key or id and tells whether there is one.
func (o offered) mark(wanted []bool, name string) bool {
	found := false
	for i, key := range o.keys {
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
	i := slices.IndexFunc(o.media, func(m bonafide.Media) bool { return m.ID == id })
	if i < 0 {
		return false
	}
	wanted[i] = true
	return true
}
