// Package quota shares what is scarce between callers, so that none of them can
// stop the others. A key stands for one caller: a company, or the address of a
// client where there is no company yet.
package quota

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Limits of a Share. All are positive, but for the last three.
type Limits struct {
	Places int // that are taken at once
	PerKey int // of which one key may take; beyond it the key waits, even where places are free
	// Contested is what one key may take while another has lately come as well; 0 means
	// PerKey. It leaves a core to others without wasting it where there are none.
	Contested int
	Waiting   int // of one key; one more is refused at once. 0 means that nobody waits, Unlimited that any number does
	// Patience is how long a place is waited for. 0 means as long as the context.
	Patience time.Duration
}

// Unlimited is a number of waiting callers that is never reached: for places that come
// after others which are limited.
const Unlimited = math.MaxInt

// Share hands out places. Keys that wait get them in turn, one place each, and the
// callers of one key in the order of their coming: a key with a thousand waiting
// callers delays another key by one place at most. It is safe for concurrent use.
type Share struct {
	limits Limits

	mu    sync.Mutex
	taken int
	keys  map[string]*line
	turn  []*line  // of those with waiting callers, the next one first
	came  [2]visit // the newest of two keys, the newer one first
}

// visit is when a key came last.
type visit struct {
	key string
	at  time.Time
}

// lately is how long a key that came is reckoned with.
const lately = time.Minute

// Notice reckons with a key that takes its places elsewhere. The empty key is nobody
// else's rival.
func (s *Share) Notice(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notice(key)
}

func (s *Share) notice(key string) {
	if key == "" {
		return
	}
	if s.came[0].key != key {
		s.came[1] = s.came[0]
	}
	s.came[0] = visit{key, time.Now()}
}

// most is how many places a key may have now.
func (s *Share) most(key string) int {
	other := s.came[0]
	if other.key == key {
		other = s.came[1]
	}
	if s.limits.Contested > 0 && other.key != "" && time.Since(other.at) < lately {
		return min(s.limits.Contested, s.limits.PerKey)
	}
	return s.limits.PerKey
}

// ForCores are the limits of work that takes a core each: one key may have all of them,
// but for one while others come, and one more than there are cores is had by several.
func ForCores(n int) Limits {
	return Limits{Places: n + 1, PerKey: n, Contested: max(1, n-1), Waiting: Unlimited}
}

// line is what is known of one key. It lives while the key has places or waits.
type line struct {
	key     string
	taken   int
	waiting []chan struct{} // closed when the place is handed over
}

// New makes a share.
func New(l Limits) *Share { return &Share{limits: l, keys: map[string]*line{}} }

// Take takes a place, waiting for it where it must. release gives it back, and may
// be called more than once. Too many waiting callers of the key are CodeThrottled; a
// wait longer than Patience is CodeBusy; ctx's own end is its error.
func (s *Share) Take(ctx context.Context, key string) (release func(), err error) {
	l, place, err := s.join(key)
	if err != nil {
		return nil, err
	}
	if place != nil {
		if err := s.await(ctx, l, place); err != nil {
			return nil, err
		}
	}
	return sync.OnceFunc(func() { s.leave(l) }), nil
}

// Idle tells how many places nobody has at the moment.
func (s *Share) Idle() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limits.Places - s.taken
}

// join takes a place at once, which gives no channel, or queues.
func (s *Share) join(key string) (*line, chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.keys[key]
	if l == nil {
		l = &line{key: key}
		s.keys[key] = l
	}
	// Who waits is waiting for its own key, else a place would have been handed over.
	s.notice(key)
	if len(l.waiting) == 0 && s.taken < s.limits.Places && l.taken < s.most(key) {
		s.taken++
		l.taken++
		return l, nil, nil
	}
	if len(l.waiting) >= s.limits.Waiting {
		s.forget(l)
		e := bonafide.Errorf(bonafide.CodeThrottled, "Too many requests of yours are under way, at most %d and %d waiting", s.limits.PerKey, s.limits.Waiting)
		e.RetryAfter = s.retryAfter()
		return nil, nil, e
	}
	place := make(chan struct{})
	if l.waiting = append(l.waiting, place); len(l.waiting) == 1 {
		s.turn = append(s.turn, l)
	}
	return l, place, nil
}

// await waits for a place that was queued for.
func (s *Share) await(ctx context.Context, l *line, place chan struct{}) error {
	var patience <-chan time.Time
	if s.limits.Patience > 0 {
		t := time.NewTimer(s.limits.Patience)
		defer t.Stop()
		patience = t.C
	}
	var err error
	select {
	case <-place:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-patience:
		busy := bonafide.Errorf(bonafide.CodeBusy, "The server is busy, try again later")
		busy.RetryAfter = s.retryAfter()
		err = busy
	}
	if !s.withdraw(l, place) {
		s.leave(l) // it was handed over meanwhile
	}
	return err
}

// withdraw takes a waiting caller out of the line, unless it has its place already.
func (s *Share) withdraw(l *line, place chan struct{}) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, p := range l.waiting {
		if p != place {
			continue
		}
		if l.waiting = append(l.waiting[:i], l.waiting[i+1:]...); len(l.waiting) == 0 {
			s.dropTurn(l)
			s.forget(l)
		}
		return true
	}
	return false
}

// leave gives a place back and hands it to who is next.
func (s *Share) leave(l *line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken--
	l.taken--
	s.forget(l)
	s.handOver()
}

// handOver gives the free places to the first keys in turn that may take one more.
func (s *Share) handOver() {
	for i := 0; i < len(s.turn) && s.taken < s.limits.Places; {
		l := s.turn[i]
		if l.taken >= s.most(l.key) {
			i++
			continue
		}
		close(l.waiting[0])
		l.waiting = l.waiting[1:]
		s.taken++
		l.taken++
		s.dropTurn(l)
		if len(l.waiting) > 0 {
			s.turn = append(s.turn, l)
		}
	}
}

func (s *Share) dropTurn(l *line) {
	for i, other := range s.turn {
		if other == l {
			s.turn = append(s.turn[:i], s.turn[i+1:]...)
			return
		}
	}
}

// forget keeps no memory of keys that neither have nor want anything.
func (s *Share) forget(l *line) {
	if l.taken == 0 && len(l.waiting) == 0 {
		delete(s.keys, l.key)
	}
}

// retryAfter is what refused callers are told to wait.
func (s *Share) retryAfter() time.Duration { return max(s.limits.Patience/2, time.Second) }
