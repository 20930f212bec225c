package eval

import (
	"fmt"
	"math"
	"slices"
)

// TrivialNames names the plain statistics of a face that stand beside every figure of a
// liveness model: its mean brightness, saturation, red less green, and grain.
func TrivialNames() []string { return []string{"brightness", "saturation", "red_green", "grain"} }

// trivial gives one of them, NaN where it was not measured.
func (o *Outcome) trivial(k int) float64 {
	if k >= len(o.Trivial) {
		return math.NaN()
	}
	return o.Trivial[k]
}

// trivialSystems turns each plain statistic into a system that scores the samples which
// p has answered. It is turned the way round that separates the species from bona fide
// samples better, which flatters it: a model has to beat that.
func (p *PAD) trivialSystems(species string) []*PAD {
	var all []*PAD
	for k, name := range TrivialNames() {
		one := &PAD{System: "(" + name + ")", Threshold: p.Threshold}
		for _, o := range answered(p.all()) {
			if o.Species != BonaFide && o.Species != species {
				continue
			}
			as := *o
			if as.Score = o.trivial(k); finite(as.Score) {
				one.Outcomes = append(one.Outcomes, as)
			}
		}
		if len(one.Outcomes) == 0 {
			continue
		}
		if curve, err := answeredCurve(one.all()); err == nil && curve.AUC() < 0.5 {
			one.System = "(" + name + ", turned round)"
			for i := range one.Outcomes {
				one.Outcomes[i].Score *= -1
			}
		}
		all = append(all, one)
	}
	return all
}

// trivialRows gives the separation by plain statistics, for each species in the sequence
// of speciesNames without bona fide.
func (p *PAD) trivialRows(b Bootstrap) (map[string][][]string, error) {
	rows := map[string][][]string{}
	for _, species := range speciesNames(p.all())[1:] {
		for _, one := range p.trivialSystems(species) {
			all, err := one.Separations(b)
			if err != nil {
				return nil, err
			}
			i := slices.IndexFunc(all, func(s Separation) bool { return s.Name == species })
			if i < 0 {
				continue
			}
			row := separationRow(one.System, &all[i])
			// Its thresholds are numbers of its own and mean nothing on the wire.
			row[7], row[10] = "", ""
			rows[species] = append(rows[species], row)
		}
	}
	return rows, nil
}

// separationRow is a row of the table of separation.
func separationRow(system string, s *Separation) []string {
	genuine, attacks := len(s.Curve.genuine), len(s.Curve.impostor)
	row := []string{s.Name, system, fmt.Sprintf("%d/%d", genuine, attacks), fraction(s.AUC), s.AUCBy.fraction(), percent(s.EER), s.EERBy.percent()}
	for _, at := range s.Low {
		row = append(row, onWire(at.Threshold), percent(at.FalseReject.Value()), at.By.percent())
	}
	if why := support(0.01, attacks); why != "" {
		return append(row, why)
	}
	return append(row, "enough errors")
}

// onWire shows a threshold of live scores as the API's threshold_spoofing.
func onWire(live float64) string {
	if !finite(live) {
		return "-"
	}
	return fmt.Sprintf("%.3f", min(max(1-live, 0), 1))
}
