package rows

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Failures that the store itself writes into the log of attempts.
const (
	attemptPending     = "pending"
	attemptInterrupted = "interrupted"
)

type attemptRow struct {
	bun.BaseModel `bun:"table:webhook_attempts,alias:attempt"`

	DeliveryID bonafide.ID  `bun:"delivery_id,pk"`
	Number     int          `bun:"number,pk"`
	Started    table.Micros `bun:"started"`
	Took       int64        `bun:"took"` // microseconds
	Status     int          `bun:"status"`
	Failure    string       `bun:"failure"`
}

func (r *attemptRow) attempt() bonafide.DeliveryAttempt {
	return bonafide.DeliveryAttempt{
		Number: r.Number, Started: r.Started.Time(), Took: time.Duration(r.Took) * time.Microsecond,
		Status: r.Status, Failure: r.Failure,
	}
}

// ClaimDeliveries implements store.Deliveries. What it notes down may be lost when
// the machine loses power; the attempts are then repeated.
func (s *Store) ClaimDeliveries(ctx context.Context, lease time.Duration, most store.DeliveryLimits) ([]bonafide.Delivery, error) {
	at := table.Now()
	ids, err := dueDeliveries(ctx, s.Reader(), at, most) // most of the time there are none
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var claimed []bonafide.Delivery
	err = s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		if ids, err = dueDeliveries(ctx, tx, at, most); err != nil || len(ids) == 0 {
			return err
		}
		claimed, err = claim(ctx, tx, ids, at, at.Add(lease))
		return err
	})
	if err != nil {
		return nil, table.Failure(err)
	}
	return claimed, nil
}

// dueDeliveries picks deliveries: of each target the oldest, of those the companies' in turn.
func dueDeliveries(ctx context.Context, db bun.IDB, at time.Time, most store.DeliveryLimits) ([]bonafide.ID, error) {
	targets, err := dueTargets(ctx, db, at)
	if err != nil {
		return nil, table.Failure(err)
	}
	var due []deliveryRow
	for _, t := range targets {
		if t.Busy >= most.Target {
			continue
		}
		var rows []deliveryRow
		err := db.NewSelect().Model(&rows).Column("id", "company_id", "next_attempt").
			Where("state = 'PENDING' AND target = ? AND next_attempt <= ? AND leased_until <= ?", t.Target, table.MicrosOf(at), table.MicrosOf(at)).
			Order("next_attempt", "row_id").Limit(int64(most.Target - t.Busy)).Scan(ctx)
		if err != nil {
			return nil, table.Failure(err)
		}
		due = append(due, rows...)
	}
	if len(due) == 0 {
		return nil, nil
	}
	busy, err := busyCompanies(ctx, db, at)
	if err != nil {
		return nil, table.Failure(err)
	}
	return inTurn(due, busy, most), nil
}

// busyCompanies counts the attempts under way by company.
func busyCompanies(ctx context.Context, db bun.IDB, at time.Time) (map[bonafide.ID]int, error) {
	var rows []struct {
		CompanyID bonafide.ID `bun:"company_id,nullzero"`
		Busy      int         `bun:"busy"`
	}
	err := db.NewSelect().Model((*deliveryRow)(nil)).Column("company_id").ColumnExpr("count(*) AS busy").
		Where("state = 'PENDING' AND leased_until > 0 AND leased_until > ?", table.MicrosOf(at)).Group("company_id").Scan(ctx, &rows)
	busy := map[bonafide.ID]int{}
	for _, r := range rows {
		busy[r.CompanyID] = r.Busy
	}
	return busy, err
}

