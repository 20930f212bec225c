package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Arrival is what is changed in rows that came from another database, once it was proved
// that they are equal.
type Arrival struct {
	// Entry tells the audit log of it.
	Entry bonafide.AuditEntry
	// GiveUpDeliveries ends the webhooks that are still owed, as somebody else may have
	// sent them since. They can be replayed one by one.
	GiveUpDeliveries bool
}

// Apply makes the changes, in the transaction that has stored the rows.
func (a Arrival) Apply(ctx context.Context, tx bun.Tx) error {
	if a.GiveUpDeliveries {
		_, err := tx.NewUpdate().Model((*attemptRow)(nil)).Set("failure = ?", attemptInterrupted).Where("failure = ?", attemptPending).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model((*deliveryRow)(nil)).Set("state = ?, leased_until = 0", bonafide.DeliveryGivenUp).
			Where("state = ?", bonafide.DeliveryPending).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return table.Pend(ctx, tx, a.Entry)
}
