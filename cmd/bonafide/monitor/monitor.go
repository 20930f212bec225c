// Package monitor joins what is seen of a server from outside with the rooms that know
// it: whether it is ready, what it counts, and what is wrong.
package monitor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/license"
	"github.com/bonafide-id/bonafide/internal/metrics"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/tracing"
)

// Store is what is asked of the database.
type Store interface {
	// ReferenceChanges is the cheapest question that reads a table.
	ReferenceChanges(ctx context.Context, model bonafide.ModelRef, after int64, collectionID bonafide.ID) (store.ReferenceChanges, error)
	Backlog(ctx context.Context) (store.Backlog, error)
}

// Blobs are what is asked of the media.
type Blobs interface {
	Writable(ctx context.Context) error
	Damaged() int64
}

// Config is what a server that can be watched is made of.
type Config struct {
	*config.Config
	Serve   *config.Serve
	Version string
	Store   Store // nil: the process only answers pages, and needs none of the following
	Blobs   Blobs
	People  interface{ Bytes() int64 }
	Set     *model.Set
	Video   func() error // nil where videos can be decoded
	Stages  *Stages      // whose steps are counted; nil for none
	Log     *slog.Logger
}

// Monitor watches a server. Make it with Open.
type Monitor struct {
	Config
	ready    *httpd.Readiness
	metrics  *metrics.Metrics // nil where nobody can read them
	tracer   *tracing.Tracer  // nil where nobody is told of spans
	listener net.Listener     // of metrics, likewise
}

// Open listens where metrics are to be read, if anywhere, and traces where the environment
// asks for it.
func Open(ctx context.Context, c Config) (*Monitor, error) {
	m := &Monitor{Config: c}
	var err error
	if m.tracer, err = tracing.Open(ctx, c.Version, c.Log); err != nil {
		return nil, err
	}
	if err := m.open(); err != nil {
		m.Close()
		return nil, err
	}
	c.Stages.tell(m.metrics, m.tracer)
	return m, nil
}

func (m *Monitor) open() error {
	c := &m.Config
	if c.Store != nil {
		m.ready = httpd.NewReadiness(c.Log, m.checks()...)
	} else {
		m.ready = httpd.NewReadiness(c.Log)
	}
	if c.Serve.MetricsListen == "" {
		return nil
	}
	ends, err := licenseEnd(&c.Serve.Capture)
	if err != nil {
		return err
	}
	if m.listener, err = listen(c.Serve.MetricsListen, c.Log); err != nil {
		return err
	}
	m.metrics = metrics.New(c.Version)
	if c.Store != nil {
		m.metrics.Ask(metrics.Sources{Backlog: c.Store.Backlog, Checks: m.ready.Checks, Damaged: c.Blobs.Damaged, Memory: memory,
			References: c.People.Bytes, Room: func() (int64, int64, error) { return Room(c.Data) }})
		m.metrics.InUse(c.Set.Name, members(c.Set))
	}
	if !ends.IsZero() {
		m.metrics.LicenseEnds(ends)
	}
	return nil
}

// listen says where, so that a port that the system has chosen is known.
func listen(address string, log *slog.Logger) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--metrics-listen %s: %w", address, err)
	}
	log.Info("metrics", "address", l.Addr().String())
	return l, nil
}

// Listen listens where requests are answered, by TLS where there is a certificate.
func Listen(s *config.Serve, log *slog.Logger) (net.Listener, error) {
	var cert *httpd.Certificate
	if s.TLSCert != "" {
		var err error
		if cert, err = httpd.LoadCertificate(s.TLSCert, s.TLSKey, log); err != nil {
			return nil, fmt.Errorf("--tls-cert: %w", err)
		}
	}
	l, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return nil, fmt.Errorf("--listen %s: %w", s.Listen, err)
	}
	if cert == nil {
		return l, nil
	}
	return cert.Secure(l), nil
}

