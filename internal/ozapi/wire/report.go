package wire

import (
	"github.com/bonafide-id/bonafide"
)

// Report is a report. It is made while the client waits, so that its state is
// always FINISHED.
type Report struct {
	TimeCreated Stamp           `json:"time_created"`
	ReportID    bonafide.ID     `json:"report_id"`
	FolderID    bonafide.ID     `json:"folder_id"`
	CompanyID   *bonafide.ID    `json:"company_id"`
	UserID      bonafide.ID     `json:"user_id"`
	State       bonafide.Status `json:"state"`
	Name        string          `json:"name"`
	Size        int64           `json:"size"`
	OriginalURL *string         `json:"original_url"`
}

// ViewReport renders what is known about a report, with the address of its file.
func ViewReport(r *bonafide.Report, at Links) Report {
	return Report{TimeCreated: Stamp(r.TimeCreated), ReportID: r.ID, FolderID: r.FolderID, CompanyID: nullable(r.CompanyID), UserID: r.UserID,
		State: bonafide.Finished, Name: r.Name, Size: r.File.Size, OriginalURL: at.file(&r.File)}
}

// ReportTemplate is a template of reports.
type ReportTemplate struct {
	TimeCreated      Stamp        `json:"time_created"`
	TimeUpdated      Stamp        `json:"time_updated"`
	ReportTemplateID bonafide.ID  `json:"report_template_id"`
	CompanyID        *bonafide.ID `json:"company_id"`
	Name             string       `json:"name"`
	IsDefault        bool         `json:"is_default"`
	Title            string       `json:"title"`
	Header           string       `json:"header"`
}

// ViewReportTemplate renders a template of reports.
func ViewReportTemplate(t *bonafide.ReportTemplate) ReportTemplate {
	return ReportTemplate{TimeCreated: Stamp(t.TimeCreated), TimeUpdated: Stamp(t.TimeUpdated), ReportTemplateID: t.ID,
		CompanyID: nullable(t.CompanyID), Name: t.Name, IsDefault: t.Default, Title: t.Title, Header: t.Header}
}

// Attachment is a picture of a template of reports.
type Attachment struct {
	TimeCreated      Stamp        `json:"time_created"`
	AttachmentID     bonafide.ID  `json:"attachment_id"`
	ReportTemplateID bonafide.ID  `json:"report_template_id"`
	CompanyID        *bonafide.ID `json:"company_id"`
	OriginalName     string       `json:"original_name"`
	OriginalURL      *string      `json:"original_url"`
	ThumbURL         *string      `json:"thumb_url"`
	Size             int64        `json:"size"`
}

// ViewAttachment renders a picture of a template.
func ViewAttachment(r *bonafide.ReportAttachment, l Links) Attachment {
	return Attachment{TimeCreated: Stamp(r.TimeCreated), AttachmentID: r.ID, ReportTemplateID: r.TemplateID, CompanyID: nullable(r.CompanyID),
		OriginalName: r.Name, OriginalURL: l.file(&r.File), ThumbURL: l.file(&r.Picture), Size: r.File.Size}
}

// ViewAttachments renders pictures of a template, in the order given.
func ViewAttachments(all []bonafide.ReportAttachment, l Links) []Attachment {
	views := make([]Attachment, len(all))
	for i := range all {
		views[i] = ViewAttachment(&all[i], l)
	}
	return views
}
