package gestures

import (
	"fmt"
	"strconv"

	"github.com/bonafide-id/bonafide/internal/eval"
)

// Tables sets what was found about systems. turns and others are the gestures that
// a draw is made of.
func Tables(all []*Gestures, turns, others []string) []eval.Table {
	var tables []eval.Table
	for _, g := range all {
		tables = append(tables, g.windows())
		if len(g.Photos) > 0 {
			tables = append(tables, g.attacks(turns, others))
		}
	}
	return tables
}

func (g *Gestures) windows() eval.Table {
	t := eval.Table{
		Title:   "Gestures, " + g.System,
		Columns: []string{"gesture", "shown", "people", "accepted", "", "not shown", "refused", ""},
		Notes:   []string{"intervals of 95 %, as if windows were independent, which those of one person are not"},
	}
	var refused, accepted eval.Rate
	row := func(name, people string, no, yes eval.Rate) {
		t.Rows = append(t.Rows, []string{
			name, strconv.Itoa(no.Trials), people, rest(no), restBetween(no), strconv.Itoa(yes.Trials), rest(yes), restBetween(yes),
		})
	}
	for _, gesture := range g.Known {
		no, yes := g.Count(gesture)
		row(gesture, strconv.Itoa(g.subjects(gesture)), no, yes)
		refused = eval.Rate{Errors: refused.Errors + no.Errors, Trials: refused.Trials + no.Trials}
		accepted = eval.Rate{Errors: accepted.Errors + yes.Errors, Trials: accepted.Trials + yes.Trials}
	}
	row("all", "", refused, accepted)
	return t
}

// rest is the share without errors.
func rest(r eval.Rate) string {
	if r.Trials == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f %%", 100*(1-r.Value()))
}

func restBetween(r eval.Rate) string {
	if r.Trials == 0 {
		return ""
	}
	i := r.Wilson()
	return fmt.Sprintf("%.1f to %.1f", 100*(1-i.High), 100*(1-i.Low))
}

func (g *Gestures) attacks(turns, others []string) eval.Table {
	t := eval.Table{Title: "Clips made of photos, " + g.System, Columns: append([]string{"family", "way", "clips", "turn"}, others...)}
	total := make([]eval.Rate, 1+len(others))
	for way, w := range g.Ways {
		row := []string{w.Family, w.Name, ""}
		for i, gestures := range append([][]string{turns}, each(others)...) {
			r := g.forged(way, gestures...)
			row[2] = strconv.Itoa(r.Trials)
			row = append(row, strconv.Itoa(r.Errors))
			total[i] = eval.Rate{Errors: total[i].Errors + r.Errors, Trials: total[i].Trials + r.Trials}
		}
		t.Rows = append(t.Rows, row)
	}
	sum := []string{"all", "", strconv.Itoa(total[0].Trials)}
	for _, r := range total {
		sum = append(sum, strconv.Itoa(r.Errors))
	}
	t.Rows = append(t.Rows, sum)
	pairs := g.Pairs(turns, others)
	t.Notes = append(t.Notes,
		fmt.Sprintf("a turn is accepted in %d of %d clips: %.2f %%", total[0].Errors, total[0].Trials, 100*total[0].Value()),
		fmt.Sprintf("photos of which clips of any way pass for two gestures of a draw: %d of %d", pairs.Errors, pairs.Trials))
	return t
}

func each(names []string) [][]string {
	var out [][]string
	for _, n := range names {
		out = append(out, []string{n})
	}
	return out
}
