package report

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
)

const (
	maxName   = 255  // characters
	maxTitle  = 100  // characters
	maxHeader = 2000 // characters
)

// TemplateStore is the part of store.Store that templates of reports need.
type TemplateStore interface {
	CreateReportTemplate(ctx context.Context, t *bonafide.ReportTemplate) error
	ReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.ReportTemplate, error)
	ReportTemplates(ctx context.Context, scope bonafide.Scope) ([]bonafide.ReportTemplate, error)
	ChangeReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.ReportTemplate) error) (*bonafide.ReportTemplate, error)
	AddReportAttachments(ctx context.Context, template bonafide.ID, all []bonafide.ReportAttachment) error
	ReportAttachments(ctx context.Context, template bonafide.ID) ([]bonafide.ReportAttachment, error)
}

// TemplateChange is a change of a report template; nil leaves as it is.
type TemplateChange struct {
	Name, Title, Header *string
	Default             *bool
}

// CreateTemplate makes a template of a company inside the scope; without a
// company it belongs to the user's.
func (m *Maker) CreateTemplate(ctx context.Context, u *bonafide.User, scope bonafide.Scope, company bonafide.ID, c TemplateChange) (*bonafide.ReportTemplate, error) {
	if company == "" {
		company = u.CompanyID
	}
	if scope.Nothing || scope.CompanyID != "" && scope.CompanyID != company {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
	}
	if company != "" {
		if _, err := m.Store.Company(ctx, company); err != nil {
			return nil, fmt.Errorf("create report template: %w", err)
		}
	}
	if c.Name == nil {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Could not locate field for key_path name from provided dict data")
	}
	t := &bonafide.ReportTemplate{ID: bonafide.NewID(), CompanyID: company}
	if err := c.apply(t); err != nil {
		return nil, err
	}
	if err := m.Store.CreateReportTemplate(ctx, t); err != nil {
		return nil, fmt.Errorf("create report template: %w", err)
	}
	return t, nil
}

// ChangeTemplate changes a template inside the scope and returns it.
func (m *Maker) ChangeTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c TemplateChange) (*bonafide.ReportTemplate, error) {
	t, err := m.Store.ChangeReportTemplate(ctx, scope, id, c.apply)
	if err != nil {
		return nil, fmt.Errorf("change report template: %w", err)
	}
	return t, nil
}

func (c TemplateChange) apply(t *bonafide.ReportTemplate) error {
	for _, f := range []struct {
		name     string
		from, to *string
		least    int
		most     int
	}{
		{"name", c.Name, &t.Name, 1, maxName},
		{"title", c.Title, &t.Title, 0, maxTitle},
		{"header", c.Header, &t.Header, 0, maxHeader},
	} {
		if f.from == nil {
			continue
		}
		if n := utf8.RuneCountInString(*f.from); n < f.least || n > f.most {
			return bonafide.Errorf(bonafide.CodeValue, "Invalid %s, from %d to %d characters", f.name, f.least, f.most)
		}
		*f.to = *f.from
	}
	if c.Default != nil {
		t.Default = *c.Default
	}
	return nil
}

// AddAttachments adds the pictures of an upload to a template inside the scope.
// The files are used up when it succeeds. What is no picture is CodeValue, and then
// nothing is stored.
func (m *Maker) AddAttachments(ctx context.Context, scope bonafide.Scope, template bonafide.ID, up intake.Upload) ([]bonafide.ReportAttachment, error) {
	if _, err := m.Store.ReportTemplate(ctx, scope, template); err != nil {
		return nil, fmt.Errorf("report template: %w", err)
	}
	if len(up.Files) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request")
	}
	all := make([]bonafide.ReportAttachment, len(up.Files))
	for i := range up.Files {
		picture, err := up.Files[i].Media(intake.Payload{}, intake.DefaultMaxMeta)
		if err != nil {
			return nil, err
		}
		if picture.Kind != bonafide.Image || picture.Thumb == nil {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Attachments of reports are pictures")
		}
		if picture.Original.Size > bonafide.MaxReportAttachment {
			return nil, bonafide.Errorf(bonafide.CodeTooLarge, "Attachments of reports have at most %d bytes", bonafide.MaxReportAttachment)
		}
		all[i] = bonafide.ReportAttachment{ID: picture.ID, Name: picture.OriginalName, File: picture.Original, Picture: *picture.Thumb}
	}
	if err := up.Keep(ctx, m.Blobs); err != nil {
		return nil, err
	}
	if err := m.Store.AddReportAttachments(ctx, template, all); err != nil {
		return nil, fmt.Errorf("add attachments: %w", err)
	}
	return all, nil
}

// templateFor finds the template that a report of a folder is to have: the one that
// was named inside the scope, else the default of the folder's company, nil where
// there is none. A template of another company is not found.
func (m *Maker) templateFor(ctx context.Context, scope bonafide.Scope, id bonafide.ID, f *bonafide.Folder) (*bonafide.ReportTemplate, error) {
	if id != "" {
		t, err := m.Store.ReportTemplate(ctx, scope, id)
		if err != nil {
			return nil, fmt.Errorf("report template: %w", err)
		}
		if t.CompanyID != "" && t.CompanyID != f.CompanyID {
			return nil, bonafide.Errorf(bonafide.CodeNotFound, "Report template not found")
		}
		return t, nil
	}
	all, err := m.Store.ReportTemplates(ctx, bonafide.Scope{CompanyID: f.CompanyID})
	if err != nil {
		return nil, fmt.Errorf("report templates: %w", err)
	}
	for i := range all {
		if all[i].Default && all[i].CompanyID == f.CompanyID {
			return &all[i], nil
		}
	}
	return nil, nil
}
