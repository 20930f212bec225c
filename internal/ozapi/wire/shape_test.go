package wire

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// TestShapesHoldWhatIsSent reads the answers that other tests hold by the types that
// describe what a Go type leaves open: nothing that is sent may be missing there.
func TestShapesHoldWhatIsSent(t *testing.T) {
	var analyses []struct {
		Type      string          `json:"type"`
		Confs     json.RawMessage `json:"confs"`
		Technical json.RawMessage `json:"technical_meta_data"`
		Results   json.RawMessage `json:"results_data"`
		Media     []struct {
			Results json.RawMessage `json:"results_data"`
		} `json:"results_media"`
		Source []struct {
			Info json.RawMessage `json:"info"`
		} `json:"source_media"`
	}
	raw, err := os.ReadFile("testdata/analyses.json")
	if err == nil {
		err = json.Unmarshal(raw, &analyses)
	}
	if err != nil || len(analyses) == 0 {
		t.Fatalf("%d analyses, %v", len(analyses), err)
	}
	for _, a := range analyses {
		holds(t, a.Type+" confs", a.Confs, &Confs{})
		holds(t, a.Type+" technical_meta_data", a.Technical, &AnalysisNotes{})
		for _, m := range a.Source {
			holds(t, "info", m.Info, &Files{})
		}
		for _, r := range ResultsByType() {
			if string(r.Type) != a.Type {
				continue
			}
			same(t, a.Type+" results_data", a.Results, r.Whole)
			for _, m := range a.Media {
				same(t, a.Type+" results_data of a media", m.Results, r.Media)
			}
		}
	}
}

func holds(t *testing.T, what string, raw json.RawMessage, shape any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(shape); err != nil {
		t.Errorf("%s: %v in %s", what, err, raw)
	}
}

// same holds that an object has exactly the fields of a shape.
func same(t *testing.T, what string, raw json.RawMessage, shape any) {
	t.Helper()
	want, err := json.Marshal(shape)
	if err != nil {
		t.Fatal(err)
	}
	var got, named map[string]any
	if json.Unmarshal(raw, &got) != nil || json.Unmarshal(want, &named) != nil || len(got) == 0 || len(got) != len(named) {
		t.Errorf("%s: %s, want the fields of %s", what, raw, want)
	}
	for name := range named {
		if _, there := got[name]; !there {
			t.Errorf("%s: no %s in %s", what, name, raw)
		}
	}
}
