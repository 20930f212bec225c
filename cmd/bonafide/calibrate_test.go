package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
)

func TestTheServerTakesTheDeploymentsPoint(t *testing.T) {
	cfg := &config.Config{Data: t.TempDir(), Profile: autoProfile}
	fresh := func() *model.Set { return sampletest.New().Set }
	if set, err := operate(cfg, fresh()); err != nil || set.Point.Name != model.ProfileDefault {
		t.Fatalf("before: %+v, %v", set, err)
	}
	c := &eval.Calibrated{Threshold: 0.93, Rejected: eval.Rate{Errors: 1, Trials: 60}}
	made := deployment(fresh(), map[eval.Kind]*eval.Calibrated{eval.Stills: c})
	if err := writeDeployment(deploymentFile(cfg, fresh()), made); err != nil {
		t.Fatal(err)
	}
	set, err := operate(cfg, fresh())
	if err != nil || set.Point.Name != model.ProfileDeployment || set.Point.Threshold != 0.93 || set.Profile().Rates["bpcer"] != 1./60 {
		t.Errorf("after: %+v, %v", set, err)
	}
	cfg.Profile = model.ProfileStrict
	if set, err := operate(cfg, fresh()); err != nil || set.Point.Threshold != 0.7 {
		t.Errorf("who chooses a profile gets it: %+v, %v", set, err)
	}
	cfg.Profile = autoProfile
	made.Model.Version = "older"
	if err := writeDeployment(deploymentFile(cfg, fresh()), made); err != nil {
		t.Fatal(err)
	}
	if _, err := operate(cfg, fresh()); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("the point of another version: %v", err)
	}
	if err := os.WriteFile(deploymentFile(cfg, fresh()), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := operate(cfg, fresh()); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("half a file: %v", err)
	}
}

func TestReusedMediaAreToldUnlessTheyShallCount(t *testing.T) {
	for reuse, want := range map[string]float64{"tell": 0, "count": 0.9} {
		set := sampletest.New().Set
		set.Stream = &model.StreamChecks{Weights: map[string]float64{bonafide.ReasonReused: 0.9, bonafide.ReasonFrozen: 0.8}}
		got, err := operate(&config.Config{Data: t.TempDir(), Reuse: reuse}, set)
		if err != nil || got.Stream.Weights[bonafide.ReasonReused] != want || got.Stream.Weights[bonafide.ReasonFrozen] != 0.8 {
			t.Errorf("%s: %+v, %v", reuse, got.Stream, err)
		}
		if set.Stream.Weights[bonafide.ReasonReused] != 0.9 {
			t.Error("the card itself was changed")
		}
	}
}

func TestEveryCaptureCountsOnce(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"a.jpg": "one", "b/c.jpg": "two", "b/copy.jpg": "one", ".hidden": "three", ".git/d": "four"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "a.jpg"), filepath.Join(dir, "z.jpg")); err != nil {
		t.Fatal(err)
	}
	got, err := captures(dir)
	if err != nil || len(got) != 2 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestStillsAndClipsAreCalibratedApart(t *testing.T) {
	set := sampletest.New().Set
	set.Points = []model.OperatingPoint{
		{Name: "default", Threshold: 0.5, Clip: &model.ClipPoint{Frames: 5, Threshold: 0.55}},
		{Name: "strict", Threshold: 0.7, Clip: &model.ClipPoint{Frames: 5, Threshold: 0.8}},
	}
	set.Point = set.Points[0]
	list := func(n int, live float64) (all []eval.Capture) {
		for i := range n {
			all = append(all, eval.Capture{File: fmt.Sprint(i), Subject: fmt.Sprint(i), Live: live + float64(i)/1e4})
		}
		return all
	}
	c := calibrateCmd{Resamples: 100}
	found, err := c.calibrated(set, map[eval.Kind][]eval.Capture{eval.Stills: list(60, 0.9), eval.Clips: list(60, 0.75)})
	if err != nil {
		t.Fatal(err)
	}
	d := deployment(set, found)
	if d.Captures != 120 || d.Point.Name != model.ProfileDeployment || !(d.Point.Threshold > 0.9 && d.Point.Threshold < 0.91) || d.Point.Clip.Threshold != 0.8 || d.Point.Clip.Frames != 5 {
		t.Errorf("got %+v, %+v", d.Point, d.Point.Clip)
	}
	found, err = c.calibrated(set, map[eval.Kind][]eval.Capture{eval.Stills: list(60, 0.9), eval.Clips: list(9, 0.9)})
	if err != nil || found[eval.Clips] != nil {
		t.Fatalf("%v, %v", found, err)
	}
	if d := deployment(set, found); d.Point.Clip.Threshold != 0.55 {
		t.Errorf("nine clips set %v", d.Point.Clip.Threshold)
	}
	if _, err := c.calibrated(set, map[eval.Kind][]eval.Capture{eval.Stills: list(30, 0.9), eval.Clips: list(30, 0.9)}); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("thirty of each: %v", err)
	}
}

func TestSettingsTightenTheGateAndNeverLoosenIt(t *testing.T) {
	card := sampletest.Gate()
	cfg := &config.Config{Data: t.TempDir(), Bounds: config.Bounds{MaxFaceShare: 0.4, MinEyeDistance: 80, MaxThresholdSpoofing: 0.3}}
	set, err := operate(cfg, sampletest.New().Set)
	if err != nil || set.Gate.MaxFaceShare != 0.4 || set.Gate.MinEyeDistancePx != 80 || set.Gate.MaxClipFaceShare != card.MaxClipFaceShare {
		t.Fatalf("%+v, %v", set.Gate, err)
	}
	if limits, err := installationLimits(cfg, set.Gate); err != nil || limits["max_threshold_spoofing"] != 0.3 {
		t.Errorf("%v, %v", limits, err)
	}
	for name, b := range map[string]config.Bounds{
		"a face that is nearer": {MaxFaceShare: card.MaxFaceShare + 0.01}, "eyes that are closer": {MinEyeDistance: card.MinEyeDistancePx - 1},
		"a threshold beyond 1": {MaxThresholdSpoofing: 1.1},
	} {
		if _, err := operate(&config.Config{Data: t.TempDir(), Bounds: b}, sampletest.New().Set); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
		}
	}
}
