package quality

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/light"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// lightMissing is held against a recording in which the colours are not seen. It weighs
// little: by day they are not.
const lightMissing = "light_missing"

// injection writes down what the server found about how a media came here, nothing for
// one that came with no drawn capture. The score is what the hints leave; by itself it
// decides nothing.
func injection(ctx context.Context, s *sample.Sample) ([]bonafide.Finding, error) {
	kept, captured := s.Media.TechnicalMeta[bonafide.InjectionKey]
	if !captured {
		return nil, nil
	}
	f := bonafide.Finding{Kind: bonafide.FindingInjection, MediaID: s.Media.ID}
	raw, err := json.Marshal(kept)
	if err == nil {
		err = json.Unmarshal(raw, &f.Hints)
	}
	if err != nil {
		return nil, fmt.Errorf("media %s: what was found about its capture: %w", s.Media.ID, err)
	}
	shown, ok, err := light.Of(&s.Media)
	if err == nil && ok {
		err = reflected(ctx, s, shown, &f)
	}
	if err != nil {
		return nil, err
	}
	score := 1.0
	for _, h := range f.Hints {
		score *= 1 - h.Weight
	}
	f.Score = &score
	return []bonafide.Finding{f}, nil
}

// reflected looks for the colours of the screen on the face.
func reflected(ctx context.Context, s *sample.Sample, shown light.Shown, f *bonafide.Finding) error {
	moments, err := s.Movement(ctx, nil)
	if err != nil {
		return err
	}
	var looks []light.Look
	for _, m := range moments {
		if m.Mesh != nil {
			looks = append(looks, light.Look{AtMS: m.AtMS, RGB: vision.MeanRGB(m.Image(), inner(m.Mesh.Face().Box))})
		}
	}
	correlation := shown.Correlation(looks)
	if math.IsNaN(correlation) {
		return nil // too little of the sequence lies in this recording
	}
	f.Measures = map[string]float64{"light_correlation": correlation}
	if correlation < light.Least {
		f.Hints = append(f.Hints, bonafide.Hint{Code: lightMissing, Weight: 0.2})
	}
	return nil
}

// inner is the part of a face's box whose colour is taken: without the room behind it.
func inner(b vision.Box) vision.Box {
	const part = 0.6
	return vision.Box{X: b.X + b.W*(1-part)/2, Y: b.Y + b.H*(1-part)/2, W: part * b.W, H: part * b.H}
}
