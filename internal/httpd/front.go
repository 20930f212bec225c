package httpd

import (
	"cmp"
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
	// Proxies are those whose word is taken for who the client is.
	Proxies Proxies
	CORS    *CORS // nil: browsers of other origins are told nothing
	// Observer, which may be nil, hears of every answer.
	Observer Observer
	// HTTPS is set where clients reach the server by TLS: browsers are told to come by
	// nothing else from then on.
	HTTPS bool
	// Refuse answers with a fault of the server's own in the words of the API. The
	// error is not for clients.
	Refuse func(w http.ResponseWriter, r *http.Request, err error)
}

// Observer hears of requests. It is safe for concurrent use.
type Observer interface {
	// Asked tells of a request and gives the context that it is answered in.
	Asked(r *http.Request) context.Context
	// Answered tells of its answer, with that context; route is the pattern that was
	// found, status that of the answer.
	Answered(ctx context.Context, route, method string, status int, took time.Duration)
}

// Note is what the log says about a request. It holds no query, no path and no name:
// those may be personal data. The handler sets what it finds out.
type Note struct {
	ID      string // answered as X-Request-Id: the caller's own where it is well-formed
	Route   string // the pattern that was found
	User    string // identifier of who calls
	Company string // identifier of theirs
	Folder  string // identifier of the folder that it is about
	Quiet   bool   // of a probe: nobody wants to read it again and again, unless it fails
	client  string // address
	status  int
}

// who are those of the note's words that are known.
func (n *Note) who() []slog.Attr {
	var all []slog.Attr
	for _, a := range []struct{ key, value string }{{"client", n.client}, {"user", n.User}, {"company", n.Company}, {"folder", n.Folder}} {
		if a.value != "" {
			all = append(all, slog.String(a.key, a.value))
		}
	}
	return all
}

type noteKey struct{}

// NoteOf gives the note of a request that came through Around.
func NoteOf(ctx context.Context) *Note { return ctx.Value(noteKey{}).(*Note) }

// Around wraps a handler in what every answer has in common: the path in one
// form, CORS, headers for the safety of browsers, a request id, a line in the log, and an answer after a panic.
func (f *Front) Around(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		n := &Note{ID: idOf(r)}
		if client, _ := f.Proxies.Client(r); client.IsValid() {
			n.client = client.String()
		}
		nw := &notedWriter{ResponseWriter: w, note: n}
		nw.Header().Set(RequestIDHeader, n.ID)
		f.secure(nw.Header())
		f.CORS.set(nw.Header(), r)
		ctx := r.Context()
		if f.Observer != nil {
			ctx = f.Observer.Asked(r)
		}
		r = r.WithContext(context.WithValue(ctx, noteKey{}, n))
		u := *r.URL
		u.Path, u.RawPath = Clean(u.Path), ""
		r.URL = &u
		defer func() {
			if p := recover(); p != nil {
				f.panicked(nw, r, p)
			}
			took := time.Since(start)
			if f.Observer != nil {
				f.Observer.Answered(r.Context(), n.Route, r.Method, cmp.Or(n.status, http.StatusOK), took)
			}
			level := slog.LevelInfo
			if n.Quiet && n.status < http.StatusBadRequest {
				level = slog.LevelDebug
			}
			f.Log.LogAttrs(r.Context(), level, f.Name, append([]slog.Attr{
				slog.String("request_id", n.ID), slog.String("method", r.Method), slog.String("route", n.Route),
				slog.Int("status", n.status), slog.Int64("took_ms", took.Milliseconds())}, n.who()...)...)
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
	f.Log.LogAttrs(r.Context(), slog.LevelError, f.Name+" failed", append([]slog.Attr{
		slog.String("request_id", n.ID), slog.String("route", n.Route), slog.Any("error", err)}, n.who()...)...)
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

// RequestIDHeader has the id of a request, and of an answer that of its request.
const RequestIDHeader = "X-Request-Id"

// wellFormed are ids of callers that may stand in a log.
var wellFormed = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$`)

// idOf names a request in the log and to its client. An id that came with it is kept, so
// that what several servers log about one thing can be found together.
func idOf(r *http.Request) string {
	if id := r.Header.Get(RequestIDHeader); wellFormed.MatchString(id) {
		return id
	}
	return newID()
}

// IDOf is the id of the request that a context belongs to, "" for none.
func IDOf(ctx context.Context) string {
	if n, ok := ctx.Value(noteKey{}).(*Note); ok {
		return n.ID
	}
	return ""
}

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
