package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/eval"
)

// Point is what a number of clients gets of a server when all ask at once, and ask again
// as soon as they are answered.
type Point struct {
	Clients  int
	Rate     float64       // answered requests a second
	P50, P99 time.Duration // of answered requests
	Refused  int           // requests that were told to come again later, and waited as long as they were told
	Bytes    int64         // resident memory of the server's process at the end; 0 where it is not known
}

// Curve sends photo requests to API for a span of time with each of these numbers of
// clients. A request that is refused with 429 or 503 is not counted as answered; any other
// error ends the run.
func (b *Bench) Curve(ctx context.Context, clients []int, span time.Duration) ([]Point, error) {
	if err := b.photo(ctx); err != nil {
		return nil, fmt.Errorf("photo: %w", err)
	}
	var curve []Point
	for _, n := range clients {
		p, err := b.point(ctx, n, span)
		if err != nil {
			return nil, fmt.Errorf("%d clients: %w", n, err)
		}
		curve = append(curve, p)
		if b.Progress != nil {
			b.Progress(len(curve), len(clients))
		}
	}
	return curve, nil
}

func (b *Bench) point(ctx context.Context, clients int, span time.Duration) (Point, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		mu       sync.Mutex
		answered []time.Duration
		refused  int
		wait     sync.WaitGroup
	)
	start := time.Now()
	for range clients {
		wait.Go(func() {
			for time.Since(start) < span && ctx.Err() == nil {
				took, pause, err := b.timed(ctx)
				if err != nil {
					cancel(err)
					return
				}
				mu.Lock()
				if pause > 0 {
					refused++
				} else {
					answered = append(answered, took)
				}
				mu.Unlock()
				rest(ctx, min(pause, span-time.Since(start)))
			}
		})
	}
	wait.Wait()
	if err := context.Cause(ctx); err != nil {
		return Point{}, err
	}
	if len(answered) == 0 {
		return Point{}, fmt.Errorf("all of %d requests were refused", refused)
	}
	p := Point{Clients: clients, Refused: refused, Rate: float64(len(answered)) / time.Since(start).Seconds()}
	slices.Sort(answered)
	p.P50, p.P99 = answered[len(answered)/2], answered[len(answered)*99/100]
	if b.Resident == nil {
		return p, nil
	}
	var err error
	p.Bytes, err = b.Resident()
	return p, err
}

// timed sends a photo request. A pause is what a refused one was told to wait.
func (b *Bench) timed(ctx context.Context) (took, pause time.Duration, err error) {
	start := time.Now()
	err = b.photo(ctx)
	if e, ok := errors.AsType[*client.Error](err); ok && (e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable) {
		if e.RetryAfter == 0 {
			return 0, 0, fmt.Errorf("a refusal without Retry-After: %w", err)
		}
		return 0, e.RetryAfter, nil
	}
	return time.Since(start), 0, err
}

func rest(ctx context.Context, pause time.Duration) {
	if pause <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
}

// CurveTable shows a curve; span is the time of each point.
func CurveTable(curve []Point, span time.Duration) eval.Table {
	t := eval.Table{
		Title:   "Photo requests by the number of clients, each for " + span.String(),
		Columns: []string{"clients", "answered", "p50", "p99", "refused", "MiB"},
		Notes:   []string{"refused: told with 429 or 503 to come again later; MiB: resident memory of the server, where --metrics tells it"},
	}
	ms := func(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }
	for _, p := range curve {
		memory := "-"
		if p.Bytes > 0 {
			memory = fmt.Sprintf("%.0f", float64(p.Bytes)/(1<<20))
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(p.Clients), fmt.Sprintf("%.1f/s", p.Rate), ms(p.P50), ms(p.P99), strconv.Itoa(p.Refused), memory})
	}
	return t
}
