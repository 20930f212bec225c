package intake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/report"
)

const (
	// reportTries is how often a report is begun anew because the folder changed.
	reportTries = 3
	// maxPicture bounds what is read of one picture, all of which the server made.
	maxPicture = 4 << 20
)

// Reporting says how reports look; the zero value is fit for use.
type Reporting struct {
	Zone    *time.Location // of the times in reports; nil means UTC
	Name    string         // of files; {folder_id}, {report_id}, {date} and {time} are filled in
	Version string         // of the server, in the file's properties
}

// DefaultReportName names files where nothing else is configured.
const DefaultReportName = "report_{folder_id}_{date}.pdf"

// ReportOrder asks for a report.
type ReportOrder struct {
	Scope     bonafide.Scope // of the folder
	Folder    bonafide.ID
	Templates bonafide.Scope // of templates
	Template  bonafide.ID    // empty takes the default of the folder's company
}

// MakeReport makes a report of a folder as it is now, and stores it.
func (d *Desk) MakeReport(ctx context.Context, u *bonafide.User, o ReportOrder) (*bonafide.Report, error) {
	var err error
	for range reportTries {
		var r *bonafide.Report
		if r, err = d.makeReport(ctx, u, o); err == nil {
			return r, nil
		}
		if bonafide.CodeOf(err) != bonafide.CodeExists {
			break
		}
	}
	return nil, fmt.Errorf("make report: %w", err)
}

func (d *Desk) makeReport(ctx context.Context, u *bonafide.User, o ReportOrder) (*bonafide.Report, error) {
	doc, err := d.document(ctx, o)
	if err != nil {
		return nil, err
	}
	pdf, err := d.print(doc)
	if err != nil {
		return nil, err
	}
	staged, err := d.Blobs.Stage(ctx, bytes.NewReader(pdf))
	if err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	defer staged.Discard()
	if err := d.Blobs.Keep(ctx, staged); err != nil {
		return nil, fmt.Errorf("keep: %w", err)
	}
	id := bonafide.NewID()
	r := &bonafide.Report{ID: id, FolderID: o.Folder, UserID: u.ID, Name: d.reportName(id, doc),
		File: newFile(staged.Blob(), string(id)+".pdf", "application/pdf")}
	return r, d.Store.CreateReport(ctx, r, doc.Folder.TimeUpdated)
}

func (d *Desk) print(doc *report.Document) ([]byte, error) {
	d.printer.Lock()
	defer d.printer.Unlock()
	return doc.PDF()
}

// document reads a folder. The folder itself comes first, so that whatever changes
// later is noticed when the report is stored.
func (d *Desk) document(ctx context.Context, o ReportOrder) (*report.Document, error) {
	f, media, err := d.find(ctx, o.Scope, o.Folder)
	if err != nil {
		return nil, err
	}
	analyses, err := d.Store.AnalysesOf(ctx, f.ID)
	if err != nil {
		return nil, fmt.Errorf("analyses: %w", err)
	}
	doc := &report.Document{Folder: *f, Media: media, Analyses: analyses[f.ID], Pictures: map[string][]byte{},
		Made: time.Now(), Zone: d.Reporting.Zone, Version: d.Reporting.Version}
	template, err := d.templateFor(ctx, o.Templates, o.Template, f)
	if err != nil {
		return nil, err
	}
	if template != nil {
		doc.Title, doc.Header = template.Title, template.Header
		attached, err := d.Store.ReportAttachments(ctx, template.ID)
		if err != nil {
			return nil, fmt.Errorf("attachments: %w", err)
		}
		for _, a := range attached {
			doc.Signs = append(doc.Signs, a.Picture)
		}
	}
	if f.CompanyID != "" {
		company, err := d.Store.Company(ctx, f.CompanyID)
		if err != nil {
			return nil, fmt.Errorf("company: %w", err)
		}
		doc.Company = company.Name
	}
	for _, file := range doc.Files() {
		if doc.Pictures[file.Key], err = d.picture(ctx, file); err != nil {
			return nil, fmt.Errorf("picture: %w", err)
		}
	}
	return doc, nil
}

// picture reads a picture; nil where it is gone or too large, as reports are made
// without those.
func (d *Desk) picture(ctx context.Context, f bonafide.File) ([]byte, error) {
	if f.Size > maxPicture {
		return nil, nil
	}
	r, err := d.Blobs.Open(ctx, f.Digest)
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxPicture))
}

func (d *Desk) reportName(id bonafide.ID, doc *report.Document) string {
	name := d.Reporting.Name
	if name == "" {
		name = DefaultReportName
	}
	made := doc.Made.UTC()
	if doc.Zone != nil {
		made = doc.Made.In(doc.Zone)
	}
	return strings.NewReplacer("{folder_id}", string(doc.Folder.ID), "{report_id}", string(id),
		"{date}", made.Format(time.DateOnly), "{time}", made.Format("15-04-05")).Replace(name)
}
