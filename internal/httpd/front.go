package httpd

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
	"time"
)

// Front is what all answers of one API have in common.
type Front struct {
	Name string // of a request in the log, such as "request"
	Log  *slog.Logger
	CORS *CORS // nil: browsers of other origins are told nothing
	// Observer, which may be nil, hears of every answer.
	Observer Observer
	// HTTPS is set where clients reach the server by TLS: browsers are told to come by
	// nothing else from then on.
	HTTPS bool
	// Refuse answers with a fault of the server's own in the words of the API. The
	// error is not for clients.
	Refuse func(w http.ResponseWriter, r *http.Request, err error)
}

// Observer hears how requests were answered. It is safe for concurrent use.
type Observer interface {
	// Answered tells of one answer; route is the pattern that was found, status 0 where
	// nothing was written.
	Answered(route, method string, status int, took time.Duration)
}

// Note is what the log says about a request. It holds no query, no address and no
// name: those may be personal data.
type Note struct {
	ID     string // answered as X-Request-Id
	Route  string // the pattern that was found, set by the handler
	status int
}

type noteKey struct{}

// NoteOf gives the note of a request that came through Around.
func NoteOf(ctx context.Context) *Note { return ctx.Value(noteKey{}).(*Note) }

// Around wraps a handler in what every answer has in common: the path in one
// form, CORS, headers for the safety of browsers, a request id, a line in the log, and an answer after a panic.
func (f *Front) Around(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		n := &Note{ID: newID()}
		nw := &notedWriter{ResponseWriter: w, note: n}
		nw.Header().Set("X-Request-Id", n.ID)
		f.secure(nw.Header())
		f.CORS.set(nw.Header(), r)
		r = r.WithContext(context.WithValue(r.Context(), noteKey{}, n))
		u := *r.URL
		u.Path, u.RawPath = Clean(u.Path), ""
		r.URL = &u
		defer func() {
			if p := recover(); p != nil {
				f.panicked(nw, r, p)
			}
			took := time.Since(start)
			if f.Observer != nil {
				f.Observer.Answered(n.Route, r.Method, n.status, took)
			}
			f.Log.LogAttrs(r.Context(), slog.LevelInfo, f.Name,
				slog.String("request_id", n.ID), slog.String("method", r.Method), slog.String("route", n.Route),
				slog.Int("status", n.status), slog.Int64("took_ms", took.Milliseconds()))
		}()
		h.ServeHTTP(nw, r)
	})
}

// Failed logs the error behind an answer, loudly where its status says that the server
// is at fault. A client that has gone is no fault.
func (f *Front) Failed(r *http.Request, status int, err error) {
	if status < http.StatusInternalServerError {
		f.Refused(r, status, err)
		return
	}
	if r.Context().Err() != nil {
		return
	}
	n := NoteOf(r.Context())
	f.Log.ErrorContext(r.Context(), f.Name+" failed", "request_id", n.ID, "route", n.Route, "error", err)
}

// Refused logs why a request was turned away. A status that says that there is no room
// now, whoever asks, is a warning and no alarm: others are served meanwhile.
func (f *Front) Refused(r *http.Request, status int, err error) {
	if r.Context().Err() != nil {
		return
	}
	level := slog.LevelInfo
	if status >= http.StatusInternalServerError {
		level = slog.LevelWarn
	}
	n := NoteOf(r.Context())
	f.Log.Log(r.Context(), level, f.Name+" refused", "request_id", n.ID, "route", n.Route, "status", status, "cause", cause(err))
}

// quoted is what of an error may be a client's own words: what stands between quotes,
// and whatever looks like an address.
var quoted = regexp.MustCompile("\"[^\"]*\"?|'[^']*'|`[^`]*`|\\S+@\\S+")

// maxCause bounds what the log says about a refusal, in bytes.
const maxCause = 400

// cause is the chain of an error without what the client sent.
func cause(err error) string {
	text := quoted.ReplaceAllString(err.Error(), "…")
	if len(text) > maxCause {
		text = strings.ToValidUTF8(text[:maxCause], "") + "…"
	}
	return text
}

// panicked answers after a panic where nothing was answered yet; otherwise it
// breaks the connection, so that a torn answer does not look whole.
func (f *Front) panicked(w *notedWriter, r *http.Request, p any) {
	if err, _ := p.(error); errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	f.Log.Error("panic", "request_id", w.note.ID, "route", w.note.Route, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
	if w.note.status != 0 {
		panic(http.ErrAbortHandler)
	}
	f.Refuse(w, r, errors.New("panic"))
}

// newID names a request in the log and to its client.
func newID() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// notedWriter notes the status.
type notedWriter struct {
	http.ResponseWriter
	note *Note
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
