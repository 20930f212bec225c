package auth

import (
	"errors"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func company(t testing.TB, b *bench) bonafide.ID {
	t.Helper()
	c := bonafide.Company{ID: bonafide.NewID(), Name: "Bank"}
	if err := b.store.CreateCompany(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

func TestTheFirstAdministratorIsMadeOnce(t *testing.T) {
	b := newBench(t)
	var email, secret string
	keep := func(e, p string) error { email, secret = e, p; return nil }
	created, err := b.Bootstrap(t.Context(), keep)
	if err != nil || !created || len(secret) < 20 || strings.Trim(secret, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
		t.Fatalf("%v, %v, %d characters", created, err, len(secret))
	}
	g, err := b.SignIn(t.Context(), email, secret, Origin{})
	if err != nil || g.User.Type != bonafide.Admin || g.User.CompanyID != "" || !g.User.MayStart[bonafide.Quality] {
		t.Errorf("%+v, %v", g, err)
	}
	created, err = b.Bootstrap(t.Context(), func(string, string) error { return errors.New("asked twice") })
	if err != nil || created {
		t.Errorf("%v, %v", created, err)
	}
}

func TestThereIsNoAccountWithoutItsPassword(t *testing.T) {
	b := newBench(t)
	full := errors.New("disk full")
	if created, err := b.Bootstrap(t.Context(), func(string, string) error { return full }); created || !errors.Is(err, full) {
		t.Errorf("%v, %v", created, err)
	}
	if users, err := b.store.Users(t.Context(), bonafide.Scope{}, bonafide.Query{}); err != nil || users.Total != 0 {
		t.Errorf("%d users, %v", users.Total, err)
	}
}

func TestUsersAreCheckedBeforeTheyAreMade(t *testing.T) {
	b := newBench(t)
	place := company(t, b)
	b.user(t, "ada@bank.example")
	tests := map[string]struct {
		user     bonafide.User
		password string
		want     bonafide.Code
	}{
		"e-mail taken":           {bonafide.User{Email: "ADA@bank.example", Type: bonafide.Admin}, password, bonafide.CodeExists},
		"no e-mail":              {bonafide.User{Type: bonafide.Admin}, password, bonafide.CodeValue},
		"e-mail without host":    {bonafide.User{Email: "ada@", Type: bonafide.Admin}, password, bonafide.CodeValue},
		"e-mail with blank":      {bonafide.User{Email: "a da@bank.example", Type: bonafide.Admin}, password, bonafide.CodeValue},
		"two e-mails":            {bonafide.User{Email: "a@b@c", Type: bonafide.Admin}, password, bonafide.CodeValue},
		"overlong e-mail":        {bonafide.User{Email: strings.Repeat("a", 250) + "@b.cd", Type: bonafide.Admin}, password, bonafide.CodeValue},
		"unknown type":           {bonafide.User{Email: "a@b.cd", Type: "ROOT"}, password, bonafide.CodeValue},
		"short password":         {bonafide.User{Email: "a@b.cd", Type: bonafide.Admin}, "пароль1", bonafide.CodeValue},
		"overlong password":      {bonafide.User{Email: "a@b.cd", Type: bonafide.Admin}, strings.Repeat("x", 1025), bonafide.CodeValue},
		"admin in a company":     {bonafide.User{Email: "a@b.cd", Type: bonafide.Admin, CompanyID: place}, password, bonafide.CodeValue},
		"admin as a service":     {bonafide.User{Email: "a@b.cd", Type: bonafide.Admin, Service: true}, password, bonafide.CodeValue},
		"client without company": {bonafide.User{Email: "a@b.cd", Type: bonafide.Client}, password, bonafide.CodeValue},
		"unknown company":        {bonafide.User{Email: "a@b.cd", Type: bonafide.Client, CompanyID: bonafide.NewID()}, password, bonafide.CodeNotFound},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := b.CreateUser(t.Context(), test.user, test.password)
			wantCode(t, err, test.want)
		})
	}
	if _, err := b.CreateUser(t.Context(), bonafide.User{Email: "a@b.cd", Type: bonafide.Client, CompanyID: place}, "пароль12"); err != nil {
		t.Errorf("8 characters: %v", err)
	}
}
