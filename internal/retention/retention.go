// Package retention deletes folders and media that are older than their company keeps
// them, and removes the blobs of whatever was deleted.
package retention

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

const (
	// every is the time between two sweeps.
	every = time.Minute
	// batch is how many aged folders are looked up at a time.
	batch = 100
	// orphansEvery is the time between two looks for blobs that the database never knew,
	// and orphanAge how long such must have lain there: an older database that was put
	// back by mistake can be replaced until then.
	orphansEvery = 6 * time.Hour
	orphanAge    = 24 * time.Hour
)

// Store is the part of store.Store that sweeps need.
type Store interface {
	store.Retention
	ClaimBlobs(ctx context.Context, digests ...string) error
	UnknownBlobs(ctx context.Context, digests ...string) ([]string, error)
	DeleteFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
	SweepBlobs(ctx context.Context, now time.Time, remove func(ctx context.Context, digest string) error) (int, error)
}

// Blobs is the part of blob.Store that sweeps need.
type Blobs interface {
	Delete(ctx context.Context, digest string) error
	// Older calls each with digests of blobs that lie there unchanged since before a time.
	Older(ctx context.Context, before time.Time, each func(ctx context.Context, digests []string) error) error
}

// Sweeper sweeps. One per installation is enough; several may run at the same time.
type Sweeper struct {
	Store Store
	Blobs Blobs
	Log   *slog.Logger
	Now   func() time.Time // nil means the clock

	orphans time.Time // when they were looked for
}

// Run sweeps at once, which finishes what a crash interrupted, and then every
// minute until ctx ends. Errors are logged and tried again with the next sweep.
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

// Sweep deletes what is too old, then the blobs that no file names any more.
func (s *Sweeper) Sweep(ctx context.Context) error {
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: "retention"})
	now := time.Now()
	if s.Now != nil {
		now = s.Now()
	}
	aged, err := s.deleteAged(ctx, now)
	if now.Sub(s.orphans) >= orphansEvery {
		s.orphans = now
		err = errors.Join(err, s.disownOrphans(ctx, now))
	}
	removed, swept := s.Store.SweepBlobs(ctx, now, s.Blobs.Delete)
	if aged > 0 || removed > 0 {
		s.Log.InfoContext(ctx, "swept", "folders", aged, "files", removed)
	}
	return errors.Join(err, swept)
}

// disownOrphans leaves to a later sweep the blobs that the database does not know, as they
// are left by an older database that was put back.
func (s *Sweeper) disownOrphans(ctx context.Context, now time.Time) error {
	found := 0
	err := s.Blobs.Older(ctx, now.Add(-orphanAge), func(ctx context.Context, digests []string) error {
		unknown, err := s.Store.UnknownBlobs(ctx, digests...)
		if err != nil || len(unknown) == 0 {
			return err
		}
		found += len(unknown)
		return s.Store.ClaimBlobs(ctx, unknown...)
	})
	if found > 0 {
		s.Log.WarnContext(ctx, "files that the database does not know will be deleted", "files", found)
	}
	if err != nil {
		return fmt.Errorf("orphaned files: %w", err)
	}
	return nil
}

// deleteAged gives the number of folders of which something was deleted. It stops
// after a batch with an error, since the next batch would hold the same folders.
func (s *Sweeper) deleteAged(ctx context.Context, now time.Time) (folders int, err error) {
	for err == nil && ctx.Err() == nil {
		aged, lookup := s.Store.Aged(ctx, now, batch)
		if lookup != nil {
			return folders, fmt.Errorf("aged folders: %w", lookup)
		}
		for _, a := range aged {
			if failed := s.deleteOne(ctx, a); failed != nil {
				err = errors.Join(err, fmt.Errorf("folder %s: %w", a.FolderID, failed))
				continue
			}
			folders++
		}
		if len(aged) < batch {
			break
		}
	}
	return folders, err
}

// deleteOne deletes what is too old in a folder. One that is gone, or was put
// under legal hold since, is no error.
func (s *Sweeper) deleteOne(ctx context.Context, a store.Aged) error {
	var err error
	if a.MediaBefore.IsZero() {
		err = s.Store.DeleteFolder(ctx, bonafide.Scope{}, a.FolderID)
	} else {
		err = s.Store.ClearFolder(ctx, a.FolderID, a.MediaBefore)
	}
	if c := bonafide.CodeOf(err); err != nil && (c == bonafide.CodeNotFound || c == bonafide.CodeForbidden) {
		return nil
	}
	return err
}
