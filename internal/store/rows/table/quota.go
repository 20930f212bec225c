package table

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// retryOrder is what a company with too much waiting is told to wait.
const retryOrder = 5 * time.Second

// Quotas bound what one company may have. Each is counted within the transaction that
// would go beyond it, over all processes. 0 means no bound, as for what belongs to no
// company.
type Quotas struct {
	Unfinished int   // analyses that are ordered and have not ended
	Bytes      int64 // of the files of media and of photos of persons
}

// CheckUnfinished runs behind an order: CodeThrottled where it goes beyond.
func (q Quotas) CheckUnfinished(ctx context.Context, tx bun.Tx, company bonafide.ID) error {
	most := q.Unfinished
	if most == 0 || company == "" {
		return nil
	}
	n, err := tx.NewSelect().Table("analyses").Where("company_id = ?", company).Where("state = 'PROCESSING'").Count(ctx)
	if err != nil || int(n) <= most {
		return err
	}
	full := bonafide.Errorf(bonafide.CodeThrottled, "Too many analyses of the company are waiting, at most %d", most)
	full.RetryAfter = retryOrder
	return full
}

// CheckBytes runs behind the insertion of files: CodeFull where it goes beyond.
func (q Quotas) CheckBytes(ctx context.Context, tx bun.Tx, company bonafide.ID) error {
	most := q.Bytes
	if most == 0 || company == "" {
		return nil
	}
	var bytes int64
	err := tx.NewSelect().Table("stored_bytes").ColumnExpr("coalesce(sum(bytes), 0)").Where("company_id = ?", company).Scan(ctx, &bytes)
	if err != nil || bytes <= most {
		return err
	}
	return bonafide.Errorf(bonafide.CodeFull, "The media of the company would take more than %d bytes, some must be deleted first", most)
}
