package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

const (
	reportAttachments = reportTemplate + "/attachments"
	reportAttachment  = reportAttachments + "/{attachment_id}"
)

// reportAttachmentRecords reads and deletes pictures of templates.
type reportAttachmentRecords interface {
	ReportAttachment(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.ReportAttachment, error)
	ReportAttachments(ctx context.Context, template bonafide.ID) ([]bonafide.ReportAttachment, error)
	DeleteReportAttachment(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func reportAttachmentResource() resource {
	return resource{
		component: ComponentStateful,
		noun: noun{"attachment_id", "Attachment", auth.TemplateRead, func(a *api, c *call, s bonafide.Scope, _ bonafide.ID) error {
			return second(a.attachment(c, s))
		}},
		routes: []route{
			{Name: "addReportAttachments", Method: post, Pattern: reportAttachments, Permission: auth.TemplateCreate, Summary: "Add pictures to a template of reports",
				Files: describe.OnlyFiles, Status: made, Out: []wire.Attachment{}, Refusals: []int{http.StatusConflict}, handle: (*api).addAttachments},
			{Name: "listReportAttachments", Method: get, Pattern: reportAttachments, Permission: auth.TemplateRead, Summary: "List the pictures of a template of reports",
				Out: []wire.Attachment{}, handle: (*api).listAttachments},
			{Name: "readReportAttachment", Method: get, Pattern: reportAttachment, Permission: auth.TemplateRead, Summary: "Read about a picture of a template of reports",
				Out: wire.Attachment{}, handle: (*api).readAttachment},
			{Name: "deleteReportAttachment", Method: del, Pattern: reportAttachment, Permission: auth.TemplateDelete, Summary: "Delete a picture of a template of reports",
				Out: wire.Deleted{}, handle: (*api).deleteAttachment},
		},
	}
}

// addAttachments answers a bare array of the new ones, as addMedia does.
func (a *api) addAttachments(c *call) (*answer, error) {
	template, err := a.reportTemplate(c) // before megabytes are taken in for nothing
	if err != nil {
		return nil, err
	}
	up, err := a.receive(c, a.Desk)
	if err != nil {
		return nil, err
	}
	added, err := a.Reporter.AddAttachments(c.Context(), c.scope, template.ID, up)
	if err != nil {
		a.Desk.Discard(c.after(), up.Files)
		return nil, err
	}
	return created(wire.ViewAttachments(added, a.links(c.Request)))
}

func (a *api) listAttachments(c *call) (*answer, error) {
	template, err := a.reportTemplate(c)
	if err != nil {
		return nil, err
	}
	all, err := a.Records.ReportAttachments(c.Context(), template.ID)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewAttachments(all, a.links(c.Request)))
}

func (a *api) readAttachment(c *call) (*answer, error) {
	found, err := a.attachment(c, c.scope)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewAttachment(found, a.links(c.Request)))
}

func (a *api) deleteAttachment(c *call) (*answer, error) {
	found, err := a.attachment(c, c.scope)
	if err != nil {
		return nil, err
	}
	if err := a.Records.DeleteReportAttachment(c.Context(), c.scope, found.ID); err != nil {
		return nil, err
	}
	return deleted()
}

// attachment finds the attachment that the path names, of the template that it names.
func (a *api) attachment(c *call, scope bonafide.Scope) (*bonafide.ReportAttachment, error) {
	template, err := c.id("report_template_id", "Report template")
	if err != nil {
		return nil, err
	}
	id, err := c.id("attachment_id", "Attachment")
	if err != nil {
		return nil, err
	}
	found, err := a.Records.ReportAttachment(c.Context(), scope, id)
	if err == nil && found.TemplateID != template {
		err = bonafide.Errorf(bonafide.CodeNotFound, "Attachment not found")
	}
	return found, err
}
