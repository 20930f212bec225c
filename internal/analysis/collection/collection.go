// Package collection looks for the capture subject among the persons of a
// collection. It writes down, per media, the similarity of the most similar person
// and who the most similar ones are, or why there is no single face to look for.
package collection

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Persons that a search names where the order does not say, and at most.
const (
	defaultCount = 10
	maxCount     = 100
)

// Analysis is one-to-many search. Its zero value is ready for use.
type Analysis struct{}

// Spec declares COLLECTION.
func (Analysis) Spec() analysis.Spec {
	return analysis.Spec{
		Type:  bonafide.Collection,
		Title: "Search in a collection",
		Doc:   "Search for the person among those of a collection.",
		Params: []analysis.Param{
			{
				Name: "decision_threshold", Max: 1, Default: "0.85",
				Doc:    "similarity from which a person of the collection is found",
				Number: func(p *bonafide.Params) **float64 { return &p.DecisionThreshold },
			},
			{
				Name: "decision_count", Min: 1, Max: math.Inf(1), Default: fmt.Sprint(defaultCount),
				Doc:     fmt.Sprintf("how many of the most similar persons are looked at, %d at most", maxCount),
				Integer: func(p *bonafide.Params) **int64 { return &p.DecisionCount },
			},
		},
		Collection: true,
	}
}

// Run searches with each media.
func (Analysis) Run(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
	if in.Gallery == nil || in.Params.CollectionID == "" {
		return nil, bonafide.Errorf(bonafide.CodeUnsupported, "There is no collection to search in")
	}
	count := int64(defaultCount)
	if in.Params.DecisionCount != nil {
		count = min(*in.Params.DecisionCount, maxCount)
	}
	findings := make([]bonafide.Finding, len(in.Samples))
	for i, s := range in.Samples {
		f := &findings[i]
		f.Kind, f.MediaID = bonafide.FindingSearch, s.Media.ID
		probe, reason, err := analysis.Subject(ctx, s)
		switch {
		case err != nil:
			return nil, err
		case reason != "":
			f.Failures = []bonafide.Reason{{Code: reason}}
		default:
			err = search(ctx, in, s, probe, int(count), f)
		}
		if err != nil {
			return nil, fmt.Errorf("media %s: search: %w", s.Media.ID, err)
		}
	}
	return findings, nil
}

// search fills the matches and the score, which is 0 where nobody is enrolled.
func search(ctx context.Context, in analysis.Input, s *sample.Sample, probe bonafide.Template, count int, f *bonafide.Finding) error {
	hits, size, err := in.Gallery.Search(ctx, probe, in.Params.CollectionID, count)
	if err != nil {
		return err
	}
	f.Score = new(float64)
	f.Measures = map[string]float64{"gallery_size": float64(size)}
	for i, h := range hits {
		similarity := s.Set().Embedder.Found(h.Cosine, size)
		if math.IsNaN(similarity) {
			return fmt.Errorf("the comparison with a person gave no number")
		}
		if i == 0 {
			*f.Score, f.Raw = similarity, &h.Cosine
		}
		f.Matches = append(f.Matches, bonafide.Match{PersonID: h.PersonID, CollectionID: in.Params.CollectionID, Similarity: similarity})
	}
	return nil
}
