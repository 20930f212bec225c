package main

import (
	"context"
	"errors"
	"io"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

type evalRollCmd struct {
	Labels string    `required:"" help:"CSV as of eval pad: file and species and, if wanted, dataset, subject and framing." type:"existingfile"`
	Root   string    `help:"Folder of the samples; that of the list by default." type:"existingdir"`
	Rolls  []float64 `help:"Degrees clockwise by which every sample is turned." default:"0,15,30,45,60,75,90,105,120,135,150,165,180,195,210,225,240,255,270,285,300,315,330,345"`

	evalOutput
}

// Run turns every sample and evaluates every set on it.
func (c *evalRollCmd) Run(ctx context.Context, cfg *config.Config) error {
	labels, err := read(c.Labels, eval.ReadLabels)
	if err != nil {
		return err
	}
	var files []string
	for _, l := range labels {
		files = append(files, l.File)
	}
	paths, err := eval.Locate(folderOf(c.Root, c.Labels), files)
	if err != nil {
		return err
	}
	var results []*eval.Rolls
	var tables []eval.Table
	err = c.systems(ctx, cfg, paths, func(s *system) error {
		r, err := eval.Roll(ctx, s.work("rolls"), labels, s, c.Rolls)
		if err != nil {
			return err
		}
		r.System = s.name
		results = append(results, r)
		tables = append(tables, r.Tables(decision.Default().ThresholdMax)...)
		return nil
	})
	if err != nil {
		return err
	}
	return c.write(tables, eval.DET{}, func(w io.Writer) error { return eval.WriteRollScores(w, results) })
}

// turning opens media whose frames are turned clockwise by so many degrees, as those of
// a camera that is held so.
type turning struct {
	media.Opener
	deg float64
}

func (t turning) Open(ctx context.Context, src media.Source) (*media.Clip, error) {
	clip, err := t.Opener.Open(ctx, src)
	if err != nil || t.deg == 0 {
		return clip, err
	}
	turned := *clip
	turned.Frames = nil
	for _, f := range clip.Frames {
		f.Image = vision.Turn(f.Image, t.deg)
		turned.Frames = append(turned.Frames, f)
	}
	return &turned, nil
}

// AtRoll examines a file at one roll.
func (s *system) AtRoll(ctx context.Context, file string, deg float64) (*eval.RollView, error) {
	one := sample.Open(bonafide.Media{ID: bonafide.NewID()}, media.Source{Path: s.paths[file]}, turning{s.opener, deg}, s.set)
	no, v := false, &eval.RollView{Logit: math.NaN(), RollDeg: math.NaN()}
	var err error
	if s.set.PAD != nil {
		v.Findings, err = quality.Analysis{}.Run(ctx, analysis.Input{Samples: []*sample.Sample{one}, Params: bonafide.Params{ExtractBestShot: &no}})
		if err != nil {
			return nil, err
		}
	}
	if v.Template, v.Reason, err = analysis.Subject(ctx, one); err != nil {
		var e *bonafide.Error
		if !errors.As(err, &e) || e.Code != bonafide.CodeValue {
			return nil, err
		}
		v.Reason = e.Message
	}
	best, err := one.Best(ctx)
	if err != nil || best == nil {
		return v, err
	}
	v.RollDeg = best.Measures.Pose.RollDeg
	if s.set.PAD != nil {
		v.Logit, err = best.Logit(ctx)
	}
	return v, err
}
