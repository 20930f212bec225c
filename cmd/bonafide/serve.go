package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"

	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

// passwordFile holds the first administrator's e-mail and password, a line each.
const passwordFile = "admin-password"

// serveCmd starts the server.
type serveCmd struct {
	config.Serve
}

// Run serves until ctx ends: then the listener closes, requests and analyses
// under way end, and the rest stays queued for the next start.
func (c *serveCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
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
	d, err := newDepot(cfg)
	if err != nil {
		return err
	}
	entries := d.All()
	warnOfBetter(entries, p.set.Name, log)
	if err := rememberSet(cfg, cardsOf(entries), p.set.Name); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	log.Info("listening", "address", listener.Addr().String(), "set", p.set.Name, "liveness", p.set.PAD != nil)
	c.greet(cfg, p, listener.Addr().String())
	return s.serve(ctx, listener)
}

// greet tells a person at a terminal where the server is and how to try it.
func (c *serveCmd) greet(cfg *config.Config, p *pipeline, address string) {
	orders := `{"type":"quality"},{"type":"biometry"}`
	if p.set.PAD == nil {
		fmt.Println("No liveness model is installed: QUALITY analyses will fail until `bonafide model pull` has run.")
		orders = `{"type":"biometry"}`
	}
	fmt.Printf("Bonafide is ready at http://%s (model set: %s)\n", address, p.set.Name)
	secret := filepath.Join(cfg.Data, passwordFile)
	fmt.Printf("The administrator's e-mail and password are in %s\n", secret)
	first, second, ok := c.samples(cfg)
	if !ok {
		return
	}
	fmt.Printf(`Try it:
  curl -s http://%[1]s/api/folders/ -H "X-Forensic-Access-Token: $(curl -s http://%[1]s/api/authorize/auth -d "$(printf '{"credentials":{"email":"%%s","password":"%%s"}}' $(cat %[2]s))" | grep -o '"access_token": "[0-9a-z]*' | cut -d'"' -f4)" -F selfie=@%[3]s -F id=@%[4]s -F 'payload={"analyses":[%[5]s]}'
`, address, secret, first, second, orders)
}

// samples gives two pictures that came with the build, to try the server with.
func (c *serveCmd) samples(cfg *config.Config) (first, second string, ok bool) {
	assets, err := cfg.AssetsDir()
	if err != nil {
		return "", "", false
	}
	first, second = filepath.Join(assets, "samples", "selfie.jpg"), filepath.Join(assets, "samples", "reference.jpg")
	for _, path := range []string{first, second} {
		if _, err := os.Stat(path); err != nil {
			return "", "", false
		}
	}
	return first, second, true
}

// bootstrap makes the first administrator of a fresh installation. The password
// is on disk before the account exists, so that no crash can lose it.
func bootstrap(ctx context.Context, authority *auth.Authority, cfg *config.Config) error {
	_, err := authority.Bootstrap(ctx, func(email, password string) error {
		return writeSecret(filepath.Join(cfg.Data, passwordFile), email+"\n"+password+"\n")
	})
	return err
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

// serve answers requests, works the queue, delivers webhooks and sweeps until ctx
// ends or one of the first two fails, which ends the others.
func (s *server) serve(ctx context.Context, listener net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	worked := make(chan error, 1)
	go func() {
		defer stop()
		worked <- s.store.Work(ctx, s.workers, s.runner.Run)
	}()
	var background sync.WaitGroup // ends with ctx
	background.Go(func() { s.companies.Run(ctx) })
	background.Go(func() { s.sweeper.Run(ctx) })
	background.Go(func() { s.dispatcher.Run(ctx) })
	background.Go(func() { s.people.Follow(ctx, s.log) })
	background.Go(func() { reportHead(ctx, s.store, s.log) })
	err := httpd.Serve(ctx, listener, s.handler, s.log)
	stop()
	background.Wait()
	return errors.Join(err, <-worked)
}
