package galleries

import (
	"fmt"
	"strconv"

	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/model"
)

// Thresholds tells, for sizes of collections, the similarities from which on one of so many
// searches for people who are not there names somebody.
func Thresholds(set *model.Set, sizes, oneIn []int) eval.Table {
	t := eval.Table{
		Title:   "decision_threshold for one false alarm in so many searches, set " + set.Name,
		Columns: []string{"photos"},
		Notes: []string{
			"by the false match rates of the set's card, as if comparisons were independent of each other; -: no threshold gives so few",
			"a greater threshold misses more of those who are listed: measure on your own users with 'bonafide eval'",
		},
	}
	for _, n := range oneIn {
		t.Columns = append(t.Columns, "1 in "+strconv.Itoa(n))
	}
	for _, size := range sizes {
		row := []string{strconv.Itoa(size)}
		for _, n := range oneIn {
			cell := "-"
			if n > 0 {
				if threshold, ok := set.SearchThreshold(1/float64(n), size); ok {
					cell = fmt.Sprintf("%.3f", threshold)
				}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
