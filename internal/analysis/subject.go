package analysis

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Subject gives the template of the capture subject of a media, made from the
// frame that shows the face best, or else the code of the reason for which there
// is none. Bystanders do no harm; a second face as good as the main one does, since
// it is not known who is meant.
func Subject(ctx context.Context, s *sample.Sample) (t bonafide.Template, reason string, err error) {
	best, err := s.Best(ctx)
	if err != nil {
		return t, "", err
	}
	if best == nil {
		return t, bonafide.ReasonNoFace, nil
	}
	if !best.Mesh.Verified {
		return t, bonafide.ReasonFaceUnclear, nil
	}
	if !(best.Measures.Rivalry <= s.Set().Gate.SecondFaceShare) {
		return t, bonafide.ReasonSeveralFaces, nil
	}
	if t, err = best.Template(ctx); err != nil {
		return t, "", fmt.Errorf("media %s: template: %w", s.Media.ID, err)
	}
	return t, "", nil
}
