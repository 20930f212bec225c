package ozapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// userRecords reads users.
type userRecords interface {
	User(ctx context.Context, id bonafide.ID) (*bonafide.User, error)
	Users(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.User], error)
}

func (a *api) userResource() rest.Resource {
	const users, user = "/api/users", "/api/users/{user_id}"
	n := rest.Noun{Param: "user_id", Name: "User", Read: auth.UserRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Authority.User(c.Context(), s, id))
	}}
	return rest.Resource{Component: rest.ComponentAuth, Noun: n, Routes: slices.Concat([]rest.Route{
		{Name: "createUser", Method: post, Pattern: users, Permission: auth.UserCreate, Summary: "Create a user",
			In: request.UserIn{}, Status: made, Out: wire.User{}, Refusals: []int{http.StatusNotFound}, Handle: a.createUser},
		{Name: "listUsers", Method: get, Pattern: users, Permission: auth.UserRead, Summary: "List users",
			Query: request.Listed(query.UserFields()), Out: wire.Page[wire.User]{}, Handle: a.listUsers},
		{Name: "readUser", Method: get, Pattern: user, Permission: auth.UserRead, Summary: "Read a user",
			Out: wire.User{}, Handle: a.readUser},
		{Name: "changeUser", Method: patch, Pattern: user, Permission: auth.UserUpdate, Summary: "Change a user, or their password",
			In: request.UserChangeIn{}, Out: wire.User{}, Handle: a.changeUser},
		{Name: "deleteUser", Method: del, Pattern: user, Permission: auth.UserDelete, Summary: "Delete a user; their folders stay",
			Out: wire.Deleted{}, Handle: a.deleteUser},
	}, a.sessionRoutes(user), a.metaRoutes(user, n, bonafide.KindUser, auth.UserUpdate))}
}

func (a *api) createUser(c *rest.Call) (*rest.Answer, error) {
	change, err := rest.Body(c, request.ReadNewUser)
	if err != nil {
		return nil, err
	}
	u, err := a.Authority.AddUser(c.Context(), c.Scope, change)
	if err != nil {
		return nil, err
	}
	return rest.Created(wire.ViewUser(u))
}

func (a *api) listUsers(c *rest.Call) (*rest.Answer, error) {
	return rest.Page(c, query.Users, a.Records.Users, wire.ViewUser)
}

func (a *api) readUser(c *rest.Call) (*rest.Answer, error) {
	return rest.Read(c, "user_id", "User", a.Authority.User, wire.ViewUser)
}

func (a *api) changeUser(c *rest.Call) (*rest.Answer, error) {
	id, change, err := rest.Change(c, "user_id", "User", request.ReadUserChange)
	if err != nil {
		return nil, err
	}
	u, err := a.Authority.ChangeUser(c.Context(), c.Caller, c.Scope, id, change)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewUser(u))
}

func (a *api) deleteUser(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("user_id", "User", a.Authority.RemoveUser)
}
