package eval

import (
	"maps"
	"math"
	"slices"
)

// Species sums up the samples of one species.
type Species struct {
	Name        string
	Samples     int
	Subjects    int
	NonResponse Rate // APNRR, or BPNRR of bona fide samples
	// Error is APCER, or BPCER of bona fide samples, among answered samples.
	Error          Rate
	ErrorBySubject Interval
	// BySituation is the mean over the situations of answered samples of the share of
	// wrong answers in each; NaN where there is none.
	Situations  int
	BySituation float64
	// EndToEnd counts the samples that met the wrong end, non-responses as refused:
	// attacks accepted out of all attacks, bona fide samples not accepted out of all.
	EndToEnd Rate
}

// Separation tells how well the scores of one attack species and of bona fide
// samples come apart, whatever the threshold. Intervals are by subject.
type Separation struct {
	Name     string
	Curve    *Curve
	AUC, EER float64
	AUCBy    Interval
	EERBy    Interval
	Low      []LowPoint // BPCER at APCER 5 % and 1 %
}

// LowPoint is a point of the curve with the interval of its BPCER.
type LowPoint struct {
	Point
	By Interval
}

// lowAPCER are the APCER for which BPCER is told: BPCER20 and BPCER100 of ISO/IEC
// 30107-3.
func lowAPCER() []float64 { return []float64{0.05, 0.01} }

// of gives the outcomes of one species.
func of(outcomes []*Outcome, species string) []*Outcome {
	var list []*Outcome
	for _, o := range outcomes {
		if o.Species == species {
			list = append(list, o)
		}
	}
	return list
}

func (p *PAD) all() []*Outcome {
	list := make([]*Outcome, len(p.Outcomes))
	for i := range p.Outcomes {
		list[i] = &p.Outcomes[i]
	}
	return list
}

// speciesNames lists the species, bona fide first, attacks in alphabetical order.
func speciesNames(outcomes []*Outcome) []string {
	var names []string
	for _, o := range outcomes {
		if o.Species != BonaFide && !slices.Contains(names, o.Species) {
			names = append(names, o.Species)
		}
	}
	slices.Sort(names)
	return append([]string{BonaFide}, names...)
}

// sumUp counts every species at the threshold, bona fide first.
func sumUp(outcomes []*Outcome, b Bootstrap) []Species {
	var out []Species
	for _, name := range speciesNames(outcomes) {
		list := of(outcomes, name)
		s := Species{Name: name, Samples: len(list), NonResponse: nonResponse(list), Error: classification(list)}
		s.EndToEnd = Rate{s.Error.Errors, len(list)}
		if name == BonaFide {
			s.EndToEnd.Errors += s.NonResponse.Errors
		}
		s.Subjects = len(subjects(list))
		s.Situations, s.BySituation = bySituation(list)
		s.ErrorBySubject = bySubject(b, list, func(drawn []*Outcome) float64 {
			return classification(drawn).Value()
		})
		out = append(out, s)
	}
	return out
}

// bySituation gives how many situations were answered, and the mean of their error rates.
func bySituation(list []*Outcome) (n int, mean float64) {
	each := map[string]*Rate{}
	for _, o := range answered(list) {
		if each[o.Situation] == nil {
			each[o.Situation] = &Rate{}
		}
		r := classification([]*Outcome{o})
		each[o.Situation].Errors += r.Errors
		each[o.Situation].Trials++
	}
	if len(each) == 0 {
		return 0, math.NaN()
	}
	for _, situation := range slices.Sorted(maps.Keys(each)) {
		mean += each[situation].Value() / float64(len(each))
	}
	return len(each), mean
}

func nonResponse(list []*Outcome) Rate {
	r := Rate{Trials: len(list)}
	for _, o := range list {
		if !o.Answered() {
			r.Errors++
		}
	}
	return r
}

// classification counts wrong answers among the answered.
func classification(list []*Outcome) Rate {
	var r Rate
	for _, o := range list {
		if !o.Answered() {
			continue
		}
		r.Trials++
		if o.Accepted != (o.Species == BonaFide) {
			r.Errors++
		}
	}
	return r
}

// Separations compares every attack species with the bona fide samples.
func (p *PAD) Separations(b Bootstrap) ([]Separation, error) {
	all := p.all()
	var out []Separation
	for _, name := range speciesNames(all)[1:] {
		genuine, attacks := of(all, BonaFide), of(all, name)
		list := slices.Concat(genuine, attacks)
		curve, err := answeredCurve(list)
		if err != nil {
			return nil, err
		}
		s := Separation{Name: name, Curve: curve, AUC: curve.AUC(), EER: curve.EER()}
		// One subject on a side says nothing about how subjects differ.
		few := len(subjects(answered(genuine))) < 2 || len(subjects(answered(attacks))) < 2
		by := func(stat func(*Curve) float64) Interval {
			if few {
				return unknown()
			}
			return bySubject(b, list, func(drawn []*Outcome) float64 {
				c, err := answeredCurve(drawn)
				if err != nil || len(c.genuine) == 0 || len(c.impostor) == 0 {
					return math.NaN()
				}
				return stat(c)
			})
		}
		s.AUCBy, s.EERBy = by((*Curve).AUC), by((*Curve).EER)
		for _, target := range lowAPCER() {
			s.Low = append(s.Low, LowPoint{curve.AtFalseAccept(target), by(func(c *Curve) float64 {
				return c.AtFalseAccept(target).FalseReject.Value()
			})})
		}
		out = append(out, s)
	}
	return out, nil
}

// Curves gives one DET curve per attack species.
func (p *PAD) Curves() ([]Named, error) {
	all := p.all()
	var out []Named
	for _, name := range speciesNames(all)[1:] {
		c, err := answeredCurve(append(of(all, BonaFide), of(all, name)...))
		if err != nil {
			return nil, err
		}
		out = append(out, Named{Name: p.System + ", " + name, Curve: c})
	}
	return out, nil
}

func answered(list []*Outcome) []*Outcome {
	return slices.DeleteFunc(slices.Clone(list), func(o *Outcome) bool { return !o.Answered() })
}

// answeredCurve sets answered bona fide samples against answered attacks.
func answeredCurve(list []*Outcome) (*Curve, error) {
	var genuine, attacks []float64
	for _, o := range answered(list) {
		if o.Species == BonaFide {
			genuine = append(genuine, o.Score)
		} else {
			attacks = append(attacks, o.Score)
		}
	}
	return NewCurve(genuine, attacks)
}

// subjects groups outcomes by subject, in order of appearance.
func subjects(list []*Outcome) [][]*Outcome {
	index := map[[2]string]int{}
	var groups [][]*Outcome
	for _, o := range list {
		// A subject's name is unique within a dataset only.
		key := [2]string{o.Dataset, o.Subject}
		i, ok := index[key]
		if !ok {
			i = len(groups)
			index[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], o)
	}
	return groups
}

// bySubject resamples whole subjects.
func bySubject(b Bootstrap, list []*Outcome, stat func(drawn []*Outcome) float64) Interval {
	groups := subjects(list)
	sample := make([]*Outcome, 0, 2*len(list))
	return b.Interval(len(groups), func(drawn []int) float64 {
		sample = sample[:0]
		for i, times := range drawn {
			for range times {
				sample = append(sample, groups[i]...)
			}
		}
		return stat(sample)
	})
}
