package ozapi

import (
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

// TestATokenCannotLoosenThresholdsBeyondItsCompanysBounds: an application that orders with
// the token of a service account is refused, by name and number, and nothing is left.
func TestATokenCannotLoosenThresholdsBeyondItsCompanysBounds(t *testing.T) {
	w := newWorld(t, Config{SingleWait: time.Millisecond})
	client, bank := w.token, "/api/companies/"+string(w.user.CompanyID)
	order := func(typ, params string) *reply {
		return w.post("/api/folders", `{"analyses": [{"type": "`+typ+`", "params": {`+params+`}}]}`)
	}
	mixed := func(params string) *reply {
		return w.post("/api/folders", `{"analyses": [{"type": "documents"}, {"type": "quality", "params": {`+params+`}}]}`)
	}
	mixed(`"threshold_spoofing": 0.9`).want(201)
	w.as(bonafide.ClientAdmin, w.user.CompanyID)
	w.patch(bank, `{"max_threshold_spoofing": 1}`).want(400, "max_threshold_spoofing", "0.99", "not 1")
	w.patch(bank, `{"max_threshold_spoofing": "low"}`).want(400, "max_threshold_spoofing")
	w.patch(bank, `{"max_threshold_spoofing": 0.4, "min_threshold_max": 0.8, "max_face_share": 0.5}`).want(200, `"max_threshold_spoofing": 0.4`, `"max_face_share": 0.5`)
	w.get(bank).want(200, `"min_threshold_max": 0.8`)
	w.token = client
	before := w.folders()
	for params, words := range map[string][]string{
		`"threshold_spoofing": 0.9`:    {"threshold_spoofing", "at most 0.4", "not 0.9"},
		`"threshold_spoofing": 0.4001`: {"threshold_spoofing", "0.4001"},
	} {
		if r := mixed(params).want(400); !strings.Contains(r.body, words[0]) || !strings.Contains(r.body, words[1]) {
			t.Errorf("%s: %s", params, r.body)
		}
	}
	w.post("/api/folders", `{"analyses": [{"type": "documents"}, {"type": "biometry", "params": {"threshold_max": 0.7}}]}`).want(400, "threshold_max", "at least 0.8", "not 0.7")
	if n := w.folders(); n != before {
		t.Errorf("%d folders were made", n-before)
	}
	mixed(`"threshold_spoofing": 0.3`).want(201, `"threshold_spoofing": 0.3`)
	mixed(``).want(201, `"threshold_spoofing": 0.4`) // the ordinary 0.5 would be laxer
	order("documents", "").want(201)
	w.as(bonafide.ClientAdmin, w.user.CompanyID)
	w.patch(bank, `{"max_threshold_spoofing": null}`).want(200)
	w.token = client
	mixed(`"threshold_spoofing": 0.9`).want(201)
}
