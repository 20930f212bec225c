package auth

import (
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestAPartOfTheProcessActsForAUser(t *testing.T) {
	b := newBench(t)
	here, elsewhere := NewInside(b.Authority), NewInside(b.Authority)
	u := b.user(t, "a@example.org")
	c, err := here.Authenticate(t.Context(), here.Token(u.ID))
	if err != nil || c.User.ID != u.ID {
		t.Fatalf("%+v, %v", c, err)
	}
	for name, token := range map[string]string{"another process": elsewhere.Token(u.ID), "nobody": here.Token(bonafide.NewID()), "no user": here.Token(""),
		"no secret": "." + string(u.ID), "cut": here.Token(u.ID)[1:]} {
		if _, err := here.Authenticate(t.Context(), token); bonafide.CodeOf(err) != bonafide.CodeBadToken {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := here.Authenticate(t.Context(), b.signIn(t, u.Email).AccessToken); err != nil {
		t.Error("who signed in is not let in:", err)
	}
	b.user(t, "another@example.org") // the last administrator cannot be disabled
	if _, err := b.ChangeUser(t.Context(), &Caller{}, bonafide.Scope{}, u.ID, Change{Active: new(false)}); err != nil {
		t.Fatal(err)
	}
	if _, err := here.Authenticate(t.Context(), here.Token(u.ID)); bonafide.CodeOf(err) != bonafide.CodeBadToken {
		t.Errorf("a disabled user: %v", err)
	}
}

func TestTheAdapterHasOneServiceAccount(t *testing.T) {
	b := newBench(t)
	first, err := b.Adapter(t.Context(), b.store)
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.Adapter(t.Context(), b.store)
	if err != nil || again.ID != first.ID || first.Type != bonafide.ClientService || first.CompanyID == "" {
		t.Errorf("%+v, then %+v, %v", first, again, err)
	}
}

func TestTheAdapterJoinsTheOnlyCompany(t *testing.T) {
	b := newBench(t)
	c := bonafide.Company{ID: bonafide.NewID(), Name: "Bank"}
	if err := b.store.CreateCompany(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	u, err := b.Adapter(t.Context(), b.store)
	if err != nil || u.CompanyID != c.ID {
		t.Errorf("%+v, %v", u, err)
	}
}
