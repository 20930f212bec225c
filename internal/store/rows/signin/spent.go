package signin

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// spentRow is what a key had left of its requests a minute, at a time.
type spentRow struct {
	bun.BaseModel `bun:"table:requests_left,alias:spent"`

	Digest string       `bun:"digest,pk"`
	Left   float64      `bun:"requests"`
	At     table.Micros `bun:"at"`
}

// SpendOf implements store.RequestRates.
func (s Book) SpendOf(ctx context.Context, key string, n, aMinute int) (left float64, err error) {
	row, at := spentRow{Digest: digestOf(key)}, table.Now()
	most := float64(aMinute)
	err = s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		// Who has not come for a minute has all of them left again.
		if _, err := tx.NewDelete().Model((*spentRow)(nil)).Where("at < ?", table.MicrosOf(at.Add(-time.Minute))).Exec(ctx); err != nil {
			return err
		}
		err := s.Hold(tx.NewSelect().Model(&row)).WherePK().Scan(ctx)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			row.Left, row.At = most, table.MicrosOf(at)
		case err != nil:
			return err
		}
		// The clock of another machine may be ahead: its time passes once.
		if since := at.Sub(row.At.Time()); since > 0 {
			row.Left, row.At = min(most, row.Left+most*since.Minutes()), table.MicrosOf(at)
		}
		row.Left = max(row.Left-float64(n), -most)
		left = row.Left
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (digest) DO UPDATE").Set("requests = excluded.requests").Set("at = excluded.at").Exec(ctx)
		return err
	})
	return left, err
}
