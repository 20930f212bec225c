package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

func sessionResource() resource {
	const service = "/api/authorize/service_token"
	whose := []describe.Parameter{{Name: "user_id", Schema: describe.Identifier(), Required: true, About: "of the service account; a service account that leaves it out means itself"}}
	return resource{component: ComponentAuth, routes: []route{
		{Name: "signIn", Method: post, Pattern: "/api/authorize/auth", Summary: "Sign in with e-mail and password",
			In: signInIn{}, Out: wire.Session{}, Refusals: []int{http.StatusUnauthorized, http.StatusTooManyRequests}, handle: (*api).signIn},
		{Name: "refreshSession", Method: post, Pattern: "/api/authorize/refresh", Summary: "Exchange a pair of tokens for a new one",
			In: refreshIn{}, Out: wire.Session{}, Refusals: []int{http.StatusUnauthorized, http.StatusForbidden}, handle: (*api).refresh},
		{Name: "signOut", Method: del, Pattern: "/api/authorize/session", Permission: auth.SessionEnd, Summary: "Sign out",
			Out: wire.Deleted{}, handle: (*api).signOut},
		// The manual names no method for service tokens.
		{Name: "getServiceTokenOf", Method: get, Pattern: service + "/{user_id}", Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of a service account", Out: wire.Session{}, Refusals: []int{http.StatusBadRequest}, handle: (*api).serviceTokenOf},
		{Name: "getServiceToken", Method: get, Pattern: service, Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of the service account user_id, or of the caller", Query: whose, Out: wire.Session{}, Refusals: []int{http.StatusNotFound}, handle: (*api).serviceToken},
		{Name: "createServiceTokenOf", Method: post, Pattern: service + "/{user_id}", Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of a service account", Out: wire.Session{}, Refusals: []int{http.StatusBadRequest}, handle: (*api).serviceTokenOf},
		{Name: "createServiceToken", Method: post, Pattern: service, Permission: auth.ServiceTokenCreate,
			Summary: "Issue a long-lived token of the service account user_id, or of the caller", In: userRefIn{}, Out: wire.Session{}, Refusals: []int{http.StatusNotFound}, handle: (*api).serviceToken},
	}}
}

// signInIn signs in.
type signInIn struct {
	Credentials credentialsIn `json:"credentials"` // who signs in
}

// credentialsIn are e-mail and password of a user.
type credentialsIn struct {
	Email    string `json:"email" example:"admin@localhost"`                 // of the user, in any case of letters
	Password string `json:"password" example:"correct horse battery staple"` // of the user
}

// refreshIn asks for a new pair of tokens.
type refreshIn struct {
	ExpireToken string `json:"expire_token" minLength:"1"` // of the pair that is exchanged
}

// userRefIn names a user.
type userRefIn struct {
	UserID string `json:"user_id" format:"uuid"` // of the service account; a service account that leaves it out means itself
}

// signIn exchanges e-mail and password for a pair of tokens.
func (a *api) signIn(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	if err := body.Need("", "credentials"); err != nil {
		return nil, err
	}
	credentials, err := body.Object("credentials")
	if err != nil {
		return nil, err
	}
	email, err := credentials.NeedText("credentials.", "email")
	if err != nil {
		return nil, err
	}
	password, err := credentials.NeedText("credentials.", "password")
	if err != nil {
		return nil, err
	}
	g, err := a.Authority.SignIn(c.Context(), email, password, a.proxies().Source(c.Request))
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
		if text, err = body.Text("user_id"); err != nil {
			return nil, err
		}
		if text == "" && c.caller.User.Service {
			text = string(c.caller.User.ID)
		}
		if text == "" {
			return nil, request.Fields{}.Need("", "user_id") // there, perhaps, and empty
		}
	}
	id, err := bonafide.ParseID(text)
	if err != nil {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "User not found")
	}
	return a.issue(c, id)
}

func (a *api) issue(c *call, id bonafide.ID) (*answer, error) {
	g, err := a.Authority.ServiceToken(c.Context(), c.scope, id)
	if err != nil {
		return nil, err
	}
	return ok(viewGrant(g))
}

func viewGrant(g *auth.Grant) wire.Session {
	return wire.ViewSession(&g.Session, &g.User, g.AccessToken, g.ExpireToken)
}
