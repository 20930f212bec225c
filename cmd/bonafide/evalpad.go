package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

type evalPADCmd struct {
	Labels    string   `required:"" help:"CSV with the columns file and species (bona_fide or the name of an attack) and, if wanted, dataset, subject, framing, camera and situation." type:"existingfile"`
	Root      string   `help:"Folder of the samples; that of the list by default." type:"existingdir"`
	Framing   []string `help:"Only samples of this framing."`
	Dataset   []string `help:"Only samples of this dataset."`
	Threshold float64  `help:"threshold_spoofing: a sample is accepted while its confidence_spoofing is below it." default:"0.5"`
	Seed      uint64   `help:"Of the resampling by subject." default:"1"`
	Resamples int      `help:"By subject, per interval." default:"1000"`
	Profiles  []string `help:"Operating points to print side by side, from the card of the set, or plain for its scores as calibrated; that in force by default." placeholder:"NAME"`
	Gates     []string `help:"Capture gates to print side by side: card, ungated (any face), or the least room around the face of a still, such as 2.8." default:"card"`
	Promise   []string `help:"Rates for which a threshold is set on all cameras but one and tried on that one: bpcer=RATE or apcer_SPECIES=RATE." default:"bpcer=0.02"`
	OneCamera []string `help:"Datasets that one camera took; where the list has no column camera, every subject of the others has a camera of their own." placeholder:"DATASET"`
	Fit       bool     `help:"Fit a calibration and operating points for the model's card on these very samples and print them as JSON."`

	evalOutput
}

