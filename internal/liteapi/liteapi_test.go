package liteapi_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/liteapi"
)

// faces sees in a picture what is written on it.
type faces struct{ fault error }

func (faces) model() bonafide.ModelRef { return bonafide.ModelRef{Name: "letters", Version: "1"} }

func (f faces) Extract(_ context.Context, picture []byte) (t bonafide.Template, reason string, err error) {
	switch text := string(picture); {
	case f.fault != nil:
		return t, "", f.fault
	case text == "nobody":
		return t, bonafide.ReasonNoFace, nil
	case text == "crowd":
		return t, bonafide.ReasonSeveralFaces, nil
	case text == "ada", text == "ada again":
		return bonafide.NewTemplate(f.model(), []float32{1, 0}), "", nil
	case text == "bob":
		return bonafide.NewTemplate(f.model(), []float32{0, 1}), "", nil
	case text == "ada or bob":
		return bonafide.NewTemplate(f.model(), []float32{0.6, 0.8}), "", nil
	case text == "panic": // as a fault of ours would
		panic(text)
	}
	return t, "", bonafide.Errorf(bonafide.CodeValue, "The file is no picture")
}

func (f faces) Compare(a, b bonafide.Template) (similarity float64, verdict bonafide.Status, err error) {
	if a.Model != f.model() || b.Model != f.model() {
		return 0, "", bonafide.Errorf(bonafide.CodeModel, "templates of different models cannot be compared")
	}
	for i, x := range a.Vector() {
		similarity += float64(x) * float64(b.Vector()[i])
	}
	verdict = bonafide.Declined
	switch {
	case similarity > 0.9:
		verdict = bonafide.Success
	case similarity > 0.5:
		verdict = bonafide.OperatorRequired
	}
	return similarity, verdict, nil
}

func (f faces) Live(_ context.Context, picture []byte) (score *float64, passed bool, reasons []bonafide.Reason, err error) {
	at := func(v float64) *float64 { return &v }
	switch text := string(picture); {
	case f.fault != nil:
		return nil, false, nil, f.fault
	case text == "ada":
		return at(0.9871), true, nil, nil
	case text == "mask":
		return at(0.25), false, nil, nil
	case text == "nobody", text == "crowd", text == "far", text == "fog":
		return nil, false, []bonafide.Reason{bonafide.Reason{Code: map[string]string{"nobody": bonafide.ReasonNoFace,
			"crowd": bonafide.ReasonSeveralFaces, "far": bonafide.ReasonFaceTooSmall, "fog": bonafide.ReasonBlurred}[text]}}, nil
	}
	return nil, false, nil, bonafide.Errorf(bonafide.CodeValue, "The file is no picture")
}

func (f faces) Models() []bonafide.ModelRef       { return []bonafide.ModelRef{f.model()} }
func (f faces) Try(context.Context) error         { return f.fault }
func (f faces) TryLiveness(context.Context) error { return f.fault }
func handler(c liteapi.Config, f faces) http.Handler {
	return liteapi.New(c, f, http.NotFoundHandler())
}

// send sends a request; lines are headers, "Name: value".
func send(h http.Handler, method, path string, body []byte, lines ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func picture(h http.Handler, path, text string, lines ...string) *httptest.ResponseRecorder {
	return send(h, "POST", path, []byte(text), append([]string{"Content-Type: image/jpeg"}, lines...)...)
}

// piece is a part of a multipart body.
type piece struct{ name, label, body string }

func parts(h http.Handler, path string, pieces ...piece) *httptest.ResponseRecorder {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, p := range pieces {
		header := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + p.name + `"`}}
		if p.label != "" {
			header.Set("Content-Type", p.label)
		}
		w, _ := m.CreatePart(header)
		_, _ = io.WriteString(w, p.body)
	}
	_ = m.Close()
	return send(h, "POST", path, b.Bytes(), "Content-Type: "+m.FormDataContentType())
}

func want(t *testing.T, w *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if w.Code != status || strings.TrimSpace(w.Body.String()) != body {
		t.Errorf("got %d %s, want %d %s", w.Code, w.Body, status, body)
	}
}

// code checks the status and the code of an error answer.
func code(t *testing.T, what string, w *httptest.ResponseRecorder, status int, code string) {
	t.Helper()
	var e struct{ Code, Message string }
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || w.Code != status || e.Code != code || e.Message == "" {
		t.Errorf("%s: got %d %s, want %d %s", what, w.Code, w.Body, status, code)
	}
}

