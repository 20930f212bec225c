package statistics

import (
	"context"
	"time"

	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// waiting are the states of jobs that no worker has taken up, for the first time or again.
const waiting = "state IN ('available', 'pending', 'retryable', 'scheduled')"

// Backlog counts what waits. Indices of what is unfinished answer it, of which there is
// little beside what was ever stored.
func Backlog(ctx context.Context, d listing.Dialect) (store.Backlog, error) {
	var b store.Backlog
	var orders struct{ Waiting, Running, First int64 }
	err := d.Reader().NewRaw(`SELECT (SELECT count(*) FROM river_job WHERE `+waiting+`) AS waiting,
		(SELECT count(*) FROM river_job WHERE state = 'running') AS running,
		(SELECT coalesce(min(id), 0) FROM river_job WHERE `+waiting+`) AS first`).Scan(ctx, &orders)
	if err != nil {
		return b, table.Failure(err)
	}
	b.Orders, b.Running = int(orders.Waiting), int(orders.Running)
	if orders.First != 0 {
		var since []time.Time // none where the job has ended meanwhile
		if err := d.Reader().NewRaw("SELECT created_at FROM river_job WHERE id = ?", orders.First).Scan(ctx, &since); err != nil {
			return b, table.Failure(err)
		}
		b.OldestOrder = oldest(since)
	}
	if err := d.Reader().NewRaw("SELECT count(*) FROM analyses WHERE state = 'PROCESSING'").Scan(ctx, &b.Analyses); err != nil {
		return b, table.Failure(err)
	}
	var hooks struct {
		Waiting int
		Since   table.Micros
	}
	err = d.Reader().NewRaw(`SELECT count(*) AS waiting, coalesce(min(time_created), 0) AS since
		FROM webhook_deliveries WHERE state = 'PENDING'`).Scan(ctx, &hooks)
	if err != nil {
		return b, table.Failure(err)
	}
	if b.Webhooks = hooks.Waiting; hooks.Waiting > 0 {
		b.OldestWebhook = oldest([]time.Time{hooks.Since.Time()})
	}
	return b, nil
}

// oldest is how long ago the only time was. The clock of the database's machine may be
// ahead.
func oldest(since []time.Time) time.Duration {
	if len(since) == 0 {
		return 0
	}
	return max(0, time.Since(since[0]))
}
