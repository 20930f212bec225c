package bonafide

import (
	"context"
	"time"
)

// Report is a document made of a folder as it was at one moment.
type Report struct {
	ID          ID
	FolderID    ID
	CompanyID   ID     // of the folder
	UserID      ID     // who asked for it
	Name        string // of the file, for who downloads it
	File        File
	TimeCreated time.Time
}

// MaxReports is how many reports a folder may have.
const MaxReports = 100

// Reports is the part of Store that keeps reports. They hold pictures and results,
// so that all reports of a folder go when something is deleted in it.
type Reports interface {
	// CreateReport stores a report of a folder as it was at asOf, its TimeUpdated. It
	// is CodeExists where the folder has changed since, CodeTooLarge where it has
	// MaxReports. It fills CompanyID and a missing TimeCreated.
	CreateReport(ctx context.Context, r *Report, asOf time.Time) error
	Report(ctx context.Context, scope Scope, id ID) (*Report, error)
	// ReportsOf gives the reports of a folder in order of creation.
	ReportsOf(ctx context.Context, folderID ID) ([]Report, error)
	DeleteReport(ctx context.Context, scope Scope, id ID) error
}

// ReportTemplate is how reports of a company begin.
type ReportTemplate struct {
	ID          ID
	CompanyID   ID // empty when an ADMIN made it
	Name        string
	Default     bool   // taken where an order names none; at most one of a company is
	Title       string // of the document, empty for the usual one
	Header      string // text below the title, in lines
	TimeCreated time.Time
	TimeUpdated time.Time
}

// MaxReportTemplates is how many templates a company may have.
const MaxReportTemplates = 100

// ReportTemplates is the part of Store that keeps templates of reports with their
// attachments, which are deleted with them. Storing one that is the default makes it
// the only one of its company.
type ReportTemplates interface {
	// CreateReportTemplate is CodeTooLarge where the company has MaxReportTemplates.
	CreateReportTemplate(ctx context.Context, t *ReportTemplate) error
	ReportTemplate(ctx context.Context, scope Scope, id ID) (*ReportTemplate, error)
	// ReportTemplates gives all inside the scope in order of creation.
	ReportTemplates(ctx context.Context, scope Scope) ([]ReportTemplate, error)
	UpdateReportTemplate(ctx context.Context, t *ReportTemplate) error
	DeleteReportTemplate(ctx context.Context, scope Scope, id ID) error
	// DeleteReportTemplatesOf deletes all templates of a company.
	DeleteReportTemplatesOf(ctx context.Context, company ID) error

	// AddReportAttachments adds pictures to a template and writes company and times into
	// them. It is CodeTooLarge where there would be more than MaxReportAttachments.
	AddReportAttachments(ctx context.Context, template ID, all []ReportAttachment) error
	ReportAttachment(ctx context.Context, scope Scope, id ID) (*ReportAttachment, error)
	// ReportAttachments gives those of a template in the order in which they were added.
	ReportAttachments(ctx context.Context, template ID) ([]ReportAttachment, error)
	DeleteReportAttachment(ctx context.Context, scope Scope, id ID) error
}

// ReportAttachment is a picture, such as a company's sign, with which reports of a
// template begin.
type ReportAttachment struct {
	ID          ID
	TemplateID  ID
	CompanyID   ID // of the template
	Name        string
	File        File // as it was sent
	Picture     File // what is printed: a JPEG that the server made of it
	TimeCreated time.Time
}

const (
	// MaxReportAttachments is how many pictures a template may have.
	MaxReportAttachments = 10
	// MaxReportAttachment is how large the file of one may be, in bytes.
	MaxReportAttachment = 10 << 20
)
