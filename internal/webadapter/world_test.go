package webadapter

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/license"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// secret is the token of the adapter, which no page may see.
const secret = "the-token-of-the-service-account"

// vendor answers as an Oz API does, ours or the vendor's, without judging anything. The
// whole server is behind the adapter in the tests of cmd/bonafide.
type vendor struct {
	draws   bool   // it draws and opens containers, as ours
	verdict string // of QUALITY; PROCESSING until it is set
	down    int    // calls that fail before one is answered
	gate    string // answer to who asks for the limits of captures; empty: it knows no such path

	mu      sync.Mutex
	folders []*received
	events  []map[string]any
	asks    []captureAsk
	tokens  []string // shown
	gates   int      // times that the limits were asked for
}

// received is a folder that was made.
type received struct {
	contentType, session string
	payload              map[string]any
	files                map[string][]byte
	body                 []byte
}

// ServeHTTP implements http.Handler.
func (v *vendor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.tokens = append(v.tokens, r.Header.Get("X-Forensic-Access-Token"))
	answer := func(status int, body any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}
	path := strings.TrimSuffix(r.URL.Path, "/")
	switch {
	case path == tokenPath && r.Method == http.MethodPost && v.draws:
		var ask captureAsk
		_ = json.NewDecoder(r.Body).Decode(&ask)
		v.asks = append(v.asks, ask)
		actions := ask.Actions
		if ask.Draw > 0 {
			actions = []string{"video_selfie_smile", "video_selfie_left"}[:ask.Draw]
		}
		answer(200, map[string]any{"session_token": "a.b.c", "expires_at": 1893456000, "challenge_id": "ch", "actions": actions, "action_seconds": 8,
			"container": map[string]any{"kid": "00112233", "public_key": "BA==", "suite": map[string]int{"kem": 16}}})
	case path == tokenPath && r.Method == http.MethodPost:
		answer(405, map[string]any{"error_code": 1})
	case path == tokenPath && v.draws:
		answer(200, map[string]any{"session_token": "a.b.c", "container": map[string]any{"kid": "00112233"}})
	case path == tokenPath:
		answer(200, map[string]any{"session_token": "a.b.c"})
	case v.down > 0:
		v.down--
		answer(503, map[string]any{"error_code": 101})
	case path == "/api/folders" && r.Method == http.MethodPost:
		f := &received{contentType: r.Header.Get("Content-Type"), session: r.Header.Get("X-Session-Token"), files: map[string][]byte{}}
		if err := f.read(r); err != nil {
			answer(400, map[string]any{"error_code": 3, "error_message": "token " + secret})
			return
		}
		v.folders = append(v.folders, f)
		answer(201, v.folder(len(v.folders)-1))
	case path == "/api/folders":
		items := []any{}
		for i, f := range v.folders {
			if meta, _ := f.payload["folder:meta_data"].(map[string]any); "event_session_id=="+fmt.Sprint(meta["event_session_id"]) == r.URL.Query().Get("meta_data") {
				items = append(items, v.folder(i))
			}
		}
		answer(200, map[string]any{"items": items})
	case strings.HasPrefix(path, "/api/folders/"):
		answer(200, v.folder(len(v.folders)-1))
	case path == "/api/capture_limits" && v.gate != "":
		v.gates++
		_, _ = io.WriteString(w, v.gate)
	case path == "/api/event_sessions":
		var e map[string]any
		_ = json.NewDecoder(r.Body).Decode(&e)
		v.events = append(v.events, e)
		answer(201, e)
	case path == "/v1/face/liveness/detect":
		raw, _ := io.ReadAll(r.Body)
		answer(200, map[string]any{"score": 0.9, "passed": !bytes.Contains(raw, []byte("spoof"))})
	default:
		answer(404, map[string]any{"error_code": 10})
	}
}

func (f *received) read(r *http.Request) error {
	if f.contentType == sealedType {
		var err error
		f.body, err = io.ReadAll(r.Body)
		return err
	}
	m, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for {
		p, err := m.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		raw, err := io.ReadAll(p)
		if err != nil {
			return err
		}
		if p.FormName() == "payload" {
			err = json.Unmarshal(raw, &f.payload)
		} else {
			f.files[p.FormName()] = raw
		}
		if err != nil {
			return err
		}
	}
}

// folder is a folder as the API shows it.
func (v *vendor) folder(i int) map[string]any {
	state, resolution := "FINISHED", v.verdict
	if v.verdict == "" {
		state, resolution = "PROCESSING", "PROCESSING"
	}
	meta := v.folders[i].payload["folder:meta_data"]
	media := map[string]any{"media_id": "m1", "original_url": "https://api.example/static/x"}
	return map[string]any{"folder_id": fmt.Sprintf("f%d", i), "company_id": "c", "resolution_status": state, "system_resolution": resolution, "meta_data": meta,
		"internal_note": "not for pages", "analyses": []any{map[string]any{"analyse_id": "q", "group_id": "g", "type": "QUALITY", "state": state, "resolution": resolution,
			"results_data": map[string]any{"confidence_spoofing": 0.012}, "confs": map[string]any{"threshold_spoofing": 0.5}, "internal_note": "not for pages",
			"source_media":  []any{media},
			"results_media": []any{map[string]any{"output_images": []any{map[string]any{"original_url": "https://api.example/static/best"}}}}}}}
}

func (v *vendor) judge(verdict string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.verdict = verdict
}

func (v *vendor) made() []*received {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.folders)
}

// world is an adapter before an API.
type world struct {
	t       *testing.T
	cfg     Config
	api     *vendor
	handler http.Handler
	stop    func()
	mu      sync.Mutex
	time    time.Time
}

