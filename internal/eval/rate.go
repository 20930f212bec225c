package eval

import (
	"fmt"
	"math"
	"slices"
)

// z95 is the 97.5 % quantile of the normal distribution.
const z95 = 1.959963984540054

// Rate is a proportion: Errors out of Trials.
type Rate struct{ Errors, Trials int }

// Value is the proportion, NaN when there were no trials.
func (r Rate) Value() float64 {
	if r.Trials == 0 {
		return math.NaN()
	}
	return float64(r.Errors) / float64(r.Trials)
}

// Wilson is the 95 % score interval of E. B. Wilson (1927), unknown when there
// were no trials. It stays inside [0,1] and has width where no error was seen.
func (r Rate) Wilson() Interval {
	if r.Trials == 0 {
		return unknown()
	}
	n, p := float64(r.Trials), r.Value()
	z2 := z95 * z95
	centre := (p + z2/(2*n)) / (1 + z2/n)
	half := z95 / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	iv := Interval{max(0, centre-half), min(1, centre+half)}
	// Rounding must not leave a sliver of error at the ends.
	if r.Errors == 0 {
		iv.Low = 0
	}
	if r.Errors == r.Trials {
		iv.High = 1
	}
	return iv
}

// Interval is a 95 % interval. Its ends are NaN when it is unknown.
type Interval struct{ Low, High float64 }

func unknown() Interval { return Interval{math.NaN(), math.NaN()} }

// Known tells that the interval has ends.
func (i Interval) Known() bool { return !math.IsNaN(i.Low) && !math.IsNaN(i.High) }

// percent formats a proportion with two decimals, a dash when it is unknown.
func percent(p float64) string {
	if math.IsNaN(p) {
		return "-"
	}
	return fmt.Sprintf("%.2f %%", 100*p)
}

func (i Interval) percent() string {
	if !i.Known() {
		return "-"
	}
	return fmt.Sprintf("%.2f-%.2f %%", 100*i.Low, 100*i.High)
}

// meanInterval is the mean of a few independent values, its standard error and
// Student's interval. Standard error and interval are unknown below two values.
func meanInterval(values []float64) (mean, stdErr float64, iv Interval) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	if len(values) < 2 {
		return mean, math.NaN(), unknown()
	}
	var squares float64
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	stdErr = math.Sqrt(squares / (n - 1) / n)
	half := student95(len(values)-1) * stdErr
	return mean, stdErr, Interval{mean - half, mean + half}
}

// student95 is the 97.5 % quantile of Student's distribution. Beyond the table
// it takes the next smaller degree of freedom listed, which widens the interval.
func student95(freedom int) float64 {
	table := [...]float64{
		12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
		2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
	}
	return table[min(freedom, len(table))-1]
}

// quantile interpolates linearly in sorted values, 0 <= q <= 1.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	low := int(at)
	if low+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[low] + (at-float64(low))*(sorted[low+1]-sorted[low])
}

// median is the middle of values, NaN when there are none. It sorts a copy.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	return quantile(slices.Sorted(slices.Values(values)), 0.5)
}
