package auth

import (
	"context"
	"fmt"
	"maps"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Change is what shall become of a user, or of a new one; nil leaves as it is.
//
// Roles are written in two ways. Type names one of the six; the older flags Admin
// and Service make CLIENT_ADMIN and service accounts out of CLIENT. Only Type and
// bonafide.User.Service are stored.
type Change struct {
	Email    *string
	Password *string
	// CurrentPassword goes with a new e-mail or password of the caller's own.
	CurrentPassword *string
	Type            *bonafide.UserType
	Admin           *bool
	Service         *bool
	CompanyID       *bonafide.ID // "" is none
	FirstName       *string
	LastName        *string
	MiddleName      *string
	Active          *bool
	// MayStart holds what was said of a type, perhaps twice, since there are two
	// spellings: then the one that is new counts.
	MayStart map[bonafide.AnalysisType][]bool
}

// apply gives the user after the change.
func (c Change) apply(u bonafide.User) (bonafide.User, error) {
	set(&u.Email, c.Email)
	set(&u.FirstName, c.FirstName)
	set(&u.LastName, c.LastName)
	set(&u.MiddleName, c.MiddleName)
	set(&u.CompanyID, c.CompanyID)
	set(&u.Active, c.Active)
	u.Email = normalEmail(u.Email)
	u.MayStart = maps.Clone(u.MayStart)
	if u.MayStart == nil {
		u.MayStart = map[bonafide.AnalysisType]bool{}
	}
	for t, said := range c.MayStart {
		old := u.MayStart[t]
		for _, may := range said {
			if may != old {
				u.MayStart[t] = may
			}
		}
	}
	return u, c.applyRole(&u)
}

// email is the new one, empty where there is none.
func (c Change) email() string {
	if c.Email == nil {
		return ""
	}
	return normalEmail(*c.Email)
}

func set[T any](to, value *T) {
	if value != nil {
		*to = *value
	}
}

// applyRole brings both ways of writing a role into the one that is stored. A
// type that is new counts for more than the flags of the same request, which then
// only add; beside the type that the user has already, the flags decide.
func (c Change) applyRole(u *bonafide.User) error {
	admin, service := u.Type == bonafide.ClientAdmin, u.Service
	if c.Type != nil && *c.Type != u.Type {
		u.Type = *c.Type
		admin, service = u.Type == bonafide.ClientAdmin, u.Type == bonafide.ClientService
		admin = admin || c.Admin != nil && *c.Admin
		service = service || c.Service != nil && *c.Service
	} else {
		set(&admin, c.Admin)
		set(&service, c.Service)
	}
	u.Service = service
	switch u.Type {
	case bonafide.Client, bonafide.ClientAdmin, bonafide.ClientService:
		switch {
		case admin:
			u.Type = bonafide.ClientAdmin
		case service:
			u.Type = bonafide.ClientService
		default:
			u.Type = bonafide.Client
		}
	default: // ADMIN is one without the flag
		if admin && u.Type != bonafide.Admin {
			return bonafide.Errorf(bonafide.CodeValue, "A user of type %s cannot have is_admin", u.Type)
		}
	}
	return nil
}

// User finds a user inside the scope.
func (a *Authority) User(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.User, error) {
	u, err := a.records.User(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("user: %w", err)
	}
	if !sees(scope, u) {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "User not found")
	}
	return u, nil
}

// AddUser makes a user as the scope permits; it is CreateUser otherwise. Without a
// company they get that of the scope. An ADMIN or OPERATOR can be made only by one
// who reaches all companies (CodeForbidden).
func (a *Authority) AddUser(ctx context.Context, scope bonafide.Scope, c Change) (*bonafide.User, error) {
	if c.Email == nil || c.Password == nil {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "A new user needs an e-mail and a password")
	}
	u, err := c.apply(bonafide.User{Type: bonafide.Client, Active: true, MayStart: a.mayStartAll()})
	if err != nil {
		return nil, err
	}
	if u.CompanyID == "" && !aboveCompanies(u.Type) {
		u.CompanyID = scope.CompanyID
	}
	if err := within(scope, &u); err != nil {
		return nil, err
	}
	if scope.CompanyID != "" {
		if err := a.throttle.admit(ctx, a.now(), foreign(bonafide.ActorOf(ctx).UserID)); err != nil {
			return nil, err
		}
	}
	return a.store(ctx, scope, u, *c.Password)
}

