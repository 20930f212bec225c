package pdf

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"slices"
	"strings"
	"time"

	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/image"
	"github.com/johnfercher/maroto/v2/pkg/components/line"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"github.com/bonafide-id/bonafide"
)

// Sizes of type in points.
const (
	titleSize   = 18
	verdictSize = 20
	headSize    = 12
	textSize    = 9
	smallSize   = 8
)

const (
	pictureHeight = 38.0 // mm
	perRow        = 4    // pictures side by side
	signHeight    = 14.0 // mm
	signsPerRow   = 4
	columns       = 12 // of the grid
)

// The colours of what is no verdict.
func ink() *props.Color   { return &props.Color{Red: 32, Green: 36, Blue: 44} }
func grey() *props.Color  { return &props.Color{Red: 110, Green: 118, Blue: 129} }
func rule() *props.Color  { return &props.Color{Red: 214, Green: 218, Blue: 224} }
func white() *props.Color { return &props.Color{Red: 255, Green: 255, Blue: 255} }

// colour is that of a verdict.
func colour(s bonafide.Status) *props.Color {
	switch s {
	case bonafide.Success:
		return &props.Color{Red: 26, Green: 127, Blue: 82}
	case bonafide.Declined:
		return &props.Color{Red: 190, Green: 43, Blue: 43}
	case bonafide.OperatorRequired:
		return &props.Color{Red: 176, Green: 108, Blue: 10}
	}
	return grey()
}

// head is the title and the verdict.
func (d *Document) head() []core.Row {
	f := &d.Folder
	rows := append(d.signs(), row.New().Add(
		text.NewCol(7, d.title(), props.Text{Size: titleSize, Style: fontstyle.Bold}),
		text.NewCol(5, d.at(d.Made), props.Text{Size: textSize, Align: align.Right, Color: grey(), Top: 3}),
	),
		row.New(8).Add(text.NewCol(columns, d.say("Folder")+" "+string(f.ID), props.Text{Size: textSize, Color: grey(), Top: 1})),
	)
	for _, l := range d.header() {
		rows = append(rows, row.New().Add(text.NewCol(columns, l, props.Text{Bottom: 1.2})))
	}
	if d.Header != "" {
		rows = append(rows, row.New(4))
	}
	verdict, by := f.State.Overall, d.say("Verdict of the newest analyses of each type")
	if f.State.Overall != f.State.SystemResolution {
		by += "; " + d.say("the last order alone:") + " " + d.statusName(f.State.SystemResolution)
	}
	if f.OperatorStatus != "" {
		verdict, by = f.OperatorStatus, d.say("Decision of an operator")+"; "+d.say("the system said:")+" "+d.statusName(f.State.Overall)
	}
	cell := props.Cell{BackgroundColor: colour(verdict)}
	rows = append(rows,
		row.New(11).WithStyle(&cell).Add(text.NewCol(columns, d.statusName(verdict), props.Text{Size: verdictSize, Style: fontstyle.Bold, Color: white(), Left: 5, Top: 2.5})),
		row.New(7).WithStyle(&cell).Add(text.NewCol(columns, by, props.Text{Size: textSize, Color: white(), Left: 5, Top: 0.5})),
		row.New(4))
	return rows
}

// signs are the pictures above the title, side by side. One that cannot be read is
// left out.
func (d *Document) signs() []core.Row {
	var rows []core.Row
	for some := range slices.Chunk(d.Signs, signsPerRow) {
		signs := row.New(signHeight)
		for _, f := range some {
			if content := d.Pictures[f.Key]; isJPEG(content) {
				signs.Add(image.NewFromBytesCol(columns/signsPerRow, content, extension.Jpg, props.Rect{Percent: 94}))
			}
		}
		rows = append(rows, signs, row.New(3))
	}
	return rows
}

func isJPEG(content []byte) bool {
	_, err := jpeg.DecodeConfig(bytes.NewReader(content))
	return err == nil
}