const (
	extract  = "/v1/face/pattern/extract"
	compare  = "/v1/face/pattern/compare"
	verify   = "/v1/face/pattern/verify"
	both     = "/v1/face/pattern/extract_and_compare"
	detect   = "/v1/face/liveness/detect"
	octets   = "application/octet-stream"
	jpegType = "image/jpeg"
)

func templateOf(t *testing.T, h http.Handler, text string) string {
	t.Helper()
	w := picture(h, extract, text)
	if w.Code != 200 || w.Header().Get("Content-Type") != octets {
		t.Fatalf("extract answers %d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestVersionAndHealth(t *testing.T) {
	h := handler(liteapi.Config{Version: "1.2"}, faces{})
	want(t, send(h, "GET", "/version", nil), 200, `{"core":"1.2","tfss":"n/a","models":[{"name":"letters","version":"1"}]}`)
	for _, path := range []string{"/v1/face/pattern/health", "/v1/face/liveness/health/", "//v1/face/liveness/health", "/v1/liveness/health"} {
		want(t, send(h, "GET", path, nil), 200, `{"status":0,"message":""}`)
	}
	ill := handler(liteapi.Config{}, faces{fault: errors.New("no memory")})
	want(t, send(ill, "GET", "/v1/face/pattern/health", nil), 200, `{"status":3,"message":"The service does not work"}`)
	if w := send(h, "GET", "/api/folders", nil); w.Code != 404 {
		t.Errorf("a path of others answers %d", w.Code)
	}
}

func TestTemplatesAreExtractedAndCompared(t *testing.T) {
	h := handler(liteapi.Config{}, faces{})
	ada, bob := templateOf(t, h, "ada"), templateOf(t, h, "bob")
	const same, other = `{"score":1.0,"decision":"approved"}`, `{"score":0.0,"decision":"declined"}`
	want(t, parts(h, compare, piece{"bio_feature", octets, ada}, piece{"bio_template", octets, ada}), 200, same)
	want(t, parts(h, compare, piece{"bio_template", "", ada}, piece{"bio_feature", "", bob}), 200, other)
	want(t, parts(h, compare, piece{"a", octets, ada}, piece{"b", octets, bob}), 200, other)
	want(t, parts(h, verify, piece{"bio_template", octets, ada}, piece{"sample", jpegType, "ada again"}), 200, same)
	want(t, parts(h, verify, piece{"x", "image/png", "bob"}, piece{"y", octets, ada}), 200, other)
	want(t, parts(h, verify, piece{"x", "", "ada or bob"}, piece{"y", "", ada}), 200, `{"score":0.60000002,"decision":"operator_required"}`)
	want(t, parts(h, both, piece{"sample_2", jpegType, "bob"}, piece{"sample_1", jpegType, "ada"}), 200, other)
	want(t, parts(h, both, piece{"x", jpegType, "ada"}, piece{"y", "image/png", "ada again"}), 200, same)
}

func TestBase64GoesBothWays(t *testing.T) {
	h := handler(liteapi.Config{}, faces{})
	encoded := base64.StdEncoding.EncodeToString([]byte("ada again"))
	for _, text := range []string{encoded, strings.TrimRight(encoded, "="), encoded[:4] + "\r\n" + encoded[4:] + "\n"} {
		w := picture(h, extract, text, "Content-Transfer-Encoding: base64")
		raw, err := base64.StdEncoding.DecodeString(w.Body.String())
		if err != nil || string(raw) != templateOf(t, h, "ada") || w.Header().Get("Content-Transfer-Encoding") != "base64" {
			t.Errorf("%q: %d %s, %v", text, w.Code, w.Body, err)
		}
	}
	code(t, "no base64", picture(h, extract, "!", "Content-Transfer-Encoding: base64"), 400, "BPE-002003")
	want(t, picture(h, detect, base64.StdEncoding.EncodeToString([]byte("ada")), "Content-Transfer-Encoding: BASE64"), 200, `{"score":0.9871,"passed":true}`)
}

func TestBase64OfBrowsersIsUnderstood(t *testing.T) {
	const alive = `{"score":0.9871,"passed":true}`
	h := handler(liteapi.Config{}, faces{})
	want(t, picture(h, detect, "data:image/jpeg;base64,YWRh"), 200, alive)
	want(t, picture(h, detect, "DATA:image/png;charset=x;base64,YWRh\n", "Content-Transfer-Encoding: base64"), 200, alive)
	want(t, parts(h, detect, piece{"image", jpegType, "data:image/jpeg;base64,YWRh"}), 200, alive)
	for _, code := range []*base64.Encoding{base64.URLEncoding, base64.RawURLEncoding, base64.StdEncoding, base64.RawStdEncoding} {
		text := code.EncodeToString([]byte("\xfb\xff\xfe?>"))
		w := picture(h, detect, text, "Content-Transfer-Encoding: base64")
		if w.Code != 400 || !strings.Contains(w.Body.String(), "no picture") {
			t.Errorf("%s: %d %s", text, w.Code, w.Body)
		}
	}
	code(t, "a URL of nothing", picture(h, detect, "data:image/jpeg;base64,####"), 400, "LDE-002004")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = io.WriteString(z, "ada")
	_ = z.Close()
	want(t, picture(h, detect, packed.String(), "Content-Encoding: gzip"), 200, alive)
	if w := picture(h, detect, packed.String(), "Content-Encoding: br"); w.Code != 400 || !strings.Contains(w.Body.String(), "gzip and deflate") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := send(h, "POST", detect, []byte("ada"), "Content-Type: text/plain"); !strings.Contains(w.Body.String(), "image/webp or image/heic") || !strings.Contains(w.Body.String(), "text/plain") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// The number is that of docs/build/compatibility.md.
func TestOz23LivenessOfARawPicture(t *testing.T) {
	h := handler(liteapi.Config{}, faces{})
	for text, passed := range map[string]bool{"ada": true, "mask": false} {
		for _, r := range []*httptest.ResponseRecorder{
			picture(h, detect, text), picture(h, detect+"/", text), send(h, "POST", detect, []byte(text), "Content-Type: image/png"),
			picture(h, detect, base64.StdEncoding.EncodeToString([]byte(text)), "Content-Transfer-Encoding: base64"),
		} {
			var answer map[string]any
			if err := json.Unmarshal(r.Body.Bytes(), &answer); err != nil || r.Code != 200 || answer["passed"] != passed {
				t.Errorf("%s: %d %s, %v", text, r.Code, r.Body, err)
			}
		}
	}
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		code(t, method, send(h, method, detect, nil), 400, "LDE-002002")
		code(t, method, send(h, method, compare, nil), 400, "BPE-002002")
	}
}

func TestLivenessIsDetected(t *testing.T) {
	h := handler(liteapi.Config{}, faces{})
	want(t, picture(h, detect, "ada"), 200, `{"score":0.9871,"passed":true}`)
	want(t, picture(h, detect, "mask"), 200, `{"score":0.25,"passed":false}`)
	fog := bonafide.Reason{Code: bonafide.ReasonBlurred}
	want(t, picture(h, detect, "fog"), 200, `{"score":0.0,"passed":false,"reasons":[{"code":"`+fog.Code+`","advice":"`+advice.Sentence(advice.English, fog.Code)+`"}]}`)
	for _, path := range []string{detect, "/v1/liveness/detect"} {
		want(t, parts(h, path, piece{"metadata", "application/json", `{"mnemonic": "passive"}`}, piece{"bio_sample", jpegType, "ada"}), 200, `{"score":0.9871,"passed":true}`)
	}
	code(t, "bad metadata", parts(h, detect, piece{"metadata", "application/json", `[`}, piece{"bio_sample", jpegType, "ada"}), 400, "LDE-002003")
	twice := parts(h, detect, piece{"metadata", "application/json", `{"a": [{"b": 1, "b": 2}]}`}, piece{"bio_sample", jpegType, "ada"})
	want(t, twice, 400, `{"code":"LDE-002003","message":"The key \"b\" stands twice in the metadata, at \"a[0].b\""}`)
}

func TestFaultsHaveTheirCodes(t *testing.T) {
	h := handler(liteapi.Config{MaxFile: 64}, faces{})
	ada := templateOf(t, h, "ada")
	old, err := bonafide.NewTemplate(bonafide.ModelRef{Name: "letters", Version: "0"}, []float32{1, 0}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	huge := strings.Repeat("a", 1<<20)
	for what, tt := range map[string]struct {
		answer *httptest.ResponseRecorder
		code   string
	}{
		"extract: no label":         {send(h, "POST", extract, []byte("ada")), "BPE-002001"},
		"extract: JSON":             {send(h, "POST", extract, []byte("{}"), "Content-Type: application/json"), "BPE-002001"},
		"extract: GET":              {send(h, "GET", extract, nil), "BPE-002002"},
		"extract: PUT":              {send(h, "PUT", extract, nil), "BPE-002002"},
		"extract: no picture":       {picture(h, extract, "?"), "BPE-002003"},
		"extract: nothing":          {picture(h, extract, ""), "BPE-002003"},
		"extract: too large":        {picture(h, extract, strings.Repeat("a", 65)), "BPE-002003"},
		"extract: far too large":    {picture(h, extract, huge), "BPE-002003"},
		"extract: nobody":           {picture(h, extract, "nobody"), "BPE-003002"},
		"extract: several":          {picture(h, extract, "crowd"), "BPE-003003"},
		"compare: no multipart":     {picture(h, compare, "ada"), "BPE-002001"},
		"compare: no boundary":      {send(h, "POST", compare, nil, "Content-Type: multipart/form-data"), "BPE-002001"},
		"compare: damaged":          {parts(h, compare, piece{"a", octets, ada}, piece{"b", octets, ada[1:]}), "BPE-002004"},
		"compare: of another model": {parts(h, compare, piece{"a", octets, ada}, piece{"b", octets, string(old)}), "BPE-002004"},
		"compare: a picture":        {parts(h, compare, piece{"a", octets, ada}, piece{"b", jpegType, "ada"}), "BPE-002005"},
		"compare: a named picture":  {parts(h, compare, piece{"bio_template", jpegType, "ada"}, piece{"bio_feature", octets, ada}), "BPE-002005"},
		"compare: one only":         {parts(h, compare, piece{"a", octets, ada}), "BPE-002006"},
		"compare: too many":         {parts(h, compare, make([]piece, 9)...), "BPE-002006"},
		"verify: no face":           {parts(h, verify, piece{"bio_template", octets, ada}, piece{"sample", jpegType, "nobody"}), "BPE-003002"},
		"verify: no template":       {parts(h, verify, piece{"bio_template", octets, "?"}, piece{"sample", jpegType, "ada"}), "BPE-002004"},
		"unknown":                   {picture(h, "/v1/face/pattern/melt", "ada"), "BPE-002006"},
		"version: POST":             {picture(h, "/version", "ada"), "BPE-002002"},
		"detect: JSON":              {send(h, "POST", detect, []byte("{}"), "Content-Type: application/json"), "LDE-002001"},
		"detect: GET":               {send(h, "GET", detect, nil), "LDE-002002"},
		"detect: no picture":        {picture(h, detect, "?"), "LDE-002004"},
		"detect: nobody":            {picture(h, detect, "nobody"), "LDE-002006"},
		"detect: several":           {picture(h, detect, "crowd"), "LDE-002007"},
		"detect: too small":         {picture(h, detect, "far"), "LDE-002008"},
		"detect: a template":        {parts(h, detect, piece{"x", octets, ada}), "LDE-002005"},
		"unknown liveness":          {picture(h, "/v1/face/liveness/melt", "ada"), "LDE-002005"},
	} {
		code(t, what, tt.answer, 400, tt.code)
	}
}

func TestWhatTheMachineLacksSaysNothingOfItself(t *testing.T) {
	h := handler(liteapi.Config{}, faces{fault: errors.New("secret path")})
	code(t, "extract", picture(h, extract, "ada"), 500, "BPE-001001")
	code(t, "detect", picture(h, detect, "ada"), 500, "LDE-001001")
	if w := picture(h, detect, "ada"); strings.Contains(w.Body.String(), "secret") {
		t.Error(w.Body)
	}
	code(t, "panic", picture(handler(liteapi.Config{}, faces{}), extract, "panic"), 500, "BPE-001001")
}

// slowly is a body that arrives when it may.
type slowly struct{ begun, proceed chan struct{} }

func (s slowly) Read([]byte) (int, error) {
	close(s.begun)
	<-s.proceed
	return 0, io.EOF
}

func TestOneClientLeavesPlacesToOthersAndIsToldWhenToComeAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := handler(liteapi.Config{Bodies: 2}, faces{})
		body := slowly{make(chan struct{}), make(chan struct{})}
		var slow sync.WaitGroup
		slow.Go(func() { // from 192.0.2.1, as all of httptest
			r := httptest.NewRequest("POST", "/v1/face/pattern/extract", body)
			r.Header.Set("Content-Type", "image/jpeg")
			h.ServeHTTP(httptest.NewRecorder(), r)
		})
		<-body.begun
		other := httptest.NewRequest("POST", "/v1/face/pattern/extract", strings.NewReader("ada"))
		other.RemoteAddr = "198.51.100.7:1"
		other.Header.Set("Content-Type", "image/jpeg")
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, other); w.Code != 200 {
			t.Errorf("another client: %d", w.Code)
		}
		refused := picture(h, "/v1/face/pattern/extract", "ada") // after a wait
		if refused.Code != 503 || refused.Header().Get("Retry-After") == "" {
			t.Errorf("the same client: %d, to come again after %q", refused.Code, refused.Header().Get("Retry-After"))
		}
		close(body.proceed)
		slow.Wait()
	})
}

