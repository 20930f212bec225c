package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// fewest answered samples that a threshold is taken from.
const fewest = 20

// Promise is a rate that a threshold is set to keep.
type Promise struct {
	Species string // whose error rate it is: bona fide samples declined, or attacks accepted
	Rate    float64
}

// String names the promise as ParsePromise reads it.
func (p Promise) String() string {
	if p.Species == BonaFide {
		return fmt.Sprintf("bpcer=%g", p.Rate)
	}
	return fmt.Sprintf("apcer_%s=%g", p.Species, p.Rate)
}

// ParsePromise reads bpcer=RATE or apcer_SPECIES=RATE.
func ParsePromise(s string) (Promise, error) {
	name, value, _ := strings.Cut(s, "=")
	var p Promise
	switch rest, attack := strings.CutPrefix(name, "apcer_"); {
	case attack:
		p.Species = rest
	case name == "bpcer":
		p.Species = BonaFide
	}
	if _, err := fmt.Sscanf(value, "%g", &p.Rate); err != nil || p.Species == "" || !(p.Rate > 0 && p.Rate < 1) {
		return p, fmt.Errorf("want bpcer=RATE or apcer_SPECIES=RATE with a rate between 0 and 1, not %q", s)
	}
	return p, nil
}

// weighted is a score that counts in part.
type weighted struct{ score, weight float64 }

// weigh gives the scores of the answered samples. Each still counts, while the clips of
// one situation count together as one.
func weigh(list []*Outcome) []weighted {
	members := map[string]int{}
	for _, o := range answered(list) {
		members[o.Situation]++
	}
	var all []weighted
	for _, o := range answered(list) {
		w := weighted{o.Score, 1}
		if o.Kind() == Clips {
			w.weight = 1 / float64(members[o.Situation])
		}
		all = append(all, w)
	}
	return all
}

// keep gives the live threshold that keeps a promise on these samples: the highest that
// declines no more of the bona fide ones, or the lowest that accepts no more of the
// attacks. It is NaN where they are too few, or too few to show the rate.
func (p Promise) keep(list []*Outcome) float64 {
	all := weigh(of(list, p.Species))
	total := 0.0
	for _, w := range all {
		total += w.weight
	}
	if len(all) < fewest || total*p.Rate < 1 {
		return math.NaN()
	}
	genuine := p.Species == BonaFide
	slices.SortFunc(all, func(a, b weighted) int {
		if genuine {
			return cmp.Compare(a.score, b.score)
		}
		return cmp.Compare(b.score, a.score)
	})
	last, sum := math.NaN(), 0.0
	for _, w := range all {
		if sum += w.weight; sum > p.Rate*total+1e-9 {
			if math.IsNaN(last) {
				last = w.score
			}
			return 1 / (1 + math.Exp(-(logOdds(clipped(last))+logOdds(clipped(w.score)))/2))
		}
		last = w.score
	}
	return math.NaN()
}

// cameraTable sets the threshold for each promise on all cameras but one and counts the
// errors on the one left out, for every camera in turn: it is what a new camera meets.
func cameraTable(systems []*PAD, promises []Promise, kind Kind) Table {
	t := Table{
		Title: fmt.Sprintf("Leave one camera out, %s", kind),
		Columns: []string{"promise", "models", "threshold_spoofing, all cameras", "least", "median", "largest", "cameras",
			"species", "errors on cameras left out", "%", "Wilson 95 %", "worst camera"},
		Notes: []string{
			"the threshold keeps the promise on all cameras but one; errors are counted on that one, for each in turn",
			fmt.Sprintf("a dash: fewer than %d answered samples, or too few to show the rate; clips of one situation count as one", fewest),
		},
	}
	for _, promise := range promises {
		for _, p := range systems {
			t.Rows = append(t.Rows, p.leaveCamerasOut(promise, kind)...)
		}
	}
	return t
}

func (p *PAD) leaveCamerasOut(promise Promise, kind Kind) [][]string {
	list := answered(ofKind(p.all(), kind))
	type sum struct {
		all, worst Rate
		camera     string
	}
	errors := map[string]*sum{}
	var ts []float64
	cameras := 0
	for _, camera := range camerasOf(list) {
		cameras++
		mine := slices.DeleteFunc(slices.Clone(list), func(o *Outcome) bool { return o.Camera != camera })
		others := slices.DeleteFunc(slices.Clone(list), func(o *Outcome) bool { return o.Camera == camera })
		threshold := promise.keep(others)
		if math.IsNaN(threshold) {
			continue
		}
		ts = append(ts, threshold)
		for _, name := range speciesNames(mine) {
			r := errorsAt(of(mine, name), threshold)
			s := errors[name]
			if s == nil {
				s = &sum{}
				errors[name] = s
			}
			s.all.Errors, s.all.Trials = s.all.Errors+r.Errors, s.all.Trials+r.Trials
			if r.Errors > 0 && (s.worst.Trials == 0 || r.Value() > s.worst.Value()) {
				s.worst, s.camera = r, camera
			}
		}
	}
	slices.Sort(ts)
	spread := []string{"-", "-", "-"}
	if len(ts) > 0 {
		// The least threshold of the wire is the highest of live scores.
		spread = []string{onWire(ts[len(ts)-1]), onWire(median(ts)), onWire(ts[0])}
	}
	var rows [][]string
	for _, name := range speciesNames(list) {
		s := errors[name]
		if s == nil {
			s = &sum{}
		}
		worst := "-"
		if s.worst.Trials > 0 {
			worst = fmt.Sprintf("%d/%d", s.worst.Errors, s.worst.Trials)
		}
		row := append([]string{promise.String(), p.System, onWire(promise.keep(list))}, spread...)
		rows = append(rows, append(row, fmt.Sprintf("%d of %d", len(ts), cameras), errorName(name),
			fmt.Sprintf("%d/%d", s.all.Errors, s.all.Trials), percent(s.all.Value()), s.all.Wilson().percent(), worst))
	}
	return rows
}

// camerasOf lists the cameras in order of appearance.
func camerasOf(list []*Outcome) []string {
	var all []string
	for _, o := range list {
		if !slices.Contains(all, o.Camera) {
			all = append(all, o.Camera)
		}
	}
	return all
}

// errorsAt counts wrong answers among the answered, were the live threshold another.
func errorsAt(list []*Outcome, threshold float64) Rate {
	var r Rate
	for _, o := range answered(list) {
		r.Trials++
		if (o.Score >= threshold) != (o.Species == BonaFide) {
			r.Errors++
		}
	}
	return r
}

// passRate is the share of genuine captures that a calibrated threshold turns away.
const passRate = 0.02

// quantileThreshold gives a threshold in (0,1) below which at most that share of
// the scores lies: half-way, in log-odds, between the last score to be turned
// away and the first to pass. There must be a score.
func quantileThreshold(scores []float64, share float64) float64 {
	sorted := slices.Sorted(slices.Values(scores))
	k := int(share * float64(len(sorted)))
	first := clipped(sorted[k])
	if k == 0 {
		// Nobody may be turned away; a little below the worst of all.
		return 1 / (1 + math.Exp(0.01-logOdds(first)))
	}
	return 1 / (1 + math.Exp(-(logOdds(clipped(sorted[k-1]))+logOdds(first))/2))
}

// clipped keeps a score away from 0 and 1, whose log-odds are infinite.
func clipped(p float64) float64 { return min(max(p, 1e-12), 1-1e-12) }

func logOdds(p float64) float64 { return math.Log(p / (1 - p)) }
