package sample

import (
	"context"
	"sync"
)

// once is an answer that is worked out by the first who asks.
type once[T any] struct {
	mu   sync.Mutex
	done bool
	v    T
	err  error
}

// do gives the answer, working it out if need be. Whoever asks meanwhile waits. A
// caller whose ctx has ended does not spoil the answer for the others.
func (o *once[T]) do(ctx context.Context, work func() (T, error)) (T, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done {
		return o.v, o.err
	}
	v, err := work()
	if err != nil && ctx.Err() != nil {
		return v, err
	}
	o.done, o.v, o.err = true, v, err
	return v, err
}
