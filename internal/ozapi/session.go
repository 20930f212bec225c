package ozapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

func sessionResource() resource {
	const service = "/api/authorize/service_token"
	whose := []describe.Parameter{{Name: "user_id", Schema: describe.Identifier(), Required: true, About: "of the service account; a service account that leaves it out means itself"}}
	inQuery := []describe.Parameter{{Name: "user_id", Schema: describe.Identifier(), About: "of the service account, where the body does not name it"}}
	return resource{component: ComponentAuth, routes: []route{
		{Name: "signIn", Method: post, Pattern: "/api/authorize/auth", Summary: "Sign in with e-mail and password",
			In: request.SignInIn{}, Out: wire.Session{}, Refusals: []int{http.StatusUnauthorized, http.StatusTooManyRequests}, handle: (*api).signIn},
		{Name: "refreshSession", Method: post, Pattern: "/api/authorize/refresh", Summary: "Exchange a pair of tokens for a new one",
			In: request.RefreshIn{}, Out: wire.Session{}, Refusals: []int{http.StatusUnauthorized, http.StatusForbidden}, handle: (*api).refresh},
		{Name: "signOut", Method: del, Pattern: "/api/authorize/session", Permission: auth.SessionEnd, Summary: "Sign out",
			Out: wire.Deleted{}, handle: (*api).signOut},
		// The manual names no method for service tokens.
		{Name: "getServiceTokenOf", Method: get, Pattern: service + "/{user_id}", Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of a service account", Out: wire.Session{}, Refusals: []int{http.StatusBadRequest, http.StatusConflict}, handle: (*api).serviceTokenOf},
		{Name: "getServiceToken", Method: get, Pattern: service, Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of the service account user_id, or of the caller", Query: whose, Out: wire.Session{}, Refusals: []int{http.StatusNotFound, http.StatusConflict}, handle: (*api).serviceToken},
		{Name: "createServiceTokenOf", Method: post, Pattern: service + "/{user_id}", Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of a service account", In: request.TokenIn{}, Out: wire.Session{}, Refusals: []int{http.StatusBadRequest, http.StatusConflict}, handle: (*api).serviceTokenOf},
		{Name: "createServiceToken", Method: post, Pattern: service, Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of the service account user_id, or of the caller", In: request.ServiceTokenIn{}, Query: inQuery, Out: wire.Session{}, Refusals: []int{http.StatusNotFound, http.StatusConflict}, handle: (*api).serviceToken},
	}}
}

// sessionRoutes are the calls about the sessions of a user, who lies at path.
func sessionRoutes(path string) []route {
	sessions := path + "/sessions"
	return []route{
		{Name: "listSessions", Method: get, Pattern: sessions, Permission: auth.SessionRead, Summary: "List the sign-ins and service tokens of a user",
			Out: []wire.SignIn{}, handle: (*api).listSessions},
		{Name: "endSessions", Method: del, Pattern: sessions, Permission: auth.SessionRevoke,
			Summary: "End all sign-ins and service tokens of a user but that of this call", Out: wire.Deleted{}, handle: (*api).endSessions},
		{Name: "endSession", Method: del, Pattern: sessions + "/{session}", Permission: auth.SessionRevoke, Summary: "End one sign-in or service token of a user",
			Out: wire.Deleted{}, handle: (*api).endSession},
	}
}

// signIn exchanges e-mail and password for a pair of tokens.
func (a *api) signIn(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	email, password, err := request.ReadSignIn(body)
	if err != nil {
		return nil, err
	}
	g, err := a.Authority.SignIn(c.Context(), email, password, a.origin(c))
	if err != nil {
		return nil, err
	}
	return ok(viewGrant(g))
}

// origin is where a request comes from. A proxy that nobody declared is logged once.
func (a *api) origin(c *call) auth.Origin {
	client, hearsay := a.proxies().Client(c.Request)
	if hearsay {
		a.undeclared.Do(func() {
			a.Log.Warn("a proxy on this machine sends X-Forwarded-For and is not declared; set trusted-proxies, or guessers of passwords are told apart by what it says")
		})
	}
	return auth.Origin{Address: client, Hearsay: hearsay}
}

// refresh exchanges a pair of tokens, of which the access token may have expired,
// for a new one.
func (a *api) refresh(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	expire, err := body.NeedText("", "expire_token")
	if err != nil {
		return nil, err
	}
	g, err := a.Authority.Refresh(c.Context(), token(c.Request), expire)
	if err != nil {
		return nil, err
	}
	return ok(viewGrant(g))
}

// signOut ends the session that the call came with.
func (a *api) signOut(c *call) (*answer, error) {
	if err := a.Authority.SignOut(c.Context(), c.caller); err != nil {
		return nil, err
	}
	return deleted()
}

// serviceTokenOf answers like sign-in, for the user in the path.
func (a *api) serviceTokenOf(c *call) (*answer, error) {
	id, err := c.id("user_id", "User")
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	return a.issue(c, id, body)
}

// serviceToken finds the user in the query or the body, as API 5 has it; a
// service account may mean itself.
func (a *api) serviceToken(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	id, err := request.ReadServiceToken(body, c.values(), &c.caller.User)
	if err != nil {
		return nil, err
	}
	return a.issue(c, id, body)
}

func (a *api) issue(c *call, id bonafide.ID, body request.Fields) (*answer, error) {
	name, err := body.Text("name")
	if err != nil {
		return nil, err
	}
	g, err := a.Authority.ServiceToken(c.Context(), c.scope, id, name)
	if err != nil {
		return nil, err
	}
	return ok(viewGrant(g))
}

// listSessions answers a bare array, newest first.
func (a *api) listSessions(c *call) (*answer, error) {
	id, err := c.id("user_id", "User")
	if err != nil {
		return nil, err
	}
	all, err := a.Authority.SignIns(c.Context(), c.scope, id)
	if err != nil {
		return nil, err
	}
	return ok(views(all, func(s *auth.SignIn) wire.SignIn {
		return wire.ViewSignIn(&s.Session, s.EndsAt, s.ID == c.caller.Session)
	}))
}

func (a *api) endSessions(c *call) (*answer, error) {
	return c.delete("user_id", "User", func(ctx context.Context, scope bonafide.Scope, user bonafide.ID) error {
		return a.Authority.EndSessions(ctx, c.caller, scope, user)
	})
}

func (a *api) endSession(c *call) (*answer, error) {
	session, _ := strconv.ParseInt(chi.URLParam(c.Request, "session"), 10, 64) // what is no number is 0, which no session has
	return c.delete("user_id", "User", func(ctx context.Context, scope bonafide.Scope, user bonafide.ID) error {
		return a.Authority.EndSession(ctx, scope, user, session)
	})
}

func viewGrant(g *auth.Grant) wire.Session {
	return wire.ViewSession(&g.Session, &g.User, g.AccessToken, g.ExpireToken)
}
