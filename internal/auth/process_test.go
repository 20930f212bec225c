package auth

import (
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// newPair makes two processes on the same data.
func newPair(t *testing.T) (here, there *bench) {
	t.Helper()
	dir := t.TempDir()
	return benchOn(t, storetest.OpenIn(t, dir)), benchOn(t, storetest.OpenIn(t, dir))
}

func TestFailedSignInsCountAcrossProcesses(t *testing.T) {
	here, there := newPair(t)
	here.user(t, "ada@bank.example")
	for i := range freeTries {
		b := []*bench{here, there}[i%2]
		_, err := b.SignIn(t.Context(), "ada@bank.example", "wrong horse", at("10.0.0.1"))
		wantCode(t, err, bonafide.CodeBadToken)
	}
	for _, b := range []*bench{here, there} {
		_, err := b.SignIn(t.Context(), "ada@bank.example", password, at("10.0.0.2"))
		wantCode(t, err, bonafide.CodeThrottled)
		_, err = b.SignIn(t.Context(), "eve@bank.example", password, at("10.0.0.1"))
		wantCode(t, err, bonafide.CodeThrottled)
	}
}

func TestTwoProcessesCannotRemoveTheLastAdministrators(t *testing.T) {
	here, there := newPair(t)
	for range 10 {
		first, second := here.user(t, "first@localhost"), here.user(t, "second@localhost")
		var both sync.WaitGroup
		errs := make([]error, 2)
		both.Go(func() { errs[0] = here.RemoveUser(t.Context(), bonafide.Scope{}, first.ID) })
		both.Go(func() {
			off := false
			_, errs[1] = there.ChangeUser(t.Context(), &Caller{}, bonafide.Scope{}, second.ID, Change{Active: &off})
		})
		both.Wait()
		refused := 0
		for _, err := range errs {
			if err != nil {
				wantCode(t, err, bonafide.CodeForbidden)
				refused++
			}
		}
		if refused != 1 {
			t.Fatalf("%d of 2 were refused: %v", refused, errs)
		}
		// Nobody is left for the next round.
		for _, u := range []*bonafide.User{first, second} {
			err := here.store.DeleteUser(t.Context(), bonafide.Scope{}, u.ID, func(*store.UserEdit) error { return nil })
			if err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
				t.Fatal(err)
			}
		}
	}
}
