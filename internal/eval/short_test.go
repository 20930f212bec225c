package eval

import (
	"math"
	"strings"
	"testing"
)

func TestTheShortTableTellsHowMuchItRestsOn(t *testing.T) {
	p := &PAD{System: "made", Threshold: 0.5}
	for i := range 40 {
		o := Outcome{Label: Label{Species: BonaFide, Subject: string(rune('a' + i%4))}, Score: 0.9, Accepted: true, Looked: 1}
		switch {
		case i < 10:
			o.Score, o.Accepted = math.NaN(), false
		case i < 13:
			o.Score, o.Accepted = 0.1, false
		case i >= 35:
			o.Species, o.Looked, o.Accepted = "print", 15, false
		}
		p.Outcomes = append(p.Outcomes, o)
	}
	table := ShortPAD([]*PAD{p}, Bootstrap{Seed: 1, Resamples: 200})
	if len(table.Rows) != 2 {
		t.Fatalf("got %v", table.Rows)
	}
	stills, prints := table.Rows[0], table.Rows[1]
	if stills[2] != "35, 4" || stills[3] != "28.57 %" || !strings.HasPrefix(stills[4], "BPCER 3 of 25, 12.0 % (4.2-30.0; by subject ") {
		t.Errorf("got %v", stills)
	}
	if prints[0] != "print, clips" || prints[4] != "APCER 0 of 5, 0.0 % (0.0-43.4)" {
		t.Errorf("got %v", prints)
	}
}
