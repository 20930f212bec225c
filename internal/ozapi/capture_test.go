package ozapi

import (
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func captureVisits() map[string]visit {
	return map[string]visit{"GET /api/authorize/session_token": {}}
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

func TestCompat21DataContainersAreRefusedWithAdvice(t *testing.T) {
	w := newWorld(t, Config{})
	before := w.folders()
	w.send("POST", "/api/folders/", "", "Content-Type: application/octet-stream").want(400, `"error_code": 13`)
	w.send("POST", "/api/folders/", "OZ\x00container", "Content-Type: application/octet-stream").want(400, `"error_code": 14`, "multipart/form-data")
	if n := w.folders(); n != before {
		t.Errorf("%d folders were made", n-before)
	}
}
