package ozapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

func (a *api) sessionResource() rest.Resource {
	const service = "/api/authorize/service_token"
	whose := []describe.Parameter{{Name: "user_id", Schema: describe.Identifier(), Required: true, About: "of the service account; a service account that leaves it out means itself"}}
	inQuery := []describe.Parameter{{Name: "user_id", Schema: describe.Identifier(), About: "of the service account, where the body does not name it"}}
	return rest.Resource{Component: rest.ComponentAuth, Routes: []rest.Route{
		{Name: "signIn", Method: post, Pattern: "/api/authorize/auth", Summary: "Sign in with e-mail and password",
			In: request.SignInIn{}, Out: wire.Session{}, Refusals: []int{http.StatusUnauthorized, http.StatusTooManyRequests}, Handle: a.signIn},
		{Name: "refreshSession", Method: post, Pattern: "/api/authorize/refresh", Summary: "Exchange a pair of tokens for a new one",
			In: request.RefreshIn{}, Out: wire.Session{}, Refusals: []int{http.StatusUnauthorized, http.StatusForbidden}, Handle: a.refresh},
		{Name: "signOut", Method: del, Pattern: "/api/authorize/session", Permission: auth.SessionEnd, Summary: "Sign out",
			Out: wire.Deleted{}, Handle: a.signOut},
		// The manual names no method for service tokens.
		{Name: "getServiceTokenOf", Method: get, Pattern: service + "/{user_id}", Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of a service account", Out: wire.Session{}, Refusals: []int{http.StatusBadRequest, http.StatusConflict}, Handle: a.serviceTokenOf},
		{Name: "getServiceToken", Method: get, Pattern: service, Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of the service account user_id, or of the caller", Query: whose, Out: wire.Session{}, Refusals: []int{http.StatusNotFound, http.StatusConflict}, Handle: a.serviceToken},
		{Name: "createServiceTokenOf", Method: post, Pattern: service + "/{user_id}", Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of a service account", In: request.TokenIn{}, Out: wire.Session{}, Refusals: []int{http.StatusBadRequest, http.StatusConflict}, Handle: a.serviceTokenOf},
		{Name: "createServiceToken", Method: post, Pattern: service, Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of the service account user_id, or of the caller", In: request.ServiceTokenIn{}, Query: inQuery, Out: wire.Session{}, Refusals: []int{http.StatusNotFound, http.StatusConflict}, Handle: a.serviceToken},
	}}
}

// sessionRoutes are the calls about the sessions of a user, who lies at path.
func (a *api) sessionRoutes(path string) []rest.Route {
	sessions := path + "/sessions"
	return []rest.Route{
		{Name: "listSessions", Method: get, Pattern: sessions, Permission: auth.SessionRead, Summary: "List the sign-ins and service tokens of a user",
			Out: []wire.SignIn{}, Handle: a.listSessions},
		{Name: "endSessions", Method: del, Pattern: sessions, Permission: auth.SessionRevoke,
			Summary: "End all sign-ins and service tokens of a user but that of this call", Out: wire.Deleted{}, Handle: a.endSessions},
		{Name: "endSession", Method: del, Pattern: sessions + "/{session}", Permission: auth.SessionRevoke, Summary: "End one sign-in or service token of a user",
			Out: wire.Deleted{}, Handle: a.endSession},
	}
}

// signIn exchanges e-mail and password for a pair of tokens.
func (a *api) signIn(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	email, password, err := request.ReadSignIn(body)
	if err != nil {
		return nil, err
	}
	from := a.origin(c)
	g, err := a.Authority.SignIn(c.Context(), email, password, from)
	if err != nil {
		if code := bonafide.CodeOf(err); code == bonafide.CodeBadToken || code == bonafide.CodeThrottled {
			a.Log.WarnContext(c.Context(), "sign-in refused", "request_id", httpd.IDOf(c.Context()), "client", from.Address.String(), "cause", code)
		}
		return nil, err
	}
	return rest.OK(viewGrant(g))
}

// origin is where a request comes from. A proxy that nobody declared is logged once.
func (a *api) origin(c *rest.Call) auth.Origin {
	client, hearsay := c.Client()
	if hearsay {
		a.undeclared.Do(func() {
			a.Log.Warn("a proxy on this machine sends X-Forwarded-For and is not declared; set trusted-proxies, or guessers of passwords are told apart by what it says")
		})
	}
	return auth.Origin{Address: client, Hearsay: hearsay}
}

// refresh exchanges a pair of tokens, of which the access token may have expired,
// for a new one.
func (a *api) refresh(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	expire, err := body.NeedText("", "expire_token")
	if err != nil {
		return nil, err
	}
	g, err := a.Authority.Refresh(c.Context(), c.Token(), expire)
	if err != nil {
		return nil, err
	}
	return rest.OK(viewGrant(g))
}

// signOut ends the session that the call came with.
func (a *api) signOut(c *rest.Call) (*rest.Answer, error) {
	if err := a.Authority.SignOut(c.Context(), c.Caller); err != nil {
		return nil, err
	}
	return rest.Deleted()
}

// serviceTokenOf answers like sign-in, for the user in the path.
func (a *api) serviceTokenOf(c *rest.Call) (*rest.Answer, error) {
	id, err := c.ID("user_id", "User")
	if err != nil {
		return nil, err
	}
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	return a.issue(c, id, body)
}

// serviceToken finds the user in the query or the body, as API 5 has it; a
// service account may mean itself.
func (a *api) serviceToken(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	id, err := request.ReadServiceToken(body, c.Values(), &c.Caller.User)
	if err != nil {
		return nil, err
	}
	return a.issue(c, id, body)
}

func (a *api) issue(c *rest.Call, id bonafide.ID, body request.Fields) (*rest.Answer, error) {
	name, err := body.Text("name")
	if err != nil {
		return nil, err
	}
	g, err := a.Authority.ServiceToken(c.Context(), c.Scope, id, name)
	if err != nil {
		return nil, err
	}
	return rest.OK(viewGrant(g))
}

// listSessions answers a bare array, newest first.
func (a *api) listSessions(c *rest.Call) (*rest.Answer, error) {
	id, err := c.ID("user_id", "User")
	if err != nil {
		return nil, err
	}
	all, err := a.Authority.SignIns(c.Context(), c.Scope, id)
	if err != nil {
		return nil, err
	}
	return rest.OK(rest.Views(all, func(s *auth.SignIn) wire.SignIn {
		return wire.ViewSignIn(&s.Session, s.EndsAt, s.ID == c.Caller.Session)
	}))
}

func (a *api) endSessions(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("user_id", "User", func(ctx context.Context, scope bonafide.Scope, user bonafide.ID) error {
		return a.Authority.EndSessions(ctx, c.Caller, scope, user)
	})
}

func (a *api) endSession(c *rest.Call) (*rest.Answer, error) {
	session, _ := strconv.ParseInt(chi.URLParam(c.Request, "session"), 10, 64) // what is no number is 0, which no session has
	return c.Delete("user_id", "User", func(ctx context.Context, scope bonafide.Scope, user bonafide.ID) error {
		return a.Authority.EndSession(ctx, scope, user, session)
	})
}

func viewGrant(g *auth.Grant) wire.Session {
	return wire.ViewSession(&g.Session, &g.User, g.AccessToken, g.ExpireToken)
}
