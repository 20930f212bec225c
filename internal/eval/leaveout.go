package eval

import (
	"fmt"
	"math"
	"slices"
)

// fewest bona fide samples of the other datasets from which a threshold is taken.
const fewest = 20

// passRate is the share of bona fide samples that a threshold turns away when it
// is set on them: by `calibrate`, and on the other datasets here.
const passRate = 0.02

// leaveOutTable tells how far a threshold travels: for each dataset, the
// threshold is set on the bona fide samples of all others so that it turns away
// 2 % of them, and the errors are those on the dataset that was left out. There
// is no table for fewer than two datasets.
func leaveOutTable(systems []*PAD, b Bootstrap) (Table, bool) {
	t := Table{
		Title: "Leave one dataset out",
		Columns: []string{"dataset left out", "species", "models", "threshold (live score)", "errors", "APCER / BPCER",
			"Wilson 95 %", "by subject 95 %"},
		Notes: []string{fmt.Sprintf("the threshold turns away %g %% of the answered bona fide samples of the other datasets; none where those are fewer than %d",
			100*passRate, fewest)},
	}
	names := datasets(systems)
	for _, left := range names {
		var rows [][][]string
		for _, p := range systems {
			rows = append(rows, p.leaveOut(left, b))
		}
		t.Rows = append(t.Rows, interleave(rows)...)
	}
	return t, len(names) > 1
}

// leaveOut gives the rows of one system and one dataset.
func (p *PAD) leaveOut(left string, b Bootstrap) [][]string {
	var genuine []float64
	var list []*Outcome
	for _, o := range p.all() {
		switch {
		case o.Dataset == left:
			list = append(list, o)
		case o.Species == BonaFide && o.Answered():
			genuine = append(genuine, o.Score)
		}
	}
	var rows [][]string
	threshold := math.NaN()
	if len(genuine) >= fewest {
		threshold = quantileThreshold(genuine, passRate)
	}
	for _, name := range speciesNames(list) {
		row := []string{left, name, p.System, fraction(threshold)}
		if math.IsNaN(threshold) {
			rows = append(rows, append(row, "-", "-", "-", "-"))
			continue
		}
		mine := of(list, name)
		r := errorsAt(mine, threshold)
		by := bySubject(b, mine, func(drawn []*Outcome) float64 { return errorsAt(drawn, threshold).Value() })
		rows = append(rows, append(row, fmt.Sprintf("%d/%d", r.Errors, r.Trials), percent(r.Value()), r.Wilson().percent(), by.percent()))
	}
	return rows
}

// errorsAt counts wrong answers among the answered, were the threshold another.
func errorsAt(list []*Outcome, threshold float64) Rate {
	var r Rate
	for _, o := range answered(list) {
		r.Trials++
		if (o.Score >= threshold) != (o.Species == BonaFide) {
			r.Errors++
		}
	}
	return r
}

// quantileThreshold gives a threshold in (0,1) below which at most that share of
// the scores lies: half-way, in log-odds, between the last score to be turned
// away and the first to pass. There must be a score.
func quantileThreshold(scores []float64, share float64) float64 {
	sorted := slices.Sorted(slices.Values(scores))
	k := int(share * float64(len(sorted)))
	first := clipped(sorted[k])
	if k == 0 {
		// Nobody may be turned away; a little below the worst of all.
		return 1 / (1 + math.Exp(0.01-logOdds(first)))
	}
	return 1 / (1 + math.Exp(-(logOdds(clipped(sorted[k-1]))+logOdds(first))/2))
}

// clipped keeps a score away from 0 and 1, whose log-odds are infinite.
func clipped(p float64) float64 { return min(max(p, 1e-12), 1-1e-12) }

func logOdds(p float64) float64 { return math.Log(p / (1 - p)) }
