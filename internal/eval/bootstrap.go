package eval

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Bootstrap draws whole subjects with replacement. The same seed gives the same
// intervals.
type Bootstrap struct {
	Seed      uint64
	Resamples int // 1,000 or more
}

// Interval is the percentile interval of a statistic over resampled subjects.
// stat gets how often each subject was drawn and returns NaN where the draw does
// not allow the statistic, for instance because it holds no attack; such draws
// are replaced. The interval is unknown below two subjects, when most draws do
// not allow the statistic, and when all give the same value: an error that was
// never seen cannot be resampled, and an interval without width would lie.
func (b Bootstrap) Interval(subjects int, stat func(drawn []int) float64) Interval {
	if subjects < 2 || b.Resamples < 1 {
		return unknown()
	}
	random := rand.New(rand.NewPCG(b.Seed, uint64(subjects)))
	values := make([]float64, 0, b.Resamples)
	drawn := make([]int, subjects)
	for tries := 0; len(values) < b.Resamples; tries++ {
		if tries >= 2*b.Resamples {
			return unknown()
		}
		clear(drawn)
		for range subjects {
			drawn[random.IntN(subjects)]++
		}
		if v := stat(drawn); !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	if values[0] == values[len(values)-1] {
		return unknown()
	}
	return Interval{quantile(values, 0.025), quantile(values, 0.975)}
}
