// Package tracing tells an OpenTelemetry collector what one request has cost, and where,
// in whichever processes it was worked at. It is switched on by the environment variables
// of OpenTelemetry, and costs nothing without them.
//
// Spans have names, types and identifiers; never a name, path, query or token of a client.
package tracing

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/bonafide-id/bonafide"
)

// flushWithin bounds the sending of the last spans.
const flushWithin = 5 * time.Second

// Tracer makes spans. A nil one makes none. It is safe for concurrent use.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// On tells whether the environment asks for traces.
func On() bool {
	if strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") || strings.EqualFold(os.Getenv("OTEL_TRACES_EXPORTER"), "none") {
		return false
	}
	return os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
}

// Open makes a tracer that sends by OTLP over HTTP to where the environment says, nil
// where it says nothing. A collector that is not there is no error: spans are lost.
func Open(ctx context.Context, version string, log *slog.Logger) (*Tracer, error) {
	if !On() {
		return nil, nil
	}
	if p := os.Getenv("OTEL_EXPORTER_OTLP_PROTOCOL"); p != "" && p != "http/protobuf" {
		return nil, fmt.Errorf("OTEL_EXPORTER_OTLP_PROTOCOL %q: only http/protobuf is spoken", p)
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	about, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", "bonafide"), attribute.String("service.version", version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("spans are lost", "error", err) }))
	p := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about))
	return &Tracer{provider: p, tracer: p.Tracer("github.com/bonafide-id/bonafide")}, nil
}

// Close sends what is left, for a few seconds.
func (t *Tracer) Close() error {
	if t == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), flushWithin)
	defer cancel()
	return t.provider.Shutdown(ctx)
}

// Request begins the span of a request, below that of the caller where its headers name
// one.
func (t *Tracer) Request(r *http.Request) context.Context {
	ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, _ = t.tracer.Start(ctx, r.Method, trace.WithSpanKind(trace.SpanKindServer))
	return ctx
}

// Answered ends the span of a request.
func (t *Tracer) Answered(ctx context.Context, route, method string, status int) {
	span := trace.SpanFromContext(ctx)
	span.SetName(method + " " + route)
	span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", route), attribute.Int("http.response.status_code", status))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, http.StatusText(status))
	}
	span.End()
}

// Work is what a worker does with a group of analyses.
type Work func(ctx context.Context, groupID bonafide.ID, attempt int, last bool) error

// Works gives work that has a span, below that of the request that ordered it.
func (t *Tracer) Works(work Work) Work {
	return func(ctx context.Context, groupID bonafide.ID, attempt int, last bool) error {
		ctx, span := t.tracer.Start(ctx, "group of analyses", trace.WithSpanKind(trace.SpanKindConsumer),
			trace.WithAttributes(attribute.String("bonafide.group_id", string(groupID)), attribute.Int("bonafide.attempt", attempt)))
		defer span.End()
		err := work(ctx, groupID, attempt, last)
		if err != nil {
			span.SetStatus(codes.Error, string(bonafide.CodeOf(err)))
		}
		return err
	}
}

// Analysis begins the span of one analysis; end ends it with its resolution.
func (t *Tracer) Analysis(ctx context.Context, a *bonafide.Analysis) (_ context.Context, end func(*bonafide.AnalysisResult)) {
	ctx, span := t.tracer.Start(ctx, "analysis "+string(a.Type), trace.WithAttributes(
		attribute.String("bonafide.analysis_id", string(a.ID)), attribute.String("bonafide.folder_id", string(a.FolderID))))
	return ctx, func(r *bonafide.AnalysisResult) {
		span.SetAttributes(attribute.String("bonafide.resolution", string(r.Resolution)))
		if r.Resolution == bonafide.Failed {
			span.SetStatus(codes.Error, string(r.ErrorCode))
		}
		span.End()
	}
}

// Step tells of one step that has just ended.
func (t *Tracer) Step(ctx context.Context, name string, began time.Time) {
	if t == nil || !trace.SpanFromContext(ctx).IsRecording() {
		return
	}
	_, span := t.tracer.Start(ctx, name, trace.WithTimestamp(began))
	span.End()
}
