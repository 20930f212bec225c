package ozapi

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// DefaultSingleWait is how long a single request waits for its verdicts.
const DefaultSingleWait = 240 * time.Second

// Config holds the settings of the API. A zero limit takes the default that is named
// beside it.
type Config struct {
	rest.Config
	Version    string               // answered by /api/version
	Timezone   string               // that clients are told to show times in: UTC
	SingleWait time.Duration        // wait of a single request for its verdicts: DefaultSingleWait
	Pages      bool                 // pages for capture are answered, at the addresses of links
	Demo       bool                 // there is a demo, to which the first page leads
	More       []describe.Operation // calls of other APIs that the server answers, to be described with these
}

// Deps are the rooms behind the API. Missing, Problems, Log, Observer and Now may be nil.
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
	Bounds    *bound.Keeper // of companies; nil means none
	Gates     Gates
	Blobs     Blobs
	Missing   func() []string                          // what the machine lacks, as wire.Health has it
	Problems  func(ctx context.Context) []wire.Problem // nil: none are known
	Log       *slog.Logger
	Observer  httpd.Observer // of answers
	Now       func() time.Time
}

// api answers the calls. It does not change once built.
type api struct {
	Config
	Deps
	undeclared sync.Once // a proxy that nobody declared was logged
}

// New makes the handler that answers every path of the server.
func New(cfg Config, deps Deps) http.Handler {
	a := &api{Config: cfg, Deps: deps}
	a.Timezone = cmp.Or(a.Timezone, "UTC")
	a.SingleWait = cmp.Or(a.SingleWait, DefaultSingleWait)
	if a.Log == nil {
		a.Log = slog.New(slog.DiscardHandler)
	}
	return rest.New(cfg.Config, rest.Deps{Authority: a.Authority, Companies: a.Records, Log: a.Log, Observer: a.Observer, Now: a.Now}, a.resources())
}
