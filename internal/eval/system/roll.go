package system

import (
	"context"
	"errors"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

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
func (s *System) AtRoll(ctx context.Context, file string, deg float64) (*eval.RollView, error) {
	one := sample.Open(bonafide.Media{ID: bonafide.NewID()}, media.Source{Path: s.Paths[file]}, turning{s.Opener, deg}, s.Set)
	no, v := false, &eval.RollView{Logit: math.NaN(), RollDeg: math.NaN()}
	var err error
	if s.Set.PAD != nil {
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
	if s.Set.PAD != nil {
		v.Logit, err = best.Logit(ctx)
	}
	return v, err
}
