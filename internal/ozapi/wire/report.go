package wire

import (
	"github.com/bonafide-id/bonafide"
)

// Report is a report. It is made while the client waits, so that its state is
// always FINISHED.
type Report struct {
	TimeCreated Stamp           `json:"time_created"`              // when it was made
	ReportID    bonafide.ID     `json:"report_id"`                 // of the report
	FolderID    bonafide.ID     `json:"folder_id"`                 // of the folder that it is about
	CompanyID   *bonafide.ID    `json:"company_id"`                // of the folder; null: none
	UserID      bonafide.ID     `json:"user_id"`                   // of the user who ordered it
	State       bonafide.Status `json:"state"`                     // always FINISHED
	Name        string          `json:"name"`                      // of the file
	Size        int64           `json:"size"`                      // of the file in bytes
	OriginalURL *string         `json:"original_url" format:"uri"` // address of the PDF, open without a token
}

// ViewReport renders what is known about a report, with the address of its file.
func ViewReport(r *bonafide.Report, at Links) Report {
	return Report{TimeCreated: Stamp(r.TimeCreated), ReportID: r.ID, FolderID: r.FolderID, CompanyID: nullable(r.CompanyID), UserID: r.UserID,
		State: bonafide.Finished, Name: r.Name, Size: r.File.Size, OriginalURL: at.file(&r.File)}
}

// ReportTemplate is a template of reports.
type ReportTemplate struct {
	TimeCreated      Stamp        `json:"time_created"`       // when it was made
	TimeUpdated      Stamp        `json:"time_updated"`       // of the last change
	ReportTemplateID bonafide.ID  `json:"report_template_id"` // of the template
	CompanyID        *bonafide.ID `json:"company_id"`         // that it belongs to; null: none
	Name             string       `json:"name"`               // for people, 1 to 255 characters
	IsDefault        bool         `json:"is_default"`         // taken for reports that name no template
	Title            string       `json:"title"`              // first line of the report; empty takes the usual one
	Header           string       `json:"header"`             // text below the title
}

// ViewReportTemplate renders a template of reports.
func ViewReportTemplate(t *bonafide.ReportTemplate) ReportTemplate {
	return ReportTemplate{TimeCreated: Stamp(t.TimeCreated), TimeUpdated: Stamp(t.TimeUpdated), ReportTemplateID: t.ID,
		CompanyID: nullable(t.CompanyID), Name: t.Name, IsDefault: t.Default, Title: t.Title, Header: t.Header}
}

// Attachment is a picture of a template of reports.
type Attachment struct {
	TimeCreated      Stamp        `json:"time_created"`              // when it was added
	AttachmentID     bonafide.ID  `json:"attachment_id"`             // of the picture
	ReportTemplateID bonafide.ID  `json:"report_template_id"`        // of the template that it belongs to
	CompanyID        *bonafide.ID `json:"company_id"`                // of the template; null: none
	OriginalName     string       `json:"original_name"`             // name of the file as it was sent
	OriginalURL      *string      `json:"original_url" format:"uri"` // address of the file, open without a token
	ThumbURL         *string      `json:"thumb_url" format:"uri"`    // address of the picture as reports show it
	Size             int64        `json:"size"`                      // of the file in bytes
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
