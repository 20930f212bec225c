package main

import (
	"cmp"
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/metrics"
	"github.com/bonafide-id/bonafide/internal/ozapi/render"
	"github.com/bonafide-id/bonafide/internal/retention"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

// newCompanies makes the register of companies, which also deletes what belongs to
// them.
func (p *parts) newCompanies(enroller *enrol.Enroller) *company.Register {
	return company.New(p.Store, company.Options{Log: p.log, Bounds: p.bounds.Installation, Steps: []company.Step{
		company.RemoveFolders(p.Store),
		{Name: "collections", Remove: enroller.DeleteCollectionsOf},
		{Name: "report templates", Remove: p.Store.DeleteReportTemplatesOf},
	}})
}

// newRunner makes what works on ordered analyses.
func (p *parts) newRunner() *job.Runner {
	return &job.Runner{Store: p.Store, Blobs: p.Blobs, Opener: p.pipeline.opener, Evaluator: p.evaluator, Bounds: p.bounds, Waiters: p.waiters, Log: p.log,
		Ended: p.monitor.Ended(metrics.Ordered)}
}

// newSweeper makes what deletes media that are too old to be kept.
func (p *parts) newSweeper() *retention.Sweeper {
	return &retention.Sweeper{Store: p.Store, Blobs: p.Blobs, Log: p.log}
}

// newDispatcher makes what sends webhooks.
func (p *parts) newDispatcher() *webhook.Dispatcher {
	url := cmp.Or(p.serve.PublicURL, "http://"+p.serve.Listen)
	sign := func(key string) string { return p.links.Query(key, time.Now()) }
	return webhook.New(p.monitor.Outbox(p.Store), render.New(url, sign, p.Store), webhook.Options{
		Guard:      p.guard,
		FirstPause: p.serve.Webhook.FirstPause,
		Patience:   p.serve.Webhook.Patience,
		Agent:      "Bonafide/" + version,
		Log:        p.log,
	})
}

// searcher lets analyses ask the gallery.
type searcher struct{ people *gallery.Gallery }

// Search implements analysis.Gallery.
func (s searcher) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]analysis.Hit, int, error) {
	found, size, err := s.people.Search(ctx, probe, collection, k)
	hits := make([]analysis.Hit, len(found))
	for i, h := range found {
		hits[i] = analysis.Hit{PersonID: h.PersonID, Cosine: float64(h.Cosine)}
	}
	return hits, size, err
}
