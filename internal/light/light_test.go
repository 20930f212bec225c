package light

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func drawn(colors ...string) Shown {
	s := Shown{SymbolMS: 500, Begins: map[string]float64{"video_selfie_blank": 2000}}
	for i, c := range colors {
		s.Symbols = append(s.Symbols, Symbol{c, 2300 + 500*float64(i)})
	}
	return s
}

func recorded(t *testing.T, s Shown) Shown {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var stored any
	if err := json.Unmarshal(raw, &stored); err != nil {
		t.Fatal(err)
	}
	got, ok, err := Of(&bonafide.Media{Tags: []string{"video_selfie", "video_selfie_blank"}, TechnicalMeta: bonafide.Meta{Key: stored}})
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return got
}

// face is a face in a room that gets darker and warmer, with the noise of a camera, lit by
// so much of a screen that shows s with a delay.
func face(s Shown, share, delayMS, untilMS float64) []Look {
	noise := rand.New(rand.NewPCG(1, 2))
	var looks []Look
	for at := 0.0; at < untilMS; at += 1000.0 / 15 {
		look := Look{AtMS: at, RGB: [3]float64{150, 110, 90}}
		lit := s.at(at - delayMS)
		for c := range look.RGB {
			tint := 1 + share/assumed*(lit[c]-1)
			look.RGB[c] *= tint * (1 - 0.02*float64(c)*at/4000) * (1 + 0.001*noise.NormFloat64())
		}
		looks = append(looks, look)
	}
	return looks
}

func TestAFaceThatReflectsTheScreenFollowsItsColours(t *testing.T) {
	s := recorded(t, drawn("#ffffff", "#3060ff", "#ffe060", "#30c060", "#c080ff", "#40e0ff", "#3060ff", "#ffe060"))
	other := recorded(t, drawn("#3060ff", "#ffe060", "#c080ff", "#3060ff", "#30c060", "#ffe060", "#ffffff", "#40e0ff"))
	for _, delay := range []float64{0, 120, 290} {
		if got := s.Correlation(face(s, 0.02, delay, 4900)); !(got > 0.9) {
			t.Errorf("with a delay of %v ms: %v", delay, got)
		}
	}
	if got := s.Correlation(face(other, 0.02, 100, 4900)); !(got < Least) {
		t.Errorf("another sequence: %v", got)
	}
	if got := s.Correlation(face(s, 0, 0, 4900)); !(got < Least) {
		t.Errorf("no light: %v", got)
	}
}

func TestARecordingWithTooLittleOfTheSequenceTellsNothing(t *testing.T) {
	s := recorded(t, drawn("#ffffff", "#3060ff", "#ffe060", "#30c060", "#c080ff", "#40e0ff", "#3060ff", "#ffe060"))
	for name, got := range map[string]float64{
		"short":        s.Correlation(face(s, 0.1, 0, 2500)),
		"no frames":    s.Correlation(nil),
		"no sequence":  Shown{}.Correlation(face(s, 0.1, 0, 4900)),
		"other action": recorded(t, s).Correlation(face(s, 0.1, 0, 900)),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAMediaWithoutLightHasNone(t *testing.T) {
	for name, m := range map[string]bonafide.Media{
		"nothing kept":     {Tags: []string{"video_selfie_blank"}},
		"of other actions": {Tags: []string{"video_selfie_left"}, TechnicalMeta: bonafide.Meta{Key: drawn("#ffffff")}},
	} {
		if _, ok, err := Of(&m); ok || err != nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
	if _, ok, err := Of(&bonafide.Media{Tags: []string{"video_selfie_blank"}, TechnicalMeta: bonafide.Meta{Key: "damaged"}}); ok || err == nil {
		t.Error("what cannot be read counts")
	}
}
