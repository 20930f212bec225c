package eval

import (
	"fmt"
	"math"
	"slices"
)

// Kind tells stills and clips apart.
type Kind string

// The kinds of samples.
const (
	Stills Kind = "stills"
	Clips  Kind = "clips"
)

// Kind is that of the sample; a file that nobody could open counts as a clip, because
// stills that cannot be read are rare.
func (o *Outcome) Kind() Kind {
	if o.Looked == 1 {
		return Stills
	}
	return Clips
}

// ofKind gives the samples of a kind.
func ofKind(list []*Outcome, k Kind) []*Outcome {
	return slices.DeleteFunc(slices.Clone(list), func(o *Outcome) bool { return o.Kind() != k })
}

// kinds lists the kinds that occur.
func kinds(systems []*PAD) []Kind {
	var all []Kind
	for _, k := range []Kind{Stills, Clips} {
		if slices.ContainsFunc(systems, func(p *PAD) bool { return len(ofKind(p.all(), k)) > 0 }) {
			all = append(all, k)
		}
	}
	return all
}

// thresholds of the wire for which errors are told.
func thresholds() []float64 {
	return []float64{0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95}
}

// species lists the species of all systems, bona fide first.
func species(systems []*PAD) []string {
	var all []*Outcome
	for _, p := range systems {
		all = append(all, p.all()...)
	}
	return speciesNames(all)
}

// thresholdTable tells what each threshold_spoofing would cost, by species.
func thresholdTable(systems []*PAD, kind Kind) Table {
	t := Table{
		Title:   fmt.Sprintf("By threshold, %s", kind),
		Columns: []string{"threshold_spoofing", "models"},
		Notes:   []string{"errors of answered samples: bona fide samples declined, attacks accepted"},
	}
	names := species(systems)
	for _, name := range names {
		t.Columns = append(t.Columns, errorName(name), "%")
	}
	for _, at := range thresholds() {
		for _, p := range systems {
			row := []string{fmt.Sprintf("%g", at), p.System}
			for _, name := range names {
				r := errorsOnWire(of(ofKind(p.all(), kind), name), at)
				row = append(row, fmt.Sprintf("%d/%d", r.Errors, r.Trials), percent(r.Value()))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// errorName is BPCER, or APCER with the species.
func errorName(species string) string {
	if species == BonaFide {
		return "BPCER"
	}
	return "APCER " + species
}

// errorsOnWire counts wrong answers among the answered at another threshold_spoofing.
func errorsOnWire(list []*Outcome, threshold float64) Rate {
	var r Rate
	for _, o := range answered(list) {
		r.Trials++
		if (1-o.Score < threshold) != (o.Species == BonaFide) {
			r.Errors++
		}
	}
	return r
}

// shares are the classes of the face's share of the frame.
func shares() []float64 {
	return []float64{0, 0.2, 0.3, 0.36, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.83, math.Inf(1)}
}

// shareTable tells the errors made in each class of room around the face, by species: it
// shows where a gate would cut.
func shareTable(systems []*PAD, kind Kind) Table {
	t := Table{
		Title:   fmt.Sprintf("By face share, %s", kind),
		Columns: []string{"face by frame", "models"},
		Notes: []string{
			"face by frame: the larger of face width by frame width and face height by frame height",
			"no response of all, then errors of answered samples",
		},
	}
	names := species(systems)
	for _, name := range names {
		t.Columns = append(t.Columns, name+": no response", errorName(name))
	}
	edges := shares()
	for i := range edges {
		name, in := "unknown", func(o *Outcome) bool { return math.IsNaN(o.FaceShare) }
		if i+1 < len(edges) {
			name = fmt.Sprintf("%.2f-%.2f", edges[i], edges[i+1])
			if math.IsInf(edges[i+1], 1) {
				name = fmt.Sprintf("%.2f and more", edges[i])
			}
			in = func(o *Outcome) bool { return o.FaceShare >= edges[i] && o.FaceShare < edges[i+1] }
		}
		for _, p := range systems {
			list := slices.DeleteFunc(ofKind(p.all(), kind), func(o *Outcome) bool { return !in(o) })
			if len(list) == 0 {
				continue
			}
			row := []string{name, p.System}
			for _, s := range names {
				mine := of(list, s)
				silent, wrong := nonResponse(mine), classification(mine)
				row = append(row, fmt.Sprintf("%d/%d", silent.Errors, silent.Trials), fmt.Sprintf("%d/%d", wrong.Errors, wrong.Trials))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
