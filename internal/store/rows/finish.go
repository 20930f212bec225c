package rows

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// FinishGroup implements store.Store. The best shots that findings name become
// files, unless their media has been deleted meanwhile.
func (s *Store) FinishGroup(ctx context.Context, groupID bonafide.ID, results []bonafide.AnalysisResult) error {
	byID := make(map[bonafide.ID]*bonafide.AnalysisResult, len(results))
	for i := range results {
		if err := checkEnd(&results[i]); err != nil {
			return err
		}
		byID[results[i].AnalysisID] = &results[i]
	}
	owes := false
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		owes, err = s.finish(ctx, tx, groupID, byID)
		return err
	})
	if err == nil && owes {
		s.WakeDeliveries()
	}
	return err
}

// finish tells whether a webhook delivery is owed now.
func (s *Store) finish(ctx context.Context, tx bun.Tx, groupID bonafide.ID, byID map[bonafide.ID]*bonafide.AnalysisResult) (owes bool, err error) {
	rows, err := groupRows(ctx, tx, groupID)
	if err != nil {
		return false, err
	}
	media, err := mediaIDs(ctx, tx, rows[0].FolderID)
	if err != nil {
		return false, err
	}
	deleted := func(id bonafide.ID) bool { return id != "" && !slices.Contains(media, id) }
	ended := 0
	for i := range rows {
		result := byID[rows[i].ID]
		delete(byID, rows[i].ID)
		if result == nil || rows[i].State != bonafide.Processing {
			continue
		}
		takeBestShots(result.Result, deleted)
		if err := end(ctx, tx, &rows[i], result); err != nil {
			return false, err
		}
		ended++
	}
	if len(byID) > 0 {
		return false, bonafide.Errorf(bonafide.CodeNotFound, "Analysis not found in the group")
	}
	if ended == 0 {
		return false, nil
	}
	folder, err := folderByID(ctx, tx, rows[0].FolderID)
	if err != nil {
		return false, err
	}
	if err := s.settleFolder(ctx, tx, folder); err != nil {
		return false, err
	}
	if folder.ResolutionEndpoint == "" || !allEnded(rows) {
		return false, nil
	}
	return true, owe(ctx, tx, folder, groupID)
}

// allEnded tells whether nothing of a group is PROCESSING.
func allEnded(group []analysisRow) bool {
	return !slices.ContainsFunc(group, func(r analysisRow) bool { return r.State == bonafide.Processing })
}

// checkEnd refuses results that would leave an analysis without a clear end.
func checkEnd(r *bonafide.AnalysisResult) error {
	switch {
	case r.State == bonafide.Failed && r.Resolution == bonafide.Failed:
		return nil
	case r.State == bonafide.Finished:
		switch r.Resolution {
		case bonafide.Success, bonafide.Declined, bonafide.OperatorRequired:
			return nil
		}
	}
	return bonafide.Wrap(bonafide.CodeUnknown, "The analysis did not end properly",
		fmt.Errorf("analysis %s: state %q, resolution %q", r.AnalysisID, r.State, r.Resolution))
}

func end(ctx context.Context, tx bun.Tx, row *analysisRow, r *bonafide.AnalysisResult) error {
	row.State, row.Resolution = r.State, r.Resolution
	row.Result = table.DocumentOf(r.Result)
	row.ErrorCode, row.ErrorMessage = r.ErrorCode, table.Printable(r.ErrorMessage)
	if err := row.seal(); err != nil {
		return err
	}
	row.TimeUpdated = table.MicrosOf(table.Now())
	row.TimeEnded = row.TimeUpdated
	row.Class = decision.ClassOf(r.Resolution, reasonsOf(r.Result))
	_, err := tx.NewUpdate().Model(row).
		Column("state", "resolution", "class", "result", "digest", "error_code", "error_message", "time_updated", "time_ended").WherePK().Exec(ctx)
	if err != nil || r.Result == nil {
		return err
	}
	if err := insertReasons(ctx, tx, *row); err != nil {
		return err
	}
	var shots []bonafide.File
	for _, f := range r.Result.Findings {
		if f.BestShot != nil {
			shots = append(shots, *f.BestShot)
		}
	}
	if len(shots) == 0 {
		return nil
	}
	if err := table.InsertFiles(ctx, tx, shots); err != nil {
		return err
	}
	owned := make([]bestShotRow, len(shots))
	for i, f := range shots {
		owned[i] = bestShotRow{FileKey: f.Key, AnalysisID: row.ID}
	}
	_, err = tx.NewInsert().Model(&owned).Exec(ctx)
	return err
}
