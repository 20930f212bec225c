// Package pages joins the web adapter, which pages that capture talk to, with the rest of
// the server, or with settings and an API elsewhere alone.
package pages

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/monitor"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/license"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/webadapter"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
	"github.com/bonafide-id/bonafide/web"
)

// sessionsDir lies in the data folder, where captures under way are kept.
const sessionsDir = "captures"

// Settings are what the adapter is told.
type Settings struct {
	Version string
	Data    string // folder of the installation
	Serve   *config.Serve
	Log     *slog.Logger
	// Observer hears of answers, may be nil.
	Observer httpd.Observer
}

// Store is what the adapter needs of it: its own account's company, and hosted links.
type Store interface {
	store.Companies
	store.CaptureLinks
}

// Before puts the adapter before the API of the same process. The API knows inside.
func Before(ctx context.Context, s *Settings, inside *auth.Inside, records Store, api http.Handler) (*webadapter.Adapter, error) {
	cfg, err := s.Config()
	if err != nil {
		return nil, err
	}
	own := &account{inside: inside, companies: records}
	cfg.Own = &webadapter.Own{Transport: webadapter.Inside{Handler: api}, Token: own.token}
	cfg.Links = records
	return webadapter.New(ctx, cfg, api)
}

// account is the adapter's own, which is made when it is first needed.
type account struct {
	inside    *auth.Inside
	companies store.Companies
	mu        sync.Mutex
}

// token gives a token of a user, the empty ID being the adapter's account.
func (a *account) token(ctx context.Context, user bonafide.ID) (string, error) {
	if user != "" {
		return a.inside.Token(user), nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	u, err := a.inside.Adapter(bonafide.WithActor(ctx, bonafide.Actor{Via: "webadapter"}), a.companies)
	if err != nil {
		return "", err
	}
	return a.inside.Token(u.ID), nil
}

// Config reads all that the adapter is told, but for the API of the process.
func (s *Settings) Config() (webadapter.Config, error) {
	c := &s.Serve.Capture
	files, err := appconfig.ReadFiles(c.AppConfig, os.Environ())
	if err != nil {
		return webadapter.Config{}, fmt.Errorf("--app-config: %w", err)
	}
	for _, text := range files.Told {
		s.Log.Warn("web adapter: " + text)
	}
	if c.APIURL != "" {
		files.Settings.APIURL = c.APIURL
	}
	if c.APIToken != "" {
		files.Settings.APIToken = c.APIToken
	}
	l, err := license.Load(c.License, c.LicenseKey)
	if err != nil {
		return webadapter.Config{}, fmt.Errorf("--license: %w", err)
	}
	s.Log.Debug("web adapter", "config", files.Settings.Shown())
	return webadapter.Config{
		Settings: files.Settings, Tenants: files.Tenants, License: l, Demo: Demo(s.Serve),
		Version: s.Version, Dir: filepath.Join(s.Data, sessionsDir), Assets: web.Capture(),
		Proxies: s.Serve.TrustedProxies, HTTPS: httpd.IsHTTPS(s.Serve.PublicURL), Log: s.Log, Observer: s.Observer, Now: time.Now,
	}, nil
}

// Demo decides who may see the demo. Unless its owner says so, it shows verdicts to
// strangers only where they sit at the machine.
func Demo(s *config.Serve) webadapter.Demo {
	switch {
	case !s.Capture.WebAdapter || s.Capture.Demo == "off":
		return webadapter.DemoOff
	case s.Capture.Demo == "on":
		return webadapter.DemoOpen
	case s.Capture.Demo == "signed" || s.PublicURL != "":
		return webadapter.DemoSigned
	}
	return webadapter.DemoLocal
}

// Alone serves captures before an API elsewhere. It has neither models nor a database.
func Alone(ctx context.Context, s *Settings) error {
	watch, err := monitor.Open(ctx, monitor.Config{Serve: s.Serve, Version: s.Version, Log: s.Log})
	if err != nil {
		return err
	}
	defer watch.Close()
	s.Observer = watch.Observer()
	cfg, err := s.Config()
	if err != nil {
		return err
	}
	if cfg.Settings.APIURL == "" {
		return errors.New("--role webadapter: set --api-url, or api_url in --app-config")
	}
	if cfg.Demo != webadapter.DemoOpen {
		cfg.Demo = webadapter.DemoOff // nobody can sign in here
	}
	handler, err := webadapter.New(ctx, cfg, http.NotFoundHandler())
	if err != nil {
		return err
	}
	defer handler.Close()
	listener, err := monitor.Listen(s.Serve, s.Log)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var watching sync.WaitGroup
	defer watching.Wait()
	defer stop()
	watching.Go(func() { watch.Run(ctx) })
	watching.Go(func() {
		<-ctx.Done()
		s.Log.Info("stopping", "cause", context.Cause(ctx))
	})
	s.Log.Info("listening", "address", listener.Addr().String(), "role", s.Serve.Role, "api", cfg.Settings.APIURL)
	return httpd.Serve(ctx, listener, watch.Around(handler), s.Log)
}
