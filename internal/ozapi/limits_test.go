package ozapi

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

// gates are those of a set that lets faces fill 60 % of a still.
func gates() Gates {
	rates := func(share, bpnrr float64) model.GateRate {
		return model.GateRate{MaxFaceShare: share, Rates: map[string]float64{"bpnrr": bpnrr}, Data: "ten stills"}
	}
	return &job.Evaluator{Set: &model.Set{Name: "starter", Gate: model.Gate{MaxFaceShare: 0.6, MinEyeDistancePx: 45},
		GateRates: []model.GateRate{rates(0.6, 0.01), rates(0.5, 0.25)}}}
}

// TestACapturePageLearnsTheLimitsOfItsCompany: also with the token of a service account,
// which is the one that it has.
func TestACapturePageLearnsTheLimitsOfItsCompany(t *testing.T) {
	w := newWorld(t, Config{})
	bank, at := w.user.CompanyID, "/api/capture_limits"
	inForce := func(bpnrr string) string {
		return `"in_force": true, "rates": {"bpnrr": ` + bpnrr + `}`
	}
	w.get(at).want(200, `"company_id": "`+string(bank)+`"`, `"max_face_share": 0.6`, inForce("0.01"), `"min_eye_distance_px": 45`)
	w.as(bonafide.ClientAdmin, bank)
	w.patch("/api/companies/"+string(bank), `{"max_face_share": 0.45, "min_eye_distance": 60}`).want(200)
	w.as(bonafide.ClientService, bank)
	w.get(at).want(200, `"max_face_share": 0.45`, inForce("0.25"), `"min_eye_distance_px": 60`)
	w.as(bonafide.Admin, "")
	w.get(at).want(200, `"company_id": null`, `"max_face_share": 0.6`, inForce("0.01"))
	w.token = ""
	w.get(at).want(401)
}

// TestCaptureLimitsAreThoseOfTheGate of the real starter set.
func TestCaptureLimitsAreThoseOfTheGate(t *testing.T) {
	e := &job.Evaluator{Set: modeltest.Starter(t)}
	for _, tt := range []struct{ company, share, row float64 }{{0.83, 0.6, 0.6}, {0.5, 0.5, 0.5}, {0.47, 0.47, 0.5}, {0.3, 0.3, 0.4}} {
		out := viewLimits("", e.SetWithin(bound.Limits{bound.MaxFaceShare: tt.company}))
		if out.Gate.MaxFaceShare != tt.share || len(out.Rates) < 5 {
			t.Errorf("company %v: %+v", tt.company, out)
		}
		for _, r := range out.Rates {
			if r.InForce != (r.MaxFaceShare == tt.row) || r.Rates["bpnrr"] == 0 || r.Data == "" {
				t.Errorf("company %v: %+v", tt.company, r)
			}
		}
	}
}
