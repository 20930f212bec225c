package wire

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// What a gesture is judged by is told, so that an owner can see what other limits would do.
func TestEveryMeasureOfAGestureIsTold(t *testing.T) {
	measures := map[string]float64{}
	for i, name := range []string{
		"fps", "seen_share", "left_deg", "up_deg", "mouth_width_ratio", "mouth_lift", "eye_spread_ratio_most", "eye_spread_ratio_least",
		"turned_spread_most", "raised_spread_least", "afresh_yaw_deg", "afresh_pitch_deg", "redrawn_likeness", "person_cosine",
	} {
		measures[name] = float64(i) + 0.5
	}
	raw, err := json.Marshal(viewGesture(&bonafide.Finding{Kind: bonafide.FindingGesture, Measures: measures}))
	if err != nil {
		t.Fatal(err)
	}
	var told map[string]any
	if err := json.Unmarshal(raw, &told); err != nil {
		t.Fatal(err)
	}
	for name, want := range measures {
		if told[name] != want {
			t.Errorf("%s: %v, not %v", name, told[name], want)
		}
	}
}

func TestTheGestureThatWasNotShownIsTold(t *testing.T) {
	finding := func(media bonafide.ID, tag, code string) bonafide.Finding {
		f := bonafide.Finding{Kind: bonafide.FindingGesture, MediaID: media, Gesture: tag, Frames: 45, Measures: map[string]float64{"fps": 15, "left_deg": 31}}
		if code != "" {
			f.Failures = []bonafide.Reason{{Code: code}}
		}
		return f
	}
	unsure := finding("c", "video_selfie_scan", "")
	unsure.Hints = []bonafide.Hint{{Code: bonafide.ReasonGestureUnverified}}
	a := &bonafide.Analysis{Type: bonafide.Quality, Result: &bonafide.Result{Findings: []bonafide.Finding{
		finding("a", "video_selfie_left", ""), finding("b", "video_selfie_smile", bonafide.ReasonGestureWrong), unsure,
	}}}
	for _, tt := range []struct {
		media []bonafide.ID
		want  []string // in the JSON
	}{
		{[]bonafide.ID{"a"}, []string{`"action":"video_selfie_left"`, `"verified":true`, `"reason":null`, `"frames":45`, `"left_deg":31`, `"mouth_lift":null`}},
		{[]bonafide.ID{"a", "b"}, []string{`"action":"video_selfie_smile"`, `"verified":false`, `"reason":"gesture_wrong"`}},
		{[]bonafide.ID{"c"}, []string{`"verified":false`, `"reason":"gesture_unverified"`}},
	} {
		raw, err := json.Marshal(resultsData(a, tt.media))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.want {
			if !strings.Contains(string(raw), want) {
				t.Errorf("%v: %s lacks %s", tt.media, raw, want)
			}
		}
	}
	if raw, _ := json.Marshal(resultsData(a, []bonafide.ID{"d"})); strings.Contains(string(raw), "gesture") {
		t.Errorf("no gesture was asked for: %s", raw)
	}
}
