// Package metrics counts what a server does, for Prometheus to read. Rooms tell it what
// happened through interfaces of their own; what can only be asked is asked when metrics
// are read, see Sources.
//
// A label has few values that are known beforehand: routes as patterns, types, reasons,
// roles of models. None is ever an identifier, a name, a path or anything of a person.
package metrics

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/bonafide-id/bonafide"
)

// namespace begins all names that are ours.
const namespace = "bonafide"

// other stands for values that are none of those that are known.
const other = "other"

// Metrics are those of one process. They are safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry

	requests *prometheus.CounterVec
	answers  *prometheus.HistogramVec
	analyses *prometheus.CounterVec
	reasons  *prometheus.CounterVec
	delays   *prometheus.HistogramVec
	stages   *prometheus.HistogramVec
	webhooks *prometheus.CounterVec
}

// Steps of times, in seconds. Those of analyses have 20 s among them, the delay that nine
// of ten must not exceed.
func requestSteps() []float64 {
	return []float64{0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 240}
}

func delaySteps() []float64 {
	return []float64{0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 40, 60, 120, 300, 900}
}

func stageSteps() []float64 {
	return []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}
}

// New makes metrics that have counted nothing.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: counters("http_requests_total", "Requests answered, by pattern of the route, method and status.", "route", "method", "code"),
		answers:  times("http_request_duration_seconds", "Time from the head of a request to the end of its answer, waits for verdicts among it.", requestSteps(), "route", "method"),
		analyses: counters("analyses_total", "Analyses that this process ended, by type and resolution; source is order or instant.", "type", "resolution", "source"),
		reasons:  counters("analysis_reasons_total", "Reasons of analyses that this process ended; one may have several.", "type", "reason"),
		delays:   times("analysis_delay_seconds", "Time from the order of an analysis to its end.", delaySteps(), "type"),
		stages:   times("stage_duration_seconds", "Time of one step of analyses: decode, search, or one run of a network of that role.", stageSteps(), "stage"),
		webhooks: counters("webhook_attempts_total", "Attempts of webhooks: delivered, failed or given_up.", "outcome"),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: "build_info", Help: "Always 1; the version of the binary."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	m.registry.MustRegister(build, m.requests, m.answers, m.analyses, m.reasons, m.delays, m.stages, m.webhooks,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, outcome := range []string{delivered, failed, givenUp} {
		m.webhooks.WithLabelValues(outcome)
	}
	return m
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

func times(name, help string, steps []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: steps}, labels)
}

// How many may read metrics at once, and for how long one reading is tried.
const (
	readers    = 4
	readWithin = 5 * time.Second
)

// Handler answers with all metrics as text.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: readers, Timeout: readWithin})
}

// Answered counts the answer of a request. The route is a pattern, as the log has it.
func (m *Metrics) Answered(route, method string, status int, took time.Duration) {
	if !slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, method) {
		method = other
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.answers.WithLabelValues(route, method).Observe(took.Seconds())
}

// Sources of analyses.
const (
	Ordered = "order"   // stored, and worked by a queue
	Instant = "instant" // of which nothing is kept
)

// Ended counts an analysis that has ended, a time after it was ordered.
func (m *Metrics) Ended(source string, typ bonafide.AnalysisType, r *bonafide.AnalysisResult, after time.Duration) {
	name := typeName(typ)
	m.analyses.WithLabelValues(name, resolutionName(r.Resolution), source).Inc()
	m.delays.WithLabelValues(name).Observe(after.Seconds())
	if r.Result == nil {
		return
	}
	for _, reason := range r.Result.Reasons {
		m.reasons.WithLabelValues(name, reasonName(reason.Code)).Inc()
	}
}

func typeName(t bonafide.AnalysisType) string {
	switch t {
	case bonafide.Quality, bonafide.Biometry, bonafide.Collection, bonafide.Documents:
		return string(t)
	}
	return other
}

func resolutionName(s bonafide.Status) string {
	switch s {
	case bonafide.Success, bonafide.Declined, bonafide.OperatorRequired, bonafide.Failed:
		return string(s)
	}
	return other
}

func reasonName(code string) string {
	if slices.Contains(bonafide.ReasonCodes(), code) {
		return code
	}
	return other
}

// Stage counts one step of analyses. The stage is one of a few words, such as decode.
func (m *Metrics) Stage(stage string, took time.Duration) {
	m.stages.WithLabelValues(stage).Observe(took.Seconds())
}

// Outcomes of attempts of webhooks.
const (
	delivered = "delivered"
	failed    = "failed"
	givenUp   = "given_up"
)

// Attempted counts an attempt of a webhook by what has become of its delivery.
func (m *Metrics) Attempted(state bonafide.DeliveryState) {
	outcome := failed
	switch state {
	case bonafide.DeliveryDelivered:
		outcome = delivered
	case bonafide.DeliveryGivenUp:
		outcome = givenUp
	}
	m.webhooks.WithLabelValues(outcome).Inc()
}
