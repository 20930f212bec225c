package monitor

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/metrics"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/tracing"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

// Stages hears of the steps of analyses. Models and decoders are opened before anybody
// counts, and without a server nobody does. It is safe for concurrent use.
type Stages struct {
	counts atomic.Pointer[metrics.Metrics]
	spans  atomic.Pointer[tracing.Tracer]
}

func (s *Stages) tell(m *metrics.Metrics, t *tracing.Tracer) {
	if s != nil {
		s.counts.Store(m)
		s.spans.Store(t)
	}
}

// step is a stage that is a span, too.
func (s *Stages) step(ctx context.Context, stage string, began time.Time) {
	if s != nil {
		s.ended(stage, time.Since(began))
		s.spans.Load().Step(ctx, stage, began)
	}
}

func (s *Stages) ended(stage string, took time.Duration) {
	if s == nil {
		return
	}
	if m := s.counts.Load(); m != nil {
		m.Stage(stage, took)
	}
}

// Decoded hears of a file that was decoded.
func (s *Stages) Decoded(ctx context.Context, began time.Time) { s.step(ctx, "decode", began) }

// Ran hears of a run of a network.
func (s *Stages) Ran(role model.Role, took time.Duration) {
	switch role {
	case model.RoleDetector:
		s.ended("detect", took)
	case model.RoleLandmarker:
		s.ended("landmarks", took)
	case model.RolePAD:
		s.ended("liveness", took)
	case model.RoleEmbedder:
		s.ended("embed", took)
	default:
		s.ended("other", took) // such as irises and coverings
	}
}

// Searches gives a gallery whose searches are heard of.
func (s *Stages) Searches(g analysis.Gallery) analysis.Gallery { return searches{g, s} }

type searches struct {
	analysis.Gallery
	stages *Stages
}

// Search implements analysis.Gallery.
func (s searches) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]analysis.Hit, int, error) {
	began := time.Now()
	hits, size, err := s.Gallery.Search(ctx, probe, collection, k)
	if err == nil {
		s.stages.step(ctx, "search", began)
	}
	return hits, size, err
}

// Outbox gives an outbox whose attempts are counted.
func (m *Monitor) Outbox(o webhook.Outbox) webhook.Outbox {
	if m.metrics == nil {
		return o
	}
	return outbox{o, m.metrics}
}

type outbox struct {
	webhook.Outbox
	counts *metrics.Metrics
}

// EndAttempt implements webhook.Outbox.
func (o outbox) EndAttempt(ctx context.Context, d *bonafide.Delivery, a bonafide.DeliveryAttempt) error {
	o.counts.Attempted(d.State)
	return o.Outbox.EndAttempt(ctx, d, a)
}
