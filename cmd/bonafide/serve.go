package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide/cmd/bonafide/monitor"
	"github.com/bonafide-id/bonafide/cmd/bonafide/pages"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/pace"
)

// passwordFile holds the first administrator's e-mail and password, a line each.
const passwordFile = "admin-password"

// serveCmd starts the server.
type serveCmd struct {
	config.Serve
}

// AfterApply refuses settings that do not go together.
func (c *serveCmd) AfterApply(cfg *config.Config) error { return c.CheckTogether(cfg) }

// Run serves until ctx ends: then the listener closes, requests and analyses
// under way end, and the rest stays queued for the next start.
func (c *serveCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	if c.Role == config.RoleWebAdapter {
		return pages.Alone(ctx, &pages.Settings{Version: version, Data: cfg.Data, Serve: &c.Serve, Log: log})
	}
	defer pace.Keep()()
	p, err := openPipeline(ctx, cfg)
	if err != nil {
		return err
	}
	defer p.close()
	s, err := openServer(ctx, cfg, &c.Serve, p, log)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.store.Claim(); err != nil {
		return err
	}
	if err := c.report(cfg, p, log); err != nil {
		return err
	}
	listener, err := monitor.Listen(&c.Serve, log)
	if err != nil {
		return err
	}
	g, err := c.greeting(ctx, cfg, p, s.store)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	g.address = listener.Addr()
	if err := g.say(cfg.LogFormat, os.Stdout, log); err != nil {
		return errors.Join(err, listener.Close())
	}
	return s.serve(ctx, listener)
}

// report says what this machine lacks, and remembers the set of models in use.
func (c *serveCmd) report(cfg *config.Config, p *pipeline, log *slog.Logger) error {
	if err := p.opener.Video(); err != nil {
		log.Warn("videos cannot be decoded and are refused, for ffmpeg is not installed", "error", err)
	}
	if s := p.opener.Sandbox(); !s.Full() {
		log.Warn("this kernel isolates decoders only in part", "sandbox", s.String())
	}
	d, err := newDepot(cfg)
	if err != nil {
		return err
	}
	entries := d.All()
	warnOfBetter(entries, p.set.Name, log)
	return rememberSet(cfg, cardsOf(entries), p.set.Name)
}

// writeSecret writes a file that only its owner reads, and flushes it.
func writeSecret(path, content string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// serve answers requests, works the queue, delivers webhooks and sweeps, as far as its role
// says so, until ctx ends or one of the first two fails, which ends the others. All of it may
// be done in any number of processes.
func (s *server) serve(ctx context.Context, listener net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	worked := make(chan error, 1)
	var background sync.WaitGroup // ends with ctx
	if s.role == config.RoleAPI {
		worked <- nil
	} else {
		go func() {
			defer stop()
			worked <- s.store.Work(ctx, s.workers, s.monitor.Works(s.runner.Run))
		}()
		background.Go(func() { s.companies.Run(ctx) })
		background.Go(func() { s.sweeper.Run(ctx) })
		background.Go(func() { s.dispatcher.Run(ctx) })
		background.Go(func() { s.enroller.RunImports(ctx, s.log) })
	}
	background.Go(func() { s.monitor.Run(ctx) })
	background.Go(func() { s.people.Follow(ctx, s.log) })
	background.Go(func() { reportHead(ctx, s.store, s.log) })
	background.Go(func() { guardAudit(ctx, s.store, s.log) })
	var told time.Time
	background.Go(func() {
		<-ctx.Done()
		told = time.Now()
		s.log.Info("stopping", "cause", context.Cause(ctx))
	})
	err := httpd.Serve(ctx, listener, s.handler, s.log)
	stop()
	background.Wait()
	err = errors.Join(err, <-worked)
	s.log.Info("stopped", "took_ms", time.Since(told).Milliseconds())
	return err
}
