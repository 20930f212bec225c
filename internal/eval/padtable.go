package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

// PADTables renders evaluations of the same samples, side by side. Promises are those
// for which thresholds are tried on cameras that were left out.
func PADTables(systems []*PAD, promises []Promise, b Bootstrap, workers int) ([]Table, error) {
	var tables []Table
	for _, kind := range kinds(systems) {
		keep := func(o *Outcome) bool { return o.Kind() == kind }
		tables = append(tables, operatingTable("Presentation attack detection, "+string(kind), systems, b, keep))
		separation, err := separationTable(systems, b, kind)
		if err != nil {
			return nil, err
		}
		tables = append(tables, separation, thresholdTable(systems, kind), shareTable(systems, kind))
		if len(promises) > 0 {
			tables = append(tables, cameraTable(systems, promises, kind))
		}
	}
	for _, name := range datasets(systems) {
		tables = append(tables, operatingTable("Dataset "+cmp.Or(name, "without a name"), systems, b,
			func(o *Outcome) bool { return o.Dataset == name }))
	}
	return append(tables, reasonTable(systems), timeTable(systems, workers)), nil
}

// datasets lists the names when there are several.
func datasets(systems []*PAD) []string {
	var names []string
	for _, p := range systems {
		for _, o := range p.Outcomes {
			if !slices.Contains(names, o.Dataset) {
				names = append(names, o.Dataset)
			}
		}
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

func operatingTable(title string, systems []*PAD, b Bootstrap, keep func(*Outcome) bool) Table {
	t := Table{
		Columns: []string{"species", "models", "samples", "subjects", "non-response", "errors",
			"APCER / BPCER", "Wilson 95 %", "by subject 95 %", "situations", "by situation", "end to end"},
		Notes: []string{
			"attacks: APNRR, APCER, share of all that was accepted; bona_fide: BPNRR, BPCER, share of all that was not accepted",
			"APCER and BPCER are taken over the samples that the gate let through; by situation: each situation has one vote, split among its samples",
		},
	}
	var rows [][][]string
	for _, p := range systems {
		t.Title = fmt.Sprintf("%s, threshold_spoofing %g", title, p.Threshold)
		list := slices.DeleteFunc(p.all(), func(o *Outcome) bool { return !keep(o) })
		var mine [][]string
		for _, s := range sumUp(list, b) {
			mine = append(mine, []string{
				s.Name, p.System, fmt.Sprint(s.Samples), fmt.Sprint(s.Subjects), percent(s.NonResponse.Value()),
				fmt.Sprintf("%d/%d", s.Error.Errors, s.Error.Trials), percent(s.Error.Value()),
				s.Error.Wilson().percent(), s.ErrorBySubject.percent(), fmt.Sprint(s.Situations), percent(s.BySituation), percent(s.EndToEnd.Value()),
			})
		}
		rows = append(rows, mine)
	}
	t.Rows = interleave(rows)
	return t
}

// interleave puts the systems' rows of one species below each other.
func interleave(bySystem [][][]string) [][]string {
	var rows [][]string
	for i := 0; len(bySystem) > 0 && i < len(bySystem[0]); i++ {
		for _, mine := range bySystem {
			rows = append(rows, mine[i])
		}
	}
	return rows
}

func separationTable(systems []*PAD, b Bootstrap, kind Kind) (Table, error) {
	t := Table{
		Title: fmt.Sprintf("Separation, whatever the threshold, %s", kind),
		Columns: []string{"species", "models", "bona fide/attacks", "AUC", "by subject 95 %", "EER", "by subject 95 %",
			"threshold at APCER 5 %", "BPCER", "by subject 95 %", "threshold at APCER 1 %", "BPCER", "by subject 95 %", "APCER 1 % rests on"},
		Notes: []string{
			"thresholds are threshold_spoofing of the API",
			"in brackets: plain statistics of the same faces, answered by the first models; a model that does not beat them has shown nothing",
		},
	}
	var rows [][][]string
	for i, p := range systems {
		some := p.only(kind)
		separations, err := some.Separations(b)
		if err != nil {
			return t, err
		}
		trivial := map[string][][]string{}
		if i == len(systems)-1 {
			if trivial, err = systems[0].only(kind).trivialRows(b); err != nil {
				return t, err
			}
		}
		for k, s := range separations {
			if i == 0 {
				rows = append(rows, nil)
			}
			rows[k] = append(append(rows[k], separationRow(p.System, &s)), trivial[s.Name]...)
		}
	}
	t.Rows = slices.Concat(rows...)
	return t, nil
}

// only gives the evaluation of the samples of one kind.
func (p *PAD) only(kind Kind) *PAD {
	some := *p
	some.Outcomes = slices.DeleteFunc(slices.Clone(p.Outcomes), func(o Outcome) bool { return o.Kind() != kind })
	return &some
}

func fraction(p float64) string {
	if math.IsNaN(p) {
		return "-"
	}
	return fmt.Sprintf("%.4f", p)
}

func (i Interval) fraction() string {
	if !i.Known() {
		return "-"
	}
	return fmt.Sprintf("%.3f-%.3f", i.Low, i.High)
}

// reasonTable tells why samples had no response. A sample may have several
// reasons.
func reasonTable(systems []*PAD) Table {
	t := Table{Title: "Reasons for non-response", Columns: []string{"species", "models", "non-responses", "reasons"}}
	var rows [][][]string
	for _, p := range systems {
		var mine [][]string
		for _, name := range speciesNames(p.all()) {
			list := of(p.all(), name)
			count := map[string]int{}
			for _, o := range list {
				for _, code := range o.Reasons {
					count[code]++
				}
			}
			r := nonResponse(list)
			mine = append(mine, []string{name, p.System, fmt.Sprintf("%d/%d", r.Errors, r.Trials), reasons(count)})
		}
		rows = append(rows, mine)
	}
	t.Rows = interleave(rows)
	return t
}

func timeTable(systems []*PAD, workers int) Table {
	t := Table{
		Title:   fmt.Sprintf("Time, decoding included, %d at once; variants of one set share the work and are timed together", workers),
		Columns: []string{"models", "median ms per sample", "median ms per scored face"},
	}
	for _, p := range systems {
		var perSample, perFace []float64
		for _, o := range p.Outcomes {
			ms := float64(o.Took) / float64(time.Millisecond)
			perSample = append(perSample, ms)
			if o.Frames > 0 {
				perFace = append(perFace, ms/float64(o.Frames))
			}
		}
		t.Rows = append(t.Rows, []string{p.System, tenths(median(perSample)), tenths(median(perFace))})
	}
	return t
}

func tenths(v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	return fmt.Sprintf("%.1f", v)
}
