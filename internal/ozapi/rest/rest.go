// Package rest is what all calls of the API have in common: it finds the route, lets the
// caller in, limits and shares what a call costs, reads its body and writes its answer.
// A resource is a kind of thing that the API is about, a route is one call to it, a noun
// is what its paths name.
package rest

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// Defaults of the settings.
const (
	DefaultMaxBody  = 100 << 20
	DefaultMaxFiles = 10
)

// Config holds the settings that all calls have in common. A zero limit takes the
// default that is named beside it.
type Config struct {
	PublicURL      string         // base of links, such as https://id.example.org; empty takes the request's host
	TrustedProxies []netip.Prefix // whose X-Forwarded-Host and X-Forwarded-Proto are believed
	LinkKey        *auth.LinkKey  // signs links to files; nil: they last as long as these
	Origins        []string       // that browsers may call from; empty means all
	Components     []string       // of the server; empty means all

	MaxJSON  int64 // bytes of a JSON body or payload part: 1 MiB
	MaxBody  int64 // bytes of an upload: DefaultMaxBody
	MaxFile  int64 // bytes of one file of an upload: httpd.DefaultMaxFile
	MaxFiles int   // files of one upload: DefaultMaxFiles

	Uploads quota.Limits // requests with files under way, of one company and in all: DefaultUploads
	Lists   quota.Limits // lists under way, likewise: DefaultLists
	Calls   quota.Limits // other calls under way, and downloads, likewise: DefaultCalls

	RequestsAMinute int          // of one company: any number
	Requests        quota.Ledger // of all processes together; nil: this one counts alone

	BodyWait time.Duration // time that a body may take to arrive: 5 min
}

// Authenticator finds out who calls.
type Authenticator interface {
	// Authenticate finds the caller of a token, prolongs the session and, at the first
	// use of a refreshed pair, ends the old one. CodeNoToken on "", CodeBadToken,
	// CodeExpired.
	Authenticate(ctx context.Context, accessToken string) (*auth.Caller, error)
}

// Companies reads companies, which say how strictly requests of theirs are read.
type Companies interface {
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
}

// Deps are the rooms that every call needs. Log, Observer and Now may be nil.
type Deps struct {
	Authority Authenticator
	Companies Companies
	Log       *slog.Logger
	Observer  httpd.Observer // of answers, may be nil
	Now       func() time.Time
}

// server answers the calls of resources. It does not change once built.
type server struct {
	Config
	Deps
	front     httpd.Front
	uploads   *quota.Share
	lists     *quota.Share
	calls     *quota.Share
	downloads *quota.Share
	rate      *quota.Rate
	working   *quota.Share // of calls and downloads that do not wait for their client
	nouns     []Noun
}

// What browsers may send and read across origins. The list of headers is that of
// the vendor's nginx file and what its clients were seen to send besides.
const (
	corsMethods = "GET, POST, OPTIONS, PATCH, DELETE"
	corsHeaders = "DNT, User-Agent, X-Requested-With, If-Modified-Since, Cache-Control, Content-Type, Range, Authorization, " +
		"X-Forensic-Access-Token, X-Forensics-Access-Token, X-Session-Token"
	corsExpose = "Content-Length, Content-Range, X-Request-Id, " + wire.WarningsHeader
	corsMaxAge = "86400"
)

// New makes the handler of all paths: those of the resources answer, others say that
// they do not exist.
func New(cfg Config, deps Deps, resources []Resource) http.Handler {
	s := newServer(cfg, deps, resources)
	mux := chi.NewRouter()
	mux.NotFound(s.serve(Route{Pattern: "unknown", Handle: UnknownPath}))
	mux.MethodNotAllowed(s.serve(Route{Pattern: "unknown", Handle: wrongMethod}))
	for pattern, group := range byPattern(s.Offered(resources)) {
		mux.Handle(pattern, s.methods(group))
	}
	return s.front.Around(mux)
}

// newServer fills in the defaults.
func newServer(cfg Config, deps Deps, resources []Resource) *server {
	s := &server{Config: cfg, Deps: deps, nouns: Nouns(resources)}
	s.PublicURL = strings.TrimRight(s.PublicURL, "/")
	s.MaxJSON = cmp.Or(s.MaxJSON, 1<<20)
	s.MaxBody = cmp.Or(s.MaxBody, DefaultMaxBody)
	s.MaxFile = cmp.Or(s.MaxFile, httpd.DefaultMaxFile)
	s.MaxFiles = cmp.Or(s.MaxFiles, DefaultMaxFiles)
	s.BodyWait = cmp.Or(s.BodyWait, 5*time.Minute)
	s.uploads = quota.New(cmp.Or(s.Uploads, DefaultUploads()))
	s.lists = quota.New(cmp.Or(s.Lists, DefaultLists()))
	s.calls = quota.New(cmp.Or(s.Calls, DefaultCalls()))
	s.downloads = quota.New(cmp.Or(s.Calls, DefaultCalls()))
	s.rate = quota.NewRate(s.RequestsAMinute, s.Requests)
	cores := runtime.GOMAXPROCS(0)
	s.working = quota.New(quota.Limits{Places: 4 * cores, PerKey: cores, Contested: max(1, cores-1), Waiting: quota.Unlimited})
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	s.front = httpd.Front{
		Name:     "request",
		Log:      s.Log,
		Observer: s.Observer,
		Proxies:  s.TrustedProxies,
		HTTPS:    httpd.IsHTTPS(s.PublicURL),
		CORS:     &httpd.CORS{Origins: s.Origins, Methods: corsMethods, Headers: corsHeaders, Expose: corsExpose, MaxAge: corsMaxAge},
		Refuse:   func(w http.ResponseWriter, _ *http.Request, err error) { s.write(&Call{Writer: w}, Refusal(err)) },
	}
	return s
}

func (s *server) proxies() httpd.Proxies { return s.TrustedProxies }
