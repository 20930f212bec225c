// Package retention sees to it that what has been deleted is gone from the disk,
// too. A sweep looks for blobs that no file names any more.
package retention

import (
	"context"
	"log/slog"
	"time"
)

// every is the time between two sweeps.
const every = time.Minute

// Store is the part of bonafide.Store that sweeps need.
type Store interface {
	SweepBlobs(ctx context.Context, now time.Time, remove func(ctx context.Context, digest string) error) (int, error)
}

// Blobs is the part of bonafide.Blobs that sweeps need.
type Blobs interface {
	Delete(ctx context.Context, digest string) error
}

// Sweeper sweeps. One per installation is enough; several do not harm each other.
type Sweeper struct {
	Store Store
	Blobs Blobs
	Log   *slog.Logger
	Now   func() time.Time // nil means the clock
}

// Run sweeps at once, which works off what a crash has left, and then every
// minute until ctx ends. Faults are logged and tried again with the next sweep.
func (s *Sweeper) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "sweep failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep sweeps once.
func (s *Sweeper) Sweep(ctx context.Context) error {
	removed, err := s.Store.SweepBlobs(ctx, s.now(), s.Blobs.Delete)
	if removed > 0 {
		s.Log.InfoContext(ctx, "files deleted", "count", removed)
	}
	return err
}

func (s *Sweeper) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}
