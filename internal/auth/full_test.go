package auth

import (
	"context"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// full is a store that cannot be written to.
type full struct{ store.Store }

func (full) TouchSession(context.Context, *bonafide.Session) error {
	return bonafide.Errorf(bonafide.CodeNoRoom, "There is no room for the database on the server's disk")
}

func TestReadingGoesOnWhereNothingCanBeWritten(t *testing.T) {
	b := benchOn(t, full{storetest.Open(t)})
	b.user(t, "ada@bonafide.example")
	g := b.signIn(t, "ada@bonafide.example")
	for range 10 {
		b.pass(time.Minute)
		if _, err := b.Authenticate(t.Context(), g.AccessToken); err != nil {
			t.Fatalf("a session is not slid: %v", err)
		}
	}
	b.pass(time.Hour)
	if _, err := b.Authenticate(t.Context(), g.AccessToken); bonafide.CodeOf(err) != bonafide.CodeExpired {
		t.Errorf("a session that could not be slid lives for ever: %v", err)
	}
}
