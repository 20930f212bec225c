package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

func accounts(t *testing.T, w *world) {
	ctx := t.Context()
	t.Run("a company comes back", func(t *testing.T) {
		c := &bonafide.Company{ID: bonafide.NewID(), Name: "Банк «Восток»", InDeletion: true, TechnicalMeta: bonafide.Meta{"a": "b"}}
		ok(t, w.CreateCompany(ctx, c))
		got, err := w.Company(ctx, c.ID)
		ok(t, err)
		same(t, "company", got, c)
		wantCode(t, "the same id again", w.CreateCompany(ctx, c), bonafide.CodeExists)
		_, err = w.Company(ctx, bonafide.NewID())
		wantCode(t, "an unknown company", err, bonafide.CodeNotFound)
	})
	full := &bonafide.User{
		ID: bonafide.NewID(), CompanyID: w.company, Type: bonafide.ClientAdmin, Service: true, Active: true,
		Email: "ada@example.org", FirstName: "Ada", LastName: "O'Brien", MiddleName: "?", PasswordHash: "$argon2id$v=19$...",
		MayStart: map[bonafide.AnalysisType]bool{bonafide.Quality: true, bonafide.Collection: false}, Meta: bonafide.Meta{"k": "v"},
	}
	t.Run("a user comes back", func(t *testing.T) {
		ok(t, w.CreateUser(ctx, full))
		got, err := w.User(ctx, full.ID)
		ok(t, err)
		same(t, "user", got, full)
		got, err = w.UserByEmail(ctx, "ADA@Example.org")
		ok(t, err)
		same(t, "user by e-mail", got, full)
	})
	t.Run("an administrator has no company", func(t *testing.T) {
		u := &bonafide.User{ID: bonafide.NewID(), Type: bonafide.Admin, Email: "root@example.org", MayStart: map[bonafide.AnalysisType]bool{}, Meta: bonafide.Meta{}}
		ok(t, w.CreateUser(ctx, u))
		got, err := w.User(ctx, u.ID)
		ok(t, err)
		same(t, "user", got, u)
	})
	t.Run("an e-mail belongs to one user", func(t *testing.T) {
		err := w.CreateUser(ctx, &bonafide.User{ID: bonafide.NewID(), Type: bonafide.Client, Email: "Ada@Example.org"})
		wantCode(t, "a taken e-mail", err, bonafide.CodeExists)
	})
	t.Run("a user's company must exist", func(t *testing.T) {
		err := w.CreateUser(ctx, &bonafide.User{ID: bonafide.NewID(), CompanyID: bonafide.NewID(), Email: "lost@example.org"})
		wantCode(t, "an unknown company", err, bonafide.CodeValue)
	})
	t.Run("a user changes", func(t *testing.T) {
		full.Active, full.LastName = false, "Lovelace"
		full.MayStart[bonafide.Quality] = false
		changed := *full
		changed.Meta = bonafide.Meta{"not": "here"}
		ok(t, PutUser(ctx, w, &changed))
		full.TimeUpdated = changed.TimeUpdated
		got, err := w.User(ctx, full.ID)
		ok(t, err)
		same(t, "user", got, full)
		wantCode(t, "an unknown user", PutUser(ctx, w, &bonafide.User{ID: bonafide.NewID()}), bonafide.CodeNotFound)
	})
	t.Run("unknown users are not found", func(t *testing.T) {
		_, err := w.User(ctx, bonafide.NewID())
		wantCode(t, "an unknown id", err, bonafide.CodeNotFound)
		for _, email := range []string{"nobody@example.org", "", "ada@example.org\x00", "' OR 1=1 --", "?"} {
			_, err = w.UserByEmail(ctx, email)
			wantCode(t, "e-mail "+email, err, bonafide.CodeNotFound)
		}
	})
}

