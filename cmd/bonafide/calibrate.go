package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
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

// Run scores the captures, sets the thresholds of stills and of clips at the 2 % quantile
// of their live scores, see eval.Calibrate, and writes them where the server looks for
// them when it starts. A kind of which there are too few keeps the point of the card.
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
	paths, err := captures(c.Folder)
	if err != nil {
		return err
	}
	if len(paths) < eval.MinCaptures {
		return bonafide.Errorf(bonafide.CodeValue, "a threshold needs %d or more different captures; %s holds %d", eval.MinCaptures, c.Folder, len(paths))
	}
	scored, err := c.score(ctx, cfg, p, paths)
	if err != nil {
		return err
	}
	found, err := c.calibrated(p.set, scored)
	if err != nil {
		return err
	}
	var tables []eval.Table
	for _, kind := range []eval.Kind{eval.Stills, eval.Clips} {
		if found[kind] != nil {
			tables = append(tables, found[kind].Table(kind))
		} else {
			fmt.Printf("%d answered %s, fewer than %d: their threshold stays that of the card\n", len(scored[kind]), kind, eval.MinCaptures)
		}
	}
	if err := printTables(os.Stdout, tables); err != nil || c.DryRun {
		return err
	}
	path := deploymentFile(cfg, p.set)
	if err := writeDeployment(path, deployment(p.set, found)); err != nil {
		return err
	}
	fmt.Printf("\nWritten to %s. The server takes it when it starts next; remove the file, or start with --profile default, to go back.\n", path)
	return nil
}

// calibrated gives the threshold of each kind of which there are enough captures.
func (c *calibrateCmd) calibrated(set *model.Set, scored map[eval.Kind][]eval.Capture) (map[eval.Kind]*eval.Calibrated, error) {
	strict, ok := set.PointNamed(model.ProfileStrict)
	if !ok {
		return nil, bonafide.Errorf(bonafide.CodeModel, "the card of the set %s names no strict operating point, which is the floor", set.Name)
	}
	lenient, ok := set.PointNamed(model.ProfileLenient)
	if !ok {
		lenient = strict
	}
	found := map[eval.Kind]*eval.Calibrated{}
	for kind, frames := range map[eval.Kind]int{eval.Stills: 1, eval.Clips: set.Gate.MaxFrames} {
		if len(scored[kind]) < eval.MinCaptures {
			continue
		}
		floors := eval.Floors{Strict: strict.At(frames), Lenient: min(lenient.At(frames), strict.At(frames))}
		one, err := eval.Calibrate(scored[kind], floors, eval.Bootstrap{Seed: c.Seed, Resamples: c.Resamples})
		if err != nil {
			return nil, err
		}
		found[kind] = one
	}
	if len(found) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "a threshold needs %d or more captures with a score of one kind; there are %d stills and %d clips",
			eval.MinCaptures, len(scored[eval.Stills]), len(scored[eval.Clips]))
	}
	return found, nil
}

// score gives the live scores of the captures on the card's own scale, without what
// stream checks take from them, by the kind whose threshold they meet, and prints the
// reasons of those that have none. Whoever is named by a folder below that of the
// captures is the subject of those in it; other captures are taken for as many subjects.
func (c *calibrateCmd) score(ctx context.Context, cfg *config.Config, p *pipeline, paths []string) (map[eval.Kind][]eval.Capture, error) {
	files := map[string]string{}
	var labels []eval.Label
	for _, path := range paths {
		name, err := filepath.Rel(c.Folder, path)
		if err != nil {
			return nil, err
		}
		files[name] = path
		subject, _, _ := strings.Cut(filepath.ToSlash(name), "/")
		labels = append(labels, eval.Label{File: name, Subject: subject, Species: eval.BonaFide})
	}
	s := newUnderTest(cfg, p, files)
	names, err := s.Vary(nil, []string{"card"})
	if err != nil {
		return nil, err
	}
	results, err := eval.Detect(ctx, s.work("captures"), labels, s, names, 0.5)
	if err != nil {
		return nil, err
	}
	scored := map[eval.Kind][]eval.Capture{}
	reasons := map[string]int{}
	for _, o := range results[0].Outcomes {
		if o.Answered() {
			kind := eval.Stills
			if clip := p.set.Point.Clip; clip != nil && o.Frames >= clip.Frames {
				kind = eval.Clips
			}
			scored[kind] = append(scored[kind], eval.Capture{File: o.File, Subject: o.Subject, Live: p.set.PAD.Calibrate(o.Raw)})
			continue
		}
		for _, code := range o.Reasons {
			reasons[code]++
		}
	}
	for _, code := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Printf("%d without a score: %s\n", reasons[code], code)
	}
	return scored, nil
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

// deployment is the operating point made of what was found; the rest is the card's.
func deployment(set *model.Set, found map[eval.Kind]*eval.Calibrated) model.Deployment {
	point := set.Point
	point.Name = model.ProfileDeployment
	d := model.Deployment{Model: set.PAD.Ref(), Made: time.Now().UTC().Format(time.DateOnly)}
	data := func(c *eval.Calibrated, kind eval.Kind) string {
		d.Captures += c.Rejected.Trials
		return fmt.Sprintf("%d genuine %s of %d subjects of this deployment", c.Rejected.Trials, kind, c.Subjects)
	}
	if c := found[eval.Stills]; c != nil {
		point.Threshold, point.Rates, point.Data = c.Threshold, map[string]float64{"bpcer": c.Rejected.Value()}, data(c, eval.Stills)
	}
	if c := found[eval.Clips]; c != nil {
		point.Clip = &model.ClipPoint{Frames: point.Clip.Frames, Threshold: c.Threshold, Rates: map[string]float64{"bpcer": c.Rejected.Value()}, Data: data(c, eval.Clips)}
	}
	d.Point = point
	return d
}

// writeDeployment puts the operating point in place as a whole or not at all.
func writeDeployment(path string, d model.Deployment) error {
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
