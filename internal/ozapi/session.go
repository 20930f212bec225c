package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

func sessionRoutes() []route {
	const service = "/api/authorize/service_token"
	routes := []route{
		{http.MethodPost, "/api/authorize/auth", "", "Sign in with e-mail and password", (*api).signIn},
		{http.MethodPost, "/api/authorize/refresh", "", "Exchange a pair of tokens for a new one", (*api).refresh},
		{http.MethodDelete, "/api/authorize/session", auth.SessionEnd, "Sign out", (*api).signOut},
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} { // the manual names no method
		routes = append(routes,
			route{method, service + "/{user_id}", auth.ServiceTokenCreate, "Issue a long-lived token of a service account", (*api).serviceTokenOf},
			route{method, service, auth.ServiceTokenCreate, "Issue a long-lived token of the service account user_id, or of the caller", (*api).serviceToken})
	}
	return routes
}

// signIn exchanges e-mail and password for a pair of tokens.
func (a *api) signIn(c *call) (*answer, error) {
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
	email, err := credentials.needText("credentials.", "email")
	if err != nil {
		return nil, err
	}
	password, err := credentials.needText("credentials.", "password")
	if err != nil {
		return nil, err
	}
	g, err := a.Gate.SignIn(c.Context(), email, password, a.proxies().Source(c.Request))
	if err != nil {
		return nil, err
	}
	return ok(viewGrant(g))
}

// refresh exchanges a pair of tokens, of which the access token may have expired,
// for a new one.
func (a *api) refresh(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	expire, err := body.needText("", "expire_token")
	if err != nil {
		return nil, err
	}
	g, err := a.Gate.Refresh(c.Context(), token(c.Request), expire)
	if err != nil {
		return nil, err
	}
	return ok(viewGrant(g))
}

// signOut ends the session that the call came with.
func (a *api) signOut(c *call) (*answer, error) {
	if err := a.Gate.SignOut(c.Context(), c.caller); err != nil {
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
	return a.issue(c, id)
}

// serviceToken finds the user in the query or the body, as API 5 has it; a
// service account may mean itself.
func (a *api) serviceToken(c *call) (*answer, error) {
	text := c.values().Get("user_id")
	if text == "" {
		body, err := a.object(c)
		if err != nil {
			return nil, err
		}
		if text, err = body.text("user_id"); err != nil {
			return nil, err
		}
		if text == "" && c.caller.User.Service {
			text = string(c.caller.User.ID)
		}
		if text == "" {
			return nil, body.need("", "user_id")
		}
	}
	id, err := bonafide.ParseID(text)
	if err != nil {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "User not found")
	}
	return a.issue(c, id)
}

func (a *api) issue(c *call, id bonafide.ID) (*answer, error) {
	g, err := a.Gate.ServiceToken(c.Context(), c.scope, id)
	if err != nil {
		return nil, err
	}
	return ok(viewGrant(g))
}

func viewGrant(g *auth.Grant) wire.Session {
	return wire.ViewSession(&g.Session, &g.User, g.AccessToken, g.ExpireToken)
}
