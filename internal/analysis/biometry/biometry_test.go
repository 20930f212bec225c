package biometry_test

import (
	"errors"
	"math"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/biometry"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

func person(radians float32) sampletest.Shot {
	s := sampletest.Front()
	s.Person = radians
	return s
}

func run(t *testing.T, samples ...*sample.Sample) []bonafide.Finding {
	t.Helper()
	findings, err := biometry.Analysis{}.Run(t.Context(), analysis.Input{Samples: samples})
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func TestEveryPairIsCompared(t *testing.T) {
	studio := sampletest.New()
	findings := run(t, studio.Sample("a", person(0)), studio.Sample("b", person(math.Pi/3)), studio.Sample("c", person(0), person(0)))
	want := map[[2]bonafide.ID]float64{{"a", "b"}: 0.5, {"a", "c"}: 1, {"b", "c"}: 0.5}
	for _, f := range findings {
		w, ok := want[[2]bonafide.ID{f.MediaID, f.OtherID}]
		if !ok || f.Kind != bonafide.FindingSimilarity || f.Score == nil || math.Abs(*f.Score-w) > 1e-6 || *f.Raw != *f.Score {
			t.Errorf("%+v", f)
		}
		delete(want, [2]bonafide.ID{f.MediaID, f.OtherID})
	}
	if len(want) > 0 {
		t.Errorf("not compared: %v", want)
	}
	if n := studio.Embedded.Load(); n != 3 {
		t.Errorf("%d templates made of 3 media", n)
	}
}

func TestMediaAreLookedAtSideBySideWhereCoresAreIdle(t *testing.T) {
	studio := sampletest.New()
	samples := []*sample.Sample{studio.Sample("a", person(0)), studio.Sample("b", person(math.Pi/3)), studio.Sample("c", sampletest.Shot{})}
	spread, waited := 0, 0
	findings, err := biometry.Analysis{}.Run(t.Context(), analysis.Input{Samples: samples, Parallel: func(work func()) func() {
		spread++
		done := make(chan struct{})
		go func() {
			defer close(done)
			work()
		}()
		return func() { <-done; waited++ }
	}})
	if err != nil {
		t.Fatal(err)
	}
	if spread != 2 || waited != 2 {
		t.Errorf("%d samples aside, %d waited for, want all but one", spread, waited)
	}
	if len(findings) != 2 || findings[0].MediaID != "c" || findings[1].Score == nil || math.Abs(*findings[1].Score-0.5) > 1e-6 {
		t.Errorf("%+v", findings)
	}
}

func TestMediaWithoutASingleFaceFail(t *testing.T) {
	crowd := sampletest.Front()
	crowd.Boxes = append(crowd.Boxes, vision.Box{X: 390, Y: 160, W: 160, H: 160})
	passerBy := sampletest.Front()
	passerBy.Boxes = append(passerBy.Boxes, vision.Box{X: 500, Y: 0, W: 130, H: 130})
	studio := sampletest.New()
	findings := run(t, studio.Sample("nobody", sampletest.Shot{}), studio.Sample("crowd", crowd),
		studio.Sample("a", passerBy), studio.Sample("b", person(0)))
	failures := map[bonafide.ID]string{}
	pairs := 0
	for _, f := range findings {
		if f.Score != nil {
			pairs++
			continue
		}
		failures[f.MediaID] = f.Failures[0].Code
	}
	if pairs != 1 || len(failures) != 2 || failures["nobody"] != "no_face" || failures["crowd"] != "several_faces" {
		t.Errorf("%d pairs, failures %v", pairs, failures)
	}
}

func TestTwoMediaAreNeeded(t *testing.T) {
	a := biometry.Analysis{}
	one := sampletest.New().Sample("a", person(0))
	if _, err := a.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{one}}); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("run: %v", err)
	}
	if err := a.Spec().Check([]bonafide.Media{one.Media}, bonafide.Params{}); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("check: %v", err)
	}
}

func TestThresholdsAreChecked(t *testing.T) {
	at := func(v float64) *float64 { return &v }
	two := make([]bonafide.Media, 2)
	for name, tt := range map[string]struct {
		params bonafide.Params
		ok     bool
	}{
		"none":         {bonafide.Params{}, true},
		"both":         {bonafide.Params{ThresholdMin: at(0), ThresholdMax: at(1)}, true},
		"equal":        {bonafide.Params{ThresholdMin: at(0.5), ThresholdMax: at(0.5)}, true},
		"crossed":      {bonafide.Params{ThresholdMin: at(0.6), ThresholdMax: at(0.5)}, false},
		"below zero":   {bonafide.Params{ThresholdMin: at(-0.1)}, false},
		"above one":    {bonafide.Params{ThresholdMax: at(1.1)}, false},
		"not a number": {bonafide.Params{ThresholdMax: at(math.NaN())}, false},
		"not for us":   {bonafide.Params{ThresholdSpoofing: at(7)}, true},
	} {
		err := (biometry.Analysis{}).Spec().Check(two, tt.params)
		if (err == nil) != tt.ok || err != nil && bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatTheMachineLacksIsAnError(t *testing.T) {
	studio := sampletest.New()
	if _, err := (biometry.Analysis{}).Run(t.Context(), analysis.Input{Samples: []*sample.Sample{
		studio.Sample("a", person(0)), studio.Sample("b", person(float32(math.NaN()))),
	}}); err == nil {
		t.Error("a comparison that is no number is no error")
	}
	studio.Fault = errors.New("no memory")
	if _, err := (biometry.Analysis{}).Run(t.Context(), analysis.Input{Samples: []*sample.Sample{
		studio.Sample("a", person(0)), studio.Sample("b", person(0)),
	}}); !errors.Is(err, studio.Fault) {
		t.Errorf("got %v", err)
	}
}