func TestAKeyKeepsOthersOut(t *testing.T) {
	h := handler(liteapi.Config{Key: "k-1"}, faces{})
	code(t, "no key", picture(h, detect, "ada"), 401, "unauthorized")
	code(t, "another key", picture(h, detect, "ada", "X-Api-Key: k-2"), 401, "unauthorized")
	want(t, picture(h, detect, "ada", "X-Api-Key: k-1"), 200, `{"score":0.9871,"passed":true}`)
	want(t, picture(h, detect, "ada", "Authorization: Bearer k-1"), 200, `{"score":0.9871,"passed":true}`)
}

// FuzzBodies proves that no body is a fault of the machine, and that nothing but
// the word of a living person passes.
func TestEveryAnswerTellsBrowsersWhatTheyMayNotDo(t *testing.T) {
	for _, https := range []bool{false, true} {
		h := handler(liteapi.Config{HTTPS: https}, faces{})
		for _, path := range []string{"/version", "/v1/face/pattern/health", extract, compare, "/v1/face/pattern/verify", "/v1/face/pattern/extract_and_compare",
			"/v1/face/liveness/health", detect, "/v1/liveness/health", "/v1/liveness/detect", "/v1/nowhere"} {
			for _, w := range []*httptest.ResponseRecorder{send(h, "GET", path, nil), picture(h, path, "ada"), picture(h, path, "panic")} {
				for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
					"Cross-Origin-Resource-Policy": "same-origin", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
					"Cache-Control": "no-store", "Strict-Transport-Security": map[bool]string{true: "max-age=31536000"}[https]} {
					if got := w.Header().Get(name); got != want {
						t.Errorf("%s: %d, %s is %q, want %q", path, w.Code, name, got, want)
					}
				}
			}
		}
	}
}