// licenseEnd is when the licence of captures ends, zero for never.
func licenseEnd(c *config.Capture) (time.Time, error) {
	l, err := license.Load(c.License, c.LicenseKey)
	if err != nil {
		return time.Time{}, fmt.Errorf("--license: %w", err)
	}
	return l.NotAfter, nil
}

// members names the models of a set.
func members(s *model.Set) []metrics.Model {
	of := func(role model.Role, ref bonafide.ModelRef) metrics.Model {
		return metrics.Model{Role: string(role), Name: ref.Name, Version: ref.Version}
	}
	all := []metrics.Model{of(model.RoleDetector, s.Detector.Ref()), of(model.RoleLandmarker, s.Landmarker.Ref()), of(model.RoleEmbedder, s.Embedder.Ref())}
	if s.PAD != nil {
		all = append(all, of(model.RolePAD, s.PAD.Ref()))
	}
	if s.Cover != nil {
		all = append(all, of(model.RoleCover, s.Cover.Ref()))
	}
	return all
}

// Around answers probes before what the server answers to others. The API says itself
// whether it is alive.
func (m *Monitor) Around(next http.Handler) http.Handler {
	return httpd.Probes(m.ready, next, m.Store != nil)
}

// Run answers who reads metrics until ctx ends.
func (m *Monitor) Run(ctx context.Context) {
	if m.listener == nil {
		return
	}
	if err := httpd.Serve(ctx, m.listener, page(m.ready, m.metrics.Handler()), m.Log); err != nil && !errors.Is(err, context.Canceled) {
		m.Log.Error("metrics are not answered any more", "error", err)
	}
}

// page answers metrics and probes, and nothing else.
func page(ready *httpd.Readiness, read http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+MetricsPath, read)
	return httpd.Probes(ready, mux, false)
}

// MetricsPath is where Prometheus reads.
const MetricsPath = "/metrics"

// Close stops listening, where Run was not called, and sends the last spans.
func (m *Monitor) Close() {
	if m == nil {
		return
	}
	if m.listener != nil {
		_ = m.listener.Close() // it may be closed already
	}
	if err := m.tracer.Close(); err != nil {
		m.Log.Warn("the last spans were not sent", "error", err)
	}
}

// Observer hears of requests; nil where nobody can read it.
func (m *Monitor) Observer() httpd.Observer {
	if m.metrics == nil && m.tracer == nil {
		return nil
	}
	return observer{m.metrics, m.tracer}
}

// observer implements httpd.Observer. One of both may be nil.
type observer struct {
	metrics *metrics.Metrics
	tracer  *tracing.Tracer
}

// Asked implements httpd.Observer.
func (o observer) Asked(r *http.Request) context.Context {
	if o.tracer == nil {
		return r.Context()
	}
	return o.tracer.Request(r)
}

// Answered implements httpd.Observer.
func (o observer) Answered(ctx context.Context, route, method string, status int, took time.Duration) {
	if o.metrics != nil {
		o.metrics.Answered(route, method, status, took)
	}
	if o.tracer != nil {
		o.tracer.Answered(ctx, route, method, status)
	}
}

// Works gives a worker's work with what is told of it.
func (m *Monitor) Works(work tracing.Work) tracing.Work {
	if m.tracer == nil {
		return work
	}
	return m.tracer.Works(work)
}

// Begun gives what hears of analyses that begin; nil for nobody.
func (m *Monitor) Begun() func(context.Context, *bonafide.Analysis) (context.Context, func(*bonafide.AnalysisResult)) {
	if m.tracer == nil {
		return nil
	}
	return m.tracer.Analysis
}

// Ended gives what hears of analyses from a source, metrics.Ordered or metrics.Instant.
func (m *Monitor) Ended(source string) func(*bonafide.Analysis, *bonafide.AnalysisResult) {
	if m.metrics == nil {
		return nil
	}
	return func(a *bonafide.Analysis, r *bonafide.AnalysisResult) {
		m.metrics.Ended(source, a.Type, r, time.Since(a.TimeCreated))
	}
}