// inTurn orders deliveries so that each company's next one stands behind those of
// companies with fewer attempts under way, and leaves out what is over the limits.
func inTurn(due []deliveryRow, busy map[bonafide.ID]int, most store.DeliveryLimits) []bonafide.ID {
	slices.SortStableFunc(due, func(a, b deliveryRow) int { return cmp.Compare(a.NextAttempt, b.NextAttempt) })
	type turn struct {
		id bonafide.ID
		at int // attempts of the company before this one
	}
	var turns []turn
	for _, r := range due {
		if n := busy[r.CompanyID]; n < most.Company {
			turns = append(turns, turn{r.ID, n})
			busy[r.CompanyID]++
		}
	}
	slices.SortStableFunc(turns, func(a, b turn) int { return cmp.Compare(a.at, b.at) })
	var ids []bonafide.ID
	for _, t := range turns[:min(most.All, len(turns))] {
		ids = append(ids, t.id)
	}
	return ids
}

type targetRow struct {
	Target string `bun:"target"`
	Busy   int    `bun:"busy"` // attempts under way
}

// dueTargets finds the targets by skipping through the index, so that a receiver
// with a hundred thousand deliveries costs no more than one with ten.
func dueTargets(ctx context.Context, db bun.IDB, at time.Time) ([]targetRow, error) {
	var rows []targetRow
	err := db.NewRaw(`
		WITH RECURSIVE targets (target) AS (
			SELECT min(target) FROM webhook_deliveries WHERE state = 'PENDING'
			UNION ALL
			SELECT (SELECT min(target) FROM webhook_deliveries WHERE state = 'PENDING' AND target > targets.target)
			FROM targets WHERE target IS NOT NULL
		)
		SELECT target, (SELECT count(*) FROM webhook_deliveries d
			WHERE d.state = 'PENDING' AND d.target = targets.target AND d.leased_until > 0 AND d.leased_until > ?0) AS busy
		FROM targets WHERE target IS NOT NULL AND EXISTS (SELECT 1 FROM webhook_deliveries d
			WHERE d.state = 'PENDING' AND d.target = targets.target AND d.next_attempt <= ?0)`, table.MicrosOf(at)).Scan(ctx, &rows)
	return rows, err
}

// claim leases deliveries and begins their next attempts.
func claim(ctx context.Context, tx bun.Tx, ids []bonafide.ID, at, until time.Time) ([]bonafide.Delivery, error) {
	_, err := tx.NewUpdate().Model((*attemptRow)(nil)).Set("failure = ?", attemptInterrupted).
		Where("delivery_id IN (?)", bun.List(ids)).Where("failure = ?", attemptPending).Exec(ctx)
	if err != nil {
		return nil, err
	}
	var rows []deliveryRow
	if err := tx.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Order("next_attempt", "row_id").Scan(ctx); err != nil {
		return nil, err
	}
	claimed := make([]bonafide.Delivery, len(rows))
	attempts := make([]attemptRow, len(rows))
	for i := range rows {
		rows[i].Attempts++
		rows[i].LeasedUntil, rows[i].TimeUpdated = table.MicrosOf(until), table.MicrosOf(at)
		_, err := tx.NewUpdate().Model(&rows[i]).Column("attempts", "leased_until", "time_updated").Where("id = ?", rows[i].ID).Exec(ctx)
		if err != nil {
			return nil, err
		}
		claimed[i] = rows[i].delivery()
		attempts[i] = attemptRow{DeliveryID: rows[i].ID, Number: rows[i].Attempts, Started: table.MicrosOf(at), Failure: attemptPending}
	}
	_, err = tx.NewInsert().Model(&attempts).Exec(ctx)
	return claimed, err
}

// EndAttempt implements store.Deliveries.
func (s *Store) EndAttempt(ctx context.Context, d *bonafide.Delivery, a bonafide.DeliveryAttempt) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewUpdate().Model((*attemptRow)(nil)).
			Set("took = ?, status = ?, failure = ?", a.Took.Microseconds(), a.Status, a.Failure).
			Where("delivery_id = ? AND number = ?", d.ID, a.Number).Exec(ctx)
		if err := table.Changed("Webhook delivery", res, err); err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model((*deliveryRow)(nil)).
			Set("state = ?, next_attempt = ?, leased_until = 0, time_updated = ?", d.State, table.MicrosOf(d.NextAttempt), table.MicrosOf(table.Now())).
			Where("id = ? AND attempts = ?", d.ID, a.Number).Exec(ctx)
		return err
	})
}
