package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/report"
)

const (
	reportTemplates = "/api/report_templates"
	reportTemplate  = reportTemplates + "/{report_template_id}"
)

// reportTemplateRecords reads and deletes templates of reports.
type reportTemplateRecords interface {
	ReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.ReportTemplate, error)
	ReportTemplates(ctx context.Context, scope bonafide.Scope) ([]bonafide.ReportTemplate, error)
	DeleteReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func reportTemplateResource() resource {
	return resource{
		component: ComponentStateful,
		noun: noun{"report_template_id", "Report template", auth.TemplateRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.ReportTemplate(c.Context(), s, id))
		}},
		routes: []route{
			{Name: "createReportTemplate", Method: post, Pattern: reportTemplates, Permission: auth.TemplateCreate, Summary: "Create a template of reports",
				In: request.ReportTemplateIn{}, Status: made, Out: wire.ReportTemplate{}, Refusals: []int{http.StatusNotFound, http.StatusConflict}, handle: (*api).createReportTemplate},
			{Name: "listReportTemplates", Method: get, Pattern: reportTemplates, Permission: auth.TemplateRead, Summary: "List templates of reports",
				Out: []wire.ReportTemplate{}, handle: (*api).listReportTemplates},
			{Name: "readReportTemplate", Method: get, Pattern: reportTemplate, Permission: auth.TemplateRead, Summary: "Read a template of reports",
				Out: wire.ReportTemplate{}, handle: (*api).readReportTemplate},
			{Name: "changeReportTemplate", Method: patch, Pattern: reportTemplate, Permission: auth.TemplateUpdate, Summary: "Change a template of reports",
				In: request.ReportTemplateChangeIn{}, Out: wire.ReportTemplate{}, handle: (*api).changeReportTemplate},
			{Name: "deleteReportTemplate", Method: del, Pattern: reportTemplate, Permission: auth.TemplateDelete, Summary: "Delete a template of reports",
				Out: wire.Deleted{}, handle: (*api).deleteReportTemplate},
		},
	}
}

func readTemplateChange(f request.Fields) (report.TemplateChange, error) {
	var c report.TemplateChange
	for name, to := range map[string]**string{"name": &c.Name, "title": &c.Title, "header": &c.Header} {
		if f[name] == nil {
			continue
		}
		text, err := f.Text(name)
		if err != nil {
			return c, err
		}
		*to = &text
	}
	var err error
	c.Default, err = f.Bool("is_default")
	return c, err
}

func (a *api) createReportTemplate(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	change, err := readTemplateChange(body)
	if err != nil {
		return nil, err
	}
	company, err := body.ID("company_id")
	if err != nil {
		return nil, err
	}
	made, err := a.Reporter.CreateTemplate(c.Context(), &c.caller.User, c.scope, company, change)
	if err != nil {
		return nil, err
	}
	return created(wire.ViewReportTemplate(made))
}

// listReportTemplates answers a bare array, as the list of collections does.
func (a *api) listReportTemplates(c *call) (*answer, error) {
	all, err := a.Records.ReportTemplates(c.Context(), c.scope)
	if err != nil {
		return nil, err
	}
	return ok(views(all, wire.ViewReportTemplate))
}

// reportTemplate finds the template that the path names.
func (a *api) reportTemplate(c *call) (*bonafide.ReportTemplate, error) {
	return find(c, "report_template_id", "Report template", a.Records.ReportTemplate)
}

func (a *api) readReportTemplate(c *call) (*answer, error) {
	return read(c, "report_template_id", "Report template", a.Records.ReportTemplate, wire.ViewReportTemplate)
}

func (a *api) changeReportTemplate(c *call) (*answer, error) {
	id, err := c.id("report_template_id", "Report template")
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	change, err := readTemplateChange(body)
	if err != nil {
		return nil, err
	}
	t, err := a.Reporter.ChangeTemplate(c.Context(), c.scope, id, change)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewReportTemplate(t))
}

func (a *api) deleteReportTemplate(c *call) (*answer, error) {
	return c.delete("report_template_id", "Report template", a.Records.DeleteReportTemplate)
}
