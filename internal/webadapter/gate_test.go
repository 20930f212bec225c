package webadapter

import (
	"testing"
	"time"
)

func TestPagesAreToldTheGateOfTheirCompany(t *testing.T) {
	w := newWorld(t, `{}`, &vendor{gate: `{"gate": {"min_eye_distance_px": 60, "max_face_share": 0.4, "min_frame_side_px": 480, "max_yaw_deg": 20}}`})
	const told = `"limits":{"max_face_share":0.4,"max_piece_bytes":1048576,"max_upload_bytes":67108864,"min_eye_distance_px":60,"min_lines":480}`
	w.get("/config.php").want(200, told)
	w.get("/config.php").want(200, told)
	if w.api.gates != 1 {
		t.Errorf("the API was asked %d times", w.api.gates)
	}
	w.api.gate = `{"gate": {"min_eye_distance_px": 50, "max_face_share": 0.5, "min_frame_side_px": 240}}`
	w.pass(2 * time.Minute)
	w.get("/config.php").want(200, `"max_face_share":0.5`)
	for _, broken := range []string{`{"gate": {"max_face_share": 7}}`, `{}`, `none`} {
		w.api.gate = broken
		w.pass(2 * time.Minute)
		w.get("/config.php").want(200, `"max_face_share":0.5`, `"min_eye_distance_px":50`)
	}
	newWorld(t, `{}`, &vendor{}).get("/config.php").want(200, `"max_face_share":0.6`, `"min_eye_distance_px":45`, `"min_lines":240`)
	lite := newWorld(t, `{"architecture": "lite"}`, &vendor{gate: `{}`})
	lite.get("/config.php").want(200, `"max_face_share":0.6`)
	if lite.api.gates != 0 {
		t.Error("Oz API Lite was asked")
	}
}
