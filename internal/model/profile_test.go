package model_test

import (
	"math"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/model"
)

// logistic is a PAD model whose calibration is the plain logistic function.
type logistic struct{ model.PAD }

func (logistic) Ref() bonafide.ModelRef      { return bonafide.ModelRef{Name: "pad", Version: "1"} }
func (logistic) Calibrate(l float64) float64 { return 1 / (1 + math.Exp(-l)) }

func profiles() *model.Set {
	return &model.Set{Name: "test", PAD: logistic{}, Points: []model.OperatingPoint{
		{Name: "default", Threshold: 0.6}, {Name: "strict", Threshold: 0.9},
	}}
}

func TestAScoreIsRelativeToTheOperatingPoint(t *testing.T) {
	for _, threshold := range []float64{0.001, 0.227, 0.5, 0.717, 0.99999} {
		if got := model.Relative(threshold, threshold); math.Abs(got-0.5) > 1e-12 {
			t.Errorf("the threshold %v becomes %v", threshold, got)
		}
		if model.Relative(0, threshold) != 0 || model.Relative(1, threshold) != 1 {
			t.Errorf("threshold %v moves the ends", threshold)
		}
		last := -1.0
		for live := 0.0; live <= 1; live += 0.01 {
			got := model.Relative(live, threshold)
			if !(got >= last) || got < 0 || got > 1 {
				t.Fatalf("threshold %v: %v becomes %v after %v", threshold, live, got, last)
			}
			last = got
		}
	}
	logit := func(p float64) float64 { return math.Log(p / (1 - p)) }
	if got, want := logit(model.Relative(0.8, 0.3)), logit(0.8)-logit(0.3); math.Abs(got-want) > 1e-12 {
		t.Errorf("log-odds %v, want %v", got, want)
	}
}

func TestWithoutAnOperatingPointNothingIsLive(t *testing.T) {
	for _, threshold := range []float64{0, 1, -1, 2, math.NaN(), math.Inf(1)} {
		if got := model.Relative(0.9, threshold); !math.IsNaN(got) {
			t.Errorf("threshold %v: %v", threshold, got)
		}
	}
	if got := profiles().Live(5, 1); !math.IsNaN(got) {
		t.Errorf("a set that nobody gave a point: %v", got)
	}
}

func TestProfilesComeFromTheCard(t *testing.T) {
	set := profiles()
	strict, err := set.At("strict")
	if err != nil || math.Abs(strict.Live(math.Log(9), 1)-0.5) > 1e-12 || strict.Profile().Name != "strict" || strict.Profile().Threshold != 0.9 {
		t.Errorf("strict is %+v, %v", strict.Profile(), err)
	}
	if set.Point.Name != "" {
		t.Error("the set itself has changed")
	}
	if _, err := set.At("lenient"); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("a point that is not there: %v", err)
	}
	set.Points = nil
	if d, err := set.At("default"); err != nil || d.Point.Threshold != 0.5 {
		t.Errorf("a card without points: %+v, %v", d, err)
	}
	set.PAD = nil
	if set.Profile() != nil {
		t.Error("a profile of nothing")
	}
}

func TestClipsHaveAThresholdOfTheirOwn(t *testing.T) {
	set := profiles()
	set.Points[0].Clip = &model.ClipPoint{Frames: 5, Threshold: 0.8, Rates: map[string]float64{"bpcer": 0.1}}
	set, err := set.At("default")
	if err != nil {
		t.Fatal(err)
	}
	logit := func(p float64) float64 { return math.Log(p / (1 - p)) }
	for frames, threshold := range map[int]float64{1: 0.6, 4: 0.6, 5: 0.8, 15: 0.8} {
		if got := set.Live(logit(threshold), frames); math.Abs(got-0.5) > 1e-9 {
			t.Errorf("%d frames: %v becomes %v", frames, threshold, got)
		}
	}
	if c := set.Profile().Clip; c == nil || c.Threshold != 0.8 || c.Frames != 5 || c.Rates["bpcer"] != 0.1 {
		t.Errorf("the profile tells %+v of clips", c)
	}
}

func TestADeploymentsPointIsReadStrictly(t *testing.T) {
	const good = `{"model":{"name":"pad","version":"1"},"captures":60,"made":"2026-01-02",` +
		`"point":{"name":"deployment","threshold":0.8,"rates":{"bpcer":0.02},"data":"own captures"}}`
	d, err := model.ReadDeployment(strings.NewReader(good))
	if err != nil || d.Point.Threshold != 0.8 || d.Model.Name != "pad" || d.Captures != 60 {
		t.Fatalf("got %+v, %v", d, err)
	}
	for name, change := range map[string][2]string{
		"an unknown field": {`"captures"`, `"colour":1,"captures"`},
		"no model":         {`"name":"pad"`, `"name":""`},
		"another name":     {`"deployment"`, `"lenient"`},
		"a threshold of 0": {`0.8`, `0`},
		"a threshold of 1": {`0.8`, `1`},
		"half a file":      {`"data":"own captures"}}`, ``},
	} {
		if _, err := model.ReadDeployment(strings.NewReader(strings.Replace(good, change[0], change[1], 1))); bonafide.CodeOf(err) != bonafide.CodeModel {
			t.Errorf("%s: %v", name, err)
		}
	}
}
