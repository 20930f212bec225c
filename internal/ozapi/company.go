package ozapi

import (
	"context"
	"math"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// Companies looks after companies. *company.Register satisfies it.
type Companies interface {
	Create(ctx context.Context, name string) (*bonafide.Company, error)
	// Find gives a company inside the scope.
	Find(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Company, error)
	// Change changes what is set in c.
	Change(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c company.Change) (*bonafide.Company, error)
	// Delete marks a company, which then vanishes in the background.
	Delete(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func companyRoutes() []route {
	const companies, company = "/api/companies", "/api/companies/{company_id}"
	return []route{
		{http.MethodPost, companies, auth.CompanyCreate, "Create a company", (*api).createCompany},
		{http.MethodGet, companies, auth.CompanyRead, "List companies", (*api).listCompanies},
		{http.MethodGet, company, auth.CompanyRead, "Read a company", (*api).readCompany},
		{http.MethodPatch, company, auth.CompanyUpdate, "Change the name of a company, or how long it keeps media and results", (*api).changeCompany},
		{http.MethodDelete, company, auth.CompanyDelete, "Delete a company with all that belongs to it", (*api).deleteCompany},
	}
}

func (a *api) createCompany(c *call) (*answer, error) {
	name, err := a.companyName(c)
	if err != nil {
		return nil, err
	}
	made, err := a.Companies.Create(c.Context(), name)
	if err != nil {
		return nil, err
	}
	return created(wire.ViewCompany(made))
}

func (a *api) companyName(c *call) (string, error) {
	body, err := a.object(c)
	if err != nil {
		return "", err
	}
	return body.needText("", "name")
}

func (a *api) listCompanies(c *call) (*answer, error) {
	q, err := query.Companies(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	page, err := a.Records.Companies(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Company, len(page.Items))
	for i := range page.Items {
		views[i] = wire.ViewCompany(&page.Items[i])
	}
	return ok(wire.ViewPage(q, page.Total, views))
}

func (a *api) readCompany(c *call) (*answer, error) {
	id, err := c.id("company_id", "Company")
	if err != nil {
		return nil, err
	}
	found, err := a.Companies.Find(c.Context(), c.scope, id)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewCompany(found))
}

func (a *api) changeCompany(c *call) (*answer, error) {
	id, err := c.id("company_id", "Company")
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	change, err := readCompanyChange(body)
	if err != nil {
		return nil, err
	}
	changed, err := a.Companies.Change(c.Context(), c.scope, id, change)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewCompany(changed))
}

// readCompanyChange reads a PATCH of a company. Null days mean for ever.
func readCompanyChange(f fields) (company.Change, error) {
	var c company.Change
	if f["name"] != nil {
		name, err := f.text("name")
		if err != nil {
			return c, err
		}
		c.Name = &name
	}
	for name, days := range map[string]**int{"keep_media_days": &c.KeepMediaDays, "keep_result_days": &c.KeepResultDays} {
		if _, given := f[name]; !given {
			continue
		}
		n, err := f.integer(name)
		if err != nil {
			return c, err
		}
		*days = new(int)
		if n != nil {
			if *n < 1 || *n > math.MaxInt32 {
				return c, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, a number of days or null is needed", name)
			}
			**days = int(*n)
		}
	}
	if c == (company.Change{}) {
		return c, f.need("", "name")
	}
	return c, nil
}

func (a *api) deleteCompany(c *call) (*answer, error) {
	id, err := c.id("company_id", "Company")
	if err != nil {
		return nil, err
	}
	if err := a.Companies.Delete(c.Context(), c.scope, id); err != nil {
		return nil, err
	}
	return deleted()
}
