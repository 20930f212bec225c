package ozapi

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/license"
	"github.com/bonafide-id/bonafide/internal/webadapter"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// pages is a web adapter before the server of a world, as a page in a browser sees it.
type pages struct {
	*world
	handler http.Handler
}

// before puts an adapter with settings of the file before the server.
func (w *world) before(file string) pages {
	w.t.Helper()
	settings, _, err := appconfig.Read([]byte(file), nil)
	w.must(err)
	settings.APIURL, settings.APIToken = w.url+"/api/", w.token
	h, err := webadapter.New(context.Background(), webadapter.Config{Settings: settings, Dir: w.t.TempDir(), License: license.Open(), Now: w.clock.Now}, http.NotFoundHandler())
	w.must(err)
	w.t.Cleanup(h.Close)
	return pages{w, h}
}

// ask sends a request of a page. Lines are headers.
func (p pages) ask(method, path string, body []byte, lines ...string) *reply {
	p.t.Helper()
	r := httptest.NewRequest(method, "https://id.example"+path, bytes.NewReader(body))
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	rec := httptest.NewRecorder()
	p.handler.ServeHTTP(rec, r)
	return &reply{t: p.t, status: rec.Code, header: rec.Header(), body: rec.Body.String()}
}

// shown is an answer of the adapter, whose form is not that of the API.
func (r *reply) shown(status int, parts ...string) *reply {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("status %d, want %d: %s", r.status, status, r.body)
	}
	for _, part := range parts {
		if !strings.Contains(r.body, part) {
			r.t.Errorf("%s is not in %s", part, r.body)
		}
	}
	return r
}

// begun is a capture that a page has begun.
type begun struct {
	drawn
	id      string
	headers []string
}

func (p pages) begin(body string) begun {
	p.t.Helper()
	r := p.ask("POST", "/init.php", []byte(body)).shown(200)
	b := begun{id: r.text("event_session_id"), drawn: drawn{token: r.text("session_token"), challenge: bonafide.ID(r.text("challenge_id"))}}
	for i := range r.count("actions") {
		b.actions = append(b.actions, r.text("actions", i))
	}
	key, err := base64.StdEncoding.DecodeString(r.text("container", "public_key"))
	p.must(err)
	b.key = key
	b.headers = []string{"esid: " + b.id, "X-Session-Token: " + b.token, "Content-Type: application/octet-stream"}
	return b
}

// sealed is a container of a capture as the plugin makes it: it names the session.
func (p pages) sealed(b begun) []byte {
	p.t.Helper()
	return []byte(p.world.sealed(b.drawn, p.content(b.drawn, func(m *capture.Manifest) {
		m.Meta = bonafide.Meta{"event_session_id": b.id, "transaction_id": "T-1"}
	})))
}

// send uploads a container in pieces, as the plugin does, half a minute after the draw.
func (p pages) send(b begun, container []byte) *reply {
	p.t.Helper()
	p.clock.add(30 * time.Second)
	half := len(container) / 2
	p.ask("POST", fmt.Sprintf("/request.php?offset=0&total=%d", len(container)), container[:half], b.headers...).shown(200, `"state":"uploading"`)
	return p.ask("POST", fmt.Sprintf("/request.php?offset=%d&total=%d", half, len(container)), container[half:], b.headers...)
}

// result waits for the end.
func (p pages) result(b begun) *reply {
	p.t.Helper()
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		r := p.ask("GET", "/request.php?esid="+b.id, nil)
		if r.status != 200 || !strings.Contains(r.body, `"state":"processing"`) || !strings.Contains(r.body, `"event_session_id"`) {
			return r
		}
		if time.Now().After(until) {
			p.t.Fatalf("it does not end: %s", r.body)
		}
	}
}

func TestASealedCaptureGoesThroughTheAdapterInEachMode(t *testing.T) {
	w := newWorld(t, Config{SingleWait: 10 * time.Second})
	w.work(judged(bonafide.Declined))
	verdict := `"analyses":{"biometry":{"state":"finished","resolution":"DECLINED"},"quality":{"state":"finished","resolution":"DECLINED"}},`
	for mode, want := range map[string]string{
		"safe":   `{"event_session_id":"ID","state":"finished"}`,
		"status": `{` + verdict + `"event_session_id":"ID","state":"finished"}`,
		"folder": `{` + verdict + `"event_session_id":"ID","folder_id":"FOLDER","state":"finished"}`,
		"full":   `"quality":{"state":"finished","resolution":"DECLINED","analyse_id":`,
	} {
		p := w.before(`{"result_mode": "` + mode + `"}`)
		b := p.begin(`{"draw": 2}`)
		if len(b.actions) != 2 || len(b.key) != 65 {
			t.Fatalf("told %+v", b)
		}
		container := p.sealed(b)
		p.send(b, container).shown(200)
		folder := w.get("/api/folders/?meta_data=event_session_id==" + b.id)
		for until := time.Now().Add(20 * time.Second); folder.count("items") == 0 && time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
			folder = w.get("/api/folders/?meta_data=event_session_id==" + b.id)
		}
		id := folder.text("items", 0, "folder_id")
		got := strings.NewReplacer(b.id, "ID", id, "FOLDER").Replace(p.result(b).shown(200).body)
		if mode == "full" {
			if !strings.Contains(got, want) || !strings.Contains(got, `"folder_id":"FOLDER"`) || !strings.Contains(got, `"transaction_id":"T-1"`) || !strings.Contains(got, `"source_media":[{`) {
				t.Errorf("full: %s", got)
			}
		} else if got != want {
			t.Errorf("%s: %s", mode, got)
		}
		f := w.get("/api/folders/" + id).want(200)
		if f.text("technical_meta_data", "capture", "challenge_id") != string(b.challenge) || f.count("media", 0, "technical_meta_data", "injection") != 0 {
			t.Errorf("%s: the folder is %s", mode, f.body)
		}
		p.ask("POST", "/request.php", container, b.headers...).shown(409, `"code":"session_token_error"`)
		before := w.lastEntry()
		w.submit("/api/folders/", b.token, string(container)).want(400, `"error_code": 13`, "used before")
		w.refusals(before, "used")
	}
	if n := w.folders(); n != 4 {
		t.Errorf("%d folders", n)
	}
}

