package wire

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Counts has a number for every word, in a fixed order.
type Counts struct {
	Success          int `json:"SUCCESS"`           // how many passed
	OperatorRequired int `json:"OPERATOR_REQUIRED"` // how many wait for an operator
	Declined         int `json:"DECLINED"`          // how many were declined
	Failed           int `json:"FAILED"`            // how many could not be judged
	Processing       int `json:"PROCESSING"`        // how many are not yet finished
	Initial          int `json:"INITIAL"`           // how many have nothing ordered
}

// Statistics counts folders and analyses in a window of time.
type Statistics struct {
	TotalCount   int                 `json:"total_count"`       // folders
	ByResolution Counts              `json:"by_resolution"`     // folders by system_resolution
	ByOverall    Counts              `json:"by_resolution_all"` // folders by system_resolution_all
	ByType       []TypeStatistics    `json:"by_type"`           // analyses, in the order of the API
	ByCompany    []CompanyStatistics `json:"by_company"`        // folders by company, the largest first
	ByDay        []DayStatistics     `json:"by_day"`            // folders by day, the earliest first
	ByReason     []ReasonStatistics  `json:"by_reason"`         // analyses by the codes of their reasons, the most frequent first; ours
}

// TypeStatistics counts analyses; times are in milliseconds from order to end,
// null where none has ended.
type TypeStatistics struct {
	Type         bonafide.AnalysisType `json:"type"`          // of the analyses
	TotalCount   int                   `json:"total_count"`   // analyses
	ByResolution Counts                `json:"by_resolution"` // analyses by what the system found
	ByClass      map[string]int        `json:"by_class"`      // ended analyses by what became of them; ours
	TookP50      *Number               `json:"took_ms_p50"`   // half took no longer
	TookP90      *Number               `json:"took_ms_p90"`   // nine of ten took no longer
}

// ReasonStatistics counts the analyses that have a reason; one may have several.
type ReasonStatistics struct {
	Reason     string `json:"reason" words:"ReasonCode"` // code
	TotalCount int    `json:"total_count"`               // analyses
}

// CompanyStatistics counts the folders of a company.
type CompanyStatistics struct {
	CompanyID    *bonafide.ID `json:"company_id"`        // null: folders of no company
	TotalCount   int          `json:"total_count"`       // folders
	ByResolution Counts       `json:"by_resolution"`     // folders by system_resolution
	ByOverall    Counts       `json:"by_resolution_all"` // folders by system_resolution_all
}

// DayStatistics counts the folders of a day.
type DayStatistics struct {
	Day          string `json:"day"`               // UTC
	TotalCount   int    `json:"total_count"`       // folders
	ByResolution Counts `json:"by_resolution"`     // folders by system_resolution
	ByOverall    Counts `json:"by_resolution_all"` // folders by system_resolution_all
}

// inOrder lists types as the documentation does, those that it lacks by name.
func inOrder[T any](byType map[bonafide.AnalysisType]T) []bonafide.AnalysisType {
	place := func(t bonafide.AnalysisType) int {
		if i := slices.Index(catalog.Types(), t); i >= 0 {
			return i
		}
		return len(catalog.Types())
	}
	return slices.SortedFunc(maps.Keys(byType), func(a, b bonafide.AnalysisType) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
}

// ViewStatistics renders statistics: types in the order of the API, the largest company
// first, the earliest day first.
func ViewStatistics(st *store.FolderStatistics) Statistics {
	v := Statistics{TotalCount: st.All.Newest.Total(), ByResolution: ViewCounts(st.All.Newest), ByOverall: ViewCounts(st.All.Overall),
		ByType: []TypeStatistics{}, ByCompany: []CompanyStatistics{}, ByDay: []DayStatistics{}, ByReason: []ReasonStatistics{}}
	for _, typ := range inOrder(st.ByType) {
		t := st.ByType[typ]
		v.ByType = append(v.ByType, TypeStatistics{Type: typ, TotalCount: t.Total(), ByResolution: ViewCounts(t.Counts),
			ByClass: byClass(t.ByClass), TookP50: milliseconds(t.P50), TookP90: milliseconds(t.P90)})
	}
	for id, n := range st.ByCompany {
		v.ByCompany = append(v.ByCompany, CompanyStatistics{nullable(id), n.Newest.Total(), ViewCounts(n.Newest), ViewCounts(n.Overall)})
	}
	slices.SortFunc(v.ByCompany, func(a, b CompanyStatistics) int { return cmp.Compare(b.TotalCount, a.TotalCount) })
	for day, n := range st.ByDay {
		v.ByDay = append(v.ByDay, DayStatistics{day.Format(time.DateOnly), n.Newest.Total(), ViewCounts(n.Newest), ViewCounts(n.Overall)})
	}
	for code, n := range st.ByReason {
		v.ByReason = append(v.ByReason, ReasonStatistics{code, n})
	}
	slices.SortFunc(v.ByReason, func(a, b ReasonStatistics) int {
		return cmp.Or(cmp.Compare(b.TotalCount, a.TotalCount), cmp.Compare(a.Reason, b.Reason))
	})
	slices.SortFunc(v.ByDay, func(a, b DayStatistics) int { return cmp.Compare(a.Day, b.Day) })
	return v
}

// byClass has a number for every class.
func byClass(c map[bonafide.Class]int) map[string]int {
	all := map[string]int{}
	for _, class := range bonafide.Classes() {
		all[string(class)] = c[class]
	}
	return all
}

// ViewCounts renders counts by status.
func ViewCounts(c store.Counts) Counts {
	return Counts{
		Success: c[bonafide.Success], OperatorRequired: c[bonafide.OperatorRequired], Declined: c[bonafide.Declined],
		Failed: c[bonafide.Failed], Processing: c[bonafide.Processing], Initial: c[bonafide.Initial],
	}
}

func milliseconds(d time.Duration) *Number { return positive(Number(d.Seconds() * 1000)) }
