package brightness_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/brightness"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
)

func TestAFaceInLightIsMeasured(t *testing.T) {
	studio := sampletest.New()
	dark := sampletest.Front()
	dark.Image = sampletest.Plain(0, 0, 0)
	samples := []*sample.Sample{studio.Sample("a", sampletest.Front()), studio.Sample("b", dark), studio.Sample("c", sampletest.Shot{})}
	f, err := brightness.Analysis{}.Run(t.Context(), analysis.Input{Samples: samples})
	if err != nil || !(*f[0].Score > 0.3) || *f[1].Score != 0 || f[2].Score != nil || f[2].Failures[0].Code != bonafide.ReasonNoFace {
		t.Errorf("got %+v, %v", f, err)
	}
}
