package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/bonafide-id/bonafide"
)

const (
	// A session in use is written anew when a 90th of its life is over, 10 s of 15
	// minutes, and after touchAtLeast in any case.
	slideSteps   = 90
	touchAtLeast = 10 * time.Minute

	// viaReplay marks sessions that ended because of a stolen pair of tokens.
	viaReplay = "session.replay"
)

// Grant is what sign-in and refresh give. The tokens appear here only.
type Grant struct {
	Session     bonafide.Session
	User        bonafide.User
	AccessToken string // 128 of [0-9a-f]
	ExpireToken string // 128 of [0-9a-f]
}

// SignIn is a family of sessions that has not ended, by the session in use.
type SignIn struct {
	bonafide.Session
	EndsAt time.Time // however it is used or refreshed
}

// grant opens a session that begins a family.
func (a *Authority) grant(ctx context.Context, u *bonafide.User, s bonafide.Session) (*Grant, error) {
	s.TTL = a.ttl
	if u.Service {
		s.TTL = a.longTTL
	}
	s.TimeStarted = a.now()
	return a.open(ctx, u, s)
}

// open stores a session under new tokens.
func (a *Authority) open(ctx context.Context, u *bonafide.User, s bonafide.Session) (*Grant, error) {
	if bonafide.ActorOf(ctx) == (bonafide.Actor{}) { // else somebody makes it for the user
		ctx = asOwner(ctx, u.ID)
	}
	gr := &Grant{User: *u, AccessToken: bonafide.NewSecret(tokenBytes), ExpireToken: bonafide.NewSecret(tokenBytes)}
	s.UserID, s.AccessHash, s.RefreshHash = u.ID, tokenHash(gr.AccessToken), tokenHash(gr.ExpireToken)
	s.ExpiresAt = earlier(a.now().Add(s.TTL), a.endOf(u, &s))
	gr.Session = s
	if err := a.records.CreateSession(ctx, &gr.Session); err != nil {
		return nil, fmt.Errorf("open session: %w", err)
	}
	if err := a.recheck(ctx, u, gr.Session.ID); err != nil {
		return nil, err
	}
	return gr, nil
}

// endOf is when a session ends however it is used or refreshed.
func (a *Authority) endOf(u *bonafide.User, s *bonafide.Session) time.Time {
	if u.Service {
		return s.TimeStarted.Add(a.longTTL)
	}
	return s.TimeStarted.Add(a.lifetime)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// Authenticate finds the caller of a token, prolongs the session and, at the
// first use of a refreshed pair, puts it in the place of the old one. Errors are
// CodeNoToken for "", CodeBadToken and CodeExpired.
func (a *Authority) Authenticate(ctx context.Context, accessToken string) (*Caller, error) {
	s, err := a.session(ctx, accessToken)
	if err != nil {
		return nil, err
	}
	if s.Replaced {
		// A pair that was used after another one for which the same pair was exchanged
		// has two holders. The old pair itself may belong to a call that was under way.
		if s.ParentID != 0 {
			return nil, a.endFamily(ctx, s, "Invalid access token")
		}
		return nil, bonafide.Errorf(bonafide.CodeBadToken, "Invalid access token")
	}
	now := a.now()
	if !now.Before(s.ExpiresAt) {
		return nil, errExpired()
	}
	u, err := a.owner(ctx, s)
	if err != nil {
		return nil, err
	}
	end := a.endOf(u, s)
	if !now.Before(end) {
		return nil, errExpired()
	}
	if err := a.confirm(ctx, s); err != nil {
		return nil, err
	}
	if now.Sub(s.TimeUpdated) >= min(s.TTL/slideSteps, touchAtLeast) {
		s.ExpiresAt, s.TimeUpdated = earlier(now.Add(s.TTL), end), now
		// Whoever reads must not fail because nothing can be written: the disk may be full.
		if err := a.records.TouchSession(ctx, s); bonafide.CodeOf(err) == bonafide.CodeNotFound {
			return nil, sessionError(err, "Invalid access token")
		}
	}
	return &Caller{User: *u, Session: s.ID}, nil
}

// Refresh gives a new pair for an old one, whose access token may have expired.
// The old pair lives until the new access token is first used; whoever tries to
// refresh it afterwards ends the whole family, since one of two holders stole it.
// Errors are CodeStructure without expireToken, CodeNoToken without accessToken,
// CodeBadToken where one is unknown, CodeForbidden where they belong to different
// sessions, and CodeExpired where the sign-in lies too long ago.
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
	if s.Replaced {
		return nil, a.endFamily(ctx, s, "Session not found")
	}
	u, err := a.owner(ctx, s)
	if err != nil {
		return nil, err
	}
	if !a.now().Before(a.endOf(u, s)) {
		return nil, bonafide.Errorf(bonafide.CodeExpired, "The session has ended, sign in again")
	}
	// Its access token was used just now, if only to refresh.
	if err := a.confirm(ctx, s); err != nil {
		return nil, err
	}
	gr, err := a.open(ctx, u, bonafide.Session{TTL: s.TTL, ParentID: s.ID, Token: s.Token, Name: s.Name, Address: s.Address, TimeStarted: s.TimeStarted})
	if err != nil {
		return nil, sessionError(err, "Session not found") // it ended meanwhile
	}
	return gr, nil
}

// endFamily ends everything that was refreshed from one sign-in.
func (a *Authority) endFamily(ctx context.Context, s *bonafide.Session, message string) error {
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: viaReplay})
	if err := a.records.DeleteSession(ctx, s.ID); err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
		return fmt.Errorf("session: %w", err)
	}
	return bonafide.Errorf(bonafide.CodeBadToken, "%s", message)
}

// SignOut ends the family of the caller's session.
func (a *Authority) SignOut(ctx context.Context, by *Caller) error {
	if err := a.records.DeleteSession(ctx, by.Session); err != nil {
		return sessionError(err, "Invalid access token")
	}
	return nil
}

// SignIns gives the families of sessions of a user inside the scope that can still be
// used or refreshed, newest first.
func (a *Authority) SignIns(ctx context.Context, scope bonafide.Scope, user bonafide.ID) ([]SignIn, error) {
	u, err := a.User(ctx, scope, user)
	if err != nil {
		return nil, err
	}
	all, err := a.records.SessionsOf(ctx, user)
	if err != nil {
		return nil, fmt.Errorf("sessions: %w", err)
	}
	signIns := make([]SignIn, 0, len(all))
	for i := range all {
		if end := a.endOf(u, &all[i]); a.now().Before(end) {
			signIns = append(signIns, SignIn{Session: all[i], EndsAt: end})
		}
	}
	return signIns, nil
}

// EndSession ends the family of a session of a user inside the scope.
func (a *Authority) EndSession(ctx context.Context, scope bonafide.Scope, user bonafide.ID, session int64) error {
	all, err := a.SignIns(ctx, scope, user)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID == session || s.FamilyID == session {
			return a.records.DeleteSession(ctx, s.ID)
		}
	}
	return bonafide.Errorf(bonafide.CodeNotFound, "Session not found")
}

// EndSessions ends all sessions of a user inside the scope but that of the call.
func (a *Authority) EndSessions(ctx context.Context, by *Caller, scope bonafide.Scope, user bonafide.ID) error {
	all, err := a.SignIns(ctx, scope, user)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID == by.Session {
			continue
		}
		if err := a.records.DeleteSession(ctx, s.ID); err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
			return fmt.Errorf("end session: %w", err)
		}
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

func errExpired() error {
	return bonafide.Errorf(bonafide.CodeExpired, "Access token has expired")
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
