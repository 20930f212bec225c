package ozapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// userRecords reads users.
type userRecords interface {
	User(ctx context.Context, id bonafide.ID) (*bonafide.User, error)
	Users(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.User], error)
}

func userResource() resource {
	const users, user = "/api/users", "/api/users/{user_id}"
	n := noun{"user_id", "User", auth.UserRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Authority.User(c.Context(), s, id))
	}}
	return resource{component: ComponentAuth, noun: n, routes: slices.Concat([]route{
		{Name: "createUser", Method: post, Pattern: users, Permission: auth.UserCreate, Summary: "Create a user",
			In: request.UserIn{}, Status: made, Out: wire.User{}, Refusals: []int{http.StatusNotFound}, handle: (*api).createUser},
		{Name: "listUsers", Method: get, Pattern: users, Permission: auth.UserRead, Summary: "List users",
			Query: request.Listed(query.UserFields()), Out: wire.Page[wire.User]{}, handle: (*api).listUsers},
		{Name: "readUser", Method: get, Pattern: user, Permission: auth.UserRead, Summary: "Read a user",
			Out: wire.User{}, handle: (*api).readUser},
		{Name: "changeUser", Method: patch, Pattern: user, Permission: auth.UserUpdate, Summary: "Change a user, or their password",
			In: request.UserChangeIn{}, Out: wire.User{}, handle: (*api).changeUser},
		{Name: "deleteUser", Method: del, Pattern: user, Permission: auth.UserDelete, Summary: "Delete a user; their folders stay",
			Out: wire.Deleted{}, handle: (*api).deleteUser},
	}, sessionRoutes(user), metaRoutes(user, n, bonafide.KindUser, auth.UserUpdate))}
}

func (a *api) createUser(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	change, err := request.ReadNewUser(body)
	if err != nil {
		return nil, err
	}
	u, err := a.Authority.AddUser(c.Context(), c.scope, change)
	if err != nil {
		return nil, err
	}
	return created(wire.ViewUser(u))
}

func (a *api) listUsers(c *call) (*answer, error) {
	return page(a, c, query.Users, a.Records.Users, wire.ViewUser)
}

func (a *api) readUser(c *call) (*answer, error) {
	return read(c, "user_id", "User", a.Authority.User, wire.ViewUser)
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
	change, err := request.ReadUserChange(body)
	if err != nil {
		return nil, err
	}
	u, err := a.Authority.ChangeUser(c.Context(), c.caller, c.scope, id, change)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewUser(u))
}

func (a *api) deleteUser(c *call) (*answer, error) {
	return c.delete("user_id", "User", a.Authority.RemoveUser)
}
