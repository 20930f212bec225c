package client

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
)

// Report is a folder as PDF.
type Report struct {
	ID          bonafide.ID     `json:"report_id"`    // of the report
	FolderID    bonafide.ID     `json:"folder_id"`    // of the folder that it is about
	State       bonafide.Status `json:"state"`        // always FINISHED
	Name        string          `json:"name"`         // of the file
	Size        int64           `json:"size"`         // of the file in bytes
	OriginalURL string          `json:"original_url"` // the PDF, open without a token
}

// ReportTemplate is how reports of a company begin.
type ReportTemplate struct {
	ID        bonafide.ID `json:"report_template_id"` // of the template
	CompanyID bonafide.ID `json:"company_id"`         // that it belongs to; empty: none
	Name      string      `json:"name"`               // for people, 1 to 255 characters
	Default   bool        `json:"is_default"`         // taken for reports that name no template
	Title     string      `json:"title"`              // first line of the report; empty takes the usual one
	Header    string      `json:"header"`             // text below the title
}

// TemplateChange is what a template of reports is made of, or what of it is changed;
// nil is left out.
type TemplateChange struct {
	CompanyID *bonafide.ID `json:"company_id,omitempty"` // when it is made
	Name      *string      `json:"name,omitempty"`       // for people, 1 to 255 characters
	Default   *bool        `json:"is_default,omitempty"` // taken for reports that name no template
	Title     *string      `json:"title,omitempty"`      // first line of the report; empty takes the usual one
	Header    *string      `json:"header,omitempty"`     // text below the title
}

// Attachment is a picture with which reports of a template begin.
type Attachment struct {
	ID           bonafide.ID `json:"attachment_id"`      // of the picture
	TemplateID   bonafide.ID `json:"report_template_id"` // of the template that it belongs to
	OriginalName string      `json:"original_name"`      // name of the file as it was sent
	OriginalURL  string      `json:"original_url"`       // address of the file, open without a token
	ThumbURL     string      `json:"thumb_url"`          // address of the picture as reports show it
	Size         int64       `json:"size"`               // of the file in bytes
}

// MakeReport makes a report of a folder by a template, "" for the company's default.
func (c *Client) MakeReport(ctx context.Context, id, template bonafide.ID) (*Report, error) {
	body := map[string]bonafide.ID{}
	if template != "" {
		body["report_template_id"] = template
	}
	return call[*Report](ctx, c, http.MethodPost, folder(id)+"reports/", body)
}

// Reports lists the reports of a folder.
func (c *Client) Reports(ctx context.Context, id bonafide.ID) ([]Report, error) {
	return get[[]Report](ctx, c, folder(id)+"reports/")
}

// Report reads about one report.
func (c *Client) Report(ctx context.Context, id bonafide.ID) (*Report, error) {
	return get[*Report](ctx, c, "/api/reports/"+string(id)+"/")
}

// DownloadReport fetches the PDF of a report.
func (c *Client) DownloadReport(ctx context.Context, id bonafide.ID) ([]byte, error) {
	return c.content(ctx, c.base+"/api/reports/"+string(id)+"/download", c.token)
}

// DeleteReport deletes one report.
func (c *Client) DeleteReport(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/reports/"+string(id)+"/")
}

// CreateReportTemplate makes a template of reports.
func (c *Client) CreateReportTemplate(ctx context.Context, ch TemplateChange) (*ReportTemplate, error) {
	return call[*ReportTemplate](ctx, c, http.MethodPost, "/api/report_templates/", ch)
}

// ReportTemplates lists the templates of reports that the caller sees.
func (c *Client) ReportTemplates(ctx context.Context) ([]ReportTemplate, error) {
	return get[[]ReportTemplate](ctx, c, "/api/report_templates/")
}

// ReportTemplate reads one template of reports.
func (c *Client) ReportTemplate(ctx context.Context, id bonafide.ID) (*ReportTemplate, error) {
	return get[*ReportTemplate](ctx, c, reportTemplate(id))
}

// ChangeReportTemplate changes a template and gives what became of it.
func (c *Client) ChangeReportTemplate(ctx context.Context, id bonafide.ID, ch TemplateChange) (*ReportTemplate, error) {
	return call[*ReportTemplate](ctx, c, http.MethodPatch, reportTemplate(id), ch)
}

// DeleteReportTemplate deletes a template with its attachments; reports stay.
func (c *Client) DeleteReportTemplate(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, reportTemplate(id))
}

// AddAttachments adds pictures to a template of reports.
func (c *Client) AddAttachments(ctx context.Context, template bonafide.ID, pictures ...File) ([]Attachment, error) {
	return send[[]Attachment](ctx, c, reportTemplate(template)+"attachments/", Payload{}, pictures)
}

// Attachments lists the pictures of a template of reports.
func (c *Client) Attachments(ctx context.Context, template bonafide.ID) ([]Attachment, error) {
	return get[[]Attachment](ctx, c, reportTemplate(template)+"attachments/")
}

// Attachment reads about one picture of a template of reports.
func (c *Client) Attachment(ctx context.Context, template, id bonafide.ID) (*Attachment, error) {
	return get[*Attachment](ctx, c, reportTemplate(template)+"attachments/"+string(id)+"/")
}

// DeleteAttachment deletes one picture of a template of reports.
func (c *Client) DeleteAttachment(ctx context.Context, template, id bonafide.ID) error {
	return c.remove(ctx, reportTemplate(template)+"attachments/"+string(id)+"/")
}

func reportTemplate(id bonafide.ID) string { return "/api/report_templates/" + string(id) + "/" }
