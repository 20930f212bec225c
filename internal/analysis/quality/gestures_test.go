package quality_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
)

// turning is a recording of three seconds at ten frames a second in which the head turns
// by so many degrees after the first.
func turning(deg float64) []sampletest.Shot {
	var shots []sampletest.Shot
	for i := range 30 {
		s := sampletest.Front()
		if i >= 10 {
			s.Pose.YawDeg = deg
		}
		shots = append(shots, s)
	}
	return shots
}

// findings judges a recording that is tagged with gestures.
func findings(t *testing.T, shots []sampletest.Shot, tags ...string) []bonafide.Finding {
	t.Helper()
	s := sampletest.New().Sample("a", shots...)
	s.Media.Tags = tags
	all, err := quality.Analysis{}.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAGestureIsAFindingOfItsOwn(t *testing.T) {
	for name, tt := range map[string]struct {
		shots []sampletest.Shot
		tag   string
		code  string // of the gesture's failure
	}{
		"shown":       {turning(28), "video_selfie_left", ""},
		"the other":   {turning(28), "video_selfie_right", bonafide.ReasonGestureWrong},
		"a still one": {turning(0), "video_selfie_left", bonafide.ReasonGestureMissing},
		"one frame":   {turning(0)[:1], "video_selfie_high", bonafide.ReasonFramesTooFew},
		"too far out for liveness, but for the calm face": {turning(45), "video_selfie_left", ""},
	} {
		all := findings(t, tt.shots, "video_selfie", tt.tag)
		if len(all) != 3 || all[1].Score == nil {
			t.Errorf("%s: %+v", name, all)
			continue
		}
		f := all[2]
		if f.Kind != bonafide.FindingGesture || f.Gesture != tt.tag || f.MediaID != "a" || (tt.code == "") != (len(f.Failures) == 0) || tt.code != "" && f.Failures[0].Code != tt.code {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if all := findings(t, turning(28), "video_selfie", "video_selfie_blank"); len(all) != 2 {
		t.Errorf("no gesture: %+v", all)
	}
}

func TestTheGestureOfAnotherPersonIsRefused(t *testing.T) {
	shots := turning(28)
	for i := range shots[10:] {
		shots[10+i].Person = 1.5
	}
	all := findings(t, shots, "video_selfie_left")
	if f := all[2]; len(f.Failures) != 1 || f.Failures[0].Code != bonafide.ReasonPersonChanged || f.Measures["person_cosine"] > 0.5 {
		t.Errorf("got %+v", f)
	}
}

func TestWithoutAnIrisNetworkNoBlinkIsJudged(t *testing.T) {
	s := sampletest.New().Sample("a", turning(0)...)
	s.Media.Tags = []string{"video_selfie_eyes"}
	_, err := quality.Analysis{}.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}})
	if bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("got %v", err)
	}
}
