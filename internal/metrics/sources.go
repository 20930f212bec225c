package metrics

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/bonafide-id/bonafide/internal/store"
)

// Sources are asked when metrics are read.
type Sources struct {
	// Backlog asks the database. Where it fails its gauges are left out: no number is
	// better than an old one.
	Backlog func(ctx context.Context) (store.Backlog, error)
	// Checks tells by name what of the server's needs is met.
	Checks func(ctx context.Context) map[string]bool
	// Room is what is free and what there is of the data folder's disk, in bytes.
	Room func() (free, size int64, err error)
	// Memory is what is used and what there is of the container's or machine's, in bytes.
	Memory func() (used, limit int64, err error)
	// Damaged is how many files were found to be others than they were, since the start.
	Damaged func() int64
	// References is the memory that templates of persons take in this process, in bytes.
	References func() int64
}

// Answers of Backlog are good for askEvery and are waited for no longer than askWithin.
const (
	askEvery  = 5 * time.Second
	askWithin = 2 * time.Second
)

// gauge is a number that is asked for.
type gauge struct{ desc *prometheus.Desc }

func newGauge(name, help string, labels ...string) gauge {
	return gauge{prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)}
}

// to tells the number.
func (g gauge) to(out chan<- prometheus.Metric, value float64, labels ...string) {
	out <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, value, labels...)
}

// asked implements prometheus.Collector over Sources.
type asked struct {
	Sources
	orders, oldestOrder, analyses, webhooks, oldestWebhook, checks, free, size, used, limit, references gauge
	damaged                                                                                             *prometheus.Desc

	mu    sync.Mutex
	last  store.Backlog
	err   error
	until time.Time
}

// Ask lets metrics have what sources tell. It may be called once.
func (m *Metrics) Ask(s Sources) {
	m.registry.MustRegister(&asked{
		Sources:       s,
		orders:        newGauge("queue_orders", "Groups of analyses in the queue of all servers, waiting or running.", "state"),
		oldestOrder:   newGauge("queue_oldest_seconds", "Age of the oldest order that no worker has taken up, 0 for none."),
		analyses:      newGauge("analyses_unfinished", "Analyses that are ordered and have not ended."),
		webhooks:      newGauge("webhooks_pending", "Webhooks that are neither delivered nor given up."),
		oldestWebhook: newGauge("webhook_oldest_seconds", "Age of the oldest pending webhook, 0 for none."),
		checks:        newGauge("check_ok", "1 where what this server needs is there, as /readyz tells it.", "check"),
		free:          newGauge("disk_free_bytes", "Bytes that may still be written into the data folder."),
		size:          newGauge("disk_size_bytes", "Bytes of the data folder's file system."),
		used:          newGauge("memory_used_bytes", "Memory in use in the container, or the machine where it has no limit."),
		limit:         newGauge("memory_limit_bytes", "Memory that the container, or the machine, has."),
		references:    newGauge("gallery_bytes", "Memory of this process that templates of persons in collections take, 0 where a database searches them."),
		damaged:       prometheus.NewDesc(namespace+"_damaged_files_total", "Stored files that were found to be others than they were.", nil, nil),
	})
}

// Describe implements prometheus.Collector.
func (a *asked) Describe(out chan<- *prometheus.Desc) {
	for _, g := range []gauge{a.orders, a.oldestOrder, a.analyses, a.webhooks, a.oldestWebhook, a.checks, a.free, a.size, a.used, a.limit, a.references} {
		out <- g.desc
	}
	out <- a.damaged
}

// Collect implements prometheus.Collector.
func (a *asked) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), askWithin)
	defer cancel()
	if b, err := a.backlog(ctx); err == nil {
		a.orders.to(out, float64(b.Orders), "waiting")
		a.orders.to(out, float64(b.Running), "running")
		a.oldestOrder.to(out, b.OldestOrder.Seconds())
		a.analyses.to(out, float64(b.Analyses))
		a.webhooks.to(out, float64(b.Webhooks))
		a.oldestWebhook.to(out, b.OldestWebhook.Seconds())
	}
	for name, ok := range a.Checks(ctx) {
		value := 0.0
		if ok {
			value = 1
		}
		a.checks.to(out, value, name)
	}
	if free, size, err := a.Room(); err == nil {
		a.free.to(out, float64(free))
		a.size.to(out, float64(size))
	}
	if used, limit, err := a.Memory(); err == nil {
		a.used.to(out, float64(used))
		a.limit.to(out, float64(limit))
	}
	a.references.to(out, float64(a.References()))
	out <- prometheus.MustNewConstMetric(a.damaged, prometheus.CounterValue, float64(a.Damaged()))
}

// backlog asks at most every few seconds, however many read.
func (a *asked) backlog(ctx context.Context) (store.Backlog, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if time.Now().After(a.until) {
		a.last, a.err = a.Backlog(ctx)
		a.until = time.Now().Add(askEvery)
	}
	return a.last, a.err
}

// Model names a part of the set of models in use.
type Model struct{ Role, Name, Version string }

// InUse tells the set of models and its members.
func (m *Metrics) InUse(set string, members []Model) {
	sets := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: "model_set_info", Help: "Always 1; the set of models in use."}, []string{"set"})
	models := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: "model_info", Help: "Always 1; the models in use by role."}, []string{"role", "model", "version"})
	sets.WithLabelValues(set).Set(1)
	for _, one := range members {
		models.WithLabelValues(one.Role, one.Name, one.Version).Set(1)
	}
	m.registry.MustRegister(sets, models)
}

// LicenseEnds tells when the licence of captures ends. Without one, or one without an end,
// it is not called.
func (m *Metrics) LicenseEnds(at time.Time) {
	g := prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: "license_expires_timestamp_seconds", Help: "When the licence of captures ends, in seconds since 1970."})
	g.Set(float64(at.Unix()))
	m.registry.MustRegister(g)
}
