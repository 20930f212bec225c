// Package pdf sets a folder as a document for people: the verdict first, then what
// it rests on. It decides nothing and reads nothing: data in, PDF out.
package pdf

import (
	_ "embed"
	"fmt"
	"slices"
	"time"

	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
	"github.com/johnfercher/maroto/v2/pkg/repository"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
)

//go:embed font/DejaVuSans.ttf
var regular []byte

//go:embed font/DejaVuSans-Bold.ttf
var bold []byte

const (
	family = "dejavu"
	margin = 15.0 // mm
	// together is what a block needs at least of a page: its heading and some lines, in mm.
	together = 40.0
	// maxAnalyses bounds the length of a document; older ones are left out, and it
	// says so.
	maxAnalyses = 20
	// maxRows bounds tables of a client's own data.
	maxRows = 20
)

// Document is what a report is made of. Text may be any, it is made fit for print.
type Document struct {
	Signs    []bonafide.File // pictures above the title
	Title    string          // empty means the usual one
	Header   string          // text below the title, in lines
	Company  string          // name, empty where there is none
	Folder   bonafide.Folder
	Media    []bonafide.Media
	Analyses []bonafide.Analysis    // in order of creation
	Lists    map[bonafide.ID]string // aliases of the collections that were searched
	// Operators are the names of those who decided, empty where no name is to be told.
	Operators map[bonafide.ID]string
	// Pictures holds JPEG, made by this server, by the key of the file. What is
	// missing is left out.
	Pictures map[string][]byte
	Made     time.Time
	Zone     *time.Location                   // of all times; nil means UTC
	Version  string                           // of the server
	Titles   map[bonafide.AnalysisType]string // names of the types of analyses, in English
	Language advice.Language                  // of all words that are not the client's
}

// Files lists the pictures that the document shows.
func (d *Document) Files() []bonafide.File {
	files := slices.Clone(d.Signs)
	for _, m := range d.Media {
		if m.Thumb != nil {
			files = append(files, *m.Thumb)
		}
	}
	for _, a := range d.shown() {
		if a.Result == nil {
			continue
		}
		for _, f := range a.Result.Findings {
			if f.BestShot != nil {
				files = append(files, *f.BestShot)
			}
		}
	}
	return files
}

// shown are the newest analyses, in order of creation.
func (d *Document) shown() []bonafide.Analysis {
	return d.Analyses[max(len(d.Analyses)-maxAnalyses, 0):]
}

// Render makes the file.
func (d *Document) Render() ([]byte, error) {
	if d.Zone == nil {
		d.Zone = time.UTC
	}
	fonts, err := repository.New().AddUTF8FontFromBytes(family, fontstyle.Normal, regular).
		AddUTF8FontFromBytes(family, fontstyle.Bold, bold).Load()
	if err != nil {
		return nil, fmt.Errorf("fonts: %w", err)
	}
	m := maroto.New(d.paper(fonts))
	for _, b := range d.blocks() {
		if m.FitlnCurrentPage(together) {
			m.AddRows(b...)
		} else {
			m.AddPages(page.New().Add(b...))
		}
	}
	out, err := m.Generate()
	if err != nil {
		return nil, fmt.Errorf("make PDF: %w", err)
	}
	return out.GetBytes(), nil
}

func (d *Document) paper(fonts []*entity.CustomFont) *entity.Config {
	return config.NewBuilder().
		WithLeftMargin(margin).WithRightMargin(margin).WithTopMargin(margin).WithBottomMargin(margin).
		WithCustomFonts(fonts).
		WithDefaultFont(&props.Font{Family: family, Size: textSize, Color: ink()}).
		WithPageNumber(props.PageNumber{Pattern: d.say("Page {current} of {total}"), Place: props.RightBottom, Size: smallSize, Color: grey()}).
		WithCompression(true).
		WithTitle(d.title()+" "+string(d.Folder.ID), true).
		WithCreator("Bonafide "+printable(d.Version), true).
		WithCreationDate(d.Made.In(d.Zone)).
		Build()
}

// blocks are the whole document, from top to bottom. One that would only begin on a page
// begins on the next.
func (d *Document) blocks() [][]core.Row {
	blocks := [][]core.Row{d.head(), d.facts(), d.pictures()}
	shown := d.shown()
	for i := range shown {
		blocks = append(blocks, d.analysis(&shown[len(shown)-1-i]))
	}
	if older := len(d.Analyses) - len(shown); older > 0 {
		blocks = append(blocks, []core.Row{note(fmt.Sprintf(d.say("Older analyses that are left out: %d"), older))})
	}
	return slices.DeleteFunc(blocks, func(b []core.Row) bool { return len(b) == 0 })
}

// at spells a time, a dash where there is none.
func (d *Document) at(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(d.Zone).Format("2006-01-02 15:04:05 MST")
}
