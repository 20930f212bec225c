package client

import (
	"context"
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

// ServiceToken issues a long-lived token of a service account.
func (c *Client) ServiceToken(ctx context.Context, user bonafide.ID) (*Session, error) {
	return call[*Session](ctx, c, http.MethodPost, "/api/authorize/service_token/"+string(user)+"/", nil)
}

// CaptureToken issues a signed token that a data container is bound to.
func (c *Client) CaptureToken(ctx context.Context) (string, error) {
	t, err := get[struct {
		Token string `json:"session_token"` // JWT (ES384), good for one hour
	}](ctx, c, "/api/authorize/session_token/")
	return t.Token, err
}
