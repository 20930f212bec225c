package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture/capturetest"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

// recorder seals the frames of a clip, as the plugin seals those of a camera.
type recorder struct {
	frames [][]byte
	made   atomic.Int64 // frames, so that none is like another
}

// beginning is what a page is told when a capture begins.
type beginning struct {
	Token     string      `json:"session_token"`
	Session   string      `json:"event_session_id"` // of the adapter, empty without one
	Challenge bonafide.ID `json:"challenge_id"`
	Actions   []string    `json:"actions"`
	Container struct {
		Key string `json:"public_key"`
	} `json:"container"`
}

// seal gives the container of a capture, after the time that it takes.
func (r *recorder) seal(b beginning, meta bonafide.Meta) ([]byte, error) {
	m, names := capturetest.Recording(b.Challenge, b.Actions...)
	m.Meta = meta
	content, err := capturetest.Filled(m, names, func(i int) []byte {
		return fmt.Append(slices.Clone(r.frames[i%len(r.frames)]), r.made.Add(1))
	})
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(b.Container.Key)
	if err != nil {
		return nil, err
	}
	time.Sleep(time.Duration(m.Actions[len(m.Actions)-1].EndedMS) * time.Millisecond)
	return capturetest.Seal(key, b.Token, content)
}

// capture goes through a sealed capture of the adapter and gives the last answer.
func (r *recorder) capture(b browser, begin string) map[string]any {
	b.t.Helper()
	told := b.ask("POST", "/init.php", []byte(begin), 200, "Content-Type", "application/json")
	var began beginning
	raw, _ := told["page"].(string)
	if err := json.Unmarshal([]byte(raw), &began); err != nil {
		b.t.Fatal(err)
	}
	var wish struct {
		Meta bonafide.Meta `json:"meta"`
	}
	if err := json.Unmarshal([]byte(begin), &wish); err != nil {
		b.t.Fatal(err)
	}
	meta := bonafide.Meta{"event_session_id": began.Session}
	for key, value := range wish.Meta {
		meta[key] = value
	}
	container, err := r.seal(began, meta)
	if err != nil {
		b.t.Fatal(err)
	}
	b.ask("POST", "/request.php", container, 200, "esid", began.Session, "X-Session-Token", began.Token, "Content-Type", "application/octet-stream")
	for until := time.Now().Add(3 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		result := b.ask("GET", "/request.php?esid="+began.Session, nil, 200)
		if delete(result, "page"); result["state"] == "finished" {
			return result
		}
		if time.Now().After(until) {
			b.t.Fatalf("it does not end: %v", result)
		}
	}
}

// page does what a page does for the reader of a guide: it captures for a session token that
// its back end drew, or by the adapter.
func (r *recorder) page(p *process) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /sealed", func(w http.ResponseWriter, q *http.Request) {
		var b beginning
		err := json.NewDecoder(q.Body).Decode(&b)
		if err == nil && len(b.Actions) > 0 {
			var container []byte
			if container, err = r.seal(b, nil); err == nil {
				_, _ = w.Write(container)
				return
			}
		}
		http.Error(w, fmt.Sprint("no capture: ", err), http.StatusBadRequest)
	})
	mux.HandleFunc("POST /captured", func(http.ResponseWriter, *http.Request) {
		r.capture(browser{t: p.t, url: "http://" + p.address}, `{"actions": ["video_selfie_blank"], "meta": {"transaction_id": "T-1"}}`)
	})
	return mux
}

func TestTheCommandsOfCaptureGuidesWorkAsTheyStand(t *testing.T) {
	const docs = "../../docs/build/"
	script := commands(t, docs+"web.md")
	if !slices.Equal(script, commands(t, docs+"web.ru.md")) {
		t.Error("the commands of the two guides differ")
	}
	instant := commands(t, docs+"instant.md")
	if !slices.Equal(instant, commands(t, docs+"instant.ru.md")) {
		t.Error("the commands of the two pages on instant calls differ")
	}
	live, _, document := evaluationClips(t)
	r := &recorder{frames: framesOf(t, live)}
	zip := filepath.Join(t.TempDir(), "frames.zip")
	if err := os.WriteFile(zip, zipped(t, r.frames), 0o600); err != nil {
		t.Fatal(err)
	}
	// Company and service token are those of the guide before it; then a page captures.
	whole := commands(t, docs+"guide.md")[0] + `command curl -sS --fail-with-body -X POST "$PAGE/captured"` + "\n" + strings.Join(append(script, instant...), "")
	out := follow(t, whole, map[string]string{"selfie.mp4": live, "document.jpg": document, "passport.jpg": document, "frames.zip": zip,
		"reference.jpg": modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0004.jpg")}, r.page)
	for _, want := range []string{`"use_wasm_container":true`, `"transaction_id": "T-1"`, `"gesture_missing"`, `"min_eye_distance_px": `, `frame-ancestors *`, `"qr": "`, `"used_at": null`,
		`"tags": ["photo_id", "photo_id_front"]`, `"system_resolution_all": "`, `"transaction_id": "T-3"`, `"system_resolution": "SUCCESS"`, `"content": "`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing in\n%s", want, out)
		}
	}
}