func FuzzBodies(f *testing.F) {
	h := handler(liteapi.Config{MaxFile: 1 << 10}, faces{})
	f.Add(detect, "image/jpeg", "base64", []byte("YWRh"))
	f.Add(compare, "multipart/form-data; boundary=x", "", []byte("--x\r\nContent-Disposition: form-data; name=a\r\n\r\nBFT1\r\n--x--"))
	f.Add(verify, "multipart/mixed; boundary=x", "base64", []byte("--x\r\nContent-Type: image/png\r\n\r\nYWRh\r\n--x\r\n\r\n\r\n--x--"))
	f.Add(detect, "multipart/form-data; boundary=x", "", []byte("--x\r\nContent-Disposition: form-data; name=metadata\r\n\r\n{}\r\n--x--"))
	f.Fuzz(func(t *testing.T, path, label, encoding string, body []byte) {
		if !strings.HasPrefix(path, "/v1/") || strings.ContainsAny(path, " \r\n?#%") {
			path = both
		}
		r := httptest.NewRequest("POST", "/", bytes.NewReader(body))
		r.URL.Path = path
		r.Header["Content-Type"], r.Header["Content-Transfer-Encoding"] = []string{label}, []string{encoding}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 && w.Code != 400 && !bytes.Contains(body, []byte("panic")) && encoding == "" {
			t.Errorf("%s %q: %d %s", path, label, w.Code, w.Body)
		}
		if w.Code == 500 && !bytes.Contains(body, []byte("panic")) && !bytes.Contains(body, []byte("cGFuaWM")) {
			t.Errorf("%s %q: %s", path, label, w.Body)
		}
	})
}
