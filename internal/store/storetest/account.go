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
	find := func(t *testing.T, s *bonafide.Session) *bonafide.Session {
		t.Helper()
		got, err := w.SessionByAccess(ctx, s.AccessHash)
		ok(t, err)
		return got
	}
	t.Run("confirming replaces the parent and all else that refreshes it", func(t *testing.T) {
		parent := open(t, 0)
		child, sibling := open(t, parent.ID), open(t, parent.ID)
		if parent.FamilyID != parent.ID || child.FamilyID != parent.ID || sibling.FamilyID != parent.ID {
			t.Errorf("families %d, %d and %d of %d", parent.FamilyID, child.FamilyID, sibling.FamilyID, parent.ID)
		}
		for range 2 { // the second time changes nothing
			ok(t, w.ConfirmSession(ctx, child.ID))
			if !find(t, parent).Replaced || !find(t, sibling).Replaced || find(t, sibling).ParentID == 0 {
				t.Error("the others are not replaced")
			}
			if got := find(t, child); got.Replaced || got.ParentID != 0 {
				t.Errorf("the confirmed one is %+v", got)
			}
		}
		wantCode(t, "what was replaced cannot be confirmed", w.ConfirmSession(ctx, sibling.ID), bonafide.CodeNotFound)
		late := &bonafide.Session{UserID: w.user, AccessHash: bonafide.NewSecret(32), ExpiresAt: start.Add(time.Hour), ParentID: parent.ID}
		wantCode(t, "nor refreshed", w.CreateSession(ctx, late), bonafide.CodeNotFound)
	})
	t.Run("of what waits for its first use the newest are kept", func(t *testing.T) {
		parent := open(t, 0)
		var children []*bonafide.Session
		for range 8 {
			children = append(children, open(t, parent.ID))
		}
		_, err := w.SessionByAccess(ctx, children[2].AccessHash)
		wantCode(t, "an old one", err, bonafide.CodeNotFound)
		ok(t, w.ConfirmSession(ctx, children[3].ID))
	})
	t.Run("of each family the one in use is listed", func(t *testing.T) {
		u := &bonafide.User{ID: bonafide.NewID(), CompanyID: w.company, Type: bonafide.ClientService, Email: "sessions@example.org"}
		ok(t, w.CreateUser(ctx, u))
		make := func(parent int64, token bool) *bonafide.Session {
			s := &bonafide.Session{UserID: u.ID, AccessHash: bonafide.NewSecret(32), ExpiresAt: start.Add(time.Hour), ParentID: parent, Token: token, Name: "n", Address: "public"}
			ok(t, w.CreateSession(ctx, s))
			return s
		}
		first, second := make(0, false), make(0, true)
		make(first.ID, false)
		used := make(second.ID, true)
		ok(t, w.ConfirmSession(ctx, used.ID))
		all, err := w.SessionsOf(ctx, u.ID)
		ok(t, err)
		if len(all) != 2 || all[0].ID != used.ID || all[1].ID != first.ID || !all[0].Token || all[0].Name != "n" || all[0].Address != "public" {
			t.Fatalf("%+v", all)
		}
		for range store.MaxServiceTokens - 1 {
			make(0, true)
		}
		wantCode(t, "one token too many", w.CreateSession(ctx, &bonafide.Session{UserID: u.ID, AccessHash: bonafide.NewSecret(32), ExpiresAt: start.Add(time.Hour), Token: true}), bonafide.CodeFull)
		make(0, false)
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
	t.Run("deleting ends the family", func(t *testing.T) {
		parent, stranger := open(t, 0), open(t, 0)
		child, sibling := open(t, parent.ID), open(t, parent.ID)
		ok(t, w.ConfirmSession(ctx, child.ID))
		grandchild := open(t, child.ID)
		ok(t, w.DeleteSession(ctx, child.ID))
		for _, s := range []*bonafide.Session{parent, child, sibling, grandchild} {
			_, err := w.SessionByAccess(ctx, s.AccessHash)
			wantCode(t, "one of the family", err, bonafide.CodeNotFound)
		}
		find(t, stranger)
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