func TestTheAdapterTellsWhatTheAPIRefuses(t *testing.T) {
	w := newWorld(t, Config{SingleWait: 10 * time.Second})
	w.work(judged(bonafide.Success))
	p := w.before(`{"result_mode": "full"}`)
	old := p.begin(`{"draw": 2}`)
	replayed := p.sealed(old)
	p.send(old, replayed).shown(200)
	p.result(old).shown(200)
	for name, c := range map[string]struct {
		container func(b begun) []byte
		code      string // of on_error
		noted     string // in the audit log
	}{
		"wrong":    {func(begun) []byte { return []byte("no container at all") }, "upload_failed", "outcome="},
		"replayed": {func(begun) []byte { return replayed }, "upload_failed", "outcome="},
		"edited":   {func(b begun) []byte { c := p.sealed(b); c[len(c)-100] ^= 1; return c }, "upload_failed", "outcome="},
		"foreign": {func(b begun) []byte {
			return []byte(p.world.sealed(drawn{key: anotherKey(t), token: b.token}, p.content(b.drawn, nil)))
		}, "upload_failed", "outcome="},
		"stale": {func(b begun) []byte { p.clock.add(10 * time.Minute); return p.sealed(b) }, "session_token_error", "expired"},
		"used before": {func(b begun) []byte {
			c := p.sealed(b)
			w.submit("/api/folders/", b.token, string(c)).want(201)
			return c
		}, "session_token_error", "used"},
	} {
		b := p.begin(`{"draw": 2}`)
		container, folders := c.container(b), w.folders()
		before := w.lastEntry()
		p.send(b, container)
		r := p.result(b)
		r.shown(400, `"code":"`+c.code+`"`, `"event_session_id":"`+b.id+`"`)
		if strings.Contains(r.body, "error_code") || strings.Contains(r.body, w.url) {
			t.Errorf("%s: the page sees %s", name, r.body)
		}
		noted := ""
		for _, e := range w.entries(before) {
			if e.Object == "capture_session" {
				noted += e.Changed
			}
		}
		if !strings.Contains(noted, c.noted) {
			t.Errorf("%s: noted is %q", name, noted)
		}
		if n := w.folders(); n != folders {
			t.Errorf("%s: %d folders, %d before", name, n, folders)
		}
		p.ask("POST", "/request.php", container, b.headers...).shown(409)
	}
}

func TestPartsGoThroughTheAdapterAndSpendTheirToken(t *testing.T) {
	w := newWorld(t, Config{SingleWait: 10 * time.Second})
	w.work(judged(bonafide.Success))
	p := w.before(`{"result_mode": "status", "use_wasm_container": false}`)
	told := p.ask("POST", "/init.php", []byte(`{"draw": 2}`)).shown(200)
	token, id := told.text("session_token"), told.text("event_session_id")
	if told.at("container") != nil {
		t.Fatalf("told %s", told.body)
	}
	var actions []map[string]any
	parts := []string{}
	for i := range told.count("actions") {
		actions = append(actions, map[string]any{"action": told.text("actions", i)})
		parts = append(parts, filePart(fmt.Sprint("video", i), "frames.zip", w.recording(i*3000)))
	}
	manifest, err := json.Marshal(map[string]any{"version": 1, "actions": actions})
	w.must(err)
	body := form(append(parts, disposition+`"payload"`+"\r\n\r\n"+string(manifest))...)
	w.clock.add(30 * time.Second)
	p.ask("POST", "/request.php", []byte(body), "esid: "+id, "X-Session-Token: "+token, "Content-Type: "+multipartB).shown(200)
	p.result(begun{id: id}).shown(200, `"quality":{"state":"finished","resolution":"SUCCESS"}`)
	before := w.lastEntry()
	w.inParts("/api/folders/", token, ``, "video_selfie_blank").want(400, `"error_code": 13`, "used before")
	w.refusals(before, "used")
}