// facts are what is known of the folder as a whole.
func (d *Document) facts() []core.Row {
	f := &d.Folder
	pairs := []pair{{d.say("Company"), short(d.Company, 120)}, {d.say("Created"), d.at(f.TimeCreated)}, {d.say("Verdict since"), d.at(f.ResolutionTime)}}
	if d.Company == "" {
		pairs = pairs[1:]
	}
	if f.OperatorStatus != "" {
		pairs = append(pairs, d.decided(f.OperatorID, f.OperatorTime)...)
	}
	if f.OperatorComment != "" {
		pairs = append(pairs, pair{d.say("Operator's comment"), short(f.OperatorComment, 500)})
	}
	rows := table(pairs)
	if meta := d.metaPairs(f.Meta); len(meta) > 0 {
		rows = append(append(rows, section(d.say("Metadata"))...), table(meta)...)
	}
	return rows
}

// decided tells who decided, and when, as far as that is known.
func (d *Document) decided(by bonafide.ID, at time.Time) []pair {
	if by == "" {
		return nil
	}
	who := string(by)
	if name := d.Operators[by]; name != "" {
		who = short(name, 120) + " (" + who + ")"
	}
	return []pair{{d.say("Decided by"), who}, {d.say("Decided"), d.at(at)}}
}

// pictures are the media, side by side.
func (d *Document) pictures() []core.Row {
	if len(d.Media) == 0 {
		return nil
	}
	rows := section(d.say("Media"))
	for from := 0; from < len(d.Media); from += perRow {
		pics, names, kinds := row.New(pictureHeight), row.New(4.5), row.New(7)
		for _, m := range d.Media[from:min(from+perRow, len(d.Media))] {
			pic := col.New(columns / perRow)
			if m.Thumb != nil {
				pic.Add(d.picture(m.Thumb.Key))
			}
			pics.Add(pic)
			names.Add(text.NewCol(columns/perRow, short(m.OriginalName, 22), props.Text{Size: smallSize, Align: align.Center, Top: 0.5}))
			kinds.Add(text.NewCol(columns/perRow, short(d.kindOf(&m), 26), props.Text{Size: 7, Align: align.Center, Color: grey()}))
		}
		rows = append(rows, pics, names, kinds)
	}
	return rows
}

func (d *Document) kindOf(m *bonafide.Media) string {
	words := []string{d.kindName(m.Kind)}
	if m.Info.WidthPx > 0 {
		words = append(words, fmt.Sprintf("%d×%d", m.Info.WidthPx, m.Info.HeightPx))
	}
	if m.Info.DurationMS > 0 {
		words = append(words, fmt.Sprintf("%.1f "+d.say("s"), float64(m.Info.DurationMS)/1000))
	}
	return strings.Join(words, ", ")
}

// picture sets a JPEG into a cell, or says that there is none.
func (d *Document) picture(key string) core.Component {
	content := d.Pictures[key]
	if !isJPEG(content) {
		return text.New(d.say("no picture"), props.Text{Size: smallSize, Align: align.Center, Color: grey(), Top: pictureHeight / 2})
	}
	return image.NewFromBytes(content, extension.Jpg, props.Rect{Center: true, Percent: 96})
}

// section is a heading with a line above it.
func section(name string) []core.Row {
	return []core.Row{
		row.New(4),
		line.NewRow(2, props.Line{Color: rule(), SizePercent: 100}),
		row.New(8).Add(text.NewCol(columns, name, props.Text{Size: headSize, Style: fontstyle.Bold, Top: 1})),
	}
}

// table is names on the left, values on the right.
func table(pairs []pair) []core.Row {
	var rows []core.Row
	for _, p := range pairs {
		rows = append(rows, row.New().Add(
			text.NewCol(3, p.name, props.Text{Color: grey(), Top: 0.8, Bottom: 0.8, Right: 2}),
			text.NewCol(9, p.value, props.Text{Top: 0.8, Bottom: 0.8}),
		))
	}
	return rows
}

func note(what string) core.Row {
	return row.New().Add(text.NewCol(columns, what, props.Text{Size: smallSize, Color: grey(), Top: 3}))
}
