package main

import (
	"context"
	"io"
	"os"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/eval"
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
	labels, paths, err := c.samples()
	if err != nil {
		return err
	}
	promises, err := c.promises()
	if err != nil {
		return err
	}
	live := false
	bootstrap := eval.Bootstrap{Seed: c.Seed, Resamples: c.Resamples}
	var results []*eval.PAD
	det := eval.DET{Title: "Presentation attack detection", X: "APCER", Y: "BPCER"}
	err = c.systems(ctx, cfg, paths, func(s *underTest) error {
		live = live || s.Set.PAD != nil
		names, err := s.Vary(c.Profiles, c.Gates)
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
		return eval.WriteFits(os.Stdout, results)
	}
	tables, err := eval.PADTables(results, promises, bootstrap, workers(cfg))
	if err != nil {
		return err
	}
	if err := c.writeShort(eval.ShortPAD(results, bootstrap)); err != nil {
		return err
	}
	return c.write(tables, det, func(w io.Writer) error { return eval.WritePADScores(w, results) })
}

// samples reads the list and finds its files.
func (c *evalPADCmd) samples() ([]eval.Label, map[string]string, error) {
	labels, err := read(c.Labels, eval.ReadLabels)
	if err != nil {
		return nil, nil, err
	}
	if labels = eval.Filter(labels, c.Dataset, c.Framing); len(labels) == 0 {
		return nil, nil, bonafide.Errorf(bonafide.CodeValue, "no sample has this framing and dataset")
	}
	var files []string
	for i, l := range labels {
		files = append(files, l.File)
		if slices.Contains(c.OneCamera, l.Dataset) {
			labels[i].Camera = l.Dataset
		}
	}
	paths, err := eval.Locate(folderOf(c.Root, c.Labels), files)
	return labels, paths, err
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
