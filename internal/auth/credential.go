package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// present checks the present password of a caller who changes their own e-mail or
// password, since a token alone may be stolen; asked tells whether it was needed. A
// wrong one is CodeForbidden, a missing one CodeStructure, too many are CodeThrottled.
func (a *Authority) present(ctx context.Context, by *Caller, u *bonafide.User, c Change) (asked bool, err error) {
	newEmail := c.Email != nil && normalEmail(*c.Email) != u.Email
	if by.User.ID != u.ID || c.Password == nil && !newEmail {
		return false, nil
	}
	if c.CurrentPassword == nil {
		return true, bonafide.Errorf(bonafide.CodeStructure, "Could not locate field for key_path credentials.current_password from provided dict data")
	}
	tries := rule{"present password of " + string(u.ID), freeTries, 15 * time.Minute}
	leave, err := a.hasher.enter(ctx, string(u.ID), true)
	if err != nil {
		return true, err
	}
	defer leave()
	if err := a.throttle.admit(ctx, a.now(), tries); err != nil {
		return true, err
	}
	match := len(*c.CurrentPassword) <= maxPassword
	if match {
		if match, err = a.hasher.check(*c.CurrentPassword, u.PasswordHash); err != nil {
			return true, fmt.Errorf("present password: %w", err)
		}
	}
	if !match {
		if err := a.throttle.failed(ctx, a.now(), tries); err != nil {
			return true, err
		}
		return true, errPresent()
	}
	if err := a.throttle.passed(ctx, tries.key); err != nil {
		return true, err
	}
	if newEmail {
		err = a.askedAbout(ctx, u.ID)
	}
	return true, err
}

func errPresent() error {
	return bonafide.Errorf(bonafide.CodeForbidden, "credentials.current_password is not the present password")
}

// foreign counts how often somebody may ask, by giving an e-mail to a user, whether
// one that is none of their business has an account.
func foreign(actor bonafide.ID) rule {
	return rule{"e-mails given by " + string(actor), freeTries, time.Hour}
}

// askedAbout admits and counts a change of one's own e-mail, whatever comes of it: that
// it was free is news, too.
func (a *Authority) askedAbout(ctx context.Context, actor bonafide.ID) error {
	if err := a.throttle.admit(ctx, a.now(), foreign(actor)); err != nil {
		return err
	}
	return a.throttle.failed(ctx, a.now(), foreign(actor))
}

// emailTaken words the error of the store. Whoever may not see the user who has the
// e-mail is not told that there is one, and may not try for long.
func (a *Authority) emailTaken(ctx context.Context, scope bonafide.Scope, email string, err error) error {
	if bonafide.CodeOf(err) != bonafide.CodeExists {
		return err
	}
	taken := bonafide.Wrap(bonafide.CodeExists, "A user with this e-mail already exists", err)
	if scope == (bonafide.Scope{}) {
		return taken
	}
	u, look := a.records.UserByEmail(ctx, email)
	if look == nil && sees(scope, u) {
		return taken
	}
	if scope.UserID == "" { // else it was counted before
		if err := a.throttle.failed(ctx, a.now(), foreign(bonafide.ActorOf(ctx).UserID)); err != nil {
			return err
		}
	}
	return bonafide.Wrap(bonafide.CodeValue, "The e-mail cannot be used", err)
}

// sees tells whether a user lies inside the scope.
func sees(scope bonafide.Scope, u *bonafide.User) bool {
	return !scope.Nothing && (scope.CompanyID == "" || u.CompanyID == scope.CompanyID) && (scope.UserID == "" || u.ID == scope.UserID)
}

// notice is what becomes known of new credentials beside the audit log: the old e-mail
// is where its owner can be told.
func notice(ctx context.Context, old *bonafide.User, e *store.UserEdit) bonafide.Meta {
	var changed []any
	if e.Email != old.Email {
		changed = append(changed, "email")
	}
	if e.PasswordHash != old.PasswordHash {
		changed = append(changed, "password")
	}
	if changed == nil {
		return nil
	}
	return bonafide.Meta{"event": "credentials_changed", "changed": changed, "email": old.Email, "by": string(bonafide.ActorOf(ctx).UserID)}
}
