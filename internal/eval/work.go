package eval

import (
	"context"
	"sync"
	"sync/atomic"
)

// Work says how a list is worked off.
type Work struct {
	Workers int // at least 1
	// Progress is told how much is done, from one goroutine at a time. It may be nil.
	Progress func(done, total int)
}

// each calls f for 0 to n-1, several at once, and waits for all. The first error
// stops what has not begun.
func (w Work) each(ctx context.Context, n int, f func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wait sync.WaitGroup
	var mu sync.Mutex // guards done and Progress
	done := 0
	for range min(max(w.Workers, 1), n) {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					return
				}
				if err := f(ctx, i); err != nil {
					cancel(err)
					return
				}
				if w.Progress != nil {
					mu.Lock()
					done++
					w.Progress(done, n)
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return context.Cause(ctx)
}
