package drill

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// tally counts the requests of a flood.
type tally struct {
	mu       sync.Mutex
	made     int            // requests
	answered int            // with what they asked for, or a refusal of what was sent
	refused  int            // for now: 429, 503 and 507
	silent   int            // of those refused, without Retry-After
	cut      int            // connections that ended without an answer
	faults   map[string]int // answers that must never be, by status and route
	statuses map[int]int    // answers by status
}

// again is how long a client of A waits after it was refused for now: it is impatient,
// and does not care when it was told to come again.
const again = 20 * time.Millisecond

// ask is one request of A.
type ask struct {
	method, path string
	kind         string // Content-Type
	body         []byte
	from         string // X-Forwarded-For
	token        string // another than A's; none: no token
	part         string // Range
}

// sender sends the n-th request of a flood and tells how it was answered.
type sender func(ctx context.Context, n int) (answer, error)

// answer is what of an answer counts.
type answer struct {
	status int
	told   bool // when to come again
	route  string
}

// repeat sends one request after the other until ctx ends.
func (t *tally) repeat(ctx context.Context, first int, send sender) {
	for n := first; ctx.Err() == nil; n += 1 << 16 {
		t.begin()
		a, err := send(ctx, n)
		if ctx.Err() != nil {
			return
		}
		if t.count(a, err) {
			pause(ctx, again)
		}
	}
}

// begin counts a request.
func (t *tally) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.made++
}

// turnedAway tells whether a request was refused for now.
func (t *tally) turnedAway() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.refused > 0
}

// count tells whether the request was not answered as it wanted to be.
func (t *tally) count(a answer, err error) (turnedAway bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.cut++
		return true
	}
	if t.statuses == nil {
		t.statuses = map[int]int{}
	}
	t.statuses[a.status]++
	switch {
	case a.status == http.StatusTooManyRequests, a.status == http.StatusServiceUnavailable, a.status == http.StatusInsufficientStorage:
		t.refused++
		if !a.told {
			t.silent++
		}
		return true
	case a.status >= http.StatusInternalServerError:
		if t.faults == nil {
			t.faults = map[string]int{}
		}
		t.faults[fmt.Sprintf("%d by %s", a.status, a.route)]++
	}
	t.answered++
	return false
}

// send sends a request and reads its answer to the end.
func (s *siege) send(ctx context.Context, q ask) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, q.method, s.base+q.path, bytes.NewReader(q.body))
	if err != nil {
		return answer{}, err
	}
	for name, value := range map[string]string{"X-Forensic-Access-Token": q.token, "Content-Type": q.kind, "X-Forwarded-For": q.from, "Range": q.part} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	resp, err := s.flooder.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return answer{status: resp.StatusCode, told: resp.Header.Get("Retry-After") != "", route: q.method + " " + q.path}, err
}
