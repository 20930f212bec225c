package main

import (
	"cmp"

	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/ozapi/render"
	"github.com/bonafide-id/bonafide/internal/retention"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

// newCompanies makes the register of companies, which also deletes what belongs to
// them.
func (p *parts) newCompanies(enroller *enrol.Enroller) *company.Register {
	return company.New(p.store, company.Options{Log: p.log, Bounds: p.bounds.Installation, Steps: []company.Step{
		company.RemoveFolders(p.store),
		{Name: "collections", Remove: enroller.DeleteCollectionsOf},
		{Name: "report templates", Remove: p.store.DeleteReportTemplatesOf},
	}})
}

// newRunner makes what works on ordered analyses.
func (p *parts) newRunner() *job.Runner {
	return &job.Runner{Store: p.store, Blobs: p.blobs, Opener: p.pipeline.opener, Evaluator: p.evaluator, Bounds: p.bounds, Waiters: p.waiters, Log: p.log}
}

// newSweeper makes what deletes media that are too old to be kept.
func (p *parts) newSweeper() *retention.Sweeper {
	return &retention.Sweeper{Store: p.store, Blobs: p.blobs, Log: p.log}
}

// newDispatcher makes what sends webhooks.
func (p *parts) newDispatcher() *webhook.Dispatcher {
	url := cmp.Or(p.serve.PublicURL, "http://"+p.serve.Listen)
	return webhook.New(p.store, render.New(url, p.store), webhook.Options{
		Guard:      p.guard,
		FirstPause: p.serve.Webhook.FirstPause,
		Patience:   p.serve.Webhook.Patience,
		Agent:      "Bonafide/" + version,
		Log:        p.log,
	})
}
