package quality_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/light"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
)

func TestWhatWasFoundAboutACaptureIsAFindingOfItsOwn(t *testing.T) {
	hints := []bonafide.Hint{{Code: bonafide.ReasonLate, Weight: 1}, {Code: "webdriver", Weight: 0.3}}
	raw, err := json.Marshal(hints)
	if err != nil {
		t.Fatal(err)
	}
	var stored any
	if err := json.Unmarshal(raw, &stored); err != nil {
		t.Fatal(err)
	}
	run := func(meta bonafide.Meta) (found []bonafide.Finding, err error) {
		s := sampletest.New().Sample("a", repeat(1, sampletest.Front())...)
		s.Media.TechnicalMeta = meta
		all, err := quality.Analysis{}.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}})
		for _, f := range all {
			if f.Kind == bonafide.FindingInjection {
				found = append(found, f)
			}
		}
		return found, err
	}
	for name, kept := range map[string]any{"as it was made": hints, "as it was stored": stored} {
		found, err := run(bonafide.Meta{bonafide.InjectionKey: kept})
		if err != nil || len(found) != 1 || found[0].MediaID != "a" || *found[0].Score != 0 || len(found[0].Hints) != 2 || found[0].Hints[1] != hints[1] {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
	if found, err := run(bonafide.Meta{bonafide.InjectionKey: []bonafide.Hint{}}); err != nil || len(found) != 1 || *found[0].Score != 1 {
		t.Errorf("nothing against it: %+v, %v", found, err)
	}
	if found, err := run(nil); err != nil || len(found) != 0 {
		t.Errorf("no capture: %+v, %v", found, err)
	}
	if found, err := run(bonafide.Meta{bonafide.InjectionKey: "damaged"}); err == nil {
		t.Errorf("what cannot be read passes: %+v", found)
	}
}

// TestTheColoursOfTheScreenAreLookedForOnTheFace: they count little, and only where the
// recording shows enough of them.
func TestTheColoursOfTheScreenAreLookedForOnTheFace(t *testing.T) {
	shown := light.Shown{SymbolMS: 500, Begins: map[string]float64{"video_selfie_blank": 1000}}
	screen := [][3]int{{0xff, 0xff, 0xff}, {0x30, 0x60, 0xff}, {0xff, 0xe0, 0x60}, {0x30, 0xc0, 0x60}, {0xc0, 0x80, 0xff}, {0x40, 0xe0, 0xff}, {0x30, 0x60, 0xff}, {0xff, 0xe0, 0x60}}
	for i, c := range screen {
		shown.Symbols = append(shown.Symbols, light.Symbol{Color: fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]), AtMS: 1000 + 500*float64(i)})
	}
	run := func(lit bool, frames int) bonafide.Finding {
		var shots []sampletest.Shot
		for i := range frames {
			shot, c := sampletest.Front(), screen[min(i/5, len(screen)-1)]
			shot.Image = sampletest.Plain(150, 110, 90)
			if lit {
				shot.Image = sampletest.Plain(uint8(140+c[0]/12), uint8(100+c[1]/12), uint8(80+c[2]/12))
			}
			shots = append(shots, shot)
		}
		s := sampletest.New().Sample("a", shots...)
		s.Media.Tags = []string{"video_selfie", "video_selfie_blank"}
		s.Media.TechnicalMeta = bonafide.Meta{bonafide.InjectionKey: []bonafide.Hint{}, light.Key: shown}
		all, err := quality.Analysis{}.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if f.Kind == bonafide.FindingInjection {
				return f
			}
		}
		t.Fatal("nothing was found about the capture")
		return bonafide.Finding{}
	}
	if f := run(true, 42); !(f.Measures["light_correlation"] > 0.9) || *f.Score != 1 || len(f.Hints) != 0 {
		t.Errorf("lit: %+v", f)
	}
	if f := run(false, 42); f.Measures["light_correlation"] > light.Least || *f.Score != 0.8 || len(f.Hints) != 1 || f.Hints[0].Code != "light_missing" {
		t.Errorf("not lit: %+v", f)
	}
	if f := run(true, 15); len(f.Measures) != 0 || *f.Score != 1 {
		t.Errorf("too short: %+v", f)
	}
}
