// Package biometry compares the faces of media, each with each. It writes down
// one similarity per pair, and a failure for each media that shows no single
// face; the least similar pair will decide.
package biometry

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
)

// Analysis is one-to-one comparison. Its zero value is ready for use.
type Analysis struct{}

// Spec declares BIOMETRY.
func (Analysis) Spec() analysis.Spec {
	return analysis.Spec{
		Type:  bonafide.Biometry,
		Title: "Face comparison",
		Doc:   "Comparison of the faces of at least two media, each with each.",
		Params: []analysis.Param{
			{
				Name: "threshold_min", Max: 1, Default: "0.85, and not above threshold_max",
				Doc:    "similarity below which a pair is declined",
				Number: func(p *bonafide.Params) **float64 { return &p.ThresholdMin },
			},
			{
				Name: "threshold_max", Max: 1, Default: "0.85, and not below threshold_min",
				Doc:    "similarity from which a pair passes; between the two an operator decides",
				Number: func(p *bonafide.Params) **float64 { return &p.ThresholdMax },
			},
		},
		Refuse: refuse,
	}
}

// refuse wants at least two media, and thresholds in their order.
func refuse(media []bonafide.Media, p bonafide.Params) error {
	if len(media) < 2 {
		return tooFew(len(media))
	}
	if p.ThresholdMin != nil && p.ThresholdMax != nil && *p.ThresholdMin > *p.ThresholdMax {
		return bonafide.Errorf(bonafide.CodeValue, "threshold_min %v must not be above threshold_max %v", *p.ThresholdMin, *p.ThresholdMax)
	}
	return nil
}

func tooFew(n int) error {
	return bonafide.Errorf(bonafide.CodeValue, "At least two media are needed for BIOMETRY, not %d", n)
}

// subject is a media with a usable face.
type subject struct {
	media    bonafide.ID
	template bonafide.Template
}

// Run compares all pairs of media.
func (Analysis) Run(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
	if len(in.Samples) < 2 {
		return nil, tooFew(len(in.Samples))
	}
	seen, err := lookAll(ctx, &in)
	if err != nil {
		return nil, err
	}
	var findings []bonafide.Finding
	var subjects []subject
	for i, s := range in.Samples {
		t, reason := seen[i].template, seen[i].reason
		if reason != "" {
			findings = append(findings, bonafide.Finding{
				Kind:     bonafide.FindingSimilarity,
				MediaID:  s.Media.ID,
				Failures: []bonafide.Reason{{Code: reason}},
			})
			continue
		}
		subjects = append(subjects, subject{s.Media.ID, t})
	}
	for i, a := range subjects {
		for _, b := range subjects[i+1:] {
			f, err := compare(in.Samples[0].Set().Embedder, a, b)
			if err != nil {
				return nil, err
			}
			findings = append(findings, f)
		}
	}
	return findings, nil
}

// look is the template of a sample's face, or why there is none.
type look struct {
	template bonafide.Template
	reason   string
}

// lookAll begins with the last sample: an analysis that runs beside it, as QUALITY
// does, begins with the first, and each saves the other its half. Where a core is
// idle, samples are looked at side by side.
func lookAll(ctx context.Context, in *analysis.Input) ([]look, error) {
	n := len(in.Samples)
	seen, errs, waits := make([]look, n), make([]error, n), make([]func(), n)
	for i := n - 1; i >= 0; i-- {
		work := func() { seen[i].template, seen[i].reason, errs[i] = analysis.Subject(ctx, in.Samples[i]) }
		if i > 0 {
			waits[i] = in.Start(work)
			continue
		}
		work() // while others are under way
	}
	for _, wait := range waits[1:] {
		wait()
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return seen, nil
}

type comparer interface {
	Compare(a, b bonafide.Template) (cosine, similarity float64, err error)
}

func compare(with comparer, a, b subject) (bonafide.Finding, error) {
	cosine, similarity, err := with.Compare(a.template, b.template)
	if err != nil {
		return bonafide.Finding{}, fmt.Errorf("media %s and %s: %w", a.media, b.media, err)
	}
	if math.IsNaN(cosine) || math.IsNaN(similarity) {
		return bonafide.Finding{}, fmt.Errorf("media %s and %s: the comparison gave no number", a.media, b.media)
	}
	return bonafide.Finding{
		Kind:    bonafide.FindingSimilarity,
		MediaID: a.media,
		OtherID: b.media,
		Score:   &similarity,
		Raw:     &cosine,
	}, nil
}
