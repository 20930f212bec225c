package analysis_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
)

func TestAFaceThatCannotBeAlignedHasNoTemplate(t *testing.T) {
	studio := sampletest.New()
	unclear := sampletest.Front()
	unclear.Unclear = true
	template, reason, err := analysis.Subject(t.Context(), studio.Sample("a", unclear))
	if err != nil || reason != bonafide.ReasonFaceUnclear || len(template.Vector()) > 0 || studio.Embedded.Load() > 0 {
		t.Errorf("%q, %v, %d templates", reason, err, studio.Embedded.Load())
	}
	// One frame that can be aligned is enough, however much sharper the others are.
	plain := sampletest.Front()
	plain.Image = sampletest.Plain(120, 110, 100)
	if _, reason, err = analysis.Subject(t.Context(), studio.Sample("b", unclear, plain, unclear)); err != nil || reason != "" {
		t.Errorf("%q, %v", reason, err)
	}
}

func TestATurnedFaceHasATemplate(t *testing.T) {
	for _, deg := range []float64{-90, 45, 180} {
		studio := sampletest.New()
		rolled := sampletest.Front()
		rolled.Pose.RollDeg = deg
		if _, reason, err := analysis.Subject(t.Context(), studio.Sample("a", rolled)); err != nil || reason != "" {
			t.Errorf("%g degrees: %q, %v", deg, reason, err)
		}
	}
}
