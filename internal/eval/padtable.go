package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

// PADTables renders evaluations of the same samples, side by side.
func PADTables(systems []*PAD, b Bootstrap, workers int) ([]Table, error) {
	separation, err := separationTable(systems, b)
	if err != nil {
		return nil, err
	}
	tables := []Table{
		operatingTable("Presentation attack detection", systems, b, func(*Outcome) bool { return true }),
		separation,
	}
	for _, name := range datasets(systems) {
		tables = append(tables, operatingTable("Dataset "+cmp.Or(name, "without a name"), systems, b,
			func(o *Outcome) bool { return o.Dataset == name }))
	}
	if t, ok := leaveOutTable(systems, b); ok {
		tables = append(tables, t)
	}
	return append(tables, reasonTable(systems), roomTable(systems), timeTable(systems, workers)), nil
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
			"APCER / BPCER", "Wilson 95 %", "by subject 95 %", "end to end"},
		Notes: []string{
			"attacks: APNRR, APCER, share of all that was accepted; bona_fide: BPNRR, BPCER, share of all that was not accepted",
			"APCER and BPCER are taken over the samples that the gate let through",
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
				s.Error.Wilson().percent(), s.ErrorBySubject.percent(), percent(s.EndToEnd.Value()),
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

func separationTable(systems []*PAD, b Bootstrap) (Table, error) {
	t := Table{
		Title: "Separation, whatever the threshold",
		Columns: []string{"species", "models", "AUC", "by subject 95 %", "EER", "by subject 95 %",
			"BPCER at APCER 5 %", "by subject 95 %", "BPCER at APCER 1 %", "by subject 95 %", "APCER 1 % rests on"},
	}
	var rows [][][]string
	for _, p := range systems {
		separations, err := p.Separations(b)
		if err != nil {
			return t, err
		}
		var mine [][]string
		for _, s := range separations {
			row := []string{s.Name, p.System, fraction(s.AUC), s.AUCBy.fraction(), percent(s.EER), s.EERBy.percent()}
			for _, at := range s.Low {
				row = append(row, percent(at.FalseReject.Value()), at.By.percent())
			}
			mine = append(mine, append(row, cmp.Or(support(0.01, len(s.Curve.impostor)), "enough errors")))
		}
		rows = append(rows, mine)
	}
	t.Rows = interleave(rows)
	return t, nil
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

// roomTable is the histogram of the room around the face with the errors made in
// each class, all attack species together: it shows where a gate would cut.
func roomTable(systems []*PAD) Table {
	t := Table{
		Title: "Room around the face",
		Columns: []string{"face by frame", "models", "bona fide", "no response", "declined",
			"attacks", "no response", "accepted"},
		Notes: []string{"face by frame: the larger of face width by frame width and face height by frame height"},
	}
	edges := []float64{0, 0.2, 0.3, 0.36, 0.45, 0.6, 0.8, math.Inf(1)}
	for i := range edges {
		name, in := "unknown", func(o *Outcome) bool { return math.IsNaN(o.FaceShare) }
		if i+1 < len(edges) {
			name = fmt.Sprintf("%.2f-%.2f", edges[i], edges[i+1])
			if math.IsInf(edges[i+1], 1) {
				name = fmt.Sprintf("%.2f and more", edges[i])
			}
			in = func(o *Outcome) bool { return o.FaceShare >= edges[i] && o.FaceShare < edges[i+1] }
		}
		for _, p := range systems {
			row := []string{name, p.System}
			for _, genuine := range []bool{true, false} {
				list := slices.DeleteFunc(p.all(), func(o *Outcome) bool {
					return !in(o) || (o.Species == BonaFide) != genuine
				})
				row = append(row, fmt.Sprint(len(list)), fmt.Sprint(nonResponse(list).Errors),
					fmt.Sprint(classification(list).Errors))
			}
			t.Rows = append(t.Rows, row)
		}
	}
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
