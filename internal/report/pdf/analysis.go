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
		text.NewCol(5, d.statusName(verdict), props.Text{Size: headSize, Style: fontstyle.Bold, Top: 1, Align: align.Right, Color: colour(verdict)}),
	)
	rows = append(rows, table(d.lines(a))...)
	if a.Result != nil {
		rows = append(rows, d.bestShots(a.Result)...)
	}
	return rows
}

// lines are those below the verdict.
func (d *Document) lines(a *bonafide.Analysis) []pair {
	pairs := []pair{{d.say("Ordered"), d.at(a.TimeCreated)}}
	if a.State != bonafide.Processing {
		pairs = append(pairs, pair{d.say("Ended"), d.at(a.TimeUpdated)})
	}
	if a.Operator != "" {
		pairs = append(pairs, pair{d.say("Operator"), d.statusName(a.Operator) + "; " + d.say("the system said:") + " " + d.statusName(a.Resolution)})
		pairs = append(pairs, d.decided(a.OperatorID, a.OperatorTime)...)
	}
	if a.OperatorComment != "" {
		pairs = append(pairs, pair{d.say("Operator's comment"), short(a.OperatorComment, 500)})
	}
	if a.State == bonafide.Failed {
		pairs = append(pairs, pair{d.say("Failure"), short(a.ErrorMessage, 500)})
	}
	if id := a.Params.CollectionID; a.Type == bonafide.Collection && id != "" {
		name := d.say("deleted since")
		if alias, known := d.Lists[id]; known {
			name = short(alias, 100)
		}
		pairs = append(pairs, pair{d.say("List searched"), fmt.Sprintf("%s (%s)", name, id)})
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
			pairs = append(pairs, pair{"…", fmt.Sprintf(d.say("%d more"), len(r.Findings)-i)})
			break
		}
		pairs = append(pairs, d.finding(&r.Findings[i])...)
	}
	if t := thresholds(r.Thresholds); len(t) > 0 {
		pairs = append(pairs, pair{d.say("Thresholds"), strings.Join(t, ", ")})
	}
	if p := r.Profile; p != nil && a.Type == bonafide.Quality {
		pairs = append(pairs, pair{d.say("Profile"), printable(p.Name) + ", " + d.say("threshold") + " " + number(p.Threshold)})
	}
	for i, reason := range r.Reasons {
		if i == maxRows {
			break
		}
		pairs = append(pairs, pair{d.say("Reason"), d.reason(reason)})
	}
	var models []string
	for _, m := range r.Models {
		models = append(models, printable(m.Name+" "+m.Version))
	}
	if len(models) > 0 {
		pairs = append(pairs, pair{d.say("Models"), strings.Join(models, ", ")})
	}
	if r.TookMS > 0 {
		pairs = append(pairs, pair{d.say("Took"), fmt.Sprintf("%d "+d.say("ms"), r.TookMS)})
	}
	return pairs
}

// finding tells one score as the API spells it, with what kept it from being
// measured.
func (d *Document) finding(f *bonafide.Finding) []pair {
	name, score := "", ""
	switch f.Kind {
	case bonafide.FindingLiveness:
		name = d.say("Spoofing score")
		if f.Score != nil {
			score = number(1-*f.Score) + " (" + d.say("1 is an attack") + ")"
		}
	case bonafide.FindingSimilarity, bonafide.FindingSearch:
		name = d.say("Similarity")
		switch size, told := f.Measures["gallery_size"]; {
		case told && size == 0:
			score = d.say("the list was empty")
		case f.Score != nil:
			score = number(*f.Score)
		}
	default:
		name = d.say("Capture")
		if len(f.Failures) == 0 {
			return nil
		}
	}
	var words []string
	if score != "" {
		words = append(words, score)
	}
	for _, failure := range f.Failures {
		words = append(words, advice.Sentence(d.Language, failure.Code))
	}
	for _, m := range f.Matches {
		words = append(words, fmt.Sprintf(d.say("person %s at %s"), m.PersonID, number(m.Similarity)))
	}
	if len(words) == 0 {
		words = []string{d.say("not measured")}
	}
	return []pair{{name, short(strings.Join(append(words, d.of(f.MediaID, f.OtherID)...), " · "), 300)}}
}

func (d *Document) reason(r bonafide.Reason) string {
	words := append([]string{advice.Sentence(d.Language, r.Code) + " (" + printable(r.Code) + ")"}, d.of(r.Media)...)
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
	return []string{strings.Join(names, " "+d.say("and")+" ")}
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
	return append([]core.Row{row.New(6).Add(text.NewCol(columns, d.say("Best shots"), props.Text{Color: grey(), Top: 1}))}, rows...)
}