// newWorld opens an adapter with settings of the file.
func newWorld(t *testing.T, file string, api *vendor) *world {
	t.Helper()
	settings, _, err := appconfig.Read([]byte(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, api: api, time: time.Now()}
	settings.APIToken = secret
	w.cfg = Config{Settings: settings, Version: "1.2.3", Dir: t.TempDir(), License: license.Open(), Assets: built(),
		Own: &Own{Transport: Inside{Handler: api}, Token: func(context.Context, bonafide.ID) (string, error) { return secret, nil }}, Now: w.now}
	w.restart()
	t.Cleanup(func() { w.stop() })
	return w
}

// built stands for what was built for browsers.
func built() fs.FS {
	return fstest.MapFS{
		"manifest.json":      {Data: []byte(`{"core": "core-abc.js", "module": "module-abc.js", "tracker": "tracker-abc.js", "wasm": "tfjs-abc.wasm"}`)},
		"core-abc.js":        {Data: []byte("window.OzLiveness = {}")},
		"core-abc.js.gz":     {Data: []byte("gzip of core")},
		"core-abc.js.br":     {Data: []byte("brotli of core")},
		"module-abc.js":      {Data: []byte("export {}")},
		"tracker-abc.js":     {Data: []byte("tracker")},
		"tfjs-abc.wasm":      {Data: []byte("\x00asm")},
		"models/deep-abc.js": {Data: []byte("deep")},
	}
}

// restart ends the adapter and opens another one on what it left.
func (w *world) restart() {
	w.t.Helper()
	if w.stop != nil {
		w.stop()
	}
	h, err := New(context.Background(), w.cfg, http.NotFoundHandler())
	if err != nil {
		w.t.Fatal(err)
	}
	w.handler, w.stop = h, h.Close
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.time
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.time = w.time.Add(d)
}

// answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// json reads the answer.
func (a answer) json() map[string]any {
	a.t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(a.body), &m); err != nil {
		a.t.Fatalf("%d %q is no JSON", a.status, a.body)
	}
	return m
}

// want checks status and parts of the body.
func (a answer) want(status int, parts ...string) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	for _, p := range parts {
		if !strings.Contains(a.body, p) {
			a.t.Errorf("%s is not in %s", p, a.body)
		}
	}
	return a
}

// send makes a request; headers are "Name: value".
func (w *world) send(method, path string, body []byte, headers ...string) answer {
	w.t.Helper()
	r := httptest.NewRequest(method, "https://id.example"+path, bytes.NewReader(body))
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{w.t, rec.Code, rec.Header(), rec.Body.String()}
}

func (w *world) post(path, body string, headers ...string) answer {
	w.t.Helper()
	return w.send("POST", path, []byte(body), append(headers, "Content-Type: application/json")...)
}

func (w *world) get(path string, headers ...string) answer {
	w.t.Helper()
	return w.send("GET", path, nil, headers...)
}

// begin begins a capture and gives the headers of what follows.
func (w *world) begin(body string) (id string, headers []string, told map[string]any) {
	w.t.Helper()
	told = w.post("/init.php", body).want(200).json()
	id, _ = told["event_session_id"].(string)
	token, _ := told["session_token"].(string)
	return id, []string{"esid: " + id, "X-Session-Token: " + token}, told
}

// parts is a capture of actions without a container.
func (w *world) parts(actions ...string) (body []byte, contentType string) {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	manifest := map[string]any{"version": 1, "plugin_version": "1.2.3", "device": map[string]any{"engine": "gecko", "camera": map[string]int{"width": 720, "height": 1280}}}
	var videos, photos []map[string]any
	write := func(name string, content []byte) {
		f, err := m.CreateFormFile(name, name)
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	for _, a := range actions {
		if isVideo(a) {
			write(fmt.Sprintf("video%d", len(videos)), frames(w.t, "frame of "+a))
			write(fmt.Sprintf("best%d", len(videos)), []byte("best of "+a))
			videos = append(videos, map[string]any{"action": a})
			continue
		}
		write(fmt.Sprintf("photo%d", len(photos)), []byte("picture of "+a))
		photos = append(photos, map[string]any{"tag": a})
	}
	manifest["actions"], manifest["photos"] = videos, photos
	raw, _ := json.Marshal(manifest)
	if err := m.WriteField("payload", string(raw)); err != nil {
		w.t.Fatal(err)
	}
	_ = m.Close()
	return b.Bytes(), m.FormDataContentType()
}

func frames(t *testing.T, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 3 {
		f, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%06d.jpg", i*66)})
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	_ = z.Close()
	return b.Bytes()
}

// upload sends a capture in parts.
func (w *world) upload(headers []string, actions ...string) answer {
	w.t.Helper()
	body, contentType := w.parts(actions...)
	return w.send("POST", "/request.php", body, append(headers, "Content-Type: "+contentType)...)
}

// result waits for the end of a capture.
func (w *world) result(id string) answer {
	w.t.Helper()
	until := time.Now().Add(20 * time.Second)
	for {
		a := w.get("/request.php?esid=" + id)
		if a.status != 200 || a.json()["state"] == stateFinished {
			return a
		}
		if time.Now().After(until) {
			w.t.Fatalf("it does not end: %s", a.body)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// dropped waits until the pictures of a session are removed.
func (w *world) dropped(id string) {
	w.t.Helper()
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(filepath.Join(w.cfg.Dir, id, bodyFile)); errors.Is(err, fs.ErrNotExist) {
			return
		}
		if time.Now().After(until) {
			w.t.Fatal("pictures are kept longer than needed")
		}
	}
}
