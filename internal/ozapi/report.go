package ozapi

import (
	"context"
	"mime"
	"net/http"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/report"
)

// Reporter makes reports and keeps their templates. *report.Maker satisfies it.
type Reporter interface {
	// Make makes a report of a folder as it is now. A folder or a template outside
	// the order's scopes is CodeNotFound.
	Make(ctx context.Context, u *bonafide.User, o report.Order) (*bonafide.Report, error)
	// CreateTemplate makes a template of a company inside the scope, "" for the
	// user's own.
	CreateTemplate(ctx context.Context, u *bonafide.User, scope bonafide.Scope, company bonafide.ID, c report.TemplateChange) (*bonafide.ReportTemplate, error)
	ChangeTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c report.TemplateChange) (*bonafide.ReportTemplate, error)
	// AddAttachments adds pictures to a template; what is no picture is CodeValue.
	AddAttachments(ctx context.Context, scope bonafide.Scope, template bonafide.ID, up intake.Upload) ([]bonafide.ReportAttachment, error)
}

// reportRecords reads and deletes reports.
type reportRecords interface {
	Report(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Report, error)
	ReportsOf(ctx context.Context, folderID bonafide.ID) ([]bonafide.Report, error)
	DeleteReport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func (a *api) reportResource() rest.Resource {
	const inFolder, one = "/api/folders/{folder_id}/reports", "/api/reports/{report_id}"
	return rest.Resource{
		Component: rest.ComponentStateful,
		Noun: rest.Noun{Param: "report_id", Name: "Report", Read: auth.ReportRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.Report(c.Context(), s, id))
		}},
		Routes: []rest.Route{
			{Name: "makeReport", Method: post, Pattern: inFolder, Permission: auth.ReportCreate, Summary: "Make a report of a folder (PDF)",
				In: request.ReportIn{}, Status: made, Out: wire.Report{}, Refusals: []int{http.StatusConflict}, Handle: a.makeReport},
			{Name: "listReports", Method: get, Pattern: inFolder, Permission: auth.ReportRead, Summary: "List the reports of a folder",
				Out: []wire.Report{}, Handle: a.listReports},
			{Name: "readReport", Method: get, Pattern: one, Permission: auth.ReportRead, Summary: "Read about a report",
				Out: wire.Report{}, Handle: a.readReport},
			{Name: "deleteReport", Method: del, Pattern: one, Permission: auth.ReportDelete, Summary: "Delete a report",
				Out: wire.Deleted{}, Handle: a.deleteReport},
			{Name: "downloadReport", Method: get, Pattern: one + "/download", Permission: auth.ReportRead, Summary: "Download a report",
				Binary: "application/pdf", Handle: a.downloadReport},
		},
	}
}

func (a *api) makeReport(c *rest.Call) (*rest.Answer, error) {
	id, err := c.ID("folder_id", "Folder")
	if err != nil {
		return nil, err
	}
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	template, err := body.ID("report_template_id")
	if err != nil {
		return nil, err
	}
	templates, err := c.Caller.May(auth.TemplateRead)
	if err != nil {
		return nil, err
	}
	r, err := a.Reporter.Make(c.Context(), &c.Caller.User, report.Order{Scope: c.Scope, Folder: id, Templates: templates, Template: template, Language: advice.Preferred(c.Language())})
	if err != nil {
		return nil, err
	}
	return rest.Created(wire.ViewReport(r, c.Links()))
}

// listReports answers a bare array, as lists within a folder do.
func (a *api) listReports(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	reports, err := a.Records.ReportsOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	l := c.Links()
	return rest.OK(rest.Views(reports, func(r *bonafide.Report) wire.Report { return wire.ViewReport(r, l) }))
}

func (a *api) report(c *rest.Call) (*bonafide.Report, error) {
	return rest.Find(c, "report_id", "Report", a.Records.Report)
}

func (a *api) readReport(c *rest.Call) (*rest.Answer, error) {
	r, err := a.report(c)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewReport(r, c.Links()))
}

func (a *api) deleteReport(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("report_id", "Report", a.Records.DeleteReport)
}

func (a *api) downloadReport(c *rest.Call) (*rest.Answer, error) {
	r, err := a.report(c)
	if err != nil {
		return nil, err
	}
	content, err := a.Blobs.Open(c.Context(), r.File.Digest)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	if err := a.noteRead(c, c.Context(), r.File.Key); err != nil {
		return nil, err
	}
	h := c.Writer.Header()
	h.Set("Content-Type", r.File.MIME)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": r.Name}))
	httpd.File(h)
	http.ServeContent(c.Writer, withoutRange(c.Request), "", time.Time{}, content)
	return nil, nil
}

// withoutRange asks for the whole of a file.
func withoutRange(r *http.Request) *http.Request {
	r = r.Clone(r.Context())
	r.Header.Del("Range")
	return r
}
