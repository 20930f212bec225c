package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/model"
)

// autoProfile takes the deployment's own operating point where there is one.
const autoProfile = "auto"

// operate has a set work as the settings say. It closes the set when it fails.
func operate(cfg *config.Config, set *model.Set) (*model.Set, error) {
	tuned, err := atProfile(cfg, set)
	if err != nil {
		return nil, errors.Join(err, set.Close())
	}
	limits, err := installationLimits(cfg, tuned.Gate)
	if err != nil {
		return nil, errors.Join(err, set.Close())
	}
	tuned = (&job.Evaluator{Set: tuned}).SetWithin(limits)
	if cfg.Reuse != "count" {
		tuned.Stream = tuned.Stream.Telling(bonafide.ReasonReused, bonafide.ReasonReusedCopy)
	}
	return tuned, nil
}

func atProfile(cfg *config.Config, set *model.Set) (*model.Set, error) {
	if set.PAD == nil {
		return set, nil // nothing is scored
	}
	if cfg.Profile != autoProfile && cfg.Profile != "" {
		return set.At(cfg.Profile)
	}
	f, err := os.Open(deploymentFile(cfg, set))
	if errors.Is(err, fs.ErrNotExist) {
		return set.At(model.ProfileDefault)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := model.ReadDeployment(f)
	if err != nil {
		return nil, err
	}
	if d.Model != set.PAD.Ref() {
		return nil, bonafide.Errorf(bonafide.CodeModel, "%s was made for version %s of %s, %s is installed; run `bonafide calibrate` again or remove the file",
			f.Name(), d.Model.Version, d.Model.Name, set.PAD.Ref().Version)
	}
	return set.AtPoint(d.Point), nil
}

// deploymentFile is where the operating point of a deployment lies, one per
// liveness model: the scores of two models have nothing in common.
func deploymentFile(cfg *config.Config, set *model.Set) string {
	return filepath.Join(cfg.Data, "calibration", set.PAD.Ref().Name+".json")
}

// installationLimits are those that the settings name. One that is laxer than the gate
// of the set is an error: its error rates were not measured.
func installationLimits(cfg *config.Config, card model.Gate) (bound.Limits, error) {
	b := cfg.Bounds
	limits := bound.Limits{}
	for name, v := range map[string]float64{
		bound.MaxThresholdSpoofing: b.MaxThresholdSpoofing, bound.MinThresholdMax: b.MinThresholdMax, bound.MaxDecisionThreshold: b.MaxDecisionThreshold,
		bound.MaxFaceShare: b.MaxFaceShare, bound.MinEyeDistance: b.MinEyeDistance,
	} {
		if v != 0 {
			limits[name] = v
		}
	}
	return limits, limits.Check(bound.Limits{bound.MaxFaceShare: card.MaxFaceShare, bound.MinEyeDistance: card.MinEyeDistancePx})
}

// installation gives the limits of the installation, with those of its set's gate.
func (p *pipeline) installation() bound.Limits {
	return p.limits.With(bound.Limits{bound.MaxFaceShare: p.set.Gate.MaxFaceShare, bound.MinEyeDistance: p.set.Gate.MinEyeDistancePx})
}
