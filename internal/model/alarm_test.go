package model

import (
	"math"
	"testing"
)

// rated is like the comparison of the standard set.
func rated() comparison {
	return comparison{
		calibration: &Calibration{Points: [][2]float64{{0, 0}, {0.6, 0.1}, {0.7, 0.5}, {0.8, 0.85}, {1, 1}}},
		search:      &Search{Size: 200, LogFMR: [][2]float64{{0.6, -0.5}, {0.7, -2}, {0.8, -4}}},
	}
}

func TestFalseAlarmsFollowFromTheRatesOfTheCard(t *testing.T) {
	for _, test := range []struct {
		threshold float64
		size      int
		want      float64
	}{
		{0.85, 1, 1e-4},
		{0.85, 100, 1 - math.Pow(1-1e-4, 100)},
		{0.85, 200, 1 - math.Pow(1-1e-4, 200)},
		{0.85, 1_000_000, 1 - math.Exp(-0.02)}, // similarities take the size into account
		{0.5, 1, 1e-2},
		{0.05, 10, 1}, // below the rates of the card
		{0, 10, 1},
		{0.85, 0, 0},
	} {
		got, ok := rated().falseAlarms(test.threshold, test.size)
		if !ok || math.Abs(got-test.want) > 1e-7 {
			t.Errorf("from %v among %d: %v, %t, want %v", test.threshold, test.size, got, ok, test.want)
		}
	}
	for i := range 100 {
		a, _ := rated().falseAlarms(float64(i)/100, 500)
		if b, _ := rated().falseAlarms(float64(i+1)/100, 500); b > a {
			t.Errorf("a greater threshold than %d hundredths gives more alarms: %v, %v", i, b, a)
		}
	}
	if _, ok := (comparison{}).falseAlarms(0.85, 10); ok {
		t.Error("a model without rates tells some")
	}
	if _, ok := rated().falseAlarms(math.NaN(), 10); ok {
		t.Error("what is not a number has a rate")
	}
}

// TestAThresholdIsFoundForARate that is the smallest one.
func TestAThresholdIsFoundForARate(t *testing.T) {
	s := &Set{Embedder: &embedding{comparison: rated()}}
	for _, size := range []int{1, 100, 10_000, 1_000_000} {
		for _, rate := range []float64{0.5, 0.02, 0.001} {
			threshold, ok := s.SearchThreshold(rate, size)
			got, _ := s.FalseAlarms(threshold, size)
			before, _ := s.FalseAlarms(threshold-0.001, size)
			if !ok || got > rate || before <= rate {
				t.Errorf("1 in %v among %d: from %v, where the rate is %v, %v before", 1/rate, size, threshold, got, before)
			}
		}
	}
	if threshold, ok := s.SearchThreshold(1e-30, 1000); ok {
		t.Errorf("a rate that no threshold gives: %v", threshold)
	}
}
