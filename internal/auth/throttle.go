package auth

import (
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
)

// After freeTries failures in a row each further try must wait.
const (
	freeTries   = 5
	pause       = 30 * time.Second
	forgetAfter = 15 * time.Minute // without a failure
	maxTracked  = 1 << 14          // accounts and sources
)

// throttle counts failed sign-ins in a row by account and by source. It does
// not know which accounts exist, so that it cannot tell.
type throttle struct {
	mu    sync.Mutex
	tries map[string]tries
}

type tries struct {
	failures int
	last     time.Time
}

func newThrottle() *throttle { return &throttle{tries: map[string]tries{}} }

// admit refuses with CodeThrottled, and says for how long, while one of the keys
// has to wait.
func (t *throttle) admit(now time.Time, keys ...string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var wait time.Duration
	for _, key := range keys {
		if e := t.tries[key]; e.failures >= freeTries {
			wait = max(wait, pause-now.Sub(e.last))
		}
	}
	if wait <= 0 {
		return nil
	}
	wait = (wait + time.Second - 1).Truncate(time.Second)
	err := bonafide.Errorf(bonafide.CodeThrottled, "Too many failed sign-ins, try again in %d seconds", int(wait.Seconds()))
	err.RetryAfter = wait
	return err
}

func (t *throttle) failed(now time.Time, keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range keys {
		e := t.tries[key]
		if now.Sub(e.last) > forgetAfter {
			e.failures = 0
		}
		t.makeRoom(now)
		t.tries[key] = tries{failures: e.failures + 1, last: now}
	}
}

func (t *throttle) passed(keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range keys {
		delete(t.tries, key)
	}
}

// makeRoom keeps the memory bounded under a flood of made-up accounts.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.tries) < maxTracked {
		return
	}
	for key, e := range t.tries {
		if now.Sub(e.last) > forgetAfter {
			delete(t.tries, key)
		}
	}
	for key := range t.tries {
		if len(t.tries) < maxTracked {
			return
		}
		delete(t.tries, key)
	}
}
