package httpd

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestWhoIsTurnedAwayForNowRaisesNoAlarm(t *testing.T) {
	for want, log := range map[string]func(*Front, *http.Request){
		"level=WARN msg=\"x refused\"": func(f *Front, r *http.Request) { f.Refused(r, http.StatusServiceUnavailable, errors.New("full")) },
		"level=INFO msg=\"x refused\"": func(f *Front, r *http.Request) { f.Failed(r, http.StatusTooManyRequests, errors.New("full")) },
		"level=ERROR msg=\"x failed\"": func(f *Front, r *http.Request) { f.Failed(r, http.StatusInsufficientStorage, errors.New("full")) },
	} {
		var out bytes.Buffer
		f := &Front{Name: "x", Log: slog.New(slog.NewTextHandler(&out, nil))}
		var id string
		f.Around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			id = NoteOf(r.Context()).ID
			log(f, r)
		})).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
		if line, _, _ := strings.Cut(out.String(), "\n"); !strings.Contains(line, want) || !strings.Contains(line, "request_id="+id) || !strings.Contains(line, "full") {
			t.Errorf("%s, want %s and %s", line, want, id)
		}
	}
}

// logged gives the lines about one request, and its answer.
func logged(r *http.Request, h http.HandlerFunc) (string, http.Header) {
	var out bytes.Buffer
	f := &Front{Name: "x", Log: slog.New(slog.NewTextHandler(&out, nil)), Proxies: Proxies{netip.MustParsePrefix("10.0.0.0/8")}}
	rec := httptest.NewRecorder()
	f.Around(h).ServeHTTP(rec, r)
	return out.String(), rec.Header()
}

func TestTheIdOfACallerIsKeptWhereItIsWellFormed(t *testing.T) {
	for id, kept := range map[string]bool{
		"9f3c2a10-7d55-4a7b-8f10-2b8d3f6a9c01": true,
		"req_01.ABCdef":                        true,
		"short":                                false,
		"":                                     false,
		"two words":                            false,
		"a=b level=ERROR":                      false,
		"-starts-with-a-dash":                  false,
		"line\nbreak":                          false,
		strings.Repeat("x", 64):                true,
		strings.Repeat("x", 65):                false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header[RequestIDHeader] = []string{id}
		inside := ""
		line, header := logged(r, func(_ http.ResponseWriter, r *http.Request) { inside = IDOf(r.Context()) })
		got := header.Get(RequestIDHeader)
		if (got == id) != kept || got == "" || got != inside || !strings.Contains(line, "request_id="+got+" ") {
			t.Errorf("%q became %q, inside %q: %s", id, got, inside, line)
		}
	}
	if IDOf(t.Context()) != "" {
		t.Error("there is an id without a request")
	}
}

func TestALineSaysWhoCalledAboutWhat(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/folders/7?name=Ivanov", nil)
	r.RemoteAddr = "10.0.0.1:4711"
	r.Header.Set("X-Forwarded-For", "203.0.113.7")
	line, _ := logged(r, func(w http.ResponseWriter, r *http.Request) {
		n := NoteOf(r.Context())
		n.Route, n.User, n.Company, n.Folder = "/folders/{id}", "u1", "c1", "f1"
		w.WriteHeader(http.StatusNoContent)
	})
	if !strings.Contains(line, "route=/folders/{id} status=204 ") || !strings.HasSuffix(line, " client=203.0.113.7 user=u1 company=c1 folder=f1\n") || strings.Contains(line, "Ivanov") {
		t.Error(line)
	}
	if line, _ = logged(httptest.NewRequest(http.MethodGet, "/", nil), func(http.ResponseWriter, *http.Request) {}); strings.Contains(line, "user=") {
		t.Errorf("nobody is somebody: %s", line)
	}
}

func TestProbesAreQuietUntilTheyFail(t *testing.T) {
	for status, lines := range map[int]int{200: 0, 204: 0, 404: 1, 503: 1} {
		line, _ := logged(httptest.NewRequest(http.MethodGet, "/", nil), func(w http.ResponseWriter, r *http.Request) {
			NoteOf(r.Context()).Quiet = true
			w.WriteHeader(status)
		})
		if strings.Count(line, "\n") != lines {
			t.Errorf("%d: %q", status, line)
		}
	}
}
