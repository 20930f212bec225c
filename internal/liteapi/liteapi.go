// Package liteapi is the HTTP surface of Oz API Lite, a stateless service about
// faces in single pictures: it makes templates, compares them and tells whether a
// picture shows a living person. Nothing that it is sent is stored. It holds no
// rules of the business: it reads requests, asks the room behind Faces, and writes
// the answers down.
//
// Pattern is the service's own word for templates and their comparison.
package liteapi

import (
	"cmp"
	"context"
	"crypto/subtle"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Faces answers about pictures and templates in memory. *face.Reader satisfies it.
// A file that is no picture is CodeValue.
type Faces interface {
	// Extract makes a template of the only face in a picture, or gives the code of the
	// reason for which it cannot.
	Extract(ctx context.Context, picture []byte) (t bonafide.Template, reason string, err error)
	// Compare gives a similarity in [0,1] and the verdict about it. Templates of another
	// model than the one in use are CodeModel.
	Compare(a, b bonafide.Template) (similarity float64, verdict bonafide.Status, err error)
	// Live gives the live score in [0,1], higher is more alive, nil with reasons where
	// there is none, and whether the picture passes.
	Live(ctx context.Context, picture []byte) (score *float64, passed bool, reasons []bonafide.Reason, err error)
	Models() []bonafide.ModelRef
	// Try and TryLiveness tell what keeps the service from working, nil for nothing.
	Try(ctx context.Context) error
	TryLiveness(ctx context.Context) error
}

// Config holds the settings of the service. A zero limit takes the default that is
// named beside it.
type Config struct {
	Version  string        // answered by /version
	Key      string        // that callers must show; empty lets everybody in
	MaxFile  int64         // bytes of one picture or template, decoded: 32 MiB
	Bodies   int           // requests whose bodies are held at once: 16
	BodyWait time.Duration // time that a body may take to arrive: 30 s
	Log      *slog.Logger  // nil means none
}

// service is the surface. It does not change once built.
type service struct {
	Config
	faces  Faces
	bodies chan struct{}
}

// New makes a handler of the paths that Owns knows, which gives all others to
// next.
func New(cfg Config, faces Faces, next http.Handler) http.Handler {
	s := &service{Config: cfg, faces: faces}
	s.MaxFile = cmp.Or(s.MaxFile, 32<<20)
	s.BodyWait = cmp.Or(s.BodyWait, 30*time.Second)
	s.bodies = make(chan struct{}, cmp.Or(s.Bodies, 16))
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := clean(r.URL.Path)
		if !owns(path) {
			next.ServeHTTP(w, r)
			return
		}
		s.serve(w, r, path)
	})
}

// clean brings a path into one form: single slashes, none at the end.
func clean(path string) string {
	return "/" + strings.Join(strings.FieldsFunc(path, func(r rune) bool { return r == '/' }), "/")
}

func owns(path string) bool { return path == "/version" || strings.HasPrefix(path, "/v1/") }

// route is one call of the service.
type route struct {
	method string
	path   string
	family family
	handle func(*service, *call) (*answer, error)
}

func routes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/version", pattern, (*service).version},
		{get, "/v1/face/pattern/health", pattern, (*service).patternHealth},
		{post, "/v1/face/pattern/extract", pattern, (*service).extract},
		{post, "/v1/face/pattern/compare", pattern, (*service).compare},
		{post, "/v1/face/pattern/verify", pattern, (*service).verify},
		{post, "/v1/face/pattern/extract_and_compare", pattern, (*service).extractAndCompare},
		{get, "/v1/face/liveness/health", liveness, (*service).livenessHealth},
		{post, "/v1/face/liveness/detect", liveness, (*service).detect},
		// The two that follow are how the service's siblings spell it.
		{get, "/v1/liveness/health", liveness, (*service).livenessHealth},
		{post, "/v1/liveness/detect", liveness, (*service).detect},
	}
}

// serve answers a request and leaves a line in the log, without a query, an
// address or a word of the body.
func (s *service) serve(w http.ResponseWriter, r *http.Request, path string) {
	start := time.Now()
	a := s.answer(w, r, path)
	a.write(w)
	s.Log.LogAttrs(r.Context(), slog.LevelInfo, "lite request", slog.String("method", r.Method), slog.String("route", a.route),
		slog.Int("status", a.status), slog.Int64("took_ms", time.Since(start).Milliseconds()))
}

func (s *service) answer(w http.ResponseWriter, r *http.Request, path string) (a *answer) {
	rt, err := find(r, path)
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("panic", "route", rt.path, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
			a = refusal(rt.family, errPanic)
		}
		a.route = rt.path
	}()
	if err == nil && !s.admits(r) {
		err = fault{status: http.StatusUnauthorized, message: "The key is missing or wrong"}
	}
	if err != nil {
		return refusal(rt.family, err)
	}
	if r.Method == http.MethodPost {
		select {
		case s.bodies <- struct{}{}:
			defer func() { <-s.bodies }()
		case <-r.Context().Done():
			return refusal(rt.family, r.Context().Err())
		}
		// Only a writer that is no connection, as in tests, has no deadlines.
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.BodyWait))
	}
	a, err = rt.handle(s, &call{Request: r, w: w, limit: s.MaxFile, family: rt.family})
	if err != nil {
		a = refusal(rt.family, err)
		if a.status >= http.StatusInternalServerError && r.Context().Err() == nil {
			s.Log.ErrorContext(r.Context(), "lite request failed", "route", rt.path, "error", err)
		}
	}
	return a
}

// find finds the route of a request; where there is none it says of which family
// the error is.
func find(r *http.Request, path string) (route, error) {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	at := route{path: "unknown", family: pattern}
	if strings.Contains(path, "/liveness/") {
		at.family = liveness
	}
	var err error = fault{code: badRequest, message: "There is no such method"}
	for _, rt := range routes() {
		if rt.path != path {
			continue
		}
		if rt.method == method {
			return rt, nil
		}
		at, err = rt, fault{code: wrongMethod, message: "This needs " + rt.method}
	}
	return at, err
}

// admits sees that the caller shows the key, in either of the usual headers.
func (s *service) admits(r *http.Request) bool {
	if s.Key == "" {
		return true
	}
	shown := cmp.Or(r.Header.Get("X-Api-Key"), strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	return subtle.ConstantTimeCompare([]byte(shown), []byte(s.Key)) == 1
}
