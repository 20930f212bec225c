package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/config"
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
