package ozapi

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Captures makes capture tokens. *auth.CaptureKey satisfies it.
type Captures interface {
	// Token makes a signed token for a capture by the user. Uploads are not checked for it.
	Token(u *bonafide.User) (string, error)
}

func (a *api) captureResource() rest.Resource {
	return rest.Resource{Component: rest.ComponentAuth, Routes: []rest.Route{
		{Name: "createCaptureToken", Method: get, Pattern: "/api/authorize/session_token", Permission: auth.CaptureTokenCreate,
			Summary: "Issue a token for a capture; uploads are not checked for it", Out: wire.CaptureToken{}, Handle: a.captureToken},
	}}
}

func (a *api) captureToken(c *rest.Call) (*rest.Answer, error) {
	token, err := a.Captures.Token(&c.Caller.User)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.CaptureToken{SessionToken: token})
}
