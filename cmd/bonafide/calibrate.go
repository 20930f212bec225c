package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/model"
)

// calibrateCmd sets the operating point of a deployment.
type calibrateCmd struct {
	Folder    string `arg:"" help:"Folder of genuine captures of this deployment's own cameras: photos, videos or zips of frames." type:"existingdir"`
	DryRun    bool   `help:"Print what would be set and leave everything as it is."`
	Seed      uint64 `help:"Of the resampling." default:"1"`
	Resamples int    `help:"Of the captures, for the interval." default:"1000"`
}

// Run scores the captures, sets the threshold at the 2 % quantile of their live
// scores, though not below the strict operating point of the model's card, and
// writes it where the server looks for it when it starts.
func (c *calibrateCmd) Run(ctx context.Context, cfg *config.Config) error {
	one := *cfg
	one.Profile = model.ProfileDefault // what was set before has no say
	p, err := openPipeline(ctx, &one)
	if err != nil {
		return err
	}
	defer p.close()
	if p.set.PAD == nil {
		return bonafide.Errorf(bonafide.CodeModel, "the set %s has no liveness model; run `bonafide model pull`", p.set.Name)
	}
	strict, ok := p.set.PointNamed(model.ProfileStrict)
	if !ok {
		return bonafide.Errorf(bonafide.CodeModel, "the card of %s names no strict operating point, which is the floor", p.set.PAD.Ref().Name)
	}
	paths, err := captures(c.Folder)
	if err != nil {
		return err
	}
	if len(paths) < eval.MinCaptures {
		return bonafide.Errorf(bonafide.CodeValue, "a threshold needs %d or more different captures; %s holds %d", eval.MinCaptures, c.Folder, len(paths))
	}
	scores, reasons, err := c.score(ctx, cfg, p, paths)
	if err != nil {
		return err
	}
	for code, n := range reasons {
		fmt.Printf("%d without a score: %s\n", n, code)
	}
	done, err := eval.Calibrate(scores, strict.Threshold, eval.Bootstrap{Seed: c.Seed, Resamples: c.Resamples})
	if err != nil {
		return err
	}
	if err := printTables(os.Stdout, []eval.Table{done.Table(len(paths), len(paths)-len(scores))}); err != nil {
		return err
	}
	if c.DryRun {
		return nil
	}
	path := deploymentFile(cfg, p.set)
	if err := writeDeployment(path, p.set.PAD.Ref(), done); err != nil {
		return err
	}
	fmt.Printf("\nWritten to %s. The server takes it when it starts next; remove the file, or start with --profile default, to go back.\n", path)
	return nil
}

// score gives the live scores of the captures on the card's own scale, without
// what stream checks take from them, and counts the reasons of those that have
// none.
func (c *calibrateCmd) score(ctx context.Context, cfg *config.Config, p *pipeline, paths []string) ([]float64, map[string]int, error) {
	files := map[string]string{}
	var labels []eval.Label
	for _, path := range paths {
		files[path] = path
		labels = append(labels, eval.Label{File: path, Subject: path, Species: eval.BonaFide})
	}
	s := newUnderTest(cfg, p, files)
	names, err := s.Vary(nil, []string{"card"})
	if err != nil {
		return nil, nil, err
	}
	results, err := eval.Detect(ctx, s.work("captures"), labels, s, names, 0.5)
	if err != nil {
		return nil, nil, err
	}
	var scores []float64
	reasons := map[string]int{}
	for _, o := range results[0].Outcomes {
		if o.Answered() {
			scores = append(scores, p.set.PAD.Calibrate(o.Raw))
			continue
		}
		for _, code := range o.Reasons {
			reasons[code]++
		}
	}
	return scores, reasons, nil
}

// captures lists the files below a folder, each content once: the same capture
// fifty times is one capture. Hidden files are left out.
func captures(dir string) ([]string, error) {
	var paths []string
	seen := map[[sha256.Size]byte]bool{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), ".") && path != dir:
			if e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case !e.Type().IsRegular():
			return nil
		}
		digest, err := digestOf(path)
		if err != nil {
			return err
		}
		if !seen[digest] {
			seen[digest] = true
			paths = append(paths, path)
		}
		return nil
	})
	return paths, err
}

func digestOf(path string) (digest [sha256.Size]byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return digest, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return digest, err
	}
	copy(digest[:], h.Sum(nil))
	return digest, nil
}

// writeDeployment puts the operating point in place as a whole or not at all.
func writeDeployment(path string, ref bonafide.ModelRef, c *eval.Calibrated) error {
	d := model.Deployment{
		Model: ref, Captures: c.Rejected.Trials, Made: time.Now().UTC().Format(time.DateOnly),
		Point: model.OperatingPoint{
			Name: model.ProfileDeployment, Threshold: c.Threshold,
			Rates: map[string]float64{"bpcer": c.Rejected.Value()},
			Data:  fmt.Sprintf("%d genuine captures of this deployment", c.Rejected.Trials),
		},
	}
	raw, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	tmp := path + ".new"
	if err := writeSecret(tmp, string(raw)+"\n"); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
