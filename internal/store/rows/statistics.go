package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// FolderStatistics implements store.Store. Both tables are counted in an index
// that holds all that is asked for.
func (s *Store) FolderStatistics(ctx context.Context, scope bonafide.Scope, filters []bonafide.Filter) (*bonafide.FolderStatistics, error) {
	st := &bonafide.FolderStatistics{All: bonafide.Counts{}, ByCompany: map[bonafide.ID]bonafide.Counts{},
		ByDay: map[time.Time]bonafide.Counts{}, ByType: map[bonafide.AnalysisType]bonafide.TypeStatistics{}}
	if err := s.countFolders(ctx, st, scope, filters); err != nil {
		return nil, err
	}
	if err := s.countAnalyses(ctx, st, scope, filters); err != nil {
		return nil, err
	}
	return st, nil
}

func (s *Store) countFolders(ctx context.Context, st *bonafide.FolderStatistics, scope bonafide.Scope, filters []bonafide.Filter) error {
	q, err := folderList(scope).Filtered(s, s.Reader().NewSelect().TableExpr("folders AS folder"), filters)
	if err != nil {
		return err
	}
	var rows []struct {
		CompanyID  bonafide.ID
		Resolution bonafide.Status
		Day        table.Micros
		N          int
	}
	err = q.ColumnExpr("coalesce(folder.company_id, '') AS company_id, folder.system_resolution AS resolution").
		ColumnExpr("folder.time_created / ?0 * ?0 AS day, count(*) AS n", day).
		GroupExpr("1, 2, 3").Scan(ctx, &rows)
	if err != nil {
		return table.Failure(err)
	}
	for _, r := range rows {
		st.All[r.Resolution] += r.N
		count(st.ByCompany, r.CompanyID)[r.Resolution] += r.N
		count(st.ByDay, r.Day.Time())[r.Resolution] += r.N
	}
	return nil
}

func count[K comparable](m map[K]bonafide.Counts, key K) bonafide.Counts {
	if m[key] == nil {
		m[key] = bonafide.Counts{}
	}
	return m[key]
}

func (s *Store) countAnalyses(ctx context.Context, st *bonafide.FolderStatistics, scope bonafide.Scope, filters []bonafide.Filter) error {
	window := func() (*bun.SelectQuery, error) {
		return analysisList(scope).Filtered(s, s.Reader().NewSelect().TableExpr("analyses AS analysis"), filters)
	}
	q, err := window()
	if err != nil {
		return err
	}
	var counts []struct {
		Type       bonafide.AnalysisType
		Resolution bonafide.Status
		N          int
	}
	err = q.ColumnExpr("analysis.type, analysis.resolution, count(*) AS n").GroupExpr("1, 2").Scan(ctx, &counts)
	if err != nil {
		return table.Failure(err)
	}
	for _, c := range counts {
		t := st.ByType[c.Type]
		if t.Counts == nil {
			t.Counts = bonafide.Counts{}
		}
		t.Counts[c.Resolution] += c.N
		st.ByType[c.Type] = t
	}
	if q, err = window(); err != nil {
		return err
	}
	ended := q.ColumnExpr("analysis.type, analysis.time_ended - analysis.time_created AS took").Where("analysis.time_ended IS NOT NULL")
	ranked := s.Reader().NewSelect().With("ended", ended).TableExpr("ended").
		ColumnExpr("type, took, row_number() OVER (PARTITION BY type ORDER BY took) AS place, count(*) OVER (PARTITION BY type) AS n")
	var times []struct {
		Type     bonafide.AnalysisType
		P50, P90 int64
	}
	err = s.Reader().NewSelect().TableExpr("(?)", ranked).ColumnExpr("type").
		ColumnExpr("min(CASE WHEN place * 10 >= n * 5 THEN took END) AS p50, min(CASE WHEN place * 10 >= n * 9 THEN took END) AS p90").
		GroupExpr("type").Scan(ctx, &times)
	if err != nil {
		return table.Failure(err)
	}
	for _, r := range times {
		t := st.ByType[r.Type]
		t.P50, t.P90 = time.Duration(r.P50)*time.Microsecond, time.Duration(r.P90)*time.Microsecond
		st.ByType[r.Type] = t
	}
	return nil
}
