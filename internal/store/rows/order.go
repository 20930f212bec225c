package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// order stores and queues a group, and settles the folder anew.
func (s *Store) order(ctx context.Context, tx bun.Tx, f *folderRow, order *store.Order) error {
	if order.GroupID == "" || len(order.Analyses) == 0 {
		return bonafide.Errorf(bonafide.CodeStructure, "An order needs at least one analysis")
	}
	rows := make([]analysisRow, len(order.Analyses))
	for i := range order.Analyses {
		a := &order.Analyses[i]
		a.FolderID, a.CompanyID, a.GroupID = f.ID, f.CompanyID, order.GroupID
		if a.State == "" {
			a.State, a.Resolution = bonafide.Processing, bonafide.Processing
		}
		table.Stamp(&a.TimeCreated, &a.TimeUpdated)
		rows[i] = rowOfAnalysis(a)
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return err
	}
	if err := s.quotas.CheckUnfinished(ctx, tx, f.CompanyID); err != nil {
		return err
	}
	if err := s.Enqueue(ctx, tx, f.CompanyID, order.GroupID); err != nil {
		return err
	}
	return s.settleFolder(ctx, tx, f)
}

// settleFolder writes down what the folder's analyses add up to. Everything but
// their results is read, which may be large.
func (s *Store) settleFolder(ctx context.Context, tx bun.Tx, f *folderRow) error {
	var rows []analysisRow
	err := tx.NewSelect().Model(&rows).ExcludeColumn("result", "meta", "technical_meta").
		Where("folder_id = ?", f.ID).Order("row_id").Scan(ctx)
	if err != nil {
		return err
	}
	state := s.settle(analysesOf(rows))
	f.ResolutionStatus, f.SystemResolution, f.Overall = state.ResolutionStatus, state.SystemResolution, state.Overall
	f.TimeUpdated = table.MicrosOf(table.Now())
	switch newestEnded := newestHasEnded(rows); {
	case !newestEnded:
		f.ResolutionTime = 0
	case f.ResolutionTime == 0:
		f.ResolutionTime = f.TimeUpdated
	}
	_, err = tx.NewUpdate().Model(f).
		Column("resolution_status", "system_resolution", "overall_resolution", "resolution_time", "time_updated").WherePK().Exec(ctx)
	return err
}

// newestHasEnded tells whether there is a newest group and nothing of it is
// PROCESSING.
func newestHasEnded(rows []analysisRow) bool {
	if len(rows) == 0 {
		return false
	}
	newest := rows[len(rows)-1].GroupID
	for _, r := range rows {
		if r.GroupID == newest && r.State == bonafide.Processing {
			return false
		}
	}
	return true
}
