package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/query"
)

// Companies looks after companies. *company.Register satisfies it.
type Companies interface {
	Create(ctx context.Context, name string) (*bonafide.Company, error)
	// Find gives a company inside the scope.
	Find(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Company, error)
	Rename(ctx context.Context, scope bonafide.Scope, id bonafide.ID, name string) (*bonafide.Company, error)
	// Delete marks a company, which then vanishes in the background.
	Delete(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func companyRoutes() []route {
	const companies, company = "/api/companies", "/api/companies/{company_id}"
	return []route{
		{http.MethodPost, companies, auth.CompanyCreate, "Create a company", (*api).createCompany},
		{http.MethodGet, companies, auth.CompanyRead, "List companies", (*api).listCompanies},
		{http.MethodGet, company, auth.CompanyRead, "Read a company", (*api).readCompany},
		{http.MethodPatch, company, auth.CompanyUpdate, "Rename a company", (*api).changeCompany},
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
	return created(viewCompany(made))
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
	views := make([]companyJSON, len(page.Items))
	for i := range page.Items {
		views[i] = viewCompany(&page.Items[i])
	}
	return ok(viewPage(q, page.Total, views))
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
	return ok(viewCompany(found))
}

func (a *api) changeCompany(c *call) (*answer, error) {
	id, err := c.id("company_id", "Company")
	if err != nil {
		return nil, err
	}
	name, err := a.companyName(c)
	if err != nil {
		return nil, err
	}
	changed, err := a.Companies.Rename(c.Context(), c.scope, id, name)
	if err != nil {
		return nil, err
	}
	return ok(viewCompany(changed))
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
