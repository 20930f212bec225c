package ozapi

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// TestEveryAnswerTellsBrowsersWhatTheyMayNotDo calls every route, with a token and
// without, and paths and methods that there are not.
func TestEveryAnswerTellsBrowsersWhatTheyMayNotDo(t *testing.T) {
	s := newStage(t, bonafide.Admin)
	answered := 0
	check := func(what string, r *reply) {
		t.Helper()
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Strict-Transport-Security": "", "Access-Control-Allow-Origin": "*"} {
			if got := r.header.Get(name); got != want {
				t.Errorf("%s: %d, %s is %q, want %q", what, r.status, name, got, want)
			}
		}
		policy := r.header.Get("Content-Security-Policy")
		file := strings.Contains(policy, "sandbox")
		if !strings.HasPrefix(policy, "default-src 'none'; ") || !file && !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: %d, Content-Security-Policy is %q", what, r.status, policy)
		}
		lent := map[bool]string{false: "same-origin", true: "cross-origin"}[file]
		if got := r.header.Get("Cross-Origin-Resource-Policy"); got != lent {
			t.Errorf("%s: %d, Cross-Origin-Resource-Policy is %q, want %q", what, r.status, got, lent)
		}
		kept := map[bool]string{false: "no-store", true: "private, max-age=2592000, immutable"}[file && r.status < 300 && !strings.HasSuffix(what, "/download")]
		if got := r.header.Get("Cache-Control"); got != kept {
			t.Errorf("%s: %d, Cache-Control is %q, want %q", what, r.status, got, kept)
		}
		if r.status < 300 {
			answered++
		}
	}
	for _, rt := range routes() {
		if strings.HasPrefix(rt.Pattern, "/static/") {
			continue
		}
		s.enter()
		v, what := visits()[rt.Method+" "+rt.Pattern], rt.Method+" "+rt.Pattern
		path := strings.ReplaceAll(rt.Pattern, "{device_model}", "phone")
		path = s.make(path, own)
		check(what, s.call(rt, v, path))
		s.token = ""
		check(what+" without a token", s.call(rt, v, path))
		check("OPTIONS "+rt.Pattern, s.send("OPTIONS", path, ""))
		check("PUT "+rt.Pattern, s.send("PUT", path, ""))
	}
	s.enter()
	link := strings.TrimPrefix(s.upload("/api/folders/", filePart("a", "a.jpg", picture(1))).want(201).text("media", 0, "original_url"), s.url)
	check("GET of a file", s.get(link).want(200))
	check("HEAD of a file", s.send("HEAD", link, ""))
	check("a range of a file", s.send("GET", link, "", "Range: bytes=0-3").want(206))
	check("no range of a file", s.send("GET", link, "", "Range: bytes=99999-").want(416))
	check("a file that is gone", s.get(link+"x").want(404))
	check("the start page", s.send("GET", "/", "", "Accept: text/html").want(200))
	check("a path that there is not", s.get("/nowhere").want(404))
	if len(routes())-answered > 12 { // those that are an operator's, or of a company
		t.Errorf("%d of %d routes answered", answered, len(routes()))
	}
}

func TestOnlyAServerWithAnHTTPSAddressAsksForIt(t *testing.T) {
	for address, want := range map[string]string{"https://id.example.org": "max-age=31536000", "HTTPS://id.example.org/": "max-age=31536000",
		"http://id.example.org": "", "": "", "httpss": ""} {
		cfg := Config{}
		cfg.PublicURL = address
		w := httptest.NewRecorder()
		New(cfg, Deps{Authority: faultyAuthority{}}).ServeHTTP(w, httptest.NewRequest("GET", "/api/folders", nil))
		if got := w.Header().Get("Strict-Transport-Security"); got != want {
			t.Errorf("at %q: %q, want %q", address, got, want)
		}
	}
}

// noLog cannot note anything.
type noLog struct{ Records }

// NoteRead fails.
func (noLog) NoteRead(context.Context, string) error {
	return bonafide.Errorf(bonafide.CodeNoRoom, "There is no room")
}

func TestReadingAFaceIsNotedWhereTheCompanyWantsIt(t *testing.T) {
	w := newWorld(t, Config{})
	w.work(judged(bonafide.Success))
	folder := w.upload("/api/folders", payload(`{"analyses": [{"type": "quality"}]}`), filePart("a", "a.jpg", picture(1))).want(201)
	media := folder.text("media", 0, "media_id")
	link := func(name string) string { return strings.TrimPrefix(folder.text("media", 0, name), w.url) }
	report := w.send("POST", "/api/folders/"+folder.text("folder_id")+"/reports/", "").want(201)
	token, user := w.token, w.user.ID
	noted := func() string {
		t.Helper()
		page, err := w.store.AuditEntries(t.Context(), bonafide.Query{Limit: -1, Sorting: []bonafide.Sort{{Field: "seq"}},
			Filters: []bonafide.Filter{{Field: "action", Op: bonafide.OpIn, Values: []any{bonafide.ActionRead}}}})
		w.must(err)
		var all []string
		for _, e := range page.Items {
			all = append(all, e.Object+" "+e.ObjectID+" "+string(e.ActorID)+" "+e.Via)
		}
		return strings.Join(all, ", ")
	}
	w.get(link("original_url")).want(200)
	if got := noted(); got != "" {
		t.Errorf("noted unasked: %s", got)
	}
	w.asAdmin()
	w.send("PATCH", "/api/companies/"+string(w.user.CompanyID), `{"log_reads": true}`).want(200, `"log_reads": true`)

	w.token = ""
	w.get(link("original_url")).want(200)
	w.send("HEAD", link("original_url"), "")
	w.token = token
	w.get(link("thumb_url")).want(200)
	w.get("/api/reports/" + report.text("report_id") + "/download").want(200)
	want := "media " + media + "  link, media " + media + " " + string(user) + " link, report " + report.text("report_id") + " " + string(user) + " report.read"
	if got := noted(); got != want {
		t.Errorf("noted are %s, want %s", got, want)
	}

	w.addUser("root@localhost", bonafide.Admin, "")
	w.signIn("root@localhost")
	if n := w.get("/api/audit?action=read").want(200, `"action": "read"`).count("items"); n != 3 {
		t.Errorf("%d readings are listed", n)
	}
	w.get("/api/audit?action=restore").want(200, `"items": []`)

	blind := httptest.NewRecorder()
	blobs, err := sharedBlobs()
	w.must(err)
	New(Config{}, Deps{Authority: w.authority, Records: noLog{w.store}, Blobs: blobs}).ServeHTTP(blind, httptest.NewRequest(http.MethodGet, link("original_url"), nil))
	if blind.Code != http.StatusServiceUnavailable || strings.Contains(blind.Body.String(), picture(1)) {
		t.Errorf("what cannot be noted is answered: %d %q", blind.Code, blind.Body)
	}
	w.signIn("admin@bank.example")
	w.send("PATCH", "/api/companies/"+string(w.user.CompanyID), `{"log_reads": false}`).want(200, "not", "log_reads")
}
