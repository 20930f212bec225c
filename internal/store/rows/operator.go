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
		decide(d, &row.OperatorStatus, &row.OperatorComment)
		row.TimeUpdated = table.MicrosOf(table.Now())
		_, err := tx.NewUpdate().Model(&row).Column("operator_status", "operator_comment", "time_updated").WherePK().Exec(ctx)
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
		decide(d, &row.Operator, &row.OperatorComment)
		row.TimeUpdated = table.MicrosOf(table.Now())
		_, err := tx.NewUpdate().Model(&row).Column("operator", "operator_comment", "time_updated").WherePK().Exec(ctx)
		return err
	})
}

func decide(d bonafide.OperatorDecision, status *bonafide.Status, comment *string) {
	if d.Status != nil {
		if *status = *d.Status; *status == "" {
			*comment = ""
		}
	}
	if d.Comment != nil {
		*comment = table.Printable(*d.Comment)
	}
}
