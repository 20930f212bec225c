package ozapi

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Captures makes capture tokens. *auth.CaptureKey satisfies it.
type Captures interface {
	// Token makes a signed token that a capture by the user is bound to.
	Token(u *bonafide.User) (string, error)
}

func captureResource() resource {
	return resource{component: ComponentAuth, routes: []route{
		{Name: "createCaptureToken", Method: get, Pattern: "/api/authorize/session_token", Permission: auth.CaptureTokenCreate,
			Summary: "Issue a token that a capture is bound to", Out: wire.CaptureToken{}, handle: (*api).captureToken},
	}}
}

func (a *api) captureToken(c *call) (*answer, error) {
	token, err := a.Captures.Token(&c.caller.User)
	if err != nil {
		return nil, err
	}
	return ok(wire.CaptureToken{SessionToken: token})
}
