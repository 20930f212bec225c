// Package system is a model set as an evaluation sees it: the analyses that the server
// runs, on files. Package eval asks it for findings and templates and never sees a picture.
package system

import (
	"context"
	"errors"
	"strconv"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/biometry"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// System is one set. Its methods may be called from many goroutines once Vary has
// returned.
type System struct {
	Name     string
	Set      *model.Set
	Opener   media.Opener
	Paths    map[string]string // of the files that are asked for
	MainFace bool              // of several faces the main one is taken, which the server would refuse

	variants []quality.Analysis // of the liveness analysis
}

// noModel is the reason for which a set without a liveness model gives no answer.
// Beside other sets that is a row of the table, not the end of the evaluation.
const noModel = "no_liveness_model"

// plain names scores as the model's card calibrates them, without an operating point.
const plain = "plain"

// Vary prepares one variant of the liveness analysis per gate and profile, and
// names them.
func (s *System) Vary(profiles, gates []string) (names []string, err error) {
	if s.Set.PAD == nil {
		return []string{s.Name}, nil
	}
	points := []model.OperatingPoint{s.Set.Point}
	if len(profiles) > 0 {
		points = nil
	}
	for _, name := range profiles {
		if name == plain {
			points = append(points, model.OperatingPoint{Name: plain, Threshold: 0.5})
			continue
		}
		at, err := s.Set.At(name)
		if err != nil {
			return nil, err
		}
		points = append(points, at.Point)
	}
	for _, name := range gates {
		g, err := gateNamed(s.Set.Gate, name)
		if err != nil {
			return nil, err
		}
		for _, p := range points {
			s.variants = append(s.variants, quality.Analysis{Gate: &g, Point: &p})
			full := s.Name
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
func (s *System) Assess(ctx context.Context, file string) (*eval.Assessment, error) {
	if s.Set.PAD == nil {
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

// Template compares the file with itself, so that it is taken or refused by the
// rules of the analysis, and gives the template that was made for that.
func (s *System) Template(ctx context.Context, file string) (bonafide.Template, []bonafide.Reason, error) {
	one := s.sample(file)
	findings, err := biometry.Analysis{}.Run(ctx, analysis.Input{Samples: []*sample.Sample{one, one}})
	if err != nil {
		return bonafide.Template{}, nil, err
	}
	for _, f := range findings {
		if len(f.Failures) > 0 && !(s.MainFace && f.Failures[0].Code == bonafide.ReasonSeveralFaces) {
			return bonafide.Template{}, f.Failures, nil
		}
	}
	best, err := one.Best(ctx)
	if err != nil {
		return bonafide.Template{}, nil, err
	}
	t, err := best.Template(ctx)
	return t, nil, err
}

// Compare gives cosine and similarity.
func (s *System) Compare(a, b bonafide.Template) (raw, similarity float64, err error) {
	return s.Set.Embedder.Compare(a, b)
}

func (s *System) sample(file string) *sample.Sample {
	m := bonafide.Media{ID: bonafide.NewID()}
	return sample.Open(m, media.Source{Path: s.Paths[file]}, s.Opener, s.Set)
}
