package model

import (
	"math"
	"slices"
)

// Apply maps a raw value to [0,1]. What is not a number becomes 0, which no
// threshold accepts.
func (cal *Calibration) Apply(raw float64) float64 {
	if math.IsNaN(raw) {
		return 0
	}
	if l := cal.Logistic; l != nil {
		return 1 / (1 + math.Exp(-(l.Slope*raw + l.Offset)))
	}
	last := len(cal.Points) - 1
	if raw >= cal.Points[last][0] {
		return cal.Points[last][1]
	}
	for i := last - 1; i >= 0; i-- {
		a, b := cal.Points[i], cal.Points[i+1]
		if raw >= a[0] {
			return a[1] + (b[1]-a[1])*(raw-a[0])/(b[0]-a[0])
		}
	}
	return cal.Points[0][1]
}

// comparable gives the cosine that means as much in one comparison as this one
// does when it was found among size references.
func (s *Search) comparable(cosine float64, size int) float64 {
	points := s.LogFMR
	if size <= s.Size || !(cosine > points[0][0]) {
		return cosine
	}
	rate := along(points, cosine, 0) + math.Log10(float64(size)/float64(s.Size))
	if rate >= points[0][1] {
		return points[0][0]
	}
	return along(points, rate, 1)
}

// along reads the line through the points at x, where axis is that of x: 0 for
// the rising one, 1 for the falling one. Behind its end the line goes straight on.
func along(points [][2]float64, x float64, axis int) float64 {
	i := slices.IndexFunc(points[1:], func(p [2]float64) bool {
		if axis == 0 {
			return p[0] >= x
		}
		return p[1] <= x
	})
	if i < 0 {
		i = len(points) - 2
	}
	a, b := points[i], points[i+1]
	return a[1-axis] + (b[1-axis]-a[1-axis])*(x-a[axis])/(b[axis]-a[axis])
}
