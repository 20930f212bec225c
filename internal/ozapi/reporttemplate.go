package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/report"
)

const (
	reportTemplates = "/api/report_templates"
	reportTemplate  = reportTemplates + "/{report_template_id}"
)

func reportTemplateRoutes() []route {
	return []route{
		{"POST", reportTemplates, auth.TemplateCreate, "Create a template of reports", (*api).createReportTemplate},
		{"GET", reportTemplates, auth.TemplateRead, "List templates of reports", (*api).listReportTemplates},
		{"GET", reportTemplate, auth.TemplateRead, "Read a template of reports", (*api).readReportTemplate},
		{"PATCH", reportTemplate, auth.TemplateUpdate, "Change a template of reports", (*api).changeReportTemplate},
		{"DELETE", reportTemplate, auth.TemplateDelete, "Delete a template of reports", (*api).deleteReportTemplate},
	}
}

func reportTemplateShapes() map[string]shape {
	return map[string]shape{
		"POST " + reportTemplates:  {in: reportTemplateIn{}, status: http.StatusCreated, out: wire.ReportTemplate{}},
		"GET " + reportTemplates:   {out: []wire.ReportTemplate{}},
		"GET " + reportTemplate:    {out: wire.ReportTemplate{}},
		"PATCH " + reportTemplate:  {in: reportTemplateIn{}, out: wire.ReportTemplate{}},
		"DELETE " + reportTemplate: {out: wire.Deleted{}},
	}
}

type reportTemplateIn struct {
	Name      *string `json:"name,omitempty" description:"needed to create one"`
	CompanyID *string `json:"company_id,omitempty" description:"when creating; without it the caller's"`
	IsDefault *bool   `json:"is_default,omitempty"`
	Title     *string `json:"title,omitempty"`
	Header    *string `json:"header,omitempty"`
}

func readTemplateChange(f fields) (report.TemplateChange, error) {
	var c report.TemplateChange
	for name, to := range map[string]**string{"name": &c.Name, "title": &c.Title, "header": &c.Header} {
		if f[name] == nil {
			continue
		}
		text, err := f.text(name)
		if err != nil {
			return c, err
		}
		*to = &text
	}
	var err error
	c.Default, err = f.boolean("is_default")
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
	company, err := body.id("company_id")
	if err != nil {
		return nil, err
	}
	made, err := a.Reporter.CreateTemplate(c.Context(), &c.caller.User, c.scope, company, change)
	if err != nil {
		return nil, err
	}
	return created(wire.ViewReportTemplate(made))
}

// id reads an identifier, empty where there is none.
func (f fields) id(name string) (bonafide.ID, error) {
	text, err := f.text(name)
	if err != nil || text == "" {
		return "", err
	}
	id, err := bonafide.ParseID(text)
	if err != nil {
		return "", bonafide.Wrap(bonafide.CodeValue, "Invalid "+name, err)
	}
	return id, nil
}

// listReportTemplates answers a bare array, as the list of collections does.
func (a *api) listReportTemplates(c *call) (*answer, error) {
	all, err := a.Records.ReportTemplates(c.Context(), c.scope)
	if err != nil {
		return nil, err
	}
	views := make([]wire.ReportTemplate, len(all))
	for i := range all {
		views[i] = wire.ViewReportTemplate(&all[i])
	}
	return ok(views)
}

// reportTemplate finds the template that the path names.
func (a *api) reportTemplate(c *call) (*bonafide.ReportTemplate, error) {
	id, err := c.id("report_template_id", "Report template")
	if err != nil {
		return nil, err
	}
	return a.Records.ReportTemplate(c.Context(), c.scope, id)
}

func (a *api) readReportTemplate(c *call) (*answer, error) {
	t, err := a.reportTemplate(c)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewReportTemplate(t))
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
	id, err := c.id("report_template_id", "Report template")
	if err != nil {
		return nil, err
	}
	if err := a.Records.DeleteReportTemplate(c.Context(), c.scope, id); err != nil {
		return nil, err
	}
	return deleted()
}
