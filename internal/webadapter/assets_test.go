package webadapter

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

func TestFilesGoOutInTheShortestFormThatIsTaken(t *testing.T) {
	w := newWorld(t, `{}`, &vendor{})
	for accept, want := range map[string][2]string{
		"":                   {"", "window.OzLiveness = {}"},
		"gzip":               {"gzip", "gzip of core"},
		"gzip, deflate, br":  {"br", "brotli of core"},
		"br;q=0, gzip;q=0.5": {"gzip", "gzip of core"},
		"identity, *;q=0":    {"", "window.OzLiveness = {}"},
	} {
		for _, path := range []string{"/plugin_liveness.php?lang=en&ver=1.8.1-10", "/plugin/core-abc.js"} {
			a := w.get(path, "Accept-Encoding: "+accept).want(200)
			if a.header.Get("Content-Encoding") != want[0] || a.body != want[1] || a.header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s for %q: %q, %v", path, accept, a.body, a.header)
			}
		}
	}
}

func TestFilesHaveTheirTypesAndStay(t *testing.T) {
	w := newWorld(t, `{}`, &vendor{})
	for path, want := range map[string]string{
		"/plugin/tfjs-abc.wasm":       "application/wasm",
		"/plugin/tracker-abc.js":      "text/javascript; charset=utf-8",
		"/plugin/bonafide-capture.js": "text/javascript; charset=utf-8",
		"/plugin/ozliveness.css":      "text/css; charset=utf-8",
	} {
		a := w.get(path).want(200)
		h := a.header
		if h.Get("Content-Type") != want || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Errorf("%s: %v", path, h)
		}
		if hashed := strings.Contains(path, "-abc"); hashed != strings.Contains(h.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: kept %s", path, h.Get("Cache-Control"))
		}
	}
	etag := w.get("/plugin/tracker-abc.js").header.Get("Etag")
	w.get("/plugin/tracker-abc.js", "If-None-Match: "+etag).want(304)
	w.get("/plugin/tracker-abc.js", "Range: bytes=0-2").want(206, "tra")
	for _, path := range []string{"/plugin/manifest.json", "/plugin/../webadapter.go", "/plugin/..%2fx", "/plugin/", "/plugin/none.js"} {
		if a := w.get(path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestWithoutABuildPagesSaySo(t *testing.T) {
	for _, files := range []fstest.MapFS{nil, {}} {
		w := newWorld(t, `{}`, &vendor{})
		w.cfg.Assets = nil
		if files != nil {
			w.cfg.Assets = files
		}
		w.restart()
		w.get("/plugin_liveness.php").want(404, "make")
		w.get("/plugin/bonafide-capture.js").want(404)
		w.get("/capture/frame").want(200, "Build the server by make")
	}
	w := newWorld(t, `{}`, &vendor{})
	w.cfg.Assets = fstest.MapFS{"manifest.json": {Data: []byte(`{"core": "lost.js"}`)}}
	if _, err := New(t.Context(), w.cfg, nil); err == nil {
		t.Error("a lost file is not missed")
	}
}

func TestPagesHoldNothingInline(t *testing.T) {
	w := newWorld(t, `{}`, &vendor{})
	w.cfg.Demo = DemoOpen
	w.cfg.Own = nil
	w.cfg.Settings.APIURL = "https://api.example"
	w.restart()
	inline := regexp.MustCompile(`(?i)<script>|<style|\son\w+=|\sstyle=|javascript:`)
	for _, path := range []string{"/", "/demo", "/capture/frame"} {
		for _, lang := range []string{"en", "ru"} {
			a := w.get(path+"?lang="+lang).want(200, `lang="`+lang+`"`)
			if found := inline.FindString(a.body); found != "" {
				t.Errorf("%s has %q", path, found)
			}
			if csp := a.header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ") || strings.Contains(csp, "unsafe-inline") {
				t.Errorf("%s: %s", path, csp)
			}
			for _, file := range regexp.MustCompile(`/plugin/[\w.-]+`).FindAllString(a.body, -1) {
				w.get(file).want(200)
			}
			if strings.Contains(a.body, "<no value>") {
				t.Errorf("%s in %s lacks a text", path, lang)
			}
		}
	}
	if csp := w.get("/demo").header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors 'none'") {
		t.Errorf("the demo can be framed: %s", csp)
	}
}

func TestPagesSayTheSameInBothLanguages(t *testing.T) {
	raw, err := pageFiles.ReadFile("pages/texts.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]map[string]string
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	en, ru := slices.Sorted(maps.Keys(all["en"])), slices.Sorted(maps.Keys(all["ru"]))
	if !slices.Equal(en, ru) || len(en) < 20 {
		t.Errorf("%v, %v", en, ru)
	}
}

func TestTheDemoIsForPeopleWhoMaySeeVerdicts(t *testing.T) {
	w := newWorld(t, `{"use_wasm_container": false}`, &vendor{verdict: "DECLINED"})
	w.get("/demo").want(404)
	w.post("/init.php", `{"demo": true}`).want(403)
	w.cfg.Demo = DemoOpen
	w.restart()
	w.get("/demo").want(200, `data-open="true"`)
	_, headers, told := w.begin(`{"demo": true}`)
	if told["result_mode"] != appconfig.Full {
		t.Errorf("told %v", told)
	}
	w.upload(headers, selfie).want(200)
	w.cfg.Demo = DemoSigned
	w.restart()
	w.get("/demo").want(200, `data-open="false"`, `id="sign"`)
	w.post("/init.php", `{"demo": true}`).want(403)
	w.post("/init.php", `{"demo": true}`, "X-Forensic-Access-Token: of-an-operator").want(200, `"result_mode":"full"`)
	w.cfg.Demo = DemoLocal
	w.restart()
	w.get("/demo").want(200, `data-open="false"`) // httptest's client is none of this machine
}