// within refuses a change beyond the scope: users stay inside their own company.
func within(scope bonafide.Scope, u *bonafide.User) error {
	switch {
	case scope.CompanyID == "":
		return nil
	case aboveCompanies(u.Type):
		return Forbidden()
	case u.CompanyID != scope.CompanyID:
		return bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
	}
	return nil
}

// ChangeUser changes a user inside the scope. Callers whose scope is themselves
// may change name, e-mail and password and nothing else (CodeForbidden). A new
// e-mail or password of the caller's own needs the present password, ends the user's
// other sessions and leaves an event session that names the old e-mail; deactivation and
// the end of a service account end all sessions. The last ADMIN stays one
// (CodeForbidden).
func (a *Authority) ChangeUser(ctx context.Context, by *Caller, scope bonafide.Scope, id bonafide.ID, c Change) (*bonafide.User, error) {
	before, err := a.User(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	asked, err := a.present(ctx, by, before, c)
	if err != nil {
		return nil, err
	}
	var hash string
	if c.Password != nil {
		if hash, err = a.hasher.hash(ctx, *c.Password); err != nil {
			return nil, err
		}
	}
	u, err := a.records.ChangeUser(ctx, scope, id, func(e *store.UserEdit) error {
		old := e.User
		if e.User, err = c.apply(old); err != nil {
			return err
		}
		if err := permitted(scope, &old, e); err != nil {
			return err
		}
		own := by.User.ID == e.ID
		if own && (hash != "" || e.Email != old.Email) && (!asked || old.PasswordHash != before.PasswordHash) {
			return errPresent() // it has changed since
		}
		if hash != "" {
			e.PasswordHash = hash
		}
		e.Notice = notice(ctx, &old, e)
		e.EndSessions = hash != "" || e.Email != old.Email || old.Active && !e.Active || old.Service && !e.Service
		if own && e.Active && (e.Service || !old.Service) {
			e.KeepSession = by.Session
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("change user: %w", a.emailTaken(ctx, scope, c.email(), err))
	}
	return u, nil
}

// permitted checks what became of a user.
func permitted(scope bonafide.Scope, old *bonafide.User, e *store.UserEdit) error {
	u := &e.User
	if scope.UserID != "" && (u.Type != old.Type || u.Service != old.Service || u.CompanyID != old.CompanyID ||
		u.Active != old.Active || !maps.Equal(u.MayStart, old.MayStart)) {
		return Forbidden()
	}
	if err := within(scope, u); err != nil {
		return err
	}
	if err := check(u, e.Company); err != nil {
		return err
	}
	if u.Type != bonafide.Admin || !u.Active {
		return notTheLast(old, e.OtherAdmins)
	}
	return nil
}

// notTheLast refuses to lose the last active ADMIN.
func notTheLast(u *bonafide.User, others int) error {
	if u.Type == bonafide.Admin && u.Active && others == 0 {
		return bonafide.Errorf(bonafide.CodeForbidden, "The last administrator has to stay one")
	}
	return nil
}

// RemoveUser deletes a user inside the scope. The last ADMIN stays (CodeForbidden).
func (a *Authority) RemoveUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	err := a.records.DeleteUser(ctx, scope, id, func(e *store.UserEdit) error { return notTheLast(&e.User, e.OtherAdmins) })
	if err != nil {
		return fmt.Errorf("delete user: %w", err)
	}
	return nil
}

// ServiceToken opens a long session of a service account inside the scope, for
// somebody who does not know its password. name tells it from others and may be empty.
// CodeValue where the user is none, CodeFull where the account has MaxServiceTokens.
func (a *Authority) ServiceToken(ctx context.Context, scope bonafide.Scope, id bonafide.ID, name string) (*Grant, error) {
	if utf8.RuneCountInString(name) > maxName {
		return nil, bonafide.Errorf(bonafide.CodeValue, "A name is too long, at most %d characters", maxName)
	}
	u, err := a.User(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	if !u.Service || !u.Active {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The user is no active service account")
	}
	return a.grant(ctx, u, bonafide.Session{Token: true, Name: name})
}
