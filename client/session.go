package client

import (
	"context"
	"fmt"
	"net/http"

	"github.com/bonafide-id/bonafide"
)

// Session is a pair of tokens and whose they are.
type Session struct {
	AccessToken string  `json:"access_token"` // to be sent as X-Forensic-Access-Token
	ExpireToken string  `json:"expire_token"` // for Refresh alone
	ExpireDate  float64 `json:"expire_date"`  // seconds since 1970, unless it is used before
	User        User    `json:"user"`         // who signed in
}

// SetToken uses a token that was issued earlier.
func (c *Client) SetToken(token string) { c.token, c.expire = token, "" }

// SignIn gets a token and uses it from then on.
func (c *Client) SignIn(ctx context.Context, email, password string) error {
	return c.begin(ctx, "/api/authorize/auth/", map[string]any{"credentials": Credentials{Email: email, Password: password}})
}

// Refresh exchanges the tokens of SignIn, which may have expired, for new ones.
func (c *Client) Refresh(ctx context.Context) error {
	return c.begin(ctx, "/api/authorize/refresh/", map[string]string{"expire_token": c.expire})
}

func (c *Client) begin(ctx context.Context, path string, body any) error {
	s, err := call[Session](ctx, c, http.MethodPost, path, body)
	if err != nil {
		return err
	}
	c.token, c.expire = s.AccessToken, s.ExpireToken
	return nil
}

// SignOut ends the session and forgets its token.
func (c *Client) SignOut(ctx context.Context) error {
	if err := c.remove(ctx, "/api/authorize/session/"); err != nil {
		return err
	}
	c.SetToken("")
	return nil
}

// ServiceToken issues a long-lived token of a service account. An account has 20 at
// most. name tells it from others and may be empty.
func (c *Client) ServiceToken(ctx context.Context, user bonafide.ID, name string) (*Session, error) {
	return call[*Session](ctx, c, http.MethodPost, "/api/authorize/service_token/"+string(user)+"/", struct {
		Name string `json:"name,omitempty"` // in the list of sessions
	}{name})
}

// LiveSession is a sign-in that has not ended, or a token of a service account.
type LiveSession struct {
	ID          int64   `json:"session_id"`       // by which it is ended
	Name        string  `json:"name"`             // of a token, if any
	Token       bool    `json:"is_service_token"` // issued for a service account
	Current     bool    `json:"is_current"`       // that of the client
	Address     string  `json:"address"`          // loopback, private or public; empty where nobody knows
	TimeCreated float64 `json:"time_created"`     // of the sign-in, seconds since 1970
	TimeUsed    float64 `json:"time_used"`        // of the last use, seconds since 1970
	ExpireDate  float64 `json:"expire_date"`      // of the access token unless it is used, seconds since 1970
	EndDate     float64 `json:"end_date"`         // however it is used, seconds since 1970
}

// Sessions lists the sign-ins and service tokens of a user, newest first.
func (c *Client) Sessions(ctx context.Context, user bonafide.ID) ([]LiveSession, error) {
	return get[[]LiveSession](ctx, c, "/api/users/"+string(user)+"/sessions/")
}

// EndSession ends a sign-in or service token of a user.
func (c *Client) EndSession(ctx context.Context, user bonafide.ID, session int64) error {
	return c.remove(ctx, fmt.Sprintf("/api/users/%s/sessions/%d/", user, session))
}

// EndSessions ends all of a user but that of the client.
func (c *Client) EndSessions(ctx context.Context, user bonafide.ID) error {
	return c.remove(ctx, "/api/users/"+string(user)+"/sessions/")
}

// Capture is a drawn capture.
type Capture struct {
	SessionToken  string      `json:"session_token"`  // JWT (ES384), good for ten minutes and one container
	ExpiresAt     int64       `json:"expires_at"`     // seconds since 1970
	ChallengeID   bonafide.ID `json:"challenge_id"`   // which the container's manifest has to name
	Actions       []string    `json:"actions"`        // that are demanded, in their order
	ActionSeconds int         `json:"action_seconds"` // that one may take
	Container     struct {
		KeyID     string `json:"kid"`        // name of the key
		PublicKey []byte `json:"public_key"` // uncompressed point of P-256
	} `json:"container"` // what the container is sealed with
}

// CaptureWish is what is to be drawn.
type CaptureWish struct {
	Draw      int      `json:"draw,omitempty"`        // gestures, drawn by the server
	Actions   []string `json:"actions,omitempty"`     // instead: in this order
	Analyses  []string `json:"analyses,omitempty"`    // that are ordered whatever the container says
	EndUserID string   `json:"end_user_id,omitempty"` // whom the capture is of
}

// DrawCapture begins a capture of which a data container is made.
func (c *Client) DrawCapture(ctx context.Context, w CaptureWish) (*Capture, error) {
	return call[*Capture](ctx, c, http.MethodPost, "/api/authorize/session_token/", w)
}

// CaptureToken issues a signed token that a data container is bound to, which demands
// nothing of it.
func (c *Client) CaptureToken(ctx context.Context) (string, error) {
	t, err := get[*Capture](ctx, c, "/api/authorize/session_token/")
	if err != nil {
		return "", err
	}
	return t.SessionToken, nil
}

// CaptureLimits are the limits of the capture gate, as they hold for the caller's company.
type CaptureLimits struct {
	CompanyID bonafide.ID        `json:"company_id"` // whose they are; empty: the installation's
	Set       string             `json:"set"`        // model set that judges
	Gate      map[string]float64 `json:"gate"`       // by name with unit, such as min_eye_distance_px
}

// CaptureLimits reads what a capture must show to be judged.
func (c *Client) CaptureLimits(ctx context.Context) (*CaptureLimits, error) {
	return get[*CaptureLimits](ctx, c, "/api/capture_limits/")
}
