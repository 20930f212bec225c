package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
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

func (a *api) reportTemplateResource() rest.Resource {
	return rest.Resource{
		Component: rest.ComponentStateful,
		Noun: rest.Noun{Param: "report_template_id", Name: "Report template", Read: auth.TemplateRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.ReportTemplate(c.Context(), s, id))
		}},
		Routes: []rest.Route{
			{Name: "createReportTemplate", Method: post, Pattern: reportTemplates, Permission: auth.TemplateCreate, Summary: "Create a template of reports",
				In: request.ReportTemplateIn{}, Status: made, Out: wire.ReportTemplate{}, Refusals: []int{http.StatusNotFound, http.StatusConflict}, Handle: a.createReportTemplate},
			{Name: "listReportTemplates", Method: get, Pattern: reportTemplates, Permission: auth.TemplateRead, Summary: "List templates of reports",
				Out: []wire.ReportTemplate{}, Handle: a.listReportTemplates},
			{Name: "readReportTemplate", Method: get, Pattern: reportTemplate, Permission: auth.TemplateRead, Summary: "Read a template of reports",
				Out: wire.ReportTemplate{}, Handle: a.readReportTemplate},
			{Name: "changeReportTemplate", Method: patch, Pattern: reportTemplate, Permission: auth.TemplateUpdate, Summary: "Change a template of reports",
				In: request.ReportTemplateChangeIn{}, Out: wire.ReportTemplate{}, Handle: a.changeReportTemplate},
			{Name: "deleteReportTemplate", Method: del, Pattern: reportTemplate, Permission: auth.TemplateDelete, Summary: "Delete a template of reports",
				Out: wire.Deleted{}, Handle: a.deleteReportTemplate},
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

func (a *api) createReportTemplate(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
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
	made, err := a.Reporter.CreateTemplate(c.Context(), &c.Caller.User, c.Scope, company, change)
	if err != nil {
		return nil, err
	}
	return rest.Created(wire.ViewReportTemplate(made))
}

// listReportTemplates answers a bare array, as the list of collections does.
func (a *api) listReportTemplates(c *rest.Call) (*rest.Answer, error) {
	all, err := a.Records.ReportTemplates(c.Context(), c.Scope)
	if err != nil {
		return nil, err
	}
	return rest.OK(rest.Views(all, wire.ViewReportTemplate))
}

// reportTemplate finds the template that the path names.
func (a *api) reportTemplate(c *rest.Call) (*bonafide.ReportTemplate, error) {
	return rest.Find(c, "report_template_id", "Report template", a.Records.ReportTemplate)
}

func (a *api) readReportTemplate(c *rest.Call) (*rest.Answer, error) {
	return rest.Read(c, "report_template_id", "Report template", a.Records.ReportTemplate, wire.ViewReportTemplate)
}

func (a *api) changeReportTemplate(c *rest.Call) (*rest.Answer, error) {
	id, change, err := rest.Change(c, "report_template_id", "Report template", readTemplateChange)
	if err != nil {
		return nil, err
	}
	t, err := a.Reporter.ChangeTemplate(c.Context(), c.Scope, id, change)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewReportTemplate(t))
}

func (a *api) deleteReportTemplate(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("report_template_id", "Report template", a.Records.DeleteReportTemplate)
}
