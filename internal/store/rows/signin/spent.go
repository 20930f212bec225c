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
	Left   int64        `bun:"thousandths"` // of a request
	At     table.Micros `bun:"at"`
}

// SpendOf implements store.RequestRates.
func (s Book) SpendOf(ctx context.Context, key string, n, aMinute int) (left float64, err error) {
	row, at := spentRow{Digest: digestOf(key)}, table.Now()
	most := float64(aMinute)
	const thousand = 1000
	err = s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		// Who has not come for a minute has all of them left again.
		if _, err := tx.NewDelete().Model((*spentRow)(nil)).Where("at < ?", table.MicrosOf(at.Add(-time.Minute))).Exec(ctx); err != nil {
			return err
		}
		err := s.Hold(tx.NewSelect().Model(&row)).WherePK().Scan(ctx)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			row.Left, row.At = int64(aMinute)*thousand, table.MicrosOf(at)
		case err != nil:
			return err
		}
		left = float64(row.Left) / thousand
		// The clock of another machine may be ahead: its time passes once.
		if since := at.Sub(row.At.Time()); since > 0 {
			left, row.At = min(most, left+most*since.Minutes()), table.MicrosOf(at)
		}
		left = max(left-float64(n), -most)
		row.Left = int64(left * thousand)
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (digest) DO UPDATE").Set("thousandths = excluded.thousandths").Set("at = excluded.at").Exec(ctx)
		return err
	})
	return left, err
}
