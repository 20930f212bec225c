package httpd

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
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
