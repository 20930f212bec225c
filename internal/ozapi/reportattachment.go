package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
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

func (a *api) reportAttachmentResource() rest.Resource {
	return rest.Resource{
		Component: rest.ComponentStateful,
		Noun: rest.Noun{Param: "attachment_id", Name: "Attachment", Read: auth.TemplateRead, Find: func(c *rest.Call, s bonafide.Scope, _ bonafide.ID) error {
			return second(a.attachment(c, s))
		}},
		Routes: []rest.Route{
			{Name: "addReportAttachments", Method: post, Pattern: reportAttachments, Permission: auth.TemplateCreate, Summary: "Add pictures to a template of reports",
				Files: describe.OnlyFiles, Status: made, Out: []wire.Attachment{}, Refusals: []int{http.StatusConflict}, Handle: a.addAttachments},
			{Name: "listReportAttachments", Method: get, Pattern: reportAttachments, Permission: auth.TemplateRead, Summary: "List the pictures of a template of reports",
				Out: []wire.Attachment{}, Handle: a.listAttachments},
			{Name: "readReportAttachment", Method: get, Pattern: reportAttachment, Permission: auth.TemplateRead, Summary: "Read about a picture of a template of reports",
				Out: wire.Attachment{}, Handle: a.readAttachment},
			{Name: "deleteReportAttachment", Method: del, Pattern: reportAttachment, Permission: auth.TemplateDelete, Summary: "Delete a picture of a template of reports",
				Out: wire.Deleted{}, Handle: a.deleteAttachment},
		},
	}
}

// addAttachments answers a bare array of the new ones, as addMedia does.
func (a *api) addAttachments(c *rest.Call) (*rest.Answer, error) {
	template, err := a.reportTemplate(c) // before megabytes are taken in for nothing
	if err != nil {
		return nil, err
	}
	up, err := c.Receive(a.Desk)
	if err != nil {
		return nil, err
	}
	added, err := a.Reporter.AddAttachments(c.Context(), c.Scope, template.ID, up)
	if err != nil {
		a.Desk.Discard(c.After(), up.Files)
		return nil, err
	}
	return rest.Created(wire.ViewAttachments(added, c.Links()))
}

func (a *api) listAttachments(c *rest.Call) (*rest.Answer, error) {
	template, err := a.reportTemplate(c)
	if err != nil {
		return nil, err
	}
	all, err := a.Records.ReportAttachments(c.Context(), template.ID)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewAttachments(all, c.Links()))
}

func (a *api) readAttachment(c *rest.Call) (*rest.Answer, error) {
	found, err := a.attachment(c, c.Scope)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewAttachment(found, c.Links()))
}

func (a *api) deleteAttachment(c *rest.Call) (*rest.Answer, error) {
	found, err := a.attachment(c, c.Scope)
	if err != nil {
		return nil, err
	}
	if err := a.Records.DeleteReportAttachment(c.Context(), c.Scope, found.ID); err != nil {
		return nil, err
	}
	return rest.Deleted()
}

// attachment finds the attachment that the path names, of the template that it names.
func (a *api) attachment(c *rest.Call, scope bonafide.Scope) (*bonafide.ReportAttachment, error) {
	template, err := c.ID("report_template_id", "Report template")
	if err != nil {
		return nil, err
	}
	id, err := c.ID("attachment_id", "Attachment")
	if err != nil {
		return nil, err
	}
	found, err := a.Records.ReportAttachment(c.Context(), scope, id)
	if err == nil && found.TemplateID != template {
		err = bonafide.Errorf(bonafide.CodeNotFound, "Attachment not found")
	}
	return found, err
}
