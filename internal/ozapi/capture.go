package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Captures makes capture tokens. *auth.CaptureKey satisfies it.
type Captures interface {
	// Token makes a signed token that a capture by the user is bound to.
	Token(u *bonafide.User) (string, error)
}

func captureRoutes() []route {
	return []route{
		{http.MethodGet, "/api/authorize/session_token", auth.CaptureTokenCreate, "Issue a token that a capture is bound to", (*api).captureToken},
	}
}

func captureShapes() map[string]shape {
	return map[string]shape{"GET /api/authorize/session_token": {out: wire.CaptureToken{}}}
}

func (a *api) captureToken(c *call) (*answer, error) {
	token, err := a.Captures.Token(&c.caller.User)
	if err != nil {
		return nil, err
	}
	return ok(wire.CaptureToken{SessionToken: token})
}
