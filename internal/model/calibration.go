package model

import "math"

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
