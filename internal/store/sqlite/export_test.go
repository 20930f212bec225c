package sqlite

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

// Writer gives tests the connection that writes.
func (s *Store) Writer() *bun.DB { return s.file.writer }

// Path gives tests the name of the file.
func (s *Store) Path() string { return s.file.path }

// Poll sets how often the queue is asked for work without having been woken.
func (s *Store) Poll(every time.Duration) { s.file.Queue.Poll = every }

// Lost sets how long a job may be a living worker's that does not hold it.
func (s *Store) Lost(d time.Duration) { s.file.Queue.Lost = d }

// Lease sets how long a worker of the queue counts as alive without being heard of.
func (s *Store) Lease(d time.Duration) { s.file.Queue.Lease = d }

// MigrateTo brings the tables to a version, forwards or backwards.
func (s *Store) MigrateTo(ctx context.Context, version int64) error {
	provider, err := provider(s.file.writer.DB)
	if err != nil {
		return err
	}
	if _, err := provider.DownTo(ctx, version); err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// WatchChanges makes or mends the triggers, as opening does.
func (s *Store) WatchChanges(ctx context.Context) error { return s.file.watch(ctx) }
