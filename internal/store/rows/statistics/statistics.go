// Package statistics counts folders and analyses by what became of them.
package statistics

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// day is a day, as times are stored.
const day = table.Micros(24 * time.Hour / time.Microsecond)

// Counter counts what somebody may see of folders and analyses.
type Counter struct {
	Database          listing.Dialect
	Folders, Analyses listing.List // with the scope
}

// Count counts. Each question about folders and analyses is answered by an index that
// holds all that is asked for.
func (s *Counter) Count(ctx context.Context, filters []bonafide.Filter) (*store.FolderStatistics, error) {
	st := &store.FolderStatistics{All: noFolders(), ByCompany: map[bonafide.ID]store.FolderCounts{},
		ByDay: map[time.Time]store.FolderCounts{}, ByType: map[bonafide.AnalysisType]store.TypeStatistics{}, ByReason: map[string]int{}}
	for _, count := range []func(context.Context, *store.FolderStatistics, []bonafide.Filter) error{
		s.folders("folder.system_resolution", func(c store.FolderCounts) store.Counts { return c.Newest }),
		s.folders("folder.overall_resolution", func(c store.FolderCounts) store.Counts { return c.Overall }),
		s.analyses, s.classes, s.reasons,
	} {
		err := s.Database.Ask(ctx, s.Folders.Scope.CompanyID, func(ctx context.Context) error { return count(ctx, st, filters) })
		if err != nil {
			return nil, err
		}
	}
	return st, nil
}

// folders counts by a column into those of the counts that into gives.
func (s *Counter) folders(column string, into func(store.FolderCounts) store.Counts) func(context.Context, *store.FolderStatistics, []bonafide.Filter) error {
	return func(ctx context.Context, st *store.FolderStatistics, filters []bonafide.Filter) error {
		q, err := s.Folders.Filtered(s.Database, s.Database.Reader().NewSelect().TableExpr("folders AS folder"), filters)
		if err != nil {
			return err
		}
		var rows []struct {
			CompanyID  bonafide.ID
			Resolution bonafide.Status
			Day        table.Micros
			N          int
		}
		err = q.ColumnExpr("coalesce(folder.company_id, '') AS company_id, ? AS resolution", bun.Safe(column)).
			ColumnExpr("folder.time_created / ?0 * ?0 AS day, count(*) AS n", day).
			GroupExpr("1, 2, 3").Scan(ctx, &rows)
		if err != nil {
			return table.Failure(err)
		}
		for _, r := range rows {
			for _, c := range []store.FolderCounts{st.All, count(st.ByCompany, r.CompanyID), count(st.ByDay, r.Day.Time())} {
				into(c)[r.Resolution] += r.N
			}
		}
		return nil
	}
}

func noFolders() store.FolderCounts {
	return store.FolderCounts{Newest: store.Counts{}, Overall: store.Counts{}}
}

func count[K comparable](m map[K]store.FolderCounts, key K) store.FolderCounts {
	if _, there := m[key]; !there {
		m[key] = noFolders()
	}
	return m[key]
}

func (s *Counter) analyses(ctx context.Context, st *store.FolderStatistics, filters []bonafide.Filter) error {
	window := func() (*bun.SelectQuery, error) {
		return s.Analyses.Filtered(s.Database, s.Database.Reader().NewSelect().TableExpr("analyses AS analysis"), filters)
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
			t.Counts = store.Counts{}
		}
		t.Counts[c.Resolution] += c.N
		st.ByType[c.Type] = t
	}
	if q, err = window(); err != nil {
		return err
	}
	ended := q.ColumnExpr("analysis.type, analysis.time_ended - analysis.time_created AS took").Where("analysis.time_ended IS NOT NULL")
	ranked := s.Database.Reader().NewSelect().With("ended", ended).TableExpr("ended").
		ColumnExpr("type, took, row_number() OVER (PARTITION BY type ORDER BY took) AS place, count(*) OVER (PARTITION BY type) AS n")
	var times []struct {
		Type     bonafide.AnalysisType
		P50, P90 int64
	}
	err = s.Database.Reader().NewSelect().TableExpr("(?) AS ranked", ranked).ColumnExpr("type").
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

// classes counts analyses by class.
func (s *Counter) classes(ctx context.Context, st *store.FolderStatistics, filters []bonafide.Filter) error {
	q, err := s.Analyses.Filtered(s.Database, s.Database.Reader().NewSelect().TableExpr("analyses AS analysis"), filters)
	if err != nil {
		return err
	}
	var rows []struct {
		Type  bonafide.AnalysisType
		Class bonafide.Class
		N     int
	}
	if err := q.ColumnExpr("analysis.type, analysis.class, count(*) AS n").Where("analysis.class <> ''").GroupExpr("1, 2").Scan(ctx, &rows); err != nil {
		return table.Failure(err)
	}
	for _, r := range rows {
		t := st.ByType[r.Type]
		if t.ByClass == nil {
			t.ByClass = map[bonafide.Class]int{}
		}
		t.ByClass[r.Class] += r.N
		st.ByType[r.Type] = t
	}
	return nil
}

// reasons counts analyses by the codes of their reasons.
func (s *Counter) reasons(ctx context.Context, st *store.FolderStatistics, filters []bonafide.Filter) error {
	list := listing.List{Owner: listing.OfFolder("reason"), Scope: s.Analyses.Scope, Fields: map[string]listing.Field{
		"company_id":   {Column: "reason.company_id"},
		"time_created": {Type: listing.Instant, Column: "reason.time_created"},
	}}
	q, err := list.Filtered(s.Database, s.Database.Reader().NewSelect().TableExpr("analysis_reasons AS reason"), filters)
	if err != nil {
		return err
	}
	var rows []struct {
		Code string
		N    int
	}
	if err := q.ColumnExpr("reason.code, count(*) AS n").GroupExpr("1").Scan(ctx, &rows); err != nil {
		return table.Failure(err)
	}
	for _, r := range rows {
		st.ByReason[r.Code] += r.N
	}
	return nil
}
