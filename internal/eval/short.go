package eval

import "fmt"

// ShortPAD is the table that a person reads first: what becomes of stills and clips of
// each species, with how many samples and people that rests on.
func ShortPAD(systems []*PAD, b Bootstrap) Table {
	t := Table{
		Title:   "Liveness in short",
		Columns: []string{"what is sent", "models", "samples, subjects", "not answered", "errors among the rest"},
		Notes: []string{
			"not answered: the gate asks for another picture, and says why",
			"errors with Wilson's interval, then that by subject, which is the one to believe where it can be told",
		},
	}
	for _, kind := range kinds(systems) {
		for _, name := range species(systems) {
			for _, p := range systems {
				list := of(ofKind(p.all(), kind), name)
				if len(list) == 0 {
					continue
				}
				all := sumUp(list, b)
				s := all[len(all)-1] // without other species bona fide comes first, and is empty
				t.Rows = append(t.Rows, []string{name + ", " + string(kind), p.System, fmt.Sprintf("%d, %d", s.Samples, s.Subjects),
					percent(s.NonResponse.Value()), s.Error.told(name, s.ErrorBySubject)})
			}
		}
	}
	return t
}

// told is a rate in words: errors of trials, the share, and both intervals.
func (r Rate) told(species string, by Interval) string {
	name := "APCER"
	if species == BonaFide {
		name = "BPCER"
	}
	if r.Trials == 0 {
		return "not measured"
	}
	text := fmt.Sprintf("%s %d of %d, %.1f %% (%.1f-%.1f", name, r.Errors, r.Trials, 100*r.Value(), 100*r.Wilson().Low, 100*r.Wilson().High)
	if by.Known() {
		text += fmt.Sprintf("; by subject %.1f-%.1f", 100*by.Low, 100*by.High)
	}
	return text + ")"
}

// ShortVerification is the table that a person reads first. All holds the comparisons of
// every picture with every other, by system, and may be empty; FNMR is told on them,
// because the few pairs of a list let a low FMR rest on an error or two.
func ShortVerification(systems []*Verification, all []*Comparisons) (Table, error) {
	t := Table{Title: "Matching in short", Columns: []string{""}, Rows: [][]string{{"listed pairs, pictures"}, {"accuracy, 95 % of folds"}}}
	for i, v := range systems {
		t.Columns = append(t.Columns, v.System)
		a, err := v.Accuracy()
		if err != nil {
			return t, err
		}
		t.Rows[0] = append(t.Rows[0], fmt.Sprintf("%d, %d", len(v.Pairs.List), len(v.Pictures)))
		t.Rows[1] = append(t.Rows[1], percent(a.Mean)+" ("+a.Interval.percent()+")")
		if i >= len(all) {
			continue
		}
		for k, target := range []float64{1e-3, 1e-4} {
			p := all[i].Curve.AtFalseAccept(target)
			if i == 0 {
				t.Rows = append(t.Rows, []string{fmt.Sprintf("FNMR at FMR %.0e, all pairs", target)})
			}
			t.Rows[2+k] = append(t.Rows[2+k], fmt.Sprintf("%s (%s) of %d mated, %d non-mated pairs", percent(p.FalseReject.Value()), p.FalseReject.Wilson().percent(),
				p.FalseReject.Trials, p.FalseAccept.Trials))
		}
	}
	return t, nil
}
