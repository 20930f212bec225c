package rows

import (
	"context"
	"maps"
	"slices"

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

// settleFolder writes down what the folder's analyses add up to.
func (s *Store) settleFolder(ctx context.Context, tx bun.Tx, f *folderRow) error {
	rows, err := counting(ctx, tx, f.ID)
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

// counting reads those analyses of a folder on which its state depends, in order of
// creation and without results, which may be large: of each question and each state one,
// and those of the groups that asked a question last. A folder may have thousands of
// others, and nobody else writes while they are read.
func counting(ctx context.Context, tx bun.Tx, folder bonafide.ID) ([]analysisRow, error) {
	var last []struct {
		Type         bonafide.AnalysisType
		CollectionID bonafide.ID
		Row          int64
	}
	err := tx.NewSelect().Table("analyses").ColumnExpr("type, coalesce(collection_id, '') AS collection_id, max(row_id) AS row").
		Where("folder_id = ?", folder).GroupExpr("type, collection_id, state").Scan(ctx, &last)
	if err != nil || len(last) == 0 {
		return nil, err
	}
	type question struct {
		analysis   bonafide.AnalysisType
		collection bonafide.ID
	}
	newest := map[question]int64{}
	var some []int64
	for _, l := range last {
		q := question{l.Type, l.CollectionID}
		newest[q] = max(newest[q], l.Row)
		some = append(some, l.Row)
	}
	groups := tx.NewSelect().Table("analyses").Column("group_id").Where("row_id IN (?)", bun.List(slices.Collect(maps.Values(newest))))
	var rows []analysisRow
	err = tx.NewSelect().Model(&rows).ExcludeColumn("result", "meta", "technical_meta").
		Where("row_id IN (?)", bun.List(some)).WhereOr("group_id IN (?)", groups).Order("row_id").Scan(ctx)
	return rows, err
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
