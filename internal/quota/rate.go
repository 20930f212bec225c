package quota

import (
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Rate lets each key do something so many times a minute, at once or spread over it.
// It is safe for concurrent use.
type Rate struct {
	aMinute int

	mu    sync.Mutex
	keys  map[string]*bucket
	swept time.Time // when keys that had not come for a minute were forgotten
}

// bucket is what is left to a key.
type bucket struct {
	left float64
	at   time.Time
}

// NewRate makes a rate; 0 lets everything pass.
func NewRate(aMinute int) *Rate { return &Rate{aMinute: aMinute, keys: map[string]*bucket{}} }

// Count counts one of the key. One too many is CodeThrottled and not counted.
func (r *Rate) Count(key string) error {
	if r.aMinute <= 0 {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	now, most := time.Now(), float64(r.aMinute)
	r.sweep(now)
	b := r.keys[key]
	if b == nil {
		b = &bucket{left: most}
		r.keys[key] = b
	} else {
		b.left = min(most, b.left+most*now.Sub(b.at).Minutes())
	}
	b.at = now
	if b.left < 1 {
		e := bonafide.Errorf(bonafide.CodeThrottled, "Too many requests, at most %d a minute", r.aMinute)
		e.RetryAfter = max(time.Second, time.Duration((1-b.left)/most*float64(time.Minute)))
		return e
	}
	b.left--
	return nil
}

// sweep forgets keys that have all of a minute left again.
func (r *Rate) sweep(now time.Time) {
	if now.Sub(r.swept) < time.Minute {
		return
	}
	r.swept = now
	for key, b := range r.keys {
		if now.Sub(b.at) >= time.Minute {
			delete(r.keys, key)
		}
	}
}
