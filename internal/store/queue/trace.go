package queue

import (
	"context"

	"go.opentelemetry.io/otel/propagation"
)

// parent is the header of the W3C that names a span.
const parent = "traceparent"

// traceOf names the span that a context belongs to, "" for none.
func traceOf(ctx context.Context) string {
	c := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, c)
	return c[parent]
}

// within gives a context below the span of that name. What is none is let be.
func within(ctx context.Context, trace string) context.Context {
	if trace == "" {
		return ctx
	}
	return propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{parent: trace})
}
