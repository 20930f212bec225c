package auth

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// AdapterEmail is the e-mail of the service account in whose name the server's own web
// adapter asks the API.
const AdapterEmail = "webadapter@localhost"

// AdapterCompany is the name of the company that is made for it where there is none, or
// more than one.
const AdapterCompany = "Web"

// Inside is an authority that also lets parts of the same process in, in the name of a
// user. Their tokens are made when the process starts, are known to it alone and lie
// nowhere; what the user may not do, they may not do either.
type Inside struct {
	*Authority
	secret string
}

// NewInside makes one.
func NewInside(a *Authority) *Inside { return &Inside{a, bonafide.NewSecret(tokenBytes)} }

// Token is the token of a user for parts of this process.
func (i *Inside) Token(user bonafide.ID) string { return i.secret + "." + string(user) }

// Authenticate lets in who shows a token of this process or one that a sign-in gave. A
// user who was disabled is CodeBadToken.
func (i *Inside) Authenticate(ctx context.Context, token string) (*Caller, error) {
	secret, user, inside := strings.Cut(token, ".")
	if !inside || subtle.ConstantTimeCompare([]byte(secret), []byte(i.secret)) != 1 {
		return i.Authority.Authenticate(ctx, token)
	}
	u, err := i.records.User(ctx, bonafide.ID(user))
	if err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
		return nil, fmt.Errorf("authenticate: %w", err)
	}
	if err != nil || !u.Active {
		return nil, bonafide.Errorf(bonafide.CodeBadToken, "Invalid access token")
	}
	return &Caller{User: *u}, nil
}

// Adapter gives the web adapter's account, and makes it where there is none yet: in the
// only company of the installation, else in one of its own. Its password is known to
// nobody.
func (a *Authority) Adapter(ctx context.Context, companies store.Companies) (*bonafide.User, error) {
	u, err := a.records.UserByEmail(ctx, AdapterEmail)
	if bonafide.CodeOf(err) != bonafide.CodeNotFound {
		return u, err
	}
	company, err := adapterCompany(ctx, companies)
	if err != nil {
		return nil, fmt.Errorf("web adapter: %w", err)
	}
	u, err = a.CreateUser(ctx, bonafide.User{Email: AdapterEmail, Type: bonafide.ClientService, CompanyID: company}, bonafide.NewSecret(tokenBytes/2))
	if bonafide.CodeOf(err) == bonafide.CodeExists { // another process was faster
		return a.records.UserByEmail(ctx, AdapterEmail)
	}
	return u, err
}

func adapterCompany(ctx context.Context, companies store.Companies) (bonafide.ID, error) {
	all, err := companies.Companies(ctx, bonafide.Scope{}, bonafide.Query{Limit: 2, OmitTotal: true})
	if err != nil {
		return "", err
	}
	if len(all.Items) == 1 && !all.Items[0].InDeletion {
		return all.Items[0].ID, nil
	}
	c := bonafide.Company{ID: bonafide.NewID(), Name: AdapterCompany}
	return c.ID, companies.CreateCompany(ctx, &c)
}
