package ozapi

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// Defaults of the settings.
const (
	DefaultMaxBody    = 100 << 20
	DefaultMaxFiles   = 10
	DefaultSingleWait = 240 * time.Second
)

// Config holds the settings of the surface. A zero limit takes the default that
// is named beside it.
type Config struct {
	Version        string         // answered by /api/version
	PublicURL      string         // base of links, such as https://id.example.org; empty takes the request's host
	TrustedProxies []netip.Prefix // whose X-Forwarded-Host and X-Forwarded-Proto are believed
	Origins        []string       // that browsers may call from; empty means all
	Components     []string       // of the surface; empty means all

	MaxJSON  int64 // bytes of a JSON body or payload part: 1 MiB
	MaxBody  int64 // bytes of an upload: DefaultMaxBody
	MaxFile  int64 // bytes of one file of an upload: httpd.DefaultMaxFile
	MaxFiles int   // files of one upload: DefaultMaxFiles

	Timezone string // that clients are told to show times in: UTC

	Uploads quota.Limits // requests with files under way, of one company and in all: DefaultUploads
	Lists   quota.Limits // lists under way, likewise: DefaultLists

	SingleWait time.Duration // wait of a single request for its verdicts: DefaultSingleWait
	BodyWait   time.Duration // time that a body may take to arrive: 5 min
}

// Deps are the rooms behind the surface. Missing, Log and Now may be nil.
type Deps struct {
	Authority Authority
	Companies Companies
	Desk      Desk
	Enroller  Enroller
	Reporter  Reporter
	Instant   Instant
	Records   Records
	Outbox    Outbox
	Captures  Captures
	Blobs     Blobs
	Missing   func() []string                          // what the machine lacks, as wire.Health has it
	Problems  func(ctx context.Context) []wire.Problem // nil: none are known
	Log       *slog.Logger
	Now       func() time.Time
}

// api is the surface. It does not change once built.
type api struct {
	Config
	Deps
	undeclared sync.Once // a proxy that nobody declared was logged
	front      httpd.Front
	uploads    *quota.Share
	lists      *quota.Share
	nouns      []noun
}

// What browsers may send and read across origins. The list of headers is that of
// the vendor's nginx file and what its clients were seen to send besides.
const (
	corsMethods = "GET, POST, OPTIONS, PATCH, DELETE"
	corsHeaders = "DNT, User-Agent, X-Requested-With, If-Modified-Since, Cache-Control, Content-Type, Range, Authorization, " +
		"X-Forensic-Access-Token, X-Forensics-Access-Token"
	corsExpose = "Content-Length, Content-Range, X-Request-Id, " + wire.WarningsHeader
	corsMaxAge = "86400"
)

// New makes the handler that answers every path of the server.
func New(cfg Config, deps Deps) http.Handler {
	a := newAPI(cfg, deps)
	mux := chi.NewRouter()
	mux.NotFound(a.serve(route{Pattern: "unknown", handle: unknownPath}))
	mux.MethodNotAllowed(a.serve(route{Pattern: "unknown", handle: wrongMethod}))
	for pattern, group := range byPattern(a.offered()) {
		mux.Handle(pattern, a.methods(group))
	}
	return a.front.Around(mux)
}

// newAPI fills in the defaults.
func newAPI(cfg Config, deps Deps) *api {
	a := &api{Config: cfg, Deps: deps, nouns: nouns()}
	a.PublicURL = strings.TrimRight(a.PublicURL, "/")
	a.MaxJSON = cmp.Or(a.MaxJSON, 1<<20)
	a.MaxBody = cmp.Or(a.MaxBody, DefaultMaxBody)
	a.MaxFile = cmp.Or(a.MaxFile, httpd.DefaultMaxFile)
	a.MaxFiles = cmp.Or(a.MaxFiles, DefaultMaxFiles)
	a.Timezone = cmp.Or(a.Timezone, "UTC")
	a.SingleWait = cmp.Or(a.SingleWait, DefaultSingleWait)
	a.BodyWait = cmp.Or(a.BodyWait, 5*time.Minute)
	a.uploads = quota.New(cmp.Or(a.Uploads, DefaultUploads()))
	a.lists = quota.New(cmp.Or(a.Lists, DefaultLists()))
	if a.Log == nil {
		a.Log = slog.New(slog.DiscardHandler)
	}
	if a.Now == nil {
		a.Now = time.Now
	}
	a.front = httpd.Front{
		Name:   "request",
		Log:    a.Log,
		CORS:   &httpd.CORS{Origins: a.Origins, Methods: corsMethods, Headers: corsHeaders, Expose: corsExpose, MaxAge: corsMaxAge},
		Refuse: func(w http.ResponseWriter, _ *http.Request, err error) { a.write(&call{w: w}, refusal(err)) },
	}
	return a
}

func (a *api) proxies() httpd.Proxies { return a.TrustedProxies }

// languageOf is the language that a caller wants advice in.
func languageOf(r *http.Request) string {
	return cmp.Or(r.URL.Query().Get("lang"), r.Header.Get("Accept-Language"))
}

// links finds the base of links in answers.
func (a *api) links(r *http.Request) wire.Links {
	base := a.PublicURL
	if base == "" {
		base = a.proxies().Base(r)
	}
	return wire.LinksAt(base, languageOf(r))
}
