package ozapi

import (
	"context"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
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

// companyRecords reads companies.
type companyRecords interface {
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	Companies(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Company], error)
}

func (a *api) companyResource() rest.Resource {
	const companies, company = "/api/companies", "/api/companies/{company_id}"
	return rest.Resource{
		Component: rest.ComponentAuth,
		Noun: rest.Noun{Param: "company_id", Name: "Company", Read: auth.CompanyRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Companies.Find(c.Context(), s, id))
		}},
		Routes: []rest.Route{
			{Name: "createCompany", Method: post, Pattern: companies, Permission: auth.CompanyCreate, Summary: "Create a company",
				In: request.CompanyIn{}, Status: made, Out: wire.Company{}, Handle: a.createCompany},
			{Name: "listCompanies", Method: get, Pattern: companies, Permission: auth.CompanyRead, Summary: "List companies",
				Query: request.Listed(query.CompanyFields()), Out: wire.Page[wire.Company]{}, Handle: a.listCompanies},
			{Name: "readCompany", Method: get, Pattern: company, Permission: auth.CompanyRead, Summary: "Read a company",
				Out: wire.Company{}, Handle: a.readCompany},
			{Name: "changeCompany", Method: patch, Pattern: company, Permission: auth.CompanyUpdate,
				Summary: "Change the name of a company, or how long it keeps media and results", In: request.CompanyChangeIn{}, Out: wire.Company{}, Handle: a.changeCompany},
			{Name: "deleteCompany", Method: del, Pattern: company, Permission: auth.CompanyDelete,
				Summary: "Delete a company with all that belongs to it", Out: wire.Deleted{}, Handle: a.deleteCompany},
		},
	}
}

func (a *api) createCompany(c *rest.Call) (*rest.Answer, error) {
	name, err := rest.Body(c, func(f request.Fields) (string, error) { return f.NeedText("", "name") })
	if err != nil {
		return nil, err
	}
	made, err := a.Companies.Create(c.Context(), name)
	if err != nil {
		return nil, err
	}
	return rest.Created(wire.ViewCompany(made))
}

func (a *api) listCompanies(c *rest.Call) (*rest.Answer, error) {
	return rest.Page(c, query.Companies, a.Records.Companies, wire.ViewCompany)
}

func (a *api) readCompany(c *rest.Call) (*rest.Answer, error) {
	return rest.Read(c, "company_id", "Company", a.Companies.Find, wire.ViewCompany)
}

func (a *api) changeCompany(c *rest.Call) (*rest.Answer, error) {
	id, change, err := rest.Change(c, "company_id", "Company", readCompanyChange)
	if err != nil {
		return nil, err
	}
	changed, err := a.Companies.Change(c.Context(), c.Scope, id, change)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewCompany(changed))
}

// readCompanyChange reads a PATCH of a company. Null days mean for ever.
func readCompanyChange(f request.Fields) (company.Change, error) {
	var c company.Change
	if f["name"] != nil {
		name, err := f.Text("name")
		if err != nil {
			return c, err
		}
		c.Name = &name
	}
	var err error
	if c.Strict, err = f.Bool("strict"); err != nil {
		return c, err
	}
	if c.LogReads, err = f.Bool("log_reads"); err != nil {
		return c, err
	}
	for name, days := range map[string]**int{"keep_media_days": &c.KeepMediaDays, "keep_result_days": &c.KeepResultDays} {
		if _, given := f[name]; !given {
			continue
		}
		n, err := f.Integer(name)
		if err != nil {
			return c, err
		}
		*days = new(int)
		if n != nil {
			if *n < 1 || *n > math.MaxInt32 {
				return c, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, a number of days from 1 or null is needed, not %d", name, *n)
			}
			**days = int(*n)
		}
	}
	if _, given := f[bound.VerifyGestures]; given {
		on, err := f.Bool(bound.VerifyGestures)
		if err != nil {
			return c, err
		}
		c.Limits = map[string]*float64{bound.VerifyGestures: demanded(on)}
	}
	for _, name := range bound.Names() {
		if _, given := f[name]; !given {
			continue
		}
		v, err := f.Number(name)
		if err != nil {
			return c, err
		}
		if c.Limits == nil {
			c.Limits = map[string]*float64{}
		}
		c.Limits[name] = v
	}
	if c.Empty() {
		return c, f.Need("", "name")
	}
	return c, nil
}

// demanded is a setting of a company among its limits; nil takes it away.
func demanded(on *bool) *float64 {
	if on == nil {
		return nil
	}
	v := 0.0
	if *on {
		v = 1
	}
	return &v
}

func (a *api) deleteCompany(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("company_id", "Company", a.Companies.Delete)
}
