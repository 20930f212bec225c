package main

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/pages"
	"github.com/bonafide-id/bonafide/cmd/bonafide/role"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/instant"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/liteapi"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/metrics"
	"github.com/bonafide-id/bonafide/internal/ozapi"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/report"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/webadapter"
)

// thumbSide is the longest side of a thumbnail in pixels.
const thumbSide = 320

// newHandler makes everything that answers requests.
func (p *parts) newHandler(ctx context.Context, desk *intake.Desk, enroller *enrol.Enroller, companies *company.Register) (http.Handler, error) {
	authority, err := p.newAuthority(ctx)
	if err != nil {
		return nil, err
	}
	captures, err := p.newCaptures(ctx)
	if err != nil {
		return nil, err
	}
	var more []describe.Operation
	if p.serve.Lite {
		more = liteapi.Operations()
	}
	inside := auth.NewInside(authority)
	handler := ozapi.New(ozapi.Config{
		Config: rest.Config{
			PublicURL:       p.serve.PublicURL,
			LinkKey:         p.links,
			TrustedProxies:  p.serve.TrustedProxies,
			Origins:         p.serve.CORSOrigins,
			Components:      p.serve.Components,
			MaxBody:         p.cfg.Limits.BodyBytes,
			MaxFile:         p.cfg.Limits.FileBytes,
			MaxFiles:        p.cfg.Limits.FolderFiles,
			RequestsAMinute: p.cfg.Limits.CompanyRequests,
			Requests:        p.requests(),
		},
		Version:    version,
		SingleWait: p.serve.SingleWait,
		Pages:      p.serve.Capture.WebAdapter,
		Demo:       pages.Demo(p.serve) != webadapter.DemoOff,
		More:       more,
		Timezone:   p.zone.String(),
	}, ozapi.Deps{
		Authority: inside,
		Companies: companies,
		Desk:      desk,
		Enroller:  enroller,
		Reporter:  report.New(report.Config{Store: p.Store, Blobs: p.Blobs, Zone: p.zone, Name: p.serve.ReportName, Version: version, Titles: catalog.Titles()}),
		Instant:   p.newInstant(),
		Records:   p.Store,
		Outbox:    p.Store,
		Captures:  captures,
		Bounds:    p.bounds,
		Gates:     p.evaluator,
		Blobs:     p.Blobs,
		Observer:  p.monitor.Observer(),
		Missing:   p.missing,
		Problems:  p.monitor.Problems,
		Log:       p.log,
	})
	if p.serve.Role == config.RoleWorker {
		return role.Health(handler), nil
	}
	return p.around(ctx, inside, handler)
}

// newAuthority makes what knows users, and the first of them.
func (p *parts) newAuthority(ctx context.Context) (*auth.Authority, error) {
	authority, err := auth.New(p.Store, auth.Options{Types: catalog.Types(), TTL: p.serve.SessionTTL, Lifetime: p.serve.SessionLife, LongTTL: p.serve.SessionLongTTL, Hashes: workers(p.cfg)})
	switch {
	case err != nil:
		return nil, err
	case p.serve.Role == config.RoleWorker && p.serve.PublicURL == "":
		p.log.Warn("links in webhooks lead nowhere, for this process does not answer them: set --public-url")
	case p.serve.Role != config.RoleWorker && hiddenProxy(p.serve):
		p.log.Warn("the public address belongs to a proxy before this machine that trusted-proxies does not name: wrong passwords of all its clients may be counted together")
	}
	if p.serve.Role == config.RoleWorker {
		return authority, nil
	}
	return authority, role.Bootstrap(ctx, authority, filepath.Join(p.cfg.Data, passwordFile), writeSecret)
}

// requests counts those of companies for all processes of a database.
func (p *parts) requests() quota.Ledger {
	if p.cfg.DB == "" {
		return nil
	}
	return p.Store
}

