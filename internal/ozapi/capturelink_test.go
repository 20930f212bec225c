package ozapi

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestALinkIsMadeWithItsCodeAndReadByItsCompany(t *testing.T) {
	w := newWorld(t, Config{Pages: true})
	made := w.post("/api/captures/links/", `{"actions": ["photo_id_front"], "draw": 2, "meta": {"transaction_id": "T-1"}, "lang": "ru",
		"brand": {"color": "#1f5fbf", "name": "Банк"}, "expires_in": 3600}`).want(201, `"used_at": null`, `"folder_id": null`)
	id := made.text("link_id")
	if url := made.text("url"); !strings.HasSuffix(url, "/c/"+id) || !strings.HasPrefix(url, "http") {
		t.Errorf("it leads to %s", url)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(made.text("qr"), "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := png.Decode(bytes.NewReader(raw)); err != nil || picture.Bounds().Dx() < 200 {
		t.Errorf("the code: %v", err)
	}
	w.get("/api/captures/links/"+id).want(200, id, "not", `"qr"`)
	other := bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(t.Context(), &other))
	w.addUser("stranger@bonafide.example", bonafide.ClientAdmin, other.ID)
	w.signIn("stranger@bonafide.example")
	w.get("/api/captures/links/" + id).want(404)
}

func TestALinkIsRefusedThatCannotBeMeant(t *testing.T) {
	w := newWorld(t, Config{Pages: true})
	for _, body := range []string{`{"actions": ["selfie"]}`, `{"actions": ["video_selfie_jump"]}`, `{"actions": ["video_selfie_left"], "draw": 1}`, `{"draw": 7}`, `{"draw": -1}`, `{"expires_in": 59}`,
		`{"expires_in": 2592001}`, `{"lang": "<ru>"}`, `{"brand": {"color": "red"}}`, `{"brand": {"logo": "https://bank.example/logo.png"}}`,
		`{"brand": {"logo": "data:image/svg+xml;base64,AA=="}}`, `{"resolution_endpoint": "ftp://bank.example"}`} {
		w.post("/api/captures/links/", body).want(400, `"error_code": 4`)
	}
	w.post("/api/captures/links/", `{"meta": 1}`).want(400, `"error_code": 5`)
}

func TestTheWebhookOfAFolderComesInTheQueryOrInThePayload(t *testing.T) {
	w := newWorld(t, Config{})
	const path, hook = "/api/folders/?resolution_endpoint=https%3A%2F%2Fbank.example%2Fhook", `"resolution_endpoint": "https://bank.example/hook"`
	w.post(path, `{}`).want(201, hook)
	w.post(path, `{`+hook+`}`).want(201, hook)
	w.post(path, `{"resolution_endpoint": "https://bank.example/other"}`).want(400, `"error_code": 4`)
	w.post("/api/folders/?resolution_endpoint=https://bank.example/"+strings.Repeat("a", 2048), `{}`).want(400, `"error_code": 4`)
}

func TestWithoutPagesThereAreNoLinks(t *testing.T) {
	newWorld(t, Config{}).post("/api/captures/links/", `{}`).want(404)
}

func TestTheJournalOfACaptureIsReadWithItsFolder(t *testing.T) {
	w := newWorld(t, Config{})
	session := string(bonafide.NewID())
	w.post("/api/event_sessions/", `{"session_id": "`+session+`", "events": [{"event": "action_start", "t_ms": 5}]}`).want(201)
	folder := w.post("/api/folders/", `{"folder:meta_data": {"event_session_id": "`+session+`"}}`).want(201).text("folder_id")
	w.get("/api/folders/"+folder+"/events/").want(200, session, "action_start")
	for _, word := range []string{"none", string(bonafide.NewID())} {
		folder := w.post("/api/folders/", `{"folder:meta_data": {"event_session_id": "`+word+`"}}`).want(201).text("folder_id")
		w.get("/api/folders/"+folder+"/events").want(200, "[]")
	}
}
