package ozapi

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// faultyAuthority fails in the ways of which a client must learn nothing.
type faultyAuthority struct{ Authority }

func (faultyAuthority) SignIn(context.Context, string, string, auth.Origin) (*auth.Grant, error) {
	panic("secret of the panic")
}

func (faultyAuthority) Authenticate(context.Context, string) (*auth.Caller, error) {
	return nil, errors.New("secret of the disk")
}

func TestFaultsOfOursAreErrorZeroAndSayNothing(t *testing.T) {
	var log strings.Builder
	h := New(Config{}, Deps{Authority: faultyAuthority{}, Log: textLog(&log)})
	for _, r := range []*http.Request{
		httptest.NewRequest("POST", "/api/authorize/auth", strings.NewReader(credentials("x"))),
		httptest.NewRequest("GET", "/api/folders", nil),
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		want := `{"error_code": 0, "error_message": "Unknown server side error occurred", "error_details": null, "details": null}`
		if w.Code != 500 || w.Body.String() != want || w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %s", r.URL.Path, w.Code, w.Body)
		}
		if !strings.Contains(log.String(), w.Header().Get("X-Request-Id")) {
			t.Errorf("%s: the log lacks the request id", r.URL.Path)
		}
	}
	for _, word := range []string{"secret of the panic", "secret of the disk", "status=500"} {
		if !strings.Contains(log.String(), word) {
			t.Errorf("the log lacks %q", word)
		}
	}
}

func TestACompanyMakesSoManyRequestsAMinute(t *testing.T) {
	w := newWorld(t, Config{Config: rest.Config{RequestsAMinute: 20}})
	answered, last := 0, w.get("/api/folders")
	for ; last.status == http.StatusOK && answered <= 20; answered++ {
		last = w.get("/api/folders")
	}
	last.want(429, `"error_message": "Too many requests, at most 20 a minute"`)
	if last.header.Get("Retry-After") == "" || answered < 10 {
		t.Errorf("after %d requests, to come again after %q", answered, last.header.Get("Retry-After"))
	}
	w.as(bonafide.Admin, "") // of no company
	w.get("/api/folders").want(200)
}