// Run evaluates every set on the same samples.
func (c *evalPADCmd) Run(ctx context.Context, cfg *config.Config) error {
	labels, err := read(c.Labels, eval.ReadLabels)
	if err != nil {
		return err
	}
	if labels = eval.Filter(labels, c.Dataset, c.Framing); len(labels) == 0 {
		return bonafide.Errorf(bonafide.CodeValue, "no sample has this framing and dataset")
	}
	promises, err := c.promises()
	if err != nil {
		return err
	}
	var files []string
	for i, l := range labels {
		files = append(files, l.File)
		if slices.Contains(c.OneCamera, l.Dataset) {
			labels[i].Camera = l.Dataset
		}
	}
	paths, err := eval.Locate(folderOf(c.Root, c.Labels), files)
	if err != nil {
		return err
	}
	live := false
	bootstrap := eval.Bootstrap{Seed: c.Seed, Resamples: c.Resamples}
	var results []*eval.PAD
	det := eval.DET{Title: "Presentation attack detection", X: "APCER", Y: "BPCER"}
	err = c.systems(ctx, cfg, paths, func(s *system) error {
		live = live || s.set.PAD != nil
		names, err := s.vary(c.Profiles, c.Gates)
		if err != nil {
			return err
		}
		mine, err := eval.Detect(ctx, s.work("samples"), labels, s, names, c.Threshold)
		if err != nil {
			return err
		}
		results = append(results, mine...)
		for _, p := range mine {
			curves, err := p.Curves()
			if err != nil {
				return err
			}
			det.Curves = append(det.Curves, curves...)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !live {
		return bonafide.Errorf(bonafide.CodeModel, "no liveness model installed: run `bonafide model pull`")
	}
	if c.Fit {
		return printFits(results)
	}
	tables, err := eval.PADTables(results, promises, bootstrap, workers(cfg))
	if err != nil {
		return err
	}
	return c.write(tables, det, func(w io.Writer) error { return eval.WritePADScores(w, results) })
}

func (c *evalPADCmd) promises() ([]eval.Promise, error) {
	var all []eval.Promise
	for _, s := range c.Promise {
		p, err := eval.ParsePromise(s)
		if err != nil {
			return nil, bonafide.Wrap(bonafide.CodeValue, "--promise", err)
		}
		all = append(all, p)
	}
	return all, nil
}

// plainPoint names scores as the model's card calibrates them, without an operating point.
const plainPoint = "plain"

// vary prepares one variant of the liveness analysis per gate and profile, and
// names them.
func (s *system) vary(profiles, gates []string) (names []string, err error) {
	if s.set.PAD == nil {
		return []string{s.name}, nil
	}
	points := []model.OperatingPoint{s.set.Point}
	if len(profiles) > 0 {
		points = nil
	}
	for _, name := range profiles {
		if name == plainPoint {
			points = append(points, model.OperatingPoint{Name: plainPoint, Threshold: 0.5})
			continue
		}
		at, err := s.set.At(name)
		if err != nil {
			return nil, err
		}
		points = append(points, at.Point)
	}
	for _, name := range gates {
		g, err := gateNamed(s.set.Gate, name)
		if err != nil {
			return nil, err
		}
		for _, p := range points {
			s.variants = append(s.variants, quality.Analysis{Gate: &g, Point: &p})
			full := s.name
			if name != "card" {
				full += ", gate " + name
			}
			if len(profiles) > 0 {
				full += ", " + p.Name
			}
			names = append(names, full)
		}
	}
	return names, nil
}

func gateNamed(card model.Gate, name string) (model.Gate, error) {
	switch name {
	case "card":
		return card, nil
	case "ungated":
		return card.Ungated(), nil
	}
	room, err := strconv.ParseFloat(name, 64)
	if err != nil || !(room >= 1) {
		return model.Gate{}, bonafide.Errorf(bonafide.CodeValue, "a gate is card, ungated or a number from 1 on, not %q", name)
	}
	return card.Room(room), nil
}

// tooLong is the reason of a clip that is sound and over the limit.
const tooLong = "too_long"

// Assess runs the variants of the liveness analysis on one file, which they share.
func (s *system) Assess(ctx context.Context, file string) (*eval.Assessment, error) {
	if s.set.PAD == nil {
		return unanswered(noModel, 1), nil
	}
	no := false
	one := s.sample(file)
	in := analysis.Input{Samples: []*sample.Sample{one}, Params: bonafide.Params{ExtractBestShot: &no}}
	out := &eval.Assessment{}
	for _, v := range s.variants {
		findings, err := v.Run(ctx, in)
		if errors.Is(err, media.ErrTooLong) {
			return unanswered(tooLong, len(s.variants)), nil
		}
		if err != nil {
			return nil, err
		}
		out.Variants = append(out.Variants, findings)
	}
	faces, err := one.Faces(ctx)
	if err != nil {
		return nil, err
	}
	out.Trivial = trivial(faces)
	return out, nil
}

// unanswered gives no score, for one reason.
func unanswered(reason string, variants int) *eval.Assessment {
	out := &eval.Assessment{}
	for range variants {
		out.Variants = append(out.Variants, []bonafide.Finding{{Kind: bonafide.FindingLiveness, Failures: []bonafide.Reason{{Code: reason}}}})
	}
	return out
}

// trivial gives the mean of the plain statistics of the faces, as eval.TrivialNames
// lists them; nil where there is no face.
func trivial(faces []*sample.Face) []float64 {
	var sum vision.Trivial
	n := 0.0
	for _, f := range faces {
		if f == nil {
			continue
		}
		t := vision.TrivialOf(f.Frame.Image, f.Box)
		sum.Brightness, sum.Saturation = sum.Brightness+t.Brightness, sum.Saturation+t.Saturation
		sum.RedGreen, sum.Grain = sum.RedGreen+t.RedGreen, sum.Grain+t.Grain
		n++
	}
	if n == 0 {
		return nil
	}
	return []float64{sum.Brightness / n, sum.Saturation / n, sum.RedGreen / n, sum.Grain / n}
}

// printFits prints a calibration per system as JSON.
func printFits(results []*eval.PAD) error {
	fits := map[string]*eval.Fit{}
	for _, p := range results {
		if !p.Answers() {
			continue
		}
		f, err := p.Fit()
		if err != nil {
			return fmt.Errorf("%s: %w", p.System, err)
		}
		fits[p.System] = f
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	return e.Encode(fits)
}
