package pdf

import (
	"fmt"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
)

// analysis is one analysis: what it came to, and what that rests on.
func (d *Document) analysis(a *bonafide.Analysis) []core.Row {
	rows := section(d.typeName(a.Type))
	verdict := a.Resolution
	if a.Operator != "" {
		verdict = a.Operator
	}
	rows[len(rows)-1] = row.New(8).Add(
		text.NewCol(7, fmt.Sprintf("%s (%s)", d.typeName(a.Type), a.Type), props.Text{Size: headSize, Style: fontstyle.Bold, Top: 1}),
		text.NewCol(5, statusName(verdict), props.Text{Size: headSize, Style: fontstyle.Bold, Top: 1, Align: align.Right, Color: colour(verdict)}),
	)
	rows = append(rows, table(d.lines(a))...)
	if a.Result != nil {
		rows = append(rows, d.bestShots(a.Result)...)
	}
	return rows
}

// lines are those below the verdict.
func (d *Document) lines(a *bonafide.Analysis) []pair {
	pairs := []pair{{"Ordered", d.at(a.TimeCreated)}}
	if a.State != bonafide.Processing {
		pairs = append(pairs, pair{"Ended", d.at(a.TimeUpdated)})
	}
	if a.Operator != "" {
		pairs = append(pairs, pair{"Operator", statusName(a.Operator) + "; the system said: " + statusName(a.Resolution)})
		pairs = append(pairs, d.decided(a.OperatorID, a.OperatorTime)...)
	}
	if a.OperatorComment != "" {
		pairs = append(pairs, pair{"Operator's comment", short(a.OperatorComment, 500)})
	}
	if a.State == bonafide.Failed {
		pairs = append(pairs, pair{"Failure", short(a.ErrorMessage, 500)})
	}
	if id := a.Params.CollectionID; a.Type == bonafide.Collection && id != "" {
		name := "deleted since"
		if alias, known := d.Lists[id]; known {
			name = short(alias, 100)
		}
		pairs = append(pairs, pair{"List searched", fmt.Sprintf("%s (%s)", name, id)})
	}
	if a.Result != nil {
		pairs = append(pairs, d.result(a)...)
	}
	return pairs
}

// result tells scores, thresholds, reasons and models.
func (d *Document) result(a *bonafide.Analysis) []pair {
	var pairs []pair
	r := a.Result
	for i := range r.Findings {
		if len(pairs) >= maxRows {
			pairs = append(pairs, pair{"…", fmt.Sprintf("%d more", len(r.Findings)-i)})
			break
		}
		pairs = append(pairs, d.finding(&r.Findings[i])...)
	}
	if t := thresholds(r.Thresholds); len(t) > 0 {
		pairs = append(pairs, pair{"Thresholds", strings.Join(t, ", ")})
	}
	if p := r.Profile; p != nil && a.Type == bonafide.Quality {
		pairs = append(pairs, pair{"Profile", printable(p.Name) + ", at " + number(p.Threshold)})
	}
	for i, reason := range r.Reasons {
		if i == maxRows {
			break
		}
		pairs = append(pairs, pair{"Reason", d.reason(reason)})
	}
	var models []string
	for _, m := range r.Models {
		models = append(models, printable(m.Name+" "+m.Version))
	}
	if len(models) > 0 {
		pairs = append(pairs, pair{"Models", strings.Join(models, ", ")})
	}
	if r.TookMS > 0 {
		pairs = append(pairs, pair{"Took", fmt.Sprintf("%d ms", r.TookMS)})
	}
	return pairs
}

// finding tells one score as the API spells it, with what kept it from being
// measured.
func (d *Document) finding(f *bonafide.Finding) []pair {
	name, score := "", ""
	switch f.Kind {
	case bonafide.FindingLiveness:
		name = "Spoofing score"
		if f.Score != nil {
			score = number(1-*f.Score) + " (1 is an attack)"
		}
	case bonafide.FindingSimilarity, bonafide.FindingSearch:
		name = "Similarity"
		switch size, told := f.Measures["gallery_size"]; {
		case told && size == 0:
			score = "the list was empty"
		case f.Score != nil:
			score = number(*f.Score)
		}
	default:
		name = "Capture"
		if len(f.Failures) == 0 {
			return nil
		}
	}
	var words []string
	if score != "" {
		words = append(words, score)
	}
	for _, failure := range f.Failures {
		words = append(words, advice.Sentence(advice.English, failure.Code))
	}
	for _, m := range f.Matches {
		words = append(words, fmt.Sprintf("person %s at %s", m.PersonID, number(m.Similarity)))
	}
	if len(words) == 0 {
		words = []string{"not measured"}
	}
	return []pair{{name, short(strings.Join(append(words, d.of(f.MediaID, f.OtherID)...), " · "), 300)}}
}

func (d *Document) reason(r bonafide.Reason) string {
	words := append([]string{advice.Sentence(advice.English, r.Code) + " (" + printable(r.Code) + ")"}, d.of(r.Media)...)
	return short(strings.Join(words, " · "), 300)
}

// of names media by their files.
func (d *Document) of(ids ...bonafide.ID) []string {
	var names []string
	for _, id := range ids {
		for i := range d.Media {
			if d.Media[i].ID == id {
				names = append(names, short(d.Media[i].OriginalName, 40))
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{strings.Join(names, " and ")}
}

// bestShots are the best pictures that the analysis found, side by side.
func (d *Document) bestShots(r *bonafide.Result) []core.Row {
	var rows []core.Row
	var pics core.Row
	n := 0
	for i := range r.Findings {
		shot := r.Findings[i].BestShot
		if shot == nil || d.Pictures[shot.Key] == nil {
			continue
		}
		if n%perRow == 0 {
			pics = row.New(pictureHeight)
			rows = append(rows, pics)
		}
		pics.Add(col.New(columns / perRow).Add(d.picture(shot.Key)))
		n++
	}
	if n == 0 {
		return nil
	}
	return append([]core.Row{row.New(6).Add(text.NewCol(columns, "Best shots", props.Text{Color: grey(), Top: 1}))}, rows...)
}
