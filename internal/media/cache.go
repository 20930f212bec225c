package media

import (
	"container/list"
	"context"
	"sync"
)

// cache keeps decoded clips, the least recently used ones going first, and lets
// callers that want the same clip at the same time share one decoding. Failures
// are shared, not kept.
type cache struct {
	mu      sync.Mutex
	max     int64 // bytes of pixels
	size    int64
	order   *list.List // of *cached, most recently used first
	byKey   map[string]*list.Element
	flights map[string]*flight
}

type cached struct {
	key  string
	clip *Clip
	size int64
}

// flight is one decoding that somebody waits for.
type flight struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	clip    *Clip
	err     error
}

func newCache(max int64) *cache {
	return &cache{max: max, order: list.New(), byKey: map[string]*list.Element{}, flights: map[string]*flight{}}
}

// get gives the clip of that key, by decode if need be. The decoding goes on as
// long as anybody waits for it.
func (c *cache) get(ctx context.Context, key string, decode func(context.Context) (*Clip, error)) (*Clip, error) {
	c.mu.Lock()
	if e, ok := c.byKey[key]; ok {
		c.order.MoveToFront(e)
		clip := e.Value.(*cached).clip
		c.mu.Unlock()
		return clip, nil
	}
	f, ok := c.flights[key]
	if !ok {
		f = &flight{done: make(chan struct{})}
		var flying context.Context
		flying, f.cancel = context.WithCancel(context.WithoutCancel(ctx))
		c.flights[key] = f
		go c.fly(flying, key, f, decode)
	}
	f.waiting++
	c.mu.Unlock()
	select {
	case <-f.done:
		return f.clip, f.err
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	f.waiting--
	if f.waiting == 0 {
		f.cancel()
		c.forget(key, f)
	}
	return nil, ctx.Err()
}

// fly decodes. It ends soon after its context does, and Decoder.Close waits for
// the decoding in it.
func (c *cache) fly(ctx context.Context, key string, f *flight, decode func(context.Context) (*Clip, error)) {
	defer f.cancel()
	f.clip, f.err = decode(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.err == nil && c.flights[key] == f { // else nobody waits any more
		c.keep(key, f.clip)
	}
	c.forget(key, f)
	close(f.done)
}

// forget takes a flight off the list; another of the same key may have begun.
func (c *cache) forget(key string, f *flight) {
	if c.flights[key] == f {
		delete(c.flights, key)
	}
}

// drop takes a clip out.
func (c *cache) drop(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[key]; ok {
		c.remove(e)
	}
}

func (c *cache) remove(e *list.Element) {
	gone := c.order.Remove(e).(*cached)
	delete(c.byKey, gone.key)
	c.size -= gone.size
}

func (c *cache) keep(key string, clip *Clip) {
	e := &cached{key: key, clip: clip}
	for _, f := range clip.Frames {
		e.size += int64(len(f.Image.Pix))
	}
	if _, ok := c.byKey[key]; ok || e.size > c.max {
		return
	}
	c.byKey[key] = c.order.PushFront(e)
	c.size += e.size
	for c.size > c.max {
		c.remove(c.order.Back())
	}
}
