// Package report makes reports of folders, as PDF, and keeps the templates that say
// how reports look.
package report

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/report/pdf"
)

const (
	// tries is how often a report is begun because the folder changed, as it does with each
	// analysis that ends.
	tries = 8
	// breath is the pause before the second try. It doubles with each.
	breath = 10 * time.Millisecond
	// maxPicture bounds what is read of one picture, all of which the server made.
	maxPicture = 4 << 20
)

// DefaultName names files where nothing else is configured.
const DefaultName = "report_{folder_id}_{date}.pdf"

// Store is the part of store.Store that reports need.
type Store interface {
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	MediaOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error)
	AnalysesOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Analysis, error)
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	User(ctx context.Context, id bonafide.ID) (*bonafide.User, error)
	Collection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.PersonCollection, error)
	CreateReport(ctx context.Context, r *bonafide.Report, asOf time.Time) error
	TemplateStore
}

// Blobs is the part of blob.Store that reports need.
type Blobs interface {
	Stage(ctx context.Context, r io.Reader) (blob.Staged, error)
	Keep(ctx context.Context, staged ...blob.Staged) error
	Open(ctx context.Context, digest string) (io.ReadSeekCloser, error)
}

// Config is what a maker works with.
type Config struct {
	Store   Store
	Blobs   Blobs
	Zone    *time.Location // of the times in reports; nil means UTC
	Name    string         // of files; {folder_id}, {report_id}, {date} and {time} are filled in; "" means DefaultName
	Version string         // of the server, in the file's properties
	// Titles names the types of analyses for people.
	Titles map[bonafide.AnalysisType]string
}

// Maker makes reports and changes their templates. It is safe for concurrent use.
type Maker struct {
	Config
	// rendering is held while a report is rendered, which takes a core.
	rendering sync.Mutex
}

// New makes a maker.
func New(c Config) *Maker { return &Maker{Config: c} }

// Order asks for a report.
type Order struct {
	Scope     bonafide.Scope // of the folder
	Folder    bonafide.ID
	Templates bonafide.Scope // of templates
	Template  bonafide.ID    // empty takes the default of the folder's company
	Language  advice.Language
}

// Make makes a report of a folder as it is now, and stores it. A folder or a template
// outside the order's scopes is CodeNotFound, one that goes on changing is CodeBusy.
func (m *Maker) Make(ctx context.Context, u *bonafide.User, o Order) (*bonafide.Report, error) {
	pause := breath
	for try := range tries {
		if try > 0 {
			select {
			case <-ctx.Done():
				return nil, fmt.Errorf("make report: %w", ctx.Err())
			case <-time.After(pause):
				pause *= 2
			}
		}
		r, err := m.make(ctx, u, o)
		if err == nil {
			return r, nil
		}
		if bonafide.CodeOf(err) != bonafide.CodeExists {
			return nil, fmt.Errorf("make report: %w", err)
		}
	}
	busy := bonafide.Errorf(bonafide.CodeBusy, "The folder goes on changing")
	busy.RetryAfter = time.Second
	return nil, fmt.Errorf("make report: %w", busy)
}