func sessions(t *testing.T, w *world) {
	ctx := t.Context()
	start := time.Now().UTC().Truncate(time.Microsecond)
	open := func(t *testing.T, parent int64) *bonafide.Session {
		s := &bonafide.Session{
			UserID: w.user, AccessHash: bonafide.NewSecret(32), RefreshHash: bonafide.NewSecret(32),
			TTL: 15 * time.Minute, ExpiresAt: start.Add(15 * time.Minute), ParentID: parent,
		}
		ok(t, w.CreateSession(ctx, s))
		return s
	}
	t.Run("a session comes back by either token", func(t *testing.T) {
		s := open(t, 0)
		if s.ID <= 0 || s.ID >= 1<<31 {
			t.Errorf("the id %d does not fit 31 bits", s.ID)
		}
		got, err := w.SessionByAccess(ctx, s.AccessHash)
		ok(t, err)
		same(t, "session", got, s)
		got, err = w.SessionByRefresh(ctx, s.RefreshHash)
		ok(t, err)
		same(t, "session", got, s)
		for _, hash := range []string{"", strings.Repeat("0", 64), s.RefreshHash} {
			_, err = w.SessionByAccess(ctx, hash)
			wantCode(t, "another hash", err, bonafide.CodeNotFound)
		}
	})
	t.Run("confirming ends the parent", func(t *testing.T) {
		parent := open(t, 0)
		child := open(t, parent.ID)
		for range 2 { // the second time changes nothing
			ok(t, w.ConfirmSession(ctx, child.ID))
			_, err := w.SessionByAccess(ctx, parent.AccessHash)
			wantCode(t, "the parent", err, bonafide.CodeNotFound)
			got, err := w.SessionByAccess(ctx, child.AccessHash)
			ok(t, err)
			if got.ParentID != 0 {
				t.Errorf("the parent is still %d", got.ParentID)
			}
		}
	})
	t.Run("touching moves the end", func(t *testing.T) {
		s := open(t, 0)
		s.ExpiresAt = s.ExpiresAt.Add(10 * time.Minute)
		ok(t, w.TouchSession(ctx, s))
		got, err := w.SessionByAccess(ctx, s.AccessHash)
		ok(t, err)
		if !got.ExpiresAt.Equal(s.ExpiresAt) {
			t.Errorf("ends at %v, want %v", got.ExpiresAt, s.ExpiresAt)
		}
	})
	t.Run("an id is never used twice", func(t *testing.T) {
		s := open(t, 0)
		ok(t, w.DeleteSession(ctx, s.ID))
		if again := open(t, 0); again.ID == s.ID {
			t.Errorf("id %d came again", s.ID)
		}
	})
	t.Run("deleting ends what refreshes it", func(t *testing.T) {
		parent := open(t, 0)
		child := open(t, parent.ID)
		ok(t, w.DeleteSession(ctx, parent.ID))
		_, err := w.SessionByAccess(ctx, child.AccessHash)
		wantCode(t, "the child", err, bonafide.CodeNotFound)
	})
	t.Run("a changed user may keep one session", func(t *testing.T) {
		kept, other := open(t, 0), open(t, 0)
		ending := func(keep int64) *bonafide.User {
			u, err := w.ChangeUser(ctx, bonafide.Scope{}, w.user, func(e *store.UserEdit) error {
				e.PasswordHash, e.EndSessions, e.KeepSession = "new", true, keep
				return nil
			})
			ok(t, err)
			return u
		}
		u := ending(kept.ID)
		_, err := w.SessionByAccess(ctx, kept.AccessHash)
		ok(t, err)
		_, err = w.SessionByAccess(ctx, other.AccessHash)
		wantCode(t, "the other session", err, bonafide.CodeNotFound)
		got, err := w.User(ctx, w.user)
		ok(t, err)
		same(t, "user", got, u)
		ending(0)
		_, err = w.SessionByAccess(ctx, kept.AccessHash)
		wantCode(t, "the kept session", err, bonafide.CodeNotFound)
	})
	t.Run("what ended just now is remembered", func(t *testing.T) {
		s := open(t, 0)
		s.ExpiresAt = start.Add(-time.Hour)
		ok(t, w.TouchSession(ctx, s))
		open(t, 0)
		_, err := w.SessionByAccess(ctx, s.AccessHash)
		ok(t, err)
	})
	t.Run("unknown sessions are not found", func(t *testing.T) {
		wantCode(t, "confirm", w.ConfirmSession(ctx, 1<<30), bonafide.CodeNotFound)
		wantCode(t, "touch", w.TouchSession(ctx, &bonafide.Session{ID: 1 << 30}), bonafide.CodeNotFound)
		wantCode(t, "delete", w.DeleteSession(ctx, 1<<30), bonafide.CodeNotFound)
	})
}