// around adds what else the server answers to the API.
func (p *parts) around(ctx context.Context, inside *auth.Inside, handler http.Handler) (http.Handler, error) {
	if p.serve.Lite {
		handler = liteapi.New(liteapi.Config{Version: version, HTTPS: httpd.IsHTTPS(p.serve.PublicURL), Key: p.serve.LiteKey, MaxFile: p.cfg.Limits.FileBytes,
			Bodies: 4 * workers(p.cfg), Proxies: p.serve.TrustedProxies, Log: p.log, Observer: p.monitor.Observer()},
			p.faces, handler)
	}
	if !p.serve.Capture.WebAdapter {
		return handler, nil
	}
	var err error
	p.adapter, err = pages.Before(ctx, &pages.Settings{Version: version, Data: p.cfg.Data, Serve: p.serve, Log: p.log, Observer: p.monitor.Observer()}, inside, p.Store, handler)
	return p.adapter, err
}

// hiddenProxy tells whether clients can reach the server only through a proxy on this
// machine, and none is declared.
func hiddenProxy(s *config.Serve) bool {
	host, _, err := net.SplitHostPort(s.Listen)
	if err != nil || s.PublicURL == "" || len(s.TrustedProxies) > 0 {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// newCaptures makes what draws captures. Their tokens are signed with the key that is
// configured, or with the one that the store keeps.
func (p *parts) newCaptures(ctx context.Context) (*capture.Register, error) {
	key, err := auth.SharedCaptureKey(ctx, p.Store)
	if p.serve.CaptureKey != "" {
		key, err = auth.ReadCaptureKey(p.serve.CaptureKey)
	}
	if err != nil {
		return nil, err
	}
	return capture.NewRegister(ctx, capture.Config{Store: p.Store, Key: key, Now: time.Now, Most: p.cfg.Limits.BodyBytes,
		Limits: store.CaptureLimits{Company: p.serve.CapturesPerCompany, Subject: p.serve.CapturesPerPerson}})
}

// missing names what this machine lacks at the moment.
func (p *parts) missing() []string {
	if p.pipeline.opener.Video() != nil {
		return []string{"video"}
	}
	return nil
}

// newDesk makes the desk that stores folders, and what enrols people.
func (p *parts) newDesk() (*intake.Desk, *enrol.Enroller) {
	desk := intake.New(intake.Config{
		Reception: intake.NewReception(intake.ReceptionConfig{
			Stager:    p.Blobs,
			Examiner:  examiner{p.pipeline.opener},
			Specs:     catalog.Specs(),
			Bounds:    p.bounds,
			MaxFiles:  p.cfg.Limits.FolderFiles,
			MaxMeta:   intake.MetaLimit(p.cfg.Limits.MetaBytes),
			Examiners: workers(p.cfg),
		}),
		Store:     p.Store,
		Blobs:     p.Blobs,
		Waiter:    p.waiters,
		Endpoints: p.guard,
	})
	return desk, enrol.New(enrol.Config{Store: p.Store, Imports: p.Store, Blobs: p.Blobs, Faces: p.faces, Gallery: p.evaluator.Gallery, Bounds: p.bounds,
		Reception: desk.Reception, MaxFile: p.cfg.Limits.FileBytes, MaxMeta: intake.MetaLimit(p.cfg.Limits.MetaBytes)})
}

// newInstant makes the desk that keeps nothing.
func (p *parts) newInstant() *instant.Desk {
	return instant.New(instant.Config{
		Opener:    p.pipeline.opener,
		Evaluator: p.evaluator,
		Specs:     catalog.Specs(),
		Bounds:    p.bounds,
		MaxFiles:  p.cfg.Limits.FolderFiles,
		MaxMeta:   intake.MetaLimit(p.cfg.Limits.MetaBytes),
		MaxBytes:  p.serve.InstantBytes,
		Workers:   workers(p.cfg),
		Log:       p.log,
		Ended:     p.monitor.Ended(metrics.Instant),
		Now:       time.Now,
	})
}

// examiner lets the reception ask the decoder. What it decodes stays in the
// decoder's memory for the analysis that follows.
type examiner struct{ opener *media.Decoder }

// Examine decodes a file.
func (e examiner) Examine(ctx context.Context, path, digest string) (bonafide.MediaKind, bonafide.MediaInfo, []byte, error) {
	clip, err := e.opener.Open(ctx, media.Source{Path: path, Digest: digest})
	if err != nil {
		return "", bonafide.MediaInfo{}, nil, err
	}
	thumb, err := media.Thumbnail(clip, thumbSide)
	return clip.Kind, clip.Info, thumb, err
}
