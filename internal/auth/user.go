package auth

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
)

// FirstAdmin is the e-mail of the administrator that Bootstrap makes.
const FirstAdmin = "admin@localhost"

const maxName = 255 // characters of a first, last or middle name

// Bootstrap makes the first administrator of a store without users; it does
// nothing (created is false) where there is any user. keep is given the generated
// password, which is kept nowhere else, before the account exists: when it fails,
// there is no account.
func (a *Authority) Bootstrap(ctx context.Context, keep func(email, password string) error) (created bool, err error) {
	users, err := a.records.Users(ctx, bonafide.Scope{}, bonafide.Query{Limit: 1, OmitTotal: true})
	if err != nil {
		return false, fmt.Errorf("bootstrap: %w", err)
	}
	if len(users.Items) > 0 {
		return false, nil
	}
	password := strings.ToLower(rand.Text()) // 26 of [a-z2-7], 130 bits
	if err := keep(FirstAdmin, password); err != nil {
		return false, fmt.Errorf("bootstrap: %w", err)
	}
	_, err = a.CreateUser(ctx, bonafide.User{Email: FirstAdmin, Type: bonafide.Admin}, password)
	return err == nil, err
}

// CreateUser checks and stores a user who may sign in at once. It fills what is
// missing: the identifier, the password hash, and all can_start flags where
// MayStart is nil. Errors are CodeValue, CodeNotFound for the company and
// CodeExists for the e-mail.
func (a *Authority) CreateUser(ctx context.Context, u bonafide.User, password string) (*bonafide.User, error) {
	u.Active = true
	if u.Type == bonafide.ClientService {
		u.Service = true
	}
	if u.MayStart == nil {
		u.MayStart = a.mayStartAll()
	}
	return a.store(ctx, bonafide.Scope{}, u, password)
}

// store checks and stores a new user for one who sees the users of the scope.
func (a *Authority) store(ctx context.Context, scope bonafide.Scope, u bonafide.User, password string) (*bonafide.User, error) {
	u.Email = normalEmail(u.Email)
	company := func(id bonafide.ID) (*bonafide.Company, error) { return a.records.Company(ctx, id) }
	if err := check(&u, company); err != nil {
		return nil, err
	}
	hash, err := a.hasher.hash(ctx, password)
	if err != nil {
		return nil, err
	}
	u.ID, u.PasswordHash = bonafide.NewID(), hash
	if err := a.records.CreateUser(ctx, &u); err != nil {
		return nil, fmt.Errorf("create user: %w", a.emailTaken(ctx, scope, u.Email, err))
	}
	return &u, nil
}

func (a *Authority) mayStartAll() map[bonafide.AnalysisType]bool {
	all := map[bonafide.AnalysisType]bool{}
	for _, t := range a.types {
		all[t] = true
	}
	return all
}

// check holds what is true of every user.
func check(u *bonafide.User, company func(bonafide.ID) (*bonafide.Company, error)) error {
	if !validEmail(u.Email) {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid e-mail")
	}
	for _, name := range []string{u.FirstName, u.LastName, u.MiddleName} {
		if utf8.RuneCountInString(name) > maxName {
			return bonafide.Errorf(bonafide.CodeValue, "A name is too long, at most %d characters", maxName)
		}
	}
	return checkPlace(u, company)
}

// checkPlace holds that ADMIN and OPERATOR stand above companies, and that the
// others belong to one.
func checkPlace(u *bonafide.User, company func(bonafide.ID) (*bonafide.Company, error)) error {
	roles := Roles()
	if !slices.Contains(roles[:], u.Type) {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid user type")
	}
	if aboveCompanies(u.Type) {
		if u.CompanyID != "" || u.Service {
			return bonafide.Errorf(bonafide.CodeValue, "A user of type %s belongs to no company and is no service account", u.Type)
		}
		return nil
	}
	if u.CompanyID == "" {
		return bonafide.Errorf(bonafide.CodeValue, "A user of type %s needs a company", u.Type)
	}
	c, err := company(u.CompanyID)
	if err != nil {
		return fmt.Errorf("company of user: %w", err)
	}
	if c.InDeletion && u.Active {
		return bonafide.Errorf(bonafide.CodeValue, "The company is being deleted")
	}
	return nil
}

func aboveCompanies(t bonafide.UserType) bool { return t == bonafide.Admin || t == bonafide.Operator }

func validEmail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && host != "" && len(s) <= maxEmail &&
		!strings.Contains(host, "@") && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) || r == ' ' })
}
