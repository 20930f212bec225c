package system

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
)

func TestGatesAreNamed(t *testing.T) {
	card := sampletest.Gate()
	if g, err := gateNamed(card, "2.5"); err != nil || g.MaxFaceShare != 0.4 || g.MaxClipFaceShare != card.MaxClipFaceShare || g.MinSharpness != card.MinSharpness {
		t.Errorf("room of 2.5: %+v, %v", g, err)
	}
	if g, err := gateNamed(card, "card"); err != nil || g != card {
		t.Errorf("the card's: %+v, %v", g, err)
	}
	if g, err := gateNamed(card, "ungated"); err != nil || g.MinFrames != 1 || g.MaxFrames != card.MaxFrames {
		t.Errorf("ungated: %+v, %v", g, err)
	}
	for _, name := range []string{"", "0.5", "NaN", "wide"} {
		if _, err := gateNamed(card, name); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestPlainScoresAreThoseOfTheCalibration(t *testing.T) {
	s := System{Name: "scripted", Set: sampletest.New().Set}
	names, err := s.Vary([]string{"plain", "strict"}, []string{"card", "ungated"})
	if err != nil || len(names) != 4 || names[0] != "scripted, plain" || names[3] != "scripted, gate ungated, strict" {
		t.Fatalf("got %v, %v", names, err)
	}
	if p := s.variants[0].Point; p.At(1) != 0.5 || p.At(15) != 0.5 {
		t.Errorf("plain is at %v and %v", p.At(1), p.At(15))
	}
	if _, err := s.Vary([]string{"none"}, []string{"card"}); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("a point that is not there: %v", err)
	}
}
