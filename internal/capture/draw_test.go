package capture_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
)

func TestEveryPairButTheTwoTurnsIsDrawnAlike(t *testing.T) {
	const n, kinds = 28000, 28
	counts := map[string]int{}
	for range n {
		drawn, err := capture.Draw(2)
		if err != nil {
			t.Fatal(err)
		}
		counts[strings.Join(drawn, " ")]++
	}
	if len(counts) != kinds {
		t.Errorf("%d pairs, want %d: %v", len(counts), kinds, counts)
	}
	chi := 0.0
	for pair, c := range counts {
		if strings.Contains(pair, "left") && strings.Contains(pair, "right") {
			t.Errorf("%s was drawn", pair)
		}
		chi += math.Pow(float64(c)-n/kinds, 2) / (n / kinds)
	}
	if chi > 72 { // of 27 degrees of freedom once in 200,000 runs
		t.Errorf("chi squared is %.1f: %v", chi, counts)
	}
}

func TestADrawHasAGestureOffTheYawAxis(t *testing.T) {
	for n := 1; n <= capture.MaxDraw; n++ {
		for range 500 {
			drawn, err := capture.Draw(n)
			if err != nil {
				t.Fatal(err)
			}
			off := slices.ContainsFunc(drawn, func(a string) bool { return a != capture.Left && a != capture.Right })
			if len(drawn) != n || !off || len(slices.Compact(slices.Sorted(slices.Values(drawn)))) != n {
				t.Fatalf("%v", drawn)
			}
		}
	}
	for _, n := range []int{-1, 0, capture.MaxDraw + 1} {
		if _, err := capture.Draw(n); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%d: %v", n, err)
		}
	}
}

func TestLightChangesTwiceInASecondAtMost(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		l, err := capture.DrawLight()
		if err != nil {
			t.Fatal(err)
		}
		if len(l.Colors) != 8 || l.SymbolMS < 500 || len(slices.Compact(slices.Clone(l.Colors))) != 8 {
			t.Fatalf("%+v", l)
		}
		seen[strings.Join(l.Colors, "")] = true
	}
	if len(seen) < 190 {
		t.Errorf("%d sequences of 200", len(seen))
	}
}
