package ozapi

import (
	"cmp"
	"slices"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/query"
)

func statisticsRoutes() []route {
	return []route{
		{"GET", "/api/statistic/folders", auth.StatisticsRead, "Count folders by verdict, company and day, and analyses by type, in a window of time", (*api).folderStatistics},
	}
}

// countsJSON has a number for every word, in a fixed order.
type countsJSON struct {
	Success          int `json:"SUCCESS"`
	OperatorRequired int `json:"OPERATOR_REQUIRED"`
	Declined         int `json:"DECLINED"`
	Failed           int `json:"FAILED"`
	Processing       int `json:"PROCESSING"`
	Initial          int `json:"INITIAL"`
}

type statisticsJSON struct {
	TotalCount   int                     `json:"total_count"`
	ByResolution countsJSON              `json:"by_resolution"`
	ByType       []typeStatisticsJSON    `json:"by_type"`
	ByCompany    []companyStatisticsJSON `json:"by_company"`
	ByDay        []dayStatisticsJSON     `json:"by_day"`
}

// typeStatisticsJSON counts analyses; times are in milliseconds from order to end,
// null where none has ended.
type typeStatisticsJSON struct {
	Type         bonafide.AnalysisType `json:"type"`
	TotalCount   int                   `json:"total_count"`
	ByResolution countsJSON            `json:"by_resolution"`
	TookP50      *number               `json:"took_ms_p50"`
	TookP90      *number               `json:"took_ms_p90"`
}

type companyStatisticsJSON struct {
	CompanyID    *bonafide.ID `json:"company_id"`
	TotalCount   int          `json:"total_count"`
	ByResolution countsJSON   `json:"by_resolution"`
}

type dayStatisticsJSON struct {
	Day          string     `json:"day"` // UTC
	TotalCount   int        `json:"total_count"`
	ByResolution countsJSON `json:"by_resolution"`
}

func (a *api) folderStatistics(c *call) (*answer, error) {
	filters, err := query.Statistics(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	st, err := a.Records.FolderStatistics(c.Context(), c.scope, filters)
	if err != nil {
		return nil, err
	}
	return ok(viewStatistics(st))
}

func viewStatistics(st *bonafide.FolderStatistics) statisticsJSON {
	v := statisticsJSON{TotalCount: st.All.Total(), ByResolution: viewCounts(st.All),
		ByType: []typeStatisticsJSON{}, ByCompany: []companyStatisticsJSON{}, ByDay: []dayStatisticsJSON{}}
	for _, typ := range bonafide.AnalysisTypes() {
		t, any := st.ByType[typ]
		if !any {
			continue
		}
		v.ByType = append(v.ByType, typeStatisticsJSON{Type: typ, TotalCount: t.Total(), ByResolution: viewCounts(t.Counts),
			TookP50: milliseconds(t.P50), TookP90: milliseconds(t.P90)})
	}
	for id, n := range st.ByCompany {
		v.ByCompany = append(v.ByCompany, companyStatisticsJSON{nullable(id), n.Total(), viewCounts(n)})
	}
	slices.SortFunc(v.ByCompany, func(a, b companyStatisticsJSON) int { return cmp.Compare(b.TotalCount, a.TotalCount) })
	for day, n := range st.ByDay {
		v.ByDay = append(v.ByDay, dayStatisticsJSON{day.Format(time.DateOnly), n.Total(), viewCounts(n)})
	}
	slices.SortFunc(v.ByDay, func(a, b dayStatisticsJSON) int { return cmp.Compare(a.Day, b.Day) })
	return v
}

func viewCounts(c bonafide.Counts) countsJSON {
	return countsJSON{
		Success: c[bonafide.Success], OperatorRequired: c[bonafide.OperatorRequired], Declined: c[bonafide.Declined],
		Failed: c[bonafide.Failed], Processing: c[bonafide.Processing], Initial: c[bonafide.Initial],
	}
}

func milliseconds(d time.Duration) *number { return positive(number(d.Seconds() * 1000)) }
