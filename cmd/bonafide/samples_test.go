package main

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

// TestTheSamplesEndAsTheReadmeSays: one passes, one is declined and is no attack, one is
// for an operator.
func TestTheSamplesEndAsTheReadmeSays(t *testing.T) {
	sample := func(name string) string {
		path := filepath.Join("../../build/samples", name)
		if !isFile(path) {
			t.Skipf("SKIPPED: no %s; run make build", path)
		}
		return path
	}
	starter := modeltest.Starter(t)
	for _, tt := range []struct {
		selfie, reference string
		gap               bool
		quality, biometry bonafide.Status
		class             bonafide.Class
	}{
		{"selfie.jpg", "reference.jpg", false, bonafide.Success, bonafide.Success, bonafide.ClassAccepted},
		{"declined.jpg", "reference.jpg", false, bonafide.Declined, bonafide.Success, bonafide.ClassTryAgain},
		{"selfie.jpg", "operator.jpg", true, bonafide.Success, bonafide.OperatorRequired, bonafide.ClassOperator},
	} {
		first, second := sample(tt.selfie), sample(tt.reference)
		order := client.Order{Type: "biometry"}
		if tt.gap {
			order.Params = map[string]any{"threshold_min": 0.5, "threshold_max": 0.85}
		}
		served(t, starter, func(ctx context.Context, api *client.Client) {
			f, err := api.CreateFolder(ctx, client.Payload{MediaTags: map[string][]string{"id": {"photo_id_front"}},
				Analyses: []client.Order{{Type: "quality"}, order}}, file(t, "selfie", first), file(t, "id", second))
			if err != nil {
				t.Fatal(err)
			}
			if f.Analyses[0].Resolution != tt.quality || f.Analyses[1].Resolution != tt.biometry {
				t.Errorf("%s and %s end as %s, %s", tt.selfie, tt.reference, f.Analyses[0].Resolution, f.Analyses[1].Resolution)
			}
			if got := decision.WorstClass(f.Analyses[0].Technical.Class, f.Analyses[1].Technical.Class); got != tt.class {
				t.Errorf("%s and %s are of class %q", tt.selfie, tt.reference, got)
			}
		})
	}
}
