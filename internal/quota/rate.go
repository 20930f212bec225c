package quota

import (
	"context"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Rate lets each key do something so many times a minute, at once or spread over it.
// It is safe for concurrent use.
type Rate struct {
	aMinute int
	ledger  Ledger // nil: this process counts alone

	mu    sync.Mutex
	keys  map[string]*bucket
	swept time.Time // when keys that had not come for a minute were forgotten
}

// Ledger counts for several processes together.
type Ledger interface {
	// SpendOf takes n from what a key has left of so many a minute, also below zero, and
	// gives what is left.
	SpendOf(ctx context.Context, key string, n, aMinute int) (left float64, err error)
}

// Each process tells the ledger of a key at least tellEvery while the key comes, and whenever
// a tellPart of what it has a minute was counted. So each may let as much too much pass.
const (
	tellEvery = time.Second
	tellPart  = 20
)

// bucket is what is left to a key.
type bucket struct {
	left   float64
	at     time.Time
	untold int       // counted here, and not by the ledger
	told   time.Time // when the ledger was last told, or is being told
}

// NewRate makes a rate; 0 lets everything pass. Processes with the same ledger count
// together.
func NewRate(aMinute int, l Ledger) *Rate {
	return &Rate{aMinute: aMinute, ledger: l, keys: map[string]*bucket{}}
}

// Count counts one of the key. One too many is CodeThrottled and not counted.
func (r *Rate) Count(ctx context.Context, key string) error {
	if r.aMinute <= 0 {
		return nil
	}
	if n, due := r.due(key); due {
		left, err := r.ledger.SpendOf(ctx, key, n, r.aMinute)
		r.told(key, n, left, err)
	}
	return r.count(key)
}

// due tells what the ledger has to be told now, by this caller alone.
func (r *Rate) due(key string) (n int, due bool) {
	if r.ledger == nil {
		return 0, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	b := r.bucket(key, now)
	if n = b.untold; now.Sub(b.told) < tellEvery && n*tellPart < r.aMinute {
		return 0, false
	}
	b.untold, b.told = 0, now
	return n, true
}

// told takes over what the ledger says. While it cannot be asked, this process counts alone.
func (r *Rate) told(key string, n int, left float64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.bucket(key, time.Now())
	if err != nil {
		b.untold += n
		return
	}
	b.left = left - float64(b.untold)
}

func (r *Rate) count(key string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.bucket(key, time.Now())
	if b.left < 1 {
		e := bonafide.Errorf(bonafide.CodeThrottled, "Too many requests, at most %d a minute", r.aMinute)
		e.RetryAfter = max(time.Second, time.Duration((1-b.left)/float64(r.aMinute)*float64(time.Minute)))
		return e
	}
	b.left--
	b.untold++
	return nil
}

// bucket is what the key has left now. r is locked.
func (r *Rate) bucket(key string, now time.Time) *bucket {
	r.sweep(now)
	b, most := r.keys[key], float64(r.aMinute)
	if b == nil {
		b = &bucket{left: most}
		r.keys[key] = b
	} else {
		b.left = min(most, b.left+most*now.Sub(b.at).Minutes())
	}
	b.at = now
	return b
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
