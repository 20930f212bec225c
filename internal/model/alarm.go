package model

import (
	"math"
	"sort"
)

// FalseAlarms tells how many of the searches for people who are not in a collection name
// somebody, as a part of 1, where persons are found from a similarity on among size
// references. It is reckoned from the false match rates of the card, as if comparisons
// were independent. It is false where the card has none.
func (s *Set) FalseAlarms(threshold float64, size int) (rate float64, ok bool) {
	e, ok := s.Embedder.(interface {
		falseAlarms(threshold float64, size int) (float64, bool)
	})
	if !ok {
		return 0, false
	}
	return e.falseAlarms(threshold, size)
}

// SearchThreshold gives the smallest similarity, in steps of a thousandth, from which on at
// most that part of the searches for people who are not there name somebody. It is false
// where there is none below 1, and where the card has no rates.
func (s *Set) SearchThreshold(rate float64, size int) (threshold float64, ok bool) {
	const steps = 1000
	n := sort.Search(steps, func(i int) bool {
		got, ok := s.FalseAlarms(float64(i)/steps, size)
		return ok && got <= rate
	})
	return float64(n) / steps, n < steps
}

// falseAlarms implements Set.FalseAlarms, see Found: beyond the size of the card a
// similarity stands for a cosine whose false match rate is smaller by as many times as
// there are more references.
func (c comparison) falseAlarms(threshold float64, size int) (float64, bool) {
	if c.calibration == nil || c.search == nil || math.IsNaN(threshold) {
		return 0, false
	}
	if size <= 0 {
		return 0, true
	}
	points, match := c.search.LogFMR, 1.0
	if cosine := c.calibration.raw(threshold); cosine >= points[0][0] {
		match = math.Pow(10, along(points, cosine, 0))
	}
	match *= min(1, float64(c.search.Size)/float64(size))
	if match >= 1 {
		return 1, true
	}
	return -math.Expm1(float64(size) * math.Log1p(-match)), true
}

// raw gives the smallest raw value that Apply maps to at least that much.
func (cal *Calibration) raw(calibrated float64) float64 {
	if l := cal.Logistic; l != nil {
		return (math.Log(calibrated/(1-calibrated)) - l.Offset) / l.Slope
	}
	if calibrated <= cal.Points[0][1] {
		return math.Inf(-1)
	}
	for i, b := range cal.Points[1:] {
		if a := cal.Points[i]; calibrated <= b[1] {
			return a[0] + (b[0]-a[0])*(calibrated-a[1])/(b[1]-a[1])
		}
	}
	return math.Inf(1)
}
