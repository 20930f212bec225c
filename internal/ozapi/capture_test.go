package ozapi

import (
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func captureVisits() map[string]visit {
	return map[string]visit{"GET /api/authorize/session_token": {}, "POST /api/authorize/session_token": {body: `{"draw": 2}`}}
}

func TestCaptureTokenIsForEverybodyButOperators(t *testing.T) {
	w := newWorld(t, Config{})
	w.send("GET", "/api/authorize/session_token", "", "X-Forensic-Access-Token: ").want(401, `"error_code": 6`)
	if token := w.get("/api/authorize/session_token/").want(200).text("session_token"); strings.Count(token, ".") != 2 {
		t.Errorf("the token is %s", token)
	}
	w.addUser("operator@bonafide.example", bonafide.Operator, "")
	w.signIn("operator@bonafide.example")
	w.get("/api/authorize/session_token").want(403, `"error_code": 9`)
}

func TestADrawThatCannotBeMeantIsRefused(t *testing.T) {
	w := newWorld(t, Config{})
	for _, body := range []string{`{"draw": 0}`, `{"draw": 4}`, `{"draw": 1, "actions": ["video_selfie_smile"]}`, `{"actions": ["video_selfie_jump"]}`,
		`{"actions": [` + strings.Repeat(`"video_selfie_smile", `, 8) + `"video_selfie_smile"]}`, `{"analyses": ["guess"]}`,
		`{"analyses": [` + strings.Repeat(`"QUALITY", `, 8) + `"QUALITY"]}`, `{"end_user_id": "` + strings.Repeat("a", 257) + `"}`} {
		w.post("/api/authorize/session_token", body).want(400, `"error_code": 4`)
	}
}
