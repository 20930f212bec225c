package quality_test

import (
	"encoding/json"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
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
