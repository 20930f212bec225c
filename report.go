package bonafide

import "time"

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