func (m *Maker) make(ctx context.Context, u *bonafide.User, o Order) (*bonafide.Report, error) {
	doc, err := m.document(ctx, o)
	if err != nil {
		return nil, err
	}
	content, err := m.render(doc)
	if err != nil {
		return nil, err
	}
	staged, err := m.Blobs.Stage(ctx, bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	defer staged.Discard()
	if err := m.Blobs.Keep(ctx, staged); err != nil {
		return nil, fmt.Errorf("keep: %w", err)
	}
	id := bonafide.NewID()
	r := &bonafide.Report{ID: id, FolderID: o.Folder, UserID: u.ID, Name: m.name(id, doc),
		File: staged.Blob().File(string(id)+".pdf", "application/pdf")}
	return r, m.Store.CreateReport(ctx, r, doc.Folder.TimeUpdated)
}

func (m *Maker) render(doc *pdf.Document) ([]byte, error) {
	m.rendering.Lock()
	defer m.rendering.Unlock()
	return doc.Render()
}

// document reads a folder. The folder itself comes first, so that whatever changes
// later is noticed when the report is stored.
func (m *Maker) document(ctx context.Context, o Order) (*pdf.Document, error) {
	f, err := m.Store.Folder(ctx, o.Scope, o.Folder)
	if err != nil {
		return nil, fmt.Errorf("folder: %w", err)
	}
	media, err := m.Store.MediaOf(ctx, f.ID)
	if err != nil {
		return nil, fmt.Errorf("media of folder: %w", err)
	}
	analyses, err := m.Store.AnalysesOf(ctx, f.ID)
	if err != nil {
		return nil, fmt.Errorf("analyses: %w", err)
	}
	doc := &pdf.Document{Folder: *f, Media: media[f.ID], Analyses: analyses[f.ID], Pictures: map[string][]byte{},
		Made: time.Now(), Zone: m.Zone, Version: m.Version, Titles: m.Titles, Language: o.Language}
	template, err := m.templateFor(ctx, o.Templates, o.Template, f)
	if err != nil {
		return nil, err
	}
	if template != nil {
		doc.Title, doc.Header = template.Title, template.Header
		attached, err := m.Store.ReportAttachments(ctx, template.ID)
		if err != nil {
			return nil, fmt.Errorf("attachments: %w", err)
		}
		for _, a := range attached {
			doc.Signs = append(doc.Signs, a.Picture)
		}
	}
	if f.CompanyID != "" {
		company, err := m.Store.Company(ctx, f.CompanyID)
		if err != nil {
			return nil, fmt.Errorf("company: %w", err)
		}
		doc.Company = company.Name
	}
	if doc.Lists, err = m.lists(ctx, doc.Analyses); err != nil {
		return nil, err
	}
	if doc.Operators, err = m.operators(ctx, f, doc.Analyses); err != nil {
		return nil, err
	}
	for _, file := range doc.Files() {
		if doc.Pictures[file.Key], err = m.picture(ctx, file); err != nil {
			return nil, fmt.Errorf("picture: %w", err)
		}
	}
	return doc, nil
}

// lists names the collections that analyses searched, those that are still there.
func (m *Maker) lists(ctx context.Context, analyses []bonafide.Analysis) (map[bonafide.ID]string, error) {
	names := map[bonafide.ID]string{}
	for _, a := range analyses {
		id := a.Params.CollectionID
		if _, known := names[id]; id == "" || known {
			continue
		}
		c, err := m.Store.Collection(ctx, bonafide.Scope{}, id) // the order was checked
		if bonafide.CodeOf(err) == bonafide.CodeNotFound {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("collection: %w", err)
		}
		names[id] = c.Alias
	}
	return names, nil
}

// operators names those who decided. Of one who is not, or no longer, of the folder's
// company no more than the identifier is told.
func (m *Maker) operators(ctx context.Context, f *bonafide.Folder, analyses []bonafide.Analysis) (map[bonafide.ID]string, error) {
	names := map[bonafide.ID]string{f.OperatorID: ""}
	for _, a := range analyses {
		names[a.OperatorID] = ""
	}
	delete(names, "") // nobody
	for id := range names {
		u, err := m.Store.User(ctx, id)
		if bonafide.CodeOf(err) == bonafide.CodeNotFound {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("operator: %w", err)
		}
		if u.CompanyID == f.CompanyID {
			names[id] = strings.Join(strings.Fields(strings.Join([]string{u.FirstName, u.MiddleName, u.LastName}, " ")), " ")
		}
	}
	return names, nil
}

// picture reads a picture; nil where it is gone or too large, as reports are made
// without those.
func (m *Maker) picture(ctx context.Context, f bonafide.File) ([]byte, error) {
	if f.Size > maxPicture {
		return nil, nil
	}
	r, err := m.Blobs.Open(ctx, f.Digest)
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxPicture))
}

func (m *Maker) name(id bonafide.ID, doc *pdf.Document) string {
	made := doc.Made.UTC()
	if doc.Zone != nil {
		made = doc.Made.In(doc.Zone)
	}
	return strings.NewReplacer("{folder_id}", string(doc.Folder.ID), "{report_id}", string(id),
		"{date}", made.Format(time.DateOnly), "{time}", made.Format("15-04-05")).Replace(cmp.Or(m.Name, DefaultName))
}
