package ozapi

import (
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Captures draws captures and lets in what comes of them. *capture.Register satisfies it.
type Captures interface {
	// Draw begins a session. CodeThrottled where there were too many.
	Draw(ctx context.Context, u *bonafide.User, w capture.Wish) (*capture.Drawn, error)
	// Admit finds the session that a container is sent for, else CodeSession.
	Admit(ctx context.Context, u *bonafide.User, token string) (*capture.Session, error)
	// Judge gives what speaks against a capture, and keeps marks of it where it shall be
	// known again.
	Judge(ctx context.Context, s *capture.Session, c *capture.Content, remember bool) ([]bonafide.Hint, error)
	// Fail spends a session whose capture cannot be opened, notes one that was spent
	// meanwhile, and gives err.
	Fail(ctx context.Context, s *capture.Session, err error) error
	// Spend spends a session of which no folder is made. CodeSession where it was spent.
	Spend(ctx context.Context, s *capture.Session, outcome string) error
}

func (a *api) captureResource() rest.Resource {
	const path = "/api/authorize/session_token"
	return rest.Resource{Component: rest.ComponentAuth, Routes: []rest.Route{
		{Name: "createCaptureToken", Method: get, Pattern: path, Permission: auth.CaptureTokenCreate,
			Summary: "Issue a token that a capture is bound to", Out: wire.CaptureToken{}, Handle: a.captureToken},
		{Name: "drawCapture", Method: post, Pattern: path, Permission: auth.CaptureTokenCreate,
			Summary: "Draw a capture, and issue the token that it is bound to", In: request.CaptureIn{}, Out: wire.CaptureToken{}, Handle: a.drawCapture},
	}}
}

// sessionParameter is how a session token may come besides its header.
func sessionParameter() describe.Parameter {
	return describe.Parameter{Name: "session_token", Schema: describe.Text(4096), About: "session token of a capture, also as header X-Session-Token"}
}

// failed ends the capture of a session, nil for none, of which nothing came.
func (a *api) failed(c *rest.Call, session *capture.Session, err error) error {
	if session == nil {
		return err
	}
	return a.Captures.Fail(c.After(), session, err)
}

// endpointParameter is how a webhook comes with a data container, which names none.
func endpointParameter() describe.Parameter {
	return describe.Parameter{Name: "resolution_endpoint", Schema: describe.Address(2048), About: "address that is told of the results, where no payload names one"}
}

// endpoint takes the webhook that the query names.
func endpoint(c *rest.Call, p *intake.Payload) error {
	asked := c.Values().Get("resolution_endpoint")
	switch {
	case asked == "" || asked == p.Endpoint:
		return nil
	case p.Endpoint != "":
		return bonafide.Errorf(bonafide.CodeValue, "Invalid resolution_endpoint, the query and the payload name different ones")
	}
	p.Endpoint = asked
	return nil
}

// captureToken begins a session that demands nothing.
func (a *api) captureToken(c *rest.Call) (*rest.Answer, error) { return a.draw(c, capture.Wish{}) }

// drawCapture begins a session that demands what the body says.
func (a *api) drawCapture(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	wish, err := request.ReadCapture(body)
	if err != nil {
		return nil, err
	}
	return a.draw(c, wish)
}

func (a *api) draw(c *rest.Call, wish capture.Wish) (*rest.Answer, error) {
	d, err := a.Captures.Draw(c.Context(), &c.Caller.User, wish)
	if err != nil {
		return nil, err
	}
	out := wire.CaptureToken{
		SessionToken: d.Token, ExpiresAt: d.ExpiresAt.Unix(), ChallengeID: d.ChallengeID, Actions: append([]string{}, d.Actions...),
		ActionSeconds: int(capture.ActionTime / time.Second),
		Container: wire.CaptureSealing{KeyID: d.Key.ID, PublicKey: d.Key.Public,
			Suite: wire.CaptureSuite{KEM: int(capture.OnlySuite().KEM), KDF: int(capture.OnlySuite().KDF), AEAD: int(capture.OnlySuite().AEAD)}},
	}
	if d.Light != nil {
		out.Light = &wire.CaptureLight{Colors: d.Light.Colors, SymbolMS: d.Light.SymbolMS}
	}
	return rest.OK(out)
}
