package eval

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func evenly(n int, low, high float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = low + (high-low)*float64(i)/float64(n-1)
	}
	return out
}

func TestADeploymentsThresholdTurnsTwoPercentAway(t *testing.T) {
	for _, n := range []int{50, 99, 100, 1000} {
		c, err := Calibrate(evenly(n, 0.8, 0.999), 0.717, Bootstrap{Seed: 1, Resamples: 200})
		if err != nil {
			t.Fatal(err)
		}
		if want := n / 50; c.Rejected != (Rate{want, n}) || c.Floored || c.Threshold != c.Quantile {
			t.Errorf("%d captures: %+v, want %d turned away", n, c, want)
		}
		if !c.By.Known() || c.By.Low > c.Quantile || c.By.High < c.Quantile {
			t.Errorf("%d captures: the quantile %v has the interval %+v", n, c.Quantile, c.By)
		}
	}
}

func TestADeploymentsThresholdIsNeverBelowTheFloor(t *testing.T) {
	c, err := Calibrate(evenly(100, 0, 1), 0.7, Bootstrap{Seed: 1, Resamples: 200})
	if err != nil || !c.Floored || c.Threshold != 0.7 || c.Rejected != (Rate{70, 100}) {
		t.Errorf("got %+v, %v", c, err)
	}
	if notes := strings.Join(c.Table(120, 20).Notes, " "); !strings.Contains(notes, "strict operating point") {
		t.Errorf("nobody is told: %s", notes)
	}
}

func TestTooFewOrUnsoundCapturesSetNothing(t *testing.T) {
	if _, err := Calibrate(evenly(49, 0.9, 1), 0.7, Bootstrap{}); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("49 captures: %v", err)
	}
	for _, bad := range []float64{math.NaN(), -0.1, 1.1} {
		if _, err := Calibrate(append(evenly(60, 0.9, 1), bad), 0.7, Bootstrap{}); err == nil {
			t.Errorf("a score of %v was taken", bad)
		}
	}
	for _, floor := range []float64{0, 1, math.NaN()} {
		if _, err := Calibrate(evenly(60, 0.9, 1), floor, Bootstrap{}); err == nil {
			t.Errorf("a floor of %v was taken", floor)
		}
	}
	// Certain scores leave a threshold that can be worked with.
	ones := make([]float64, 60)
	for i := range ones {
		ones[i] = 1
	}
	if c, err := Calibrate(ones, 0.7, Bootstrap{}); err != nil || !(c.Threshold > 0.7 && c.Threshold < 1) || c.Rejected.Errors != 0 {
		t.Errorf("captures beyond doubt: %+v, %v", c, err)
	}
}

// made is a list of two datasets whose logits are told by the seed: bona fide
// around 3, attacks around -3, the second dataset shifted.
func made(n int, shift float64) *PAD {
	r := rand.New(rand.NewPCG(7, 7))
	p := &PAD{System: "made", Threshold: 0.5}
	for i := range n {
		o := Outcome{Label: Label{Dataset: []string{"one", "two"}[i%2], Subject: string(rune('a' + i/2%10)), Species: []string{BonaFide, "print"}[i/2%2]}}
		o.Raw = r.NormFloat64() + 3 - 6*float64(i/2%2) + shift*float64(i%2)
		o.Score = 1 / (1 + math.Exp(-o.Raw))
		p.Outcomes = append(p.Outcomes, o)
	}
	return p
}

func TestAFitFindsTheCalibrationOfItsSamples(t *testing.T) {
	// Two normal distributions, 6 apart and of variance 1: the true slope is 6.
	f, err := made(4000, 0).Fit()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", f.Slope, 6, 1.5)
	for i, want := range []float64{0.01, 0.02, 0.05} {
		near(t, "BPCER of "+f.Points[i].Name, f.Points[i].Rates["bpcer"], want, 0.001)
	}
	near(t, "the default threshold", f.Points[1].Threshold, 0.5, 1e-4)
	if !(f.Points[0].Threshold < f.Points[1].Threshold && f.Points[1].Threshold < f.Points[2].Threshold) {
		t.Errorf("thresholds do not rise: %+v", f.Points)
	}
	backwards := made(4000, 0)
	for i := range backwards.Outcomes {
		backwards.Outcomes[i].Raw *= -1
	}
	if f, err := backwards.Fit(); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("attacks score higher: %+v, %v", f, err)
	}
	if _, err := made(80, 0).Fit(); err == nil {
		t.Error("a fit on 40 samples of either kind")
	}
	unknown := made(4000, 0)
	unknown.Outcomes[5].Raw = math.NaN()
	if _, err := unknown.Fit(); err == nil {
		t.Error("a fit on a logit that is not known")
	}
}

func TestAThresholdOfOneDatasetIsTriedOnTheOther(t *testing.T) {
	table, ok := leaveOutTable([]*PAD{made(4000, 0)}, Bootstrap{Seed: 1, Resamples: 200})
	if !ok || len(table.Rows) != 4 {
		t.Fatalf("got %+v", table)
	}
	shifted, _ := leaveOutTable([]*PAD{made(4000, -4)}, Bootstrap{Seed: 1, Resamples: 200})
	// Genuine samples of "two" score four lower: the threshold of "one" turns most away.
	var rate float64
	for _, row := range shifted.Rows {
		if row[0] == "two" && row[1] == BonaFide {
			rate = 1
			if !strings.HasPrefix(row[5], "9") {
				t.Errorf("BPCER %s", row[5])
			}
		}
	}
	if rate == 0 {
		t.Error("there is no row for it")
	}
	few, _ := leaveOutTable([]*PAD{made(40, 0)}, Bootstrap{})
	if few.Rows[0][3] != "-" || few.Rows[0][4] != "-" {
		t.Errorf("a threshold of ten samples: %v", few.Rows[0])
	}
	alone := &PAD{Outcomes: []Outcome{{Label: Label{Species: BonaFide}}}}
	if _, ok := leaveOutTable([]*PAD{alone}, Bootstrap{}); ok {
		t.Error("a single dataset was left out")
	}
}
