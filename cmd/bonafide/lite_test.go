package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/face"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/liteapi"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

// entries counts what lies below folders.
func entries(t *testing.T, dirs ...string) (n int) {
	t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(string, fs.DirEntry, error) error { n++; return nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func TestLiteKnowsFacesAndKeepsNothing(t *testing.T) {
	onOneMachine(t)
	persons, stranger := portraits(t, 1)
	living := modeltest.Shared(t, "data", "pad", "still")
	set := modeltest.Standard(t)
	t.Setenv("TMPDIR", t.TempDir()) // what is written here is seen
	opener, err := openMedia(configOn(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer opener.Close()
	h := liteapi.New(liteapi.Config{Version: version}, &face.Reader{Opener: opener, Evaluator: &job.Evaluator{
		Set: set, Analyses: catalog.Analyses(), Policy: decision.Default(), Limit: analysisWithin}}, http.NotFoundHandler())
	before := entries(t, os.TempDir())
	read := func(path string) []byte {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	send := func(method, path, label string, body []byte) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, bytes.NewReader(body))
		r.Header.Set("Content-Type", label)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for _, path := range []string{"/v1/face/pattern/health", "/v1/face/liveness/health"} {
		if w := send("GET", path, "", nil); w.Body.String() != `{"status":0,"message":""}` {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
	template := send("POST", "/v1/face/pattern/extract", "image/png", read(persons[0][0]))
	if template.Code != 200 {
		t.Fatalf("extract: %d %s", template.Code, template.Body)
	}
	verify := func(photo string) (answer struct {
		Score    float64
		Decision string
	}) {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for name, body := range map[string][]byte{"bio_template": template.Body.Bytes(), "sample": read(photo)} {
			w, _ := m.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + name + `"`}})
			_, _ = w.Write(body)
		}
		_ = m.Close()
		w := send("POST", "/v1/face/pattern/verify", m.FormDataContentType(), b.Bytes())
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 200 {
			t.Fatalf("verify: %d %s", w.Code, w.Body)
		}
		return answer
	}
	if a := verify(persons[0][1]); a.Decision != "approved" || a.Score < 0.85 {
		t.Errorf("the same person: %+v", a)
	}
	if a := verify(stranger); a.Decision != "declined" || a.Score >= 0.85 {
		t.Errorf("a stranger: %+v", a)
	}
	photos, err := filepath.Glob(filepath.Join(living, "live_*"))
	if err != nil || len(photos) < 10 {
		t.Fatalf("%d photos, %v", len(photos), err)
	}
	judged, passed := 0, 0
	for i := range 10 {
		w := send("POST", "/v1/face/liveness/detect", "image/jpeg", read(photos[i*len(photos)/10]))
		var a struct {
			Score  *float64
			Passed *bool
			Code   string
		}
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatalf("detect: %d %s", w.Code, w.Body)
		}
		switch {
		case w.Code == 200 && a.Passed != nil && a.Score != nil && *a.Passed == (*a.Score > 0.5):
			judged++
			if *a.Passed {
				passed++
			}
		case w.Code != 400 || a.Code == "":
			t.Errorf("detect: %d %s", w.Code, w.Body)
		}
	}
	t.Logf("of 10 photos of living persons %d were judged and %d passed", judged, passed)
	if passed == 0 {
		t.Error("nobody passes")
	}
	if w := send("POST", "/v1/face/liveness/detect", "image/jpeg", read(blank(t))); w.Code != 400 || !bytes.Contains(w.Body.Bytes(), []byte("LDE-002006")) {
		t.Errorf("a picture without a face: %d %s", w.Code, w.Body)
	}
	if after := entries(t, os.TempDir()); after != before {
		t.Errorf("%d files are left behind", after-before)
	}
}
