package eval

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide/internal/decision"
)

// VerificationTables renders verifications of the same pairs, one column or row per system.
func VerificationTables(systems []*Verification) ([]Table, error) {
	accuracy := Table{
		Title:   "Verification, listed pairs",
		Columns: []string{"measure"},
		Rows: [][]string{
			{"pairs, mated / non-mated"}, {"pictures"}, {"failures to acquire"}, {"reasons"},
			{"pairs without a score, mated / non-mated"}, {"accuracy, mean over folds"}, {"  standard error"},
			{"  95 % interval"}, {"  folds"}, {"EER"}, {"AUC"},
		},
		Notes: []string{
			"accuracy: each fold at the threshold that is best on the other folds; a pair without a score counts as a non-match",
		},
	}
	if len(systems) > 0 && systems[0].Pairs.Assigned {
		accuracy.Notes = append(accuracy.Notes,
			"the list names no folds: pairs were dealt out by position, and a person may appear in several folds")
	}
	tables := []Table{accuracy}
	for _, v := range systems {
		column, err := v.column()
		if err != nil {
			return nil, err
		}
		tables[0].Columns = append(tables[0].Columns, v.System)
		for i, cell := range column {
			tables[0].Rows[i] = append(tables[0].Rows[i], cell)
		}
	}
	for _, v := range systems {
		c, err := v.Comparisons()
		if err != nil {
			return nil, err
		}
		tables = append(tables, c.Tables("listed pairs, "+v.System)...)
	}
	return tables, nil
}

// column is what the first table says of one system.
func (v *Verification) column() ([]string, error) {
	a, err := v.Accuracy()
	if err != nil {
		return nil, err
	}
	c, err := v.Comparisons()
	if err != nil {
		return nil, err
	}
	mated := 0
	for _, p := range v.Pairs.List {
		if p.Mated {
			mated++
		}
	}
	failed := Rate{Trials: len(v.Pictures)}
	count := map[string]int{}
	for _, p := range v.Pictures {
		if p.template.Empty() {
			failed.Errors++
		}
		for _, code := range codes(p.Reasons) {
			count[code]++
		}
	}
	folds := make([]string, len(a.Folds))
	for i, f := range a.Folds {
		folds[i] = fmt.Sprintf("%.2f", 100*f)
	}
	return []string{
		fmt.Sprintf("%d / %d", mated, len(v.Pairs.List)-mated),
		fmt.Sprint(len(v.Pictures)),
		fmt.Sprintf("%d (%s)", failed.Errors, percent(failed.Value())),
		reasons(count),
		fmt.Sprintf("%d / %d", c.MatedFailed, c.NonMatedFailed),
		percent(a.Mean),
		percent(a.StdErr),
		a.Interval.percent(),
		strings.Join(folds, " "),
		percent(c.Curve.EER()),
		fmt.Sprintf("%.5f", c.Curve.AUC()),
	}, nil
}

// reasons lists codes with their counts, the most frequent first.
func reasons(count map[string]int) string {
	list := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(count[b]-count[a], strings.Compare(a, b))
	})
	for i, code := range list {
		list[i] = fmt.Sprintf("%s %d", code, count[code])
	}
	if len(list) == 0 {
		return "-"
	}
	return strings.Join(list, ", ")
}

// Tables gives FNMR at fixed FMR, and both errors by threshold of the similarity.
func (c *Comparisons) Tables(what string) []Table {
	atFMR := Table{
		Title:   "FNMR at fixed FMR, " + what,
		Columns: []string{"FMR at most", "threshold (raw)", "FMR", "FNMR", "95 % interval", "FRR", "FMR rests on"},
		Notes: []string{
			"Wilson intervals; FRR is FNMR with mated pairs without a score counted as rejected",
		},
	}
	for _, target := range []float64{1e-2, 1e-3, 1e-4, 1e-5} {
		n := len(c.Curve.impostor)
		// Far beyond what the list supports there is nothing to print.
		if target*float64(n) < 0.05 {
			continue
		}
		p := c.Curve.AtFalseAccept(target)
		atFMR.Rows = append(atFMR.Rows, []string{
			fmt.Sprintf("%.0e", target), fmt.Sprintf("%.4f", p.Threshold), share(p.FalseAccept.Value()),
			percent(p.FalseReject.Value()), p.FalseReject.Wilson().percent(), percent(c.rejected(p).Value()),
			cmp.Or(support(target, n), "enough errors"),
		})
	}
	byLevel := Table{
		Title:   "FMR and FNMR by similarity, " + what,
		Columns: []string{"similarity", "FMR", "95 % interval", "FNMR", "95 % interval", "FRR", ""},
	}
	for _, p := range c.Levels {
		note := ""
		if p.Threshold == decision.Default().ThresholdMax {
			note = "default"
		}
		fmr := p.FalseAccept.Wilson()
		byLevel.Rows = append(byLevel.Rows, []string{
			fmt.Sprintf("%.2f", p.Threshold), share(p.FalseAccept.Value()), share(fmr.Low) + "-" + share(fmr.High),
			percent(p.FalseReject.Value()), p.FalseReject.Wilson().percent(), percent(c.rejected(p).Value()), note,
		})
	}
	return []Table{atFMR, byLevel}
}

// rejected is FRR: of all mated pairs, those that do not match or have no score.
func (c *Comparisons) rejected(p Point) Rate {
	return Rate{p.FalseReject.Errors + c.MatedFailed, p.FalseReject.Trials + c.MatedFailed}
}

// share formats a small proportion with two or three digits, a dash when it is unknown.
func share(p float64) string {
	switch {
	case math.IsNaN(p):
		return "-"
	case p == 0:
		return "0"
	case p < 0.001:
		return fmt.Sprintf("%.1e", p)
	}
	return fmt.Sprintf("%.3g", p)
}
