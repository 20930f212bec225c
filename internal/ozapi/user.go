package ozapi

import (
	"net/http"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

func userRoutes() []route {
	const users, user = "/api/users", "/api/users/{user_id}"
	return []route{
		{http.MethodPost, users, auth.UserCreate, "Create a user", (*api).createUser},
		{http.MethodGet, users, auth.UserRead, "List users", (*api).listUsers},
		{http.MethodGet, user, auth.UserRead, "Read a user", (*api).readUser},
		{http.MethodPatch, user, auth.UserUpdate, "Change a user, or his password", (*api).changeUser},
		{http.MethodDelete, user, auth.UserDelete, "Delete a user; his folders stay", (*api).deleteUser},
	}
}

func (a *api) createUser(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	if err := body.need("", "credentials"); err != nil {
		return nil, err
	}
	credentials, err := body.object("credentials")
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"email", "password"} {
		if err := credentials.need("credentials.", name); err != nil {
			return nil, err
		}
	}
	change, err := readUserChange(body)
	if err != nil {
		return nil, err
	}
	u, err := a.Gate.AddUser(c.Context(), c.scope, change)
	if err != nil {
		return nil, err
	}
	return created(wire.ViewUser(u))
}

func (a *api) listUsers(c *call) (*answer, error) {
	q, err := query.Users(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	page, err := a.Records.Users(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	views := make([]wire.User, len(page.Items))
	for i := range page.Items {
		views[i] = wire.ViewUser(&page.Items[i])
	}
	return ok(wire.ViewPage(q, page.Total, views))
}

func (a *api) readUser(c *call) (*answer, error) {
	id, err := c.id("user_id", "User")
	if err != nil {
		return nil, err
	}
	u, err := a.Gate.User(c.Context(), c.scope, id)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewUser(u))
}

func (a *api) changeUser(c *call) (*answer, error) {
	id, err := c.id("user_id", "User")
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	change, err := readUserChange(body)
	if err != nil {
		return nil, err
	}
	u, err := a.Gate.ChangeUser(c.Context(), c.caller, c.scope, id, change)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewUser(u))
}

func (a *api) deleteUser(c *call) (*answer, error) {
	id, err := c.id("user_id", "User")
	if err != nil {
		return nil, err
	}
	if err := a.Gate.RemoveUser(c.Context(), c.scope, id); err != nil {
		return nil, err
	}
	return deleted()
}

// readUserChange reads credentials and profile, or any part of them. null takes a
// name or the company away and leaves anything else as it is.
func readUserChange(body fields) (auth.Change, error) {
	var c auth.Change
	credentials, err := body.object("credentials")
	if err != nil {
		return c, err
	}
	profile, err := body.object("profile")
	if err != nil {
		return c, err
	}
	for _, f := range []struct {
		in    fields
		name  string
		clear bool
		to    **string
	}{
		{credentials, "email", false, &c.Email},
		{credentials, "password", false, &c.Password},
		{profile, "first_name", true, &c.FirstName},
		{profile, "last_name", true, &c.LastName},
		{profile, "middle_name", true, &c.MiddleName},
	} {
		if *f.to, err = f.in.given(f.name, f.clear); err != nil {
			return c, err
		}
	}
	if err := readPlace(profile, &c); err != nil {
		return c, err
	}
	c.MayStart, err = readMayStart(profile)
	return c, err
}

// given is a text that may be absent; null is "" where it clears, and absent
// where it does not.
func (f fields) given(name string, clear bool) (*string, error) {
	if v, there := f[name]; !there || v == nil && !clear {
		return nil, nil
	}
	s, err := f.text(name)
	return &s, err
}

// readPlace reads the role, in both spellings, and the company.
func readPlace(profile fields, c *auth.Change) error {
	word, err := profile.given("user_type", false)
	if err != nil {
		return err
	}
	if word != nil {
		t := bonafide.UserType(strings.ToUpper(strings.ReplaceAll(*word, " ", "_")))
		c.Type = &t
	}
	for name, to := range map[string]**bool{"is_admin": &c.Admin, "is_service": &c.Service, "is_active": &c.Active} {
		if *to, err = profile.boolean(name); err != nil {
			return err
		}
	}
	company, err := profile.given("company_id", true)
	if err != nil || company == nil {
		return err
	}
	id := bonafide.ID("")
	if *company != "" {
		if id, err = bonafide.ParseID(*company); err != nil {
			return bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
		}
	}
	c.CompanyID = &id
	return nil
}

// readMayStart reads the switches in either spelling.
func readMayStart(profile fields) (map[bonafide.AnalysisType][]bool, error) {
	said := map[bonafide.AnalysisType][]bool{}
	for _, t := range bonafide.AnalysisTypes() {
		for _, verb := range []string{"analyse", "analyze"} {
			may, err := profile.boolean("can_start_" + verb + "_" + strings.ToLower(string(t)))
			if err != nil {
				return nil, err
			}
			if may != nil {
				said[t] = append(said[t], *may)
			}
		}
	}
	return said, nil
}
