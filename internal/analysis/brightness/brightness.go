// Package brightness tells how well the face of each media is lit. It shows what a new
// type of analysis costs.
package brightness

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
)

// Analysis is a measurement of light. Its zero value is ready for use.
type Analysis struct{}

// Spec declares BRIGHTNESS.
func (Analysis) Spec() analysis.Spec {
	return analysis.Spec{Type: bonafide.Brightness, Title: "Light", Doc: "How well the face is lit."}
}

// Run writes down one finding per media.
func (Analysis) Run(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
	findings := make([]bonafide.Finding, len(in.Samples))
	for i, s := range in.Samples {
		f := &findings[i]
		f.Kind, f.MediaID = bonafide.FindingBrightness, s.Media.ID
		best, err := s.Best(ctx)
		switch {
		case err != nil:
			return nil, err
		case best == nil:
			f.Failures = []bonafide.Reason{{Code: bonafide.ReasonNoFace}}
		case math.IsNaN(best.Measures.Brightness):
			return nil, fmt.Errorf("media %s: brightness is not a number", s.Media.ID)
		default:
			f.Score = &best.Measures.Brightness
		}
	}
	return findings, nil
}
