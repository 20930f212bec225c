package decision_test

import (
	"math"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
)

func TestOnlyWhatIsDecisiveAboutACaptureDeclines(t *testing.T) {
	live, score := 0.99, 0.0
	finding := func(hints ...bonafide.Hint) bonafide.Finding {
		return bonafide.Finding{Kind: bonafide.FindingInjection, MediaID: "a", Score: &score, Hints: hints}
	}
	passed := bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: "a", Score: &live}
	for name, tt := range map[string]struct {
		hints []bonafide.Hint
		want  bonafide.Status
	}{
		"nothing":                 {nil, bonafide.Success},
		"much that is weak":       {[]bonafide.Hint{{Code: "canvas_track", Weight: 0.99}, {Code: "webdriver", Weight: 0.99}}, bonafide.Success},
		"a loop":                  {[]bonafide.Hint{{Code: bonafide.ReasonDuplicateFrames, Weight: 1}, {Code: "webdriver", Weight: 0.3}}, bonafide.Declined},
		"a weight that is no one": {[]bonafide.Hint{{Code: bonafide.ReasonLate, Weight: math.NaN()}}, bonafide.Declined},
	} {
		v, err := decision.Default().Resolve([]bonafide.ID{"a"}, []bonafide.Finding{passed, finding(tt.hints...)}, bonafide.Params{})
		if err != nil || v.Resolution != tt.want {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
		if tt.want == bonafide.Declined && !slices.Equal(v.Reasons, []bonafide.Reason{{Code: tt.hints[0].Code, Media: "a"}}) {
			t.Errorf("%s: reasons %v", name, v.Reasons)
		}
	}
}

func TestHowACaptureCameIsNoMeasureOfLiveness(t *testing.T) {
	one := 1.0
	alone := []bonafide.Finding{{Kind: bonafide.FindingInjection, MediaID: "a", Score: &one}}
	if v, err := decision.Default().Resolve([]bonafide.ID{"a"}, alone, bonafide.Params{}); err == nil {
		t.Errorf("nothing else was measured, and it is %s", v.Resolution)
	}
}
