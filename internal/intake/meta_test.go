package intake

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestMetadataGrowsToItsLimitAndMayAlwaysShrink(t *testing.T) {
	text := func(n int) bonafide.Meta { return bonafide.Meta{"a": strings.Repeat("<", n)} }
	const most, around = 100, len(`{"a":""}`)
	for fact, c := range map[string]struct {
		old, change bonafide.Meta
		fits        bool
	}{
		"up to the limit":                   {nil, text(most - around), true},
		"one byte over it":                  {nil, text(most - around + 1), false},
		"over it together":                  {bonafide.Meta{"b": "x"}, text(most - around), false},
		"what was over it may shrink":       {bonafide.Meta{"a": strings.Repeat("x", 500), "b": 1}, bonafide.Meta{"b": nil}, true},
		"what was over it may not grow":     {text(500), text(501), false},
		"what was over it stays unchanged":  {text(500), nil, true},
		"what was over it is not exchanged": {text(500), text(500), false},
	} {
		got, err := MetaLimit(most).Merge(c.old, c.change)
		if c.fits != (err == nil) || err != nil && (bonafide.CodeOf(err) != bonafide.CodeTooLarge || !strings.Contains(err.Error(), "100 bytes")) {
			t.Errorf("%s: %v", fact, err)
		}
		if c.fits && got == nil {
			t.Errorf("%s: nothing came of it", fact)
		}
	}
	var whole bonafide.Meta
	if err := json.Unmarshal([]byte(`{"a": {"b": null}}`), &whole); err != nil {
		t.Fatal(err)
	}
	if got, err := MetaLimit(0).Merge(whole, bonafide.Meta{"b": strings.Repeat("x", DefaultMaxMeta)}); err == nil {
		t.Errorf("%d bytes fit without a setting", size(got))
	}
}
