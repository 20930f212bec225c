package eval

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestWilsonAgreesWithTheFormulaByHand(t *testing.T) {
	for _, c := range []struct {
		rate      Rate
		low, high float64
	}{
		{Rate{0, 10}, 0, 0.2775328},
		{Rate{10, 10}, 0.7224672, 1},
		{Rate{5, 10}, 0.2365931, 0.7634069},
		{Rate{1, 100}, 0.0017673, 0.0544863},
		{Rate{0, 413}, 0, 0.0092158},
	} {
		iv := c.rate.Wilson()
		near(t, "low", iv.Low, c.low, 1e-6)
		near(t, "high", iv.High, c.high, 1e-6)
	}
}

func TestRateWithoutTrialsIsUnknown(t *testing.T) {
	r := Rate{}
	if !math.IsNaN(r.Value()) || r.Wilson().Known() || percent(r.Value()) != "-" || r.Wilson().percent() != "-" {
		t.Error("a rate without trials has a value")
	}
}

func TestMeanIntervalIsStudents(t *testing.T) {
	// Deviations -1, 0, 1: variance 1, standard error 1/sqrt(3), t(2) = 4.303.
	mean, se, iv := meanInterval([]float64{4, 5, 6})
	near(t, "mean", mean, 5, 1e-12)
	near(t, "standard error", se, 0.5773503, 1e-6)
	near(t, "low", iv.Low, 5-4.303*0.5773503, 1e-6)
	near(t, "high", iv.High, 5+4.303*0.5773503, 1e-6)
	if _, se, iv := meanInterval([]float64{1}); !math.IsNaN(se) || iv.Known() {
		t.Error("one fold has a standard error")
	}
}

func TestBootstrapDrawsWholeSubjects(t *testing.T) {
	value := []float64{0, 1}
	mean := func(drawn []int) float64 {
		var sum, n float64
		for i, times := range drawn {
			sum += value[i] * float64(times)
			n += float64(times)
		}
		return sum / n
	}
	b := Bootstrap{Seed: 7, Resamples: 1000}
	iv := b.Interval(2, mean)
	// Each subject is drawn twice with probability 1/4, far above 2.5 %.
	if iv != (Interval{0, 1}) {
		t.Errorf("interval = %v, want 0 to 1", iv)
	}
	if again := b.Interval(2, mean); again != iv {
		t.Errorf("the same seed gave %v and %v", iv, again)
	}
}

func TestBootstrapIsUnknownWhereItCannotTell(t *testing.T) {
	b := Bootstrap{Seed: 1, Resamples: 1000}
	for name, c := range map[string]struct {
		subjects int
		stat     func([]int) float64
	}{
		"one subject":       {1, func([]int) float64 { return 1 }},
		"always the same":   {5, func([]int) float64 { return 0 }},
		"never a statistic": {5, func([]int) float64 { return math.NaN() }},
	} {
		if iv := b.Interval(c.subjects, c.stat); iv.Known() {
			t.Errorf("%s: %v", name, iv)
		}
	}
}
