package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/statistics"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// reasonRow is a code of the reasons of an analysis.
type reasonRow struct {
	bun.BaseModel `bun:"table:analysis_reasons,alias:reason"`

	AnalysisID  bonafide.ID  `bun:"analysis_id,pk"`
	Code        string       `bun:"code,pk"`
	FolderID    bonafide.ID  `bun:"folder_id"`
	CompanyID   bonafide.ID  `bun:"company_id,nullzero"`
	TimeCreated table.Micros `bun:"time_created"` // of the analysis
}

func reasonsOf(r *bonafide.Result) []bonafide.Reason {
	if r == nil {
		return nil
	}
	return r.Reasons
}

// insertReasons writes down the codes of the reasons of analyses, each once.
func insertReasons(ctx context.Context, tx bun.Tx, analyses ...analysisRow) error {
	var rows []reasonRow
	for _, a := range analyses {
		seen := map[string]bool{}
		for _, r := range reasonsOf(a.Result.V) {
			if seen[r.Code] {
				continue
			}
			seen[r.Code] = true
			rows = append(rows, reasonRow{AnalysisID: a.ID, Code: r.Code, FolderID: a.FolderID, CompanyID: a.CompanyID, TimeCreated: a.TimeCreated})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&rows).Exec(ctx)
	return err
}

// FolderStatistics implements store.Store.
func (s *Store) FolderStatistics(ctx context.Context, scope bonafide.Scope, filters []bonafide.Filter) (*store.FolderStatistics, error) {
	c := statistics.Counter{Database: s, Folders: folderList(scope), Analyses: analysisList(scope)}
	return c.Count(ctx, filters)
}

// Backlog implements store.Statistics.
func (s *Store) Backlog(ctx context.Context) (store.Backlog, error) {
	return statistics.Backlog(ctx, s)
}
