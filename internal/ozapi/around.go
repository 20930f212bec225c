package ozapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"github.com/bonafide-id/bonafide"
)

// What browsers may send and read across origins. The list of headers is that of
// the vendor's nginx file and what its clients were seen to send besides.
const (
	corsMethods = "GET, POST, OPTIONS, PATCH, DELETE"
	corsHeaders = "DNT, User-Agent, X-Requested-With, If-Modified-Since, Cache-Control, Content-Type, Range, Authorization, " +
		"X-Forensic-Access-Token, X-Forensics-Access-Token"
	corsExpose = "Content-Length, Content-Range, X-Request-Id"
	corsMaxAge = "86400"
)

// note is what the log says about a request. It holds no query, no address and no
// name: those may be personal data.
type note struct {
	id     string
	route  string
	status int
}

type noteKey struct{}

func noteOf(ctx context.Context) *note { return ctx.Value(noteKey{}).(*note) }

// around wraps the routes in what every answer has in common: the path in one
// form, CORS, a request id, a line in the log, and an answer after a panic.
func (a *api) around(mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		n := &note{id: bonafide.NewSecret(8)}
		nw := &notedWriter{ResponseWriter: w, note: n}
		nw.Header().Set("X-Request-Id", n.id)
		nw.Header().Set("X-Content-Type-Options", "nosniff")
		a.cors(nw.Header(), r)
		defer func() {
			if p := recover(); p != nil {
				a.panicked(nw, p)
			}
			a.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("request_id", n.id), slog.String("method", r.Method), slog.String("route", n.route),
				slog.Int("status", n.status), slog.Int64("took_ms", time.Since(start).Milliseconds()))
		}()
		r = r.WithContext(context.WithValue(r.Context(), noteKey{}, n))
		u := *r.URL
		u.Path, u.RawPath = clean(u.Path), ""
		r.URL = &u
		mux.ServeHTTP(nw, r)
	})
}

// panicked answers after a panic where nothing was answered yet; otherwise it
// breaks the connection, so that a torn answer does not look whole.
func (a *api) panicked(w *notedWriter, p any) {
	if err, _ := p.(error); errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	a.Log.Error("panic", "request_id", w.note.id, "route", w.note.route, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
	if w.note.status != 0 {
		panic(http.ErrAbortHandler)
	}
	a.write(w, errorAnswer(fmt.Errorf("panic")))
}

// cors sets the headers on every answer, errors included.
func (a *api) cors(h http.Header, r *http.Request) {
	origin := "*"
	if len(a.Origins) > 0 && !slices.Contains(a.Origins, "*") {
		h.Add("Vary", "Origin")
		origin = r.Header.Get("Origin")
		if !slices.Contains(a.Origins, origin) {
			return
		}
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", corsMethods)
	h.Set("Access-Control-Allow-Headers", corsHeaders)
	h.Set("Access-Control-Expose-Headers", corsExpose)
	h.Set("Access-Control-Max-Age", corsMaxAge)
}

// notedWriter notes the status.
type notedWriter struct {
	http.ResponseWriter
	note *note
}

// WriteHeader implements http.ResponseWriter.
func (w *notedWriter) WriteHeader(status int) {
	if w.note.status == 0 {
		w.note.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *notedWriter) Write(p []byte) (int, error) {
	if w.note.status == 0 {
		w.note.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *notedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
