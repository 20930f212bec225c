package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/queue"
)

// Dequeue implements table.Queue.
func (f *file) Dequeue(ctx context.Context, tx bun.Tx, groups []bonafide.ID) error {
	_, err := tx.NewDelete().Table("river_job").
		Where("kind = ? AND state <> 'running' AND args ->> '$.group_id' IN (?)", queue.Kind, bun.List(groups)).Exec(ctx)
	return err
}

// Claim makes this process the one that may work the queue of the file, until Close, and
// fails where another one does: a server finds out before it says that it is ready.
// Work claims by itself where this was not called. With Options.Shared it does nothing.
func (s *Store) Claim() error {
	if s.file.shared || s.file.claimed != nil {
		return nil
	}
	unlock, err := lock(s.file.path + ".lock")
	s.file.claimed = unlock
	return err
}

// Work implements store.Queue. Unless Options.Shared is set, it fails at once where
// another process works the queue of this file.
func (s *Store) Work(ctx context.Context, workers int, run func(ctx context.Context, groupID bonafide.ID, attempt int, last bool) error) error {
	if !s.file.shared {
		if s.file.claimed == nil {
			unlock, err := lock(s.file.path + ".lock")
			if err != nil {
				return err
			}
			defer unlock()
		}
		if err := s.file.forgetWorkers(context.WithoutCancel(ctx)); err != nil {
			return fmt.Errorf("queue: %w", err)
		}
	}
	return s.file.Queue.Work(ctx, s, workers, run)
}

// forgetWorkers drops the leases of all workers: whoever holds the lock of the queue
// knows that nobody else works it, and need not wait for leases to run out, nor for
// the term of a leader, which keeps retries waiting.
func (f *file) forgetWorkers(ctx context.Context) error {
	_, err := f.writer.ExecContext(ctx, `DELETE FROM queue_workers; DELETE FROM river_leader`)
	return failure(err)
}

// Driver implements queue.Tables.
func (f *file) Driver() riverdriver.Driver[*sql.Tx] { return riversqlite.New(f.writer.DB) }

// Array implements queue.Tables.
func (f *file) Array(column string) string { return "json_group_array(" + column + ")" }

// Beat implements queue.Tables.
func (f *file) Beat(ctx context.Context, me bonafide.ID, lease time.Duration, held []int64, lost time.Duration) (taken []string, err error) {
	const cuts = `coalesce(metadata ->> '$.cuts', 0) + 1`
	now := time.Now()
	err = f.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO queue_workers (id, alive_until) VALUES (?0, ?1)
			ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until`, me, now.Add(lease).UnixMicro())
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM queue_workers WHERE alive_until < ?`, now.UnixMicro()); err != nil {
			return err
		}
		err = tx.NewRaw(`UPDATE river_job SET attempt = attempt - 1, state = 'available'
			WHERE state = 'running' AND attempted_by ->> '$[#-1]' = ?0 AND julianday(attempted_at) < julianday('now') - ?1 AND id NOT IN (?2)
			RETURNING state`, me, lost.Hours()/24, bun.List(append(held, 0))).Scan(ctx, &taken)
		if err != nil {
			return err
		}
		var left []string
		err = tx.NewRaw(`UPDATE river_job SET
				attempt = attempt - 1,
				metadata = jsonb_set(metadata, '$.cuts', `+cuts+`),
				state = CASE WHEN `+cuts+` < ?0 THEN 'available' ELSE 'discarded' END,
				finalized_at = CASE WHEN `+cuts+` < ?0 THEN NULL ELSE datetime('now', 'subsec') END
			WHERE state = 'running' AND coalesce(attempted_by ->> '$[#-1]', '') NOT IN (SELECT id FROM queue_workers)
			RETURNING state`, queue.MaxCuts).Scan(ctx, &left)
		taken = append(taken, left...)
		return err
	})
	return taken, err
}

// Leave implements queue.Tables.
func (f *file) Leave(ctx context.Context, me bonafide.ID) error {
	_, err := f.writer.NewDelete().Table("queue_workers").Where("id = ?", me).Exec(ctx)
	return failure(err)
}

// Orphans implements queue.Tables.
func (f *file) Orphans(ctx context.Context) ([]bonafide.ID, error) {
	var groups []bonafide.ID
	err := f.reader.NewRaw(`SELECT DISTINCT group_id FROM analyses WHERE state = 'PROCESSING' AND group_id NOT IN (
			SELECT coalesce(args ->> '$.group_id', '') FROM river_job
			WHERE state IN ('available', 'pending', 'retryable', 'running', 'scheduled'))`).Scan(ctx, &groups)
	return groups, failure(err)
}
