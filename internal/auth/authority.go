package auth

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

const (
	tokenBytes = 64  // random bytes of a token, written as 128 of [0-9a-f]
	maxEmail   = 254 // RFC 5321, a path less its brackets
)

// Records is the part of store.Store that an authority needs.
type Records interface {
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	CreateUser(ctx context.Context, u *bonafide.User) error
	User(ctx context.Context, id bonafide.ID) (*bonafide.User, error)
	UserByEmail(ctx context.Context, email string) (*bonafide.User, error)
	Users(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.User], error)
	ChangeUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*store.UserEdit) error) (*bonafide.User, error)
	DeleteUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID, allow func(*store.UserEdit) error) error
	store.SignInFailures
	store.KnownSources
	CreateSession(ctx context.Context, s *bonafide.Session) error
	RefuseSignIn(ctx context.Context, user bonafide.ID) error
	SessionByAccess(ctx context.Context, accessHash string) (*bonafide.Session, error)
	SessionByRefresh(ctx context.Context, refreshHash string) (*bonafide.Session, error)
	ConfirmSession(ctx context.Context, id int64) error
	TouchSession(ctx context.Context, s *bonafide.Session) error
	SessionsOf(ctx context.Context, user bonafide.ID) ([]bonafide.Session, error)
	DeleteSession(ctx context.Context, id int64) error
}

// Defaults of the settings.
const (
	DefaultTTL      = 15 * time.Minute
	DefaultLongTTL  = 5 * 365 * 24 * time.Hour
	DefaultLifetime = 30 * 24 * time.Hour
)

// Options tune an Authority; the zero value is fit for use.
type Options struct {
	TTL      time.Duration    // life of a session after its last use; 0 means DefaultTTL
	Lifetime time.Duration    // from the sign-in, however it is used or refreshed; 0 means DefaultLifetime
	LongTTL  time.Duration    // from the sign-in of a service account, or the issue of its token; 0 means DefaultLongTTL
	Hashes   int              // password hashes at once; 0 means one per core
	Now      func() time.Time // nil means the clock
	// Cost is that of a password's hash; nil means strong, and tests of other rooms take less.
	Cost *argon2id.Params
	// Types are the types of analyses that a new user may order.
	Types []bonafide.AnalysisType
}

// Authority lets callers in. It is safe for concurrent use.
type Authority struct {
	records  Records
	ttl      time.Duration
	lifetime time.Duration
	longTTL  time.Duration
	now      func() time.Time
	hasher   *hasher
	types    []bonafide.AnalysisType
	throttle throttle
}

// New makes an authority.
func New(records Records, o Options) (*Authority, error) {
	if o.TTL <= 0 {
		o.TTL = DefaultTTL
	}
	if o.LongTTL <= 0 {
		o.LongTTL = DefaultLongTTL
	}
	if o.Lifetime <= 0 {
		o.Lifetime = DefaultLifetime
	}
	if o.Hashes <= 0 {
		o.Hashes = runtime.GOMAXPROCS(0)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	cost := strong()
	if o.Cost != nil {
		cost = *o.Cost
	}
	hasher, err := newHasher(o.Hashes, cost)
	if err != nil {
		return nil, fmt.Errorf("authority: %w", err)
	}
	return &Authority{records: records, ttl: o.TTL, lifetime: o.Lifetime, longTTL: o.LongTTL, now: o.Now, hasher: hasher, types: o.Types, throttle: throttle{records}}, nil
}

// SignIn checks a password. Unknown e-mail, wrong password and an inactive user
// are one and the same CodeBadToken error, at the same cost. After some failures, of
// the account or from the network, further tries are CodeThrottled for a while that
// grows; so are more at once than can be answered soon.
func (a *Authority) SignIn(ctx context.Context, email, password string, from Origin) (*Grant, error) {
	email = normalEmail(email)
	if len(email) > maxEmail || len(password) > maxPassword {
		return nil, errCredentials()
	}
	own, _ := from.networks()
	known := false
	if own != "" {
		var err error
		if known, err = a.records.KnownSource(ctx, email, own, a.now().Add(-knownFor)); err != nil {
			return nil, fmt.Errorf("sign-in: %w", err)
		}
	}
	rules, ended := rulesOf(email, from, known)
	if err := a.throttle.admit(ctx, a.now(), rules...); err != nil {
		return nil, err
	}
	leave, err := a.hasher.enter(ctx, own, known)
	if err != nil {
		return nil, err
	}
	u, err := a.verify(ctx, email, password, rules)
	leave()
	if err != nil {
		return nil, err
	}
	if err := a.throttle.passed(ctx, ended); err != nil {
		return nil, err
	}
	if own != "" {
		if err := a.records.KnowSource(ctx, email, own, a.now(), knownAgain); err != nil {
			return nil, fmt.Errorf("sign-in: %w", err)
		}
	}
	return a.grant(ctx, u, bonafide.Session{Address: from.class()})
}

// verify decides while it has a place at the hasher, so that tries sent at once
// overshoot the throttle by no more than the places.
func (a *Authority) verify(ctx context.Context, email, password string, rules []rule) (*bonafide.User, error) {
	if err := a.throttle.admit(ctx, a.now(), rules...); err != nil {
		return nil, err
	}
	hash := a.hasher.decoy
	u, err := a.records.UserByEmail(ctx, email)
	known := err == nil
	if err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
		return nil, fmt.Errorf("sign-in: %w", err)
	}
	if known {
		hash = u.PasswordHash
	}
	match, err := a.hasher.check(password, hash)
	if err != nil {
		return nil, fmt.Errorf("sign-in: %w", err)
	}
	if !match || !known || !u.Active {
		if err := a.throttle.failed(ctx, a.now(), rules...); err != nil {
			return nil, err
		}
		return nil, a.refused(ctx, u)
	}
	return u, nil
}

// Opens tells whether an e-mail and a password let somebody in. It opens no session,
// counts no failure and notes nothing: it is for the machine's own operator.
func (a *Authority) Opens(ctx context.Context, email, password string) (bool, error) {
	u, err := a.records.UserByEmail(ctx, normalEmail(email))
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("sign-in: %w", err)
	}
	leave, err := a.hasher.enter(ctx, string(u.ID), true)
	if err != nil {
		return false, err
	}
	defer leave()
	match, err := a.hasher.check(password, u.PasswordHash)
	return match && u.Active, err
}

// refused notes a failed sign-in; u is nil where there is no such account.
func (a *Authority) refused(ctx context.Context, u *bonafide.User) error {
	var id bonafide.ID
	if u != nil {
		id = u.ID
	}
	if err := a.records.RefuseSignIn(ctx, id); err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
		return fmt.Errorf("sign-in: %w", err)
	}
	return errCredentials()
}

func errCredentials() error {
	return bonafide.Errorf(bonafide.CodeBadToken, "Invalid e-mail or password")
}

// recheck ends a session whose user got another password, or none, after u was read:
// the call that ended the user's sessions may have run before this one was stored.
func (a *Authority) recheck(ctx context.Context, u *bonafide.User, session int64) error {
	now, err := a.records.User(ctx, u.ID)
	if err == nil && now.Active && now.PasswordHash == u.PasswordHash && now.Service == u.Service {
		return nil
	}
	if err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
		return fmt.Errorf("open session: %w", err)
	}
	if err := a.records.DeleteSession(ctx, session); err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
		return fmt.Errorf("take session back: %w", err)
	}
	return errCredentials()
}

func normalEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
