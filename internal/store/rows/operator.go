package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// DecideFolder implements store.Store.
func (s *Store) DecideFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, d bonafide.OperatorDecision) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row folderRow
		if err := folderOwner().Within(tx.NewSelect().Model(&row).Where("folder.id = ?", id), scope).Scan(ctx); err != nil {
			return table.Missing("Folder", err)
		}
		row.TimeUpdated = table.MicrosOf(table.Now())
		decided{&row.OperatorStatus, &row.OperatorComment, &row.OperatorID, &row.OperatorTime}.become(d, bonafide.ActorOf(ctx), row.TimeUpdated)
		_, err := tx.NewUpdate().Model(&row).Column("operator_status", "operator_comment", "operator_id", "operator_time", "time_updated").WherePK().Exec(ctx)
		return err
	})
}

// DecideAnalysis implements store.Store.
func (s *Store) DecideAnalysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID, d bonafide.OperatorDecision) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row analysisRow
		if err := listing.OfFolder("analysis").Within(tx.NewSelect().Model(&row).Where("analysis.id = ?", id), scope).Scan(ctx); err != nil {
			return table.Missing("Analysis", err)
		}
		if row.State != bonafide.Finished {
			return bonafide.Errorf(bonafide.CodeValue, "The analysis has not finished, there is nothing to decide")
		}
		row.TimeUpdated = table.MicrosOf(table.Now())
		decided{&row.Operator, &row.OperatorComment, &row.OperatorID, &row.OperatorTime}.become(d, bonafide.ActorOf(ctx), row.TimeUpdated)
		_, err := tx.NewUpdate().Model(&row).Column("operator", "operator_comment", "operator_id", "operator_time", "time_updated").WherePK().Exec(ctx)
		return err
	})
}

// decided is what an operator has decided, as columns of a row.
type decided struct {
	status  *bonafide.Status
	comment *string
	by      *bonafide.ID
	at      *table.Micros
}

// become takes over what is decided now. Whoever changes the comment alone has not
// decided.
func (r decided) become(d bonafide.OperatorDecision, by bonafide.Actor, at table.Micros) {
	if d.Status != nil {
		*r.status, *r.by, *r.at = *d.Status, by.UserID, at
		if *r.status == "" {
			*r.comment, *r.by, *r.at = "", "", 0
		}
	}
	if d.Comment != nil {
		*r.comment = table.Printable(*d.Comment)
	}
}
