package main

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/bonafide-id/bonafide/cmd/bonafide/monitor"
	"github.com/bonafide-id/bonafide/cmd/bonafide/role"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/face"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/retention"
	"github.com/bonafide-id/bonafide/internal/webadapter"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

// server is the pipeline with everything around it.
type server struct {
	handler    http.Handler
	adapter    *webadapter.Adapter // nil: captures are not served
	store      storage.Store
	runner     *job.Runner
	companies  *company.Register
	sweeper    *retention.Sweeper
	dispatcher *webhook.Dispatcher
	people     *gallery.Gallery
	enroller   *enrol.Enroller
	monitor    *monitor.Monitor
	workers    int
	role       string
	log        *slog.Logger
}

// parts are what the rooms of a server are made of and share.
type parts struct {
	cfg      *config.Config
	serve    *config.Serve
	pipeline *pipeline
	*storage.Storage
	evaluator *job.Evaluator // of stored folders, with a gallery
	faces     *face.Reader
	waiters   *job.Waiters
	guard     webhook.Guard
	bounds    *bound.Keeper
	adapter   *webadapter.Adapter
	monitor   *monitor.Monitor
	zone      *time.Location
	links     *auth.LinkKey // nil where links last
	log       *slog.Logger
}

// openServer joins the rooms around the pipeline.
func openServer(ctx context.Context, cfg *config.Config, serve *config.Serve, p *pipeline, log *slog.Logger) (*server, error) {
	zone, err := serve.Zone()
	if err != nil {
		return nil, err
	}
	lasting, err := storage.Open(ctx, cfg, p.set.Embedder.Ref(), log)
	if err != nil {
		return nil, err
	}
	if serve.Several() {
		if err := role.CheckMedia(ctx, cfg, lasting.Store); err != nil {
			_ = lasting.Store.Close()
			return nil, err
		}
	}
	evaluator := *p.evaluator
	evaluator.Gallery = p.stages.Searches(searcher{lasting.People})
	evaluator.Cores = job.NewCores(workers(cfg))
	evaluator.Places = quota.New(quota.ForCores(workers(cfg)))
	watch, err := monitor.Open(ctx, monitor.Config{Config: cfg, Serve: serve, Version: version, Store: lasting.Store, Blobs: lasting.Blobs,
		People: lasting.People, Set: p.set, Video: p.opener.Video, Stages: p.stages, Log: log})
	if err != nil {
		_ = lasting.Store.Close()
		return nil, err
	}
	evaluator.Begun = watch.Begun()
	s, err := (&parts{
		cfg: cfg, serve: serve, pipeline: p, Storage: lasting,
		evaluator: &evaluator,
		faces:     &face.Reader{Opener: p.opener, Evaluator: &evaluator},
		waiters:   job.NewWaiters(lasting.Store),
		guard:     webhook.Guard{Allow: serve.Webhook.Allow, HTTPSOnly: serve.Webhook.HTTPSOnly},
		bounds:    &bound.Keeper{Installation: p.installation(), Ordinary: p.ordinary, Companies: lasting.Store},
		monitor:   watch,
		zone:      zone, log: log,
	}).join(ctx)
	if err != nil {
		watch.Close()
		_ = lasting.Store.Close()
		return nil, err
	}
	return s, nil
}

// join makes the rooms.
func (p *parts) join(ctx context.Context) (*server, error) {
	var err error
	if p.links, err = auth.SharedLinkKey(ctx, p.Store, p.serve.LinkLifetime); err != nil {
		return nil, err
	}
	desk, enroller := p.newDesk()
	companies := p.newCompanies(enroller)
	handler, err := p.newHandler(ctx, desk, enroller, companies)
	if err != nil {
		return nil, err
	}
	return &server{
		handler:    p.monitor.Around(handler),
		adapter:    p.adapter,
		store:      p.Store,
		runner:     p.newRunner(),
		companies:  companies,
		sweeper:    p.newSweeper(),
		dispatcher: p.newDispatcher(),
		people:     p.People,
		enroller:   enroller,
		monitor:    p.monitor,
		workers:    workers(p.cfg),
		role:       p.serve.Role,
		log:        p.log,
	}, nil
}

func (s *server) close() {
	s.adapter.Close()
	s.monitor.Close()
	_ = s.store.Close()
}
