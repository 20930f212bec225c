package postgres

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/queue"
)

// What processes tell each other over the channel, once what it is about is committed.
const (
	channel      = "bonafide"
	toldOrder    = "order"
	toldDelivery = "delivery" // see migrations
)

// listenAgain is the time after which a lost connection is made anew. Until then polls find
// what was told.
const listenAgain = time.Second

// Enqueue implements table.Queue. It also tells all other processes.
func (b *base) Enqueue(ctx context.Context, tx bun.Tx, company, group bonafide.ID) error {
	if err := b.Queue.Enqueue(ctx, tx, company, group); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "SELECT pg_notify(?, ?)", channel, toldOrder)
	return err
}

// Dequeue implements table.Queue.
func (b *base) Dequeue(ctx context.Context, tx bun.Tx, groups []bonafide.ID) error {
	for _, group := range groups {
		_, err := tx.NewDelete().Table("river_job").
			Where("kind = ? AND state <> 'running' AND args @> jsonb_build_object('group_id', ?::text)", queue.Kind, group).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// Claim does nothing: any number of processes may work the queue.
func (s *Store) Claim() error { return nil }

// Work implements store.Queue.
func (s *Store) Work(ctx context.Context, workers int, run func(ctx context.Context, groupID bonafide.ID, attempt int, last bool) error) error {
	listening, stop := context.WithCancel(ctx)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		s.listen(listening)
	}()
	defer func() {
		stop()
		<-gone
	}()
	return s.base.Queue.Work(ctx, s, workers, run)
}

// listen wakes this process's workers and deliverers for what others tell, until ctx ends.
func (s *Store) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if err := s.hear(ctx); err != nil && ctx.Err() == nil {
			s.base.log.WarnContext(ctx, "what other processes tell is not heard; orders and webhooks are looked for every second", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(listenAgain):
		}
	}
}

// hear listens as long as one connection lasts.
func (s *Store) hear(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, s.base.config.Copy())
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	s.Wake() // something may have been told before
	s.WakeDeliveries()
	for {
		told, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		switch told.Payload {
		case toldOrder:
			s.Wake()
		case toldDelivery:
			s.WakeDeliveries()
		}
	}
}

// Driver implements queue.Tables.
func (b *base) Driver() riverdriver.Driver[*sql.Tx] { return riverdatabasesql.New(b.writer.DB) }

// Array implements queue.Tables.
func (b *base) Array(column string) string { return "coalesce(json_agg(" + column + "), '[]')" }

// now is the SQL of the database's clock in microseconds: those of the processes' machines
// may differ.
const now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"

// Beat implements queue.Tables. It neither waits for who writes nor for the disk.
func (b *base) Beat(ctx context.Context, me bonafide.ID, lease time.Duration, held []int64, lost time.Duration) (taken []string, err error) {
	const cuts = `(coalesce((metadata ->> 'cuts')::integer, 0) + 1)`
	err = b.writer.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		// Two who prolong late would wait for each other's row.
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(?)", int64(leaseLock)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO queue_workers (id, alive_until) VALUES (?0, `+now+` + ?1)
			ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until`, me, lease.Microseconds())
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM queue_workers WHERE alive_until < `+now); err != nil {
			return err
		}
		err = tx.NewRaw(`UPDATE river_job SET attempt = attempt - 1, state = 'available'
			WHERE state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = ?0 AND attempted_at < now() - ?1 * interval '1 microsecond'
			AND id NOT IN (?2)
			RETURNING state::text`, me, lost.Microseconds(), bun.List(append(held, 0))).Scan(ctx, &taken)
		if err != nil {
			return err
		}
		var left []string
		err = tx.NewRaw(`UPDATE river_job SET
				attempt = attempt - 1,
				metadata = jsonb_set(metadata, '{cuts}', to_jsonb(`+cuts+`)),
				state = CASE WHEN `+cuts+` < ?0 THEN 'available' ELSE 'discarded' END::river_job_state,
				finalized_at = CASE WHEN `+cuts+` < ?0 THEN NULL ELSE now() END
			WHERE state = 'running' AND coalesce(attempted_by[array_upper(attempted_by, 1)], '') NOT IN (SELECT id FROM queue_workers)
			RETURNING state::text`, queue.MaxCuts).Scan(ctx, &left)
		taken = append(taken, left...)
		return err
	})
	return taken, failure(err)
}

// Leave implements queue.Tables.
func (b *base) Leave(ctx context.Context, me bonafide.ID) error {
	_, err := b.writer.NewDelete().Table("queue_workers").Where("id = ?", me).Exec(ctx)
	return failure(err)
}

// Orphans implements queue.Tables.
func (b *base) Orphans(ctx context.Context) ([]bonafide.ID, error) {
	var groups []bonafide.ID
	err := b.reader.NewRaw(`SELECT DISTINCT group_id FROM analyses WHERE state = 'PROCESSING' AND group_id NOT IN (
			SELECT coalesce(args ->> 'group_id', '') FROM river_job
			WHERE state IN ('available', 'pending', 'retryable', 'running', 'scheduled'))`).Scan(ctx, &groups)
	return groups, failure(err)
}
