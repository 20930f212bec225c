package ozapi

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
	g, err := a.Gate.SignIn(c.Context(), email, password, a.source(c.Request))
	if err != nil {
		return nil, err
	}
	return ok(viewSession(g))
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
	return ok(viewSession(g))
}
