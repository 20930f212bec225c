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
	"log/slog"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/quota"
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
	Version  string         // answered by /version
	HTTPS    bool           // clients reach the server by TLS
	Key      string         // that callers must show; empty lets everybody in
	MaxFile  int64          // bytes of one picture or template, decoded: httpd.DefaultMaxFile
	Bodies   int            // requests whose bodies are held at once, three quarters of them of one client: 16
	BodyWait time.Duration  // time that a body may take to arrive: 30 s
	Proxies  httpd.Proxies  // whose word is taken for who the client is
	Log      *slog.Logger   // nil means none
	Observer httpd.Observer // of answers, may be nil
}

// patience is how long a request waits for a place.
const patience = 30 * time.Second

// service is the surface. It does not change once built.
type service struct {
	Config
	faces  Faces
	bodies *quota.Share
	front  httpd.Front
}

// New makes a handler of the paths that Owns knows, which gives all others to
// next.
func New(cfg Config, faces Faces, next http.Handler) http.Handler {
	s := &service{Config: cfg, faces: faces}
	s.MaxFile = cmp.Or(s.MaxFile, httpd.DefaultMaxFile)
	s.BodyWait = cmp.Or(s.BodyWait, 30*time.Second)
	bodies := cmp.Or(s.Bodies, 16)
	s.bodies = quota.New(quota.Limits{Places: bodies, PerKey: max(1, bodies*3/4), Waiting: 4 * bodies, Patience: patience})
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	s.front = httpd.Front{
		Name:     "lite request",
		Log:      s.Log,
		Observer: s.Observer,
		Proxies:  s.Proxies,
		HTTPS:    s.HTTPS,
		Refuse: func(w http.ResponseWriter, r *http.Request, err error) {
			refusal(familyOf(r.URL.Path), err).write(w)
		},
	}
	own := s.front.Around(http.HandlerFunc(s.serve))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if owns(httpd.Clean(r.URL.Path)) {
			own.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func owns(path string) bool { return path == "/version" || strings.HasPrefix(path, "/v1/") }

// serve answers a request.
func (s *service) serve(w http.ResponseWriter, r *http.Request) {
	a, err := s.answer(w, r)
	if err != nil {
		a = refusal(familyOf(r.URL.Path), err)
		if a.status == http.StatusServiceUnavailable { // there is no room for it now
			s.front.Refused(r, a.status, err)
		} else {
			s.front.Failed(r, a.status, err)
		}
	}
	a.write(w)
}

func (s *service) answer(w http.ResponseWriter, r *http.Request) (*answer, error) {
	rt, err := find(r)
	httpd.NoteOf(r.Context()).Route = rt.path
	if err == nil && !s.admits(r) {
		err = fault{status: http.StatusUnauthorized, message: "The key is missing or wrong"}
	}
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodPost {
		client, _ := s.Proxies.Client(r)
		r = r.WithContext(quota.WithPayer(r.Context(), client.String()))
		release, err := s.bodies.Take(r.Context(), client.String())
		if err != nil {
			return nil, err
		}
		defer release()
		httpd.LimitBody(w, r, math.MaxInt64, s.BodyWait) // files have a limit of their own
	}
	return rt.handle(s, &call{Request: r, w: w, limit: s.MaxFile})
}

// find finds the route of a request.
func find(r *http.Request) (route, error) {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	at := route{path: "unknown"}
	var err error = fault{code: badRequest, message: "There is no such method"}
	for _, rt := range routes() {
		if rt.path != r.URL.Path {
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
