package eval

import (
	"errors"
	"math"
	"slices"
	"sort"
)

// Curve holds the scores of the samples that ought to be accepted (mated pairs,
// bona fide samples) and of those that ought not (non-mated pairs, attacks of one
// species). A score at or above a threshold is accepted.
type Curve struct {
	genuine, impostor []float64 // sorted, finite
}

// errNotFinite means that a failure to acquire was taken for a score.
var errNotFinite = errors.New("eval: a score is not a finite number")

// NewCurve takes ownership of the scores and sorts them. A score that is not
// finite is an error: failures to acquire are counted elsewhere.
func NewCurve(genuine, impostor []float64) (*Curve, error) {
	for _, scores := range [][]float64{genuine, impostor} {
		for _, s := range scores {
			if math.IsNaN(s) || math.IsInf(s, 0) {
				return nil, errNotFinite
			}
		}
		slices.Sort(scores)
	}
	return &Curve{genuine, impostor}, nil
}

// Point is a threshold with the errors made there.
type Point struct {
	Threshold   float64
	FalseAccept Rate // FMR or APCER
	FalseReject Rate // FNMR or BPCER
}

// At counts the errors at a threshold.
func (c *Curve) At(threshold float64) Point {
	below := sort.SearchFloat64s(c.impostor, threshold)
	return Point{
		Threshold:   threshold,
		FalseAccept: Rate{len(c.impostor) - below, len(c.impostor)},
		FalseReject: Rate{sort.SearchFloat64s(c.genuine, threshold), len(c.genuine)},
	}
}

// AtFalseAccept is the lowest threshold at which no more than the wanted share of
// impostor scores is accepted: the lowest false rejection that such a promise
// allows. Without impostor scores nothing can be promised: the point is unknown.
func (c *Curve) AtFalseAccept(target float64) Point {
	n := len(c.impostor)
	if n == 0 {
		return Point{Threshold: math.NaN()}
	}
	allowed := int(math.Floor(target*float64(n) + 1e-9)) // 0.07*100 is a little below 7
	if allowed >= n {
		return c.At(math.Inf(-1))
	}
	return c.At(math.Nextafter(c.impostor[n-1-allowed], math.Inf(1)))
}

// walk visits every threshold at which the errors change, from the lowest score
// up, and last a threshold above all scores. f returns false to stop.
func (c *Curve) walk(f func(threshold float64, accepted, rejected int) bool) {
	g, i := 0, 0
	for g < len(c.genuine) || i < len(c.impostor) {
		t := math.Inf(1)
		if g < len(c.genuine) {
			t = c.genuine[g]
		}
		if i < len(c.impostor) {
			t = min(t, c.impostor[i])
		}
		if !f(t, len(c.impostor)-i, g) {
			return
		}
		for g < len(c.genuine) && c.genuine[g] == t {
			g++
		}
		for i < len(c.impostor) && c.impostor[i] == t {
			i++
		}
	}
	f(math.Inf(1), 0, len(c.genuine))
}

// EER is the rate at which both errors are equal, interpolated linearly between
// the two neighbouring thresholds. It is NaN when a side has no scores.
func (c *Curve) EER() float64 {
	if len(c.genuine) == 0 || len(c.impostor) == 0 {
		return math.NaN()
	}
	eer, lastFA, lastFR := math.NaN(), 1.0, 0.0
	c.walk(func(_ float64, accepted, rejected int) bool {
		fa := float64(accepted) / float64(len(c.impostor))
		fr := float64(rejected) / float64(len(c.genuine))
		if fr < fa {
			lastFA, lastFR = fa, fr
			return true
		}
		before, after := lastFA-lastFR, fa-fr
		eer = lastFA + before/(before-after)*(fa-lastFA)
		return false
	})
	return eer
}

// AUC is the probability that a genuine score exceeds an impostor's, equal
// scores counted half (Mann and Whitney's U by the number of pairs). It is NaN
// when a side has no scores.
func (c *Curve) AUC() float64 {
	if len(c.genuine) == 0 || len(c.impostor) == 0 {
		return math.NaN()
	}
	var wins float64
	below, upTo := 0, 0 // impostor scores < g, <= g
	for _, g := range c.genuine {
		for below < len(c.impostor) && c.impostor[below] < g {
			below++
		}
		for upTo < len(c.impostor) && c.impostor[upTo] <= g {
			upTo++
		}
		wins += float64(below+upTo) / 2
	}
	return wins / float64(len(c.genuine)) / float64(len(c.impostor))
}

// MostAccurate is the threshold with the most right answers, halfway between two
// neighbouring scores. Of several equally good ones it is the lowest. Without
// scores it accepts nothing.
func (c *Curve) MostAccurate() float64 {
	best, threshold, last := -1, math.Inf(1), math.Inf(-1)
	c.walk(func(t float64, accepted, rejected int) bool {
		right := len(c.genuine) - rejected + len(c.impostor) - accepted
		if right > best {
			best, threshold = right, between(last, t)
		}
		last = t
		return true
	})
	return threshold
}

// between is the middle of two scores, one of which may be infinite.
func between(low, high float64) float64 {
	switch {
	case math.IsInf(low, -1):
		return high
	case math.IsInf(high, 1):
		return math.Nextafter(low, high)
	}
	return low + (high-low)/2
}
