package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

const (
	tokenBytes = 64  // random bytes of a token, written as 128 of [0-9a-f]
	maxEmail   = 254 // RFC 5321, a path less its brackets
	// slideSteps bounds the writes of a session in use: its end is stored anew when
	// it moves by a 90th of the life or more, 10 s of 15 minutes.
	slideSteps = 90
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
	CreateSession(ctx context.Context, s *bonafide.Session) error
	RefuseSignIn(ctx context.Context, user bonafide.ID) error
	SessionByAccess(ctx context.Context, accessHash string) (*bonafide.Session, error)
	SessionByRefresh(ctx context.Context, refreshHash string) (*bonafide.Session, error)
	ConfirmSession(ctx context.Context, id int64) error
	TouchSession(ctx context.Context, s *bonafide.Session) error
	DeleteSession(ctx context.Context, id int64) error
}

// Defaults of the settings.
const (
	DefaultTTL     = 15 * time.Minute
	DefaultLongTTL = 5 * 365 * 24 * time.Hour
)

// Options tune an Authority; the zero value is fit for use.
type Options struct {
	TTL     time.Duration    // life of a session after its last use; 0 means DefaultTTL
	LongTTL time.Duration    // the same of a service account; 0 means DefaultLongTTL
	Hashes  int              // password hashes at once; 0 means one per core
	Now     func() time.Time // nil means the clock
	// Types are the types of analyses that a new user may order.
	Types []bonafide.AnalysisType
}

// Authority lets callers in. It is safe for concurrent use.
type Authority struct {
	records  Records
	ttl      time.Duration
	longTTL  time.Duration
	now      func() time.Time
	hasher   *hasher
	types    []bonafide.AnalysisType
	throttle throttle
}

// Grant is what sign-in and refresh give. The tokens appear here only.
type Grant struct {
	Session     bonafide.Session
	User        bonafide.User
	AccessToken string // 128 of [0-9a-f]
	ExpireToken string // 128 of [0-9a-f]
}

