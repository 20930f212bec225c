package httpd

import (
	"context"
	"time"
)

type lifeKey struct{}

// withLife is the context of all requests of a server that lives as long as life.
func withLife(life context.Context) context.Context {
	return context.WithValue(context.WithoutCancel(life), lifeKey{}, life)
}

// Stopping tells whether the server of a request has been told to stop.
func Stopping(ctx context.Context) bool {
	life, ok := ctx.Value(lifeKey{}).(context.Context)
	return ok && life.Err() != nil
}

// UntilStop gives a request's context that ends, too, so long after its server is told to
// stop. What is waited for without need should end at once.
func UntilStop(ctx context.Context, after time.Duration) (context.Context, context.CancelFunc) {
	until, cancel := context.WithCancel(ctx)
	life, ok := ctx.Value(lifeKey{}).(context.Context)
	if !ok {
		return until, cancel
	}
	stop := context.AfterFunc(life, func() {
		timer := time.NewTimer(after)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-until.Done():
		}
	})
	return until, func() {
		stop()
		cancel()
	}
}