// New makes an authority.
func New(records Records, o Options) (*Authority, error) {
	if o.TTL <= 0 {
		o.TTL = DefaultTTL
	}
	if o.LongTTL <= 0 {
		o.LongTTL = DefaultLongTTL
	}
	if o.Hashes <= 0 {
		o.Hashes = runtime.GOMAXPROCS(0)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	hasher, err := newHasher(o.Hashes, strong())
	if err != nil {
		return nil, fmt.Errorf("authority: %w", err)
	}
	return &Authority{records: records, ttl: o.TTL, longTTL: o.LongTTL, now: o.Now, hasher: hasher, types: o.Types, throttle: throttle{records}}, nil
}

// SignIn checks a password. Unknown e-mail, wrong password and an inactive user
// are one and the same CodeBadToken error, at the same cost. After 5 failures in
// a row, of the account or from the source (an address; may be empty), further
// tries are CodeThrottled for 30 s.
func (a *Authority) SignIn(ctx context.Context, email, password, source string) (*Grant, error) {
	email = normalEmail(email)
	if len(email) > maxEmail || len(password) > maxPassword {
		return nil, errCredentials()
	}
	keys := []string{"account " + email}
	if source != "" {
		keys = append(keys, "source "+source)
	}
	if err := a.throttle.admit(ctx, a.now(), keys...); err != nil {
		return nil, err
	}
	u, err := a.verify(ctx, email, password, keys)
	if err != nil {
		return nil, err
	}
	return a.grant(ctx, u, 0)
}

// verify holds a slot of the hasher while it decides, so that tries sent at once
// overshoot the throttle by no more than the slots.
func (a *Authority) verify(ctx context.Context, email, password string, keys []string) (*bonafide.User, error) {
	if err := a.hasher.enter(ctx); err != nil {
		return nil, err
	}
	defer a.hasher.leave()
	if err := a.throttle.admit(ctx, a.now(), keys...); err != nil {
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
		if err := a.throttle.failed(ctx, a.now(), keys...); err != nil {
			return nil, err
		}
		return nil, a.refused(ctx, u)
	}
	return u, a.throttle.passed(ctx, keys...)
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
	if err := a.hasher.enter(ctx); err != nil {
		return false, err
	}
	defer a.hasher.leave()
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

// grant opens a session; parent is the session that it refreshes, or 0.
func (a *Authority) grant(ctx context.Context, u *bonafide.User, parent int64) (*Grant, error) {
	if bonafide.ActorOf(ctx) == (bonafide.Actor{}) { // else somebody makes it for the user
		ctx = asOwner(ctx, u.ID)
	}
	gr := &Grant{User: *u, AccessToken: bonafide.NewSecret(tokenBytes), ExpireToken: bonafide.NewSecret(tokenBytes)}
	ttl := a.ttl
	if u.Service {
		ttl = a.longTTL
	}
	gr.Session = bonafide.Session{
		UserID:      u.ID,
		AccessHash:  tokenHash(gr.AccessToken),
		RefreshHash: tokenHash(gr.ExpireToken),
		TTL:         ttl,
		ExpiresAt:   a.now().Add(ttl),
		ParentID:    parent,
	}
	if err := a.records.CreateSession(ctx, &gr.Session); err != nil {
		return nil, fmt.Errorf("open session: %w", err)
	}
	if err := a.recheck(ctx, u, gr.Session.ID); err != nil {
		return nil, err
	}
	return gr, nil
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

// Authenticate finds the caller of a token, prolongs the session and, at the
// first use of a refreshed pair, ends the old one. Errors are CodeNoToken for
// "", CodeBadToken and CodeExpired.
func (a *Authority) Authenticate(ctx context.Context, accessToken string) (*Caller, error) {
	s, err := a.session(ctx, accessToken)
	if err != nil {
		return nil, err
	}
	now := a.now()
	if !now.Before(s.ExpiresAt) {
		return nil, bonafide.Errorf(bonafide.CodeExpired, "Access token has expired")
	}
	u, err := a.owner(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := a.confirm(ctx, s); err != nil {
		return nil, err
	}
	if end := now.Add(s.TTL); end.Sub(s.ExpiresAt) >= s.TTL/slideSteps {
		s.ExpiresAt = end
		// Whoever reads must not fail because nothing can be written: the disk may be full.
		if err := a.records.TouchSession(ctx, s); bonafide.CodeOf(err) == bonafide.CodeNotFound && err != nil {
			return nil, sessionError(err, "Invalid access token")
		}
	}
	return &Caller{User: *u, Session: s.ID}, nil
}

// Refresh gives a new pair for an old one, whose access token may have expired.
// The old pair lives until the new access token is first used. Errors are
// CodeStructure without expireToken, CodeNoToken without accessToken,
// CodeBadToken where one is unknown, and CodeForbidden where they belong to
// different sessions.
func (a *Authority) Refresh(ctx context.Context, accessToken, expireToken string) (*Grant, error) {
	if expireToken == "" {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Could not locate field for key_path expire_token from provided dict data")
	}
	if accessToken == "" {
		return nil, errNoToken()
	}
	s, err := a.records.SessionByRefresh(ctx, tokenHash(expireToken))
	if err != nil {
		return nil, sessionError(err, "Session not found")
	}
	shown, err := a.records.SessionByAccess(ctx, tokenHash(accessToken))
	if err != nil {
		return nil, sessionError(err, "Session not found")
	}
	if shown.ID != s.ID {
		return nil, bonafide.Errorf(bonafide.CodeForbidden, "You have not access to refresh this session")
	}
	u, err := a.owner(ctx, s)
	if err != nil {
		return nil, err
	}
	// Its access token was used just now, if only to refresh.
	if err := a.confirm(ctx, s); err != nil {
		return nil, err
	}
	return a.grant(ctx, u, s.ID)
}

// SignOut ends the caller's session, with a pair that it was exchanged for and
// that was not used yet.
func (a *Authority) SignOut(ctx context.Context, by *Caller) error {
	if err := a.records.DeleteSession(ctx, by.Session); err != nil {
		return sessionError(err, "Invalid access token")
	}
	return nil
}

func (a *Authority) session(ctx context.Context, accessToken string) (*bonafide.Session, error) {
	if accessToken == "" {
		return nil, errNoToken()
	}
	s, err := a.records.SessionByAccess(ctx, tokenHash(accessToken))
	if err != nil {
		return nil, sessionError(err, "Invalid access token")
	}
	return s, nil
}

// owner is the user of the session, who must still be there and active.
func (a *Authority) owner(ctx context.Context, s *bonafide.Session) (*bonafide.User, error) {
	u, err := a.records.User(ctx, s.UserID)
	if err != nil {
		return nil, sessionError(err, "Invalid access token")
	}
	if !u.Active {
		return nil, bonafide.Errorf(bonafide.CodeBadToken, "Invalid access token")
	}
	return u, nil
}

func (a *Authority) confirm(ctx context.Context, s *bonafide.Session) error {
	if s.ParentID == 0 {
		return nil
	}
	if err := a.records.ConfirmSession(asOwner(ctx, s.UserID), s.ID); err != nil {
		return sessionError(err, "Invalid access token")
	}
	s.ParentID = 0
	return nil
}

// asOwner lets a user be the one who opens and ends sessions.
func asOwner(ctx context.Context, user bonafide.ID) context.Context {
	return bonafide.WithActor(ctx, bonafide.Actor{UserID: user, Via: "session"})
}

func errNoToken() error {
	return bonafide.Errorf(bonafide.CodeNoToken, "Access token was not provided")
}

// sessionError tells what a caller's token lacks from what the store lacks.
func sessionError(err error, message string) error {
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return bonafide.Wrap(bonafide.CodeBadToken, message, err)
	}
	return fmt.Errorf("session: %w", err)
}

// tokenHash is what is stored of a token. Tokens have 512 random bits, so that a
// plain digest is enough.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func normalEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
