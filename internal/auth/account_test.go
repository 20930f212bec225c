package auth

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

func ptr[T any](v T) *T { return &v }

// of makes a user of a company and signs him in.
func (b *bench) of(t testing.TB, company bonafide.ID, role bonafide.UserType, email string) (*bonafide.User, *Grant, *Caller) {
	t.Helper()
	u, err := b.CreateUser(t.Context(), bonafide.User{Email: email, Type: role, CompanyID: company}, password)
	if err != nil {
		t.Fatal(err)
	}
	g := b.signIn(t, email)
	c, err := b.Authenticate(t.Context(), g.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	return u, g, c
}

// scope is what the matrix gives a caller.
func scope(t testing.TB, c *Caller, p Permission) bonafide.Scope {
	t.Helper()
	s, err := c.May(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRolesHaveOneNormalForm(t *testing.T) {
	const admin, operator, client = bonafide.Admin, bonafide.Operator, bonafide.Client
	const clientAdmin, clientOperator, clientService = bonafide.ClientAdmin, bonafide.ClientOperator, bonafide.ClientService
	type role struct {
		kind    bonafide.UserType
		service bool
	}
	fresh := role{client, false}
	tests := map[string]struct {
		from role
		say  Change
		want role
	}{
		"nothing said":                        {fresh, Change{}, role{client, false}},
		"API 6 service":                       {fresh, Change{Type: ptr(clientService)}, role{clientService, true}},
		"API 6 service with flags":            {fresh, Change{Type: ptr(clientService), Admin: ptr(false), Service: ptr(true)}, role{clientService, true}},
		"API 5 service":                       {fresh, Change{Type: ptr(client), Service: ptr(true)}, role{clientService, true}},
		"API 5 administrator":                 {fresh, Change{Type: ptr(client), Admin: ptr(true)}, role{clientAdmin, false}},
		"API 5 administrator as a service":    {fresh, Change{Type: ptr(client), Admin: ptr(true), Service: ptr(true)}, role{clientAdmin, true}},
		"API 6 administrator, flags unsaid":   {fresh, Change{Type: ptr(clientAdmin)}, role{clientAdmin, false}},
		"API 6 administrator, flags false":    {fresh, Change{Type: ptr(clientAdmin), Admin: ptr(false), Service: ptr(false)}, role{clientAdmin, false}},
		"operator as a service":               {fresh, Change{Type: ptr(clientOperator), Service: ptr(true)}, role{clientOperator, true}},
		"administrator with the flag":         {fresh, Change{Type: ptr(admin), Admin: ptr(true)}, role{admin, false}},
		"flag alone raises":                   {fresh, Change{Admin: ptr(true)}, role{clientAdmin, false}},
		"flag alone lowers":                   {role{clientAdmin, false}, Change{Admin: ptr(false)}, role{client, false}},
		"flag beside the old type lowers":     {role{clientAdmin, false}, Change{Type: ptr(clientAdmin), Admin: ptr(false)}, role{client, false}},
		"service flag alone":                  {fresh, Change{Service: ptr(true)}, role{clientService, true}},
		"service flag taken off":              {role{clientService, true}, Change{Service: ptr(false)}, role{client, false}},
		"service flag taken off an operator":  {role{clientOperator, true}, Change{Service: ptr(false)}, role{clientOperator, false}},
		"type takes the service along":        {role{clientService, true}, Change{Type: ptr(client)}, role{client, false}},
		"type takes the service along, other": {role{clientService, true}, Change{Type: ptr(clientOperator)}, role{clientOperator, false}},
		"old type says nothing":               {role{operator, false}, Change{Type: ptr(operator), Admin: ptr(false), Service: ptr(false)}, role{operator, false}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.say.apply(bonafide.User{Type: test.from.kind, Service: test.from.service})
			if err != nil || (role{got.Type, got.Service}) != test.want {
				t.Errorf("got %s %t, %v", got.Type, got.Service, err)
			}
		})
	}
	for _, kind := range []bonafide.UserType{operator, clientOperator} {
		_, err := Change{Type: ptr(kind), Admin: ptr(true)}.apply(bonafide.User{})
		wantCode(t, err, bonafide.CodeValue)
	}
}

func TestOfTwoSpellingsTheNewOneCounts(t *testing.T) {
	for _, test := range []struct {
		old  bool
		said []bool
		want bool
	}{{true, nil, true}, {true, []bool{false}, false}, {true, []bool{true, false}, false}, {true, []bool{false, true}, false},
		{false, []bool{false, true}, true}, {false, []bool{true, false}, true}, {false, []bool{false, false}, false}} {
		u := bonafide.User{MayStart: map[bonafide.AnalysisType]bool{bonafide.Quality: test.old}}
		got, err := Change{MayStart: map[bonafide.AnalysisType][]bool{bonafide.Quality: test.said}}.apply(u)
		if err != nil || got.MayStart[bonafide.Quality] != test.want || u.MayStart[bonafide.Quality] != test.old {
			t.Errorf("%t, then %v: got %t, %v", test.old, test.said, got.MayStart[bonafide.Quality], err)
		}
	}
}

func TestNobodyReachesBeyondHisCompany(t *testing.T) {
	b := newBench(t)
	here, there := company(t, b), company(t, b)
	b.user(t, "root@localhost")
	_, _, boss := b.of(t, here, bonafide.ClientAdmin, "boss@here.example")
	mate, _, _ := b.of(t, here, bonafide.Client, "mate@here.example")
	stranger, _, _ := b.of(t, there, bonafide.Client, "stranger@there.example")
	add, change := scope(t, boss, UserCreate), scope(t, boss, UserUpdate)
	email := func(name string) Change { return Change{Email: &name, Password: ptr(password)} }

	u, err := b.AddUser(t.Context(), add, email("new@here.example"))
	if err != nil || u.CompanyID != here || u.Type != bonafide.Client || !u.Active || !u.MayStart[bonafide.Documents] {
		t.Errorf("%+v, %v", u, err)
	}
	for name, test := range map[string]struct {
		say  func(*Change)
		want bonafide.Code
	}{
		"an ADMIN":                     {func(c *Change) { c.Type = ptr(bonafide.Admin) }, bonafide.CodeForbidden},
		"an OPERATOR":                  {func(c *Change) { c.Type = ptr(bonafide.Operator) }, bonafide.CodeForbidden},
		"an ADMIN of no company":       {func(c *Change) { c.Type, c.CompanyID = ptr(bonafide.Admin), ptr(bonafide.ID("")) }, bonafide.CodeForbidden},
		"one of another company":       {func(c *Change) { c.CompanyID = &there }, bonafide.CodeNotFound},
		"one of an unknown company":    {func(c *Change) { c.CompanyID = ptr(bonafide.NewID()) }, bonafide.CodeNotFound},
		"one with an e-mail of theirs": {func(c *Change) { c.Email = ptr("STRANGER@there.example") }, bonafide.CodeValue},
	} {
		t.Run(name, func(t *testing.T) {
			c := email("x@here.example")
			test.say(&c)
			_, err := b.AddUser(t.Context(), add, c)
			wantCode(t, err, test.want)
			_, err = b.ChangeUser(t.Context(), boss, change, mate.ID, c)
			wantCode(t, err, test.want)
		})
	}
	_, err = b.ChangeUser(t.Context(), boss, change, stranger.ID, Change{FirstName: ptr("Eve")})
	wantCode(t, err, bonafide.CodeNotFound)
	wantCode(t, b.RemoveUser(t.Context(), scope(t, boss, UserDelete), stranger.ID), bonafide.CodeNotFound)
	got, err := b.store.User(t.Context(), mate.ID)
	if err != nil || got.Type != bonafide.Client || got.CompanyID != here || got.Email != "mate@here.example" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhoMayChangeHimselfMayNotRaiseHimself(t *testing.T) {
	b := newBench(t)
	here := company(t, b)
	u, _, self := b.of(t, here, bonafide.Client, "ada@here.example")
	own := scope(t, self, UserUpdate)
	for name, c := range map[string]Change{
		"type":     {Type: ptr(bonafide.ClientAdmin)},
		"flag":     {Admin: ptr(true)},
		"service":  {Service: ptr(true)},
		"company":  {CompanyID: ptr(company(t, b))},
		"inactive": {Active: ptr(false)},
		"switches": {MayStart: map[bonafide.AnalysisType][]bool{bonafide.Quality: {false}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.ChangeUser(t.Context(), self, own, u.ID, c)
			wantCode(t, err, bonafide.CodeForbidden)
		})
	}
	// A console sends the whole profile back.
	got, err := b.ChangeUser(t.Context(), self, own, u.ID, Change{Type: ptr(bonafide.Client), Admin: ptr(false), CompanyID: &here,
		MayStart: map[bonafide.AnalysisType][]bool{bonafide.Quality: {true, true}}, LastName: ptr("Lovelace")})
	if err != nil || got.LastName != "Lovelace" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	first := b.user(t, "first@localhost")
	c, err := b.Authenticate(ctx, b.signIn(t, "first@localhost").AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	inactive := b.user(t, "gone@localhost")
	if _, err := b.ChangeUser(ctx, c, bonafide.Scope{}, inactive.ID, Change{Active: ptr(false)}); err != nil {
		t.Fatal(err)
	}
	lose := map[string]func(id bonafide.ID) error{
		"demoted": func(id bonafide.ID) error {
			_, err := b.ChangeUser(ctx, c, bonafide.Scope{}, id, Change{Type: ptr(bonafide.Operator)})
			return err
		},
		"deactivated": func(id bonafide.ID) error {
			_, err := b.ChangeUser(ctx, c, bonafide.Scope{}, id, Change{Active: ptr(false)})
			return err
		},
		"deleted": func(id bonafide.ID) error { return b.RemoveUser(ctx, bonafide.Scope{}, id) },
	}
	for name, do := range lose {
		t.Run(name, func(t *testing.T) {
			wantCode(t, do(first.ID), bonafide.CodeForbidden)
			if u, err := b.store.User(ctx, first.ID); err != nil || u.Type != bonafide.Admin || !u.Active {
				t.Errorf("%+v, %v", u, err)
			}
			second := b.user(t, name+"@localhost")
			if err := do(second.ID); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestANewPasswordEndsOtherSessions(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	u, here, self := b.of(t, company(t, b), bonafide.Client, "ada@here.example")
	elsewhere := b.signIn(t, "ada@here.example")
	own := scope(t, self, UserUpdate)
	_, err := b.ChangeUser(ctx, self, own, u.ID, Change{Password: ptr("short"), CurrentPassword: ptr(password)})
	wantCode(t, err, bonafide.CodeValue)
	if _, err := b.Authenticate(ctx, elsewhere.AccessToken); err != nil {
		t.Fatal("a refused change ended a session:", err)
	}
	if _, err := b.ChangeUser(ctx, self, own, u.ID, Change{Password: ptr("another horse"), CurrentPassword: ptr(password)}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Authenticate(ctx, here.AccessToken); err != nil {
		t.Error("their own session ended:", err)
	}
	_, err = b.Authenticate(ctx, elsewhere.AccessToken)
	wantCode(t, err, bonafide.CodeBadToken)
	_, err = b.Refresh(ctx, elsewhere.AccessToken, elsewhere.ExpireToken)
	wantCode(t, err, bonafide.CodeBadToken)
	_, err = b.SignIn(ctx, "ada@here.example", password, Origin{})
	wantCode(t, err, bonafide.CodeBadToken)
	if _, err := b.SignIn(ctx, "ada@here.example", "another horse", Origin{}); err != nil {
		t.Error(err)
	}

	admin := b.user(t, "root@localhost")
	by := &Caller{User: *admin, Session: self.Session} // of another user: not kept
	if _, err := b.ChangeUser(ctx, by, bonafide.Scope{}, u.ID, Change{Password: ptr("given horse")}); err != nil {
		t.Fatal(err)
	}
	_, err = b.Authenticate(ctx, here.AccessToken)
	wantCode(t, err, bonafide.CodeBadToken)
}

func TestWhoLosesHisPlaceLosesHisSessions(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	here := company(t, b)
	root := &Caller{User: *b.user(t, "root@localhost")}
	for name, c := range map[string]Change{"deactivated": {Active: ptr(false)}, "no service account any more": {Service: ptr(false)}} {
		t.Run(name, func(t *testing.T) {
			u, g, _ := b.of(t, here, bonafide.ClientService, strings.ReplaceAll(name, " ", "")+"@here.example")
			if _, err := b.ChangeUser(ctx, root, bonafide.Scope{}, u.ID, c); err != nil {
				t.Fatal(err)
			}
			_, err := b.store.SessionByAccess(ctx, tokenHash(g.AccessToken))
			wantCode(t, err, bonafide.CodeNotFound)
		})
	}
}

// slowRecords lets something happen between the check of a password and the
// session that follows.
type slowRecords struct {
	Records
	meanwhile func()
}

func (r *slowRecords) CreateSession(ctx context.Context, s *bonafide.Session) error {
	if r.meanwhile != nil {
		r.meanwhile()
	}
	return r.Records.CreateSession(ctx, s)
}

func TestAnOldPasswordOpensNoSessionAtTheLastMoment(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	u, _, _ := b.of(t, company(t, b), bonafide.Client, "ada@here.example")
	root := &Caller{User: *b.user(t, "root@localhost")}
	for name, c := range map[string]Change{"changed": {Password: ptr("another horse")}, "deactivated": {Active: ptr(false)}} {
		slow := &slowRecords{Records: b.store}
		b.records = slow
		if _, err := b.ChangeUser(ctx, root, bonafide.Scope{}, u.ID, Change{Password: ptr(password), Active: ptr(true)}); err != nil {
			t.Fatal(err)
		}
		slow.meanwhile = func() {
			if _, err := b.ChangeUser(ctx, root, bonafide.Scope{}, u.ID, c); err != nil {
				t.Fatal(err)
			}
		}
		g, err := b.SignIn(ctx, "ada@here.example", password, Origin{})
		if g != nil {
			t.Errorf("%s: a session was given", name)
		}
		wantCode(t, err, bonafide.CodeBadToken)
	}
}

func TestServiceTokensAreForServiceAccounts(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	here, there := company(t, b), company(t, b)
	_, _, boss := b.of(t, here, bonafide.ClientAdmin, "boss@here.example")
	svc, _, self := b.of(t, here, bonafide.ClientService, "svc@here.example")
	other, _, _ := b.of(t, there, bonafide.ClientService, "svc@there.example")
	reach := scope(t, boss, ServiceTokenCreate)
	g, err := b.ServiceToken(ctx, reach, svc.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	b.pass(4 * 365 * 24 * time.Hour)
	if c, err := b.Authenticate(ctx, g.AccessToken); err != nil || c.User.ID != svc.ID {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := b.ServiceToken(ctx, scope(t, self, ServiceTokenCreate), svc.ID, ""); err != nil {
		t.Error("a service account renews its own:", err)
	}
	_, err = b.ServiceToken(ctx, reach, other.ID, "")
	wantCode(t, err, bonafide.CodeNotFound)
	_, err = b.ServiceToken(ctx, reach, boss.User.ID, "")
	wantCode(t, err, bonafide.CodeValue)
	if _, err := b.ChangeUser(ctx, boss, scope(t, boss, UserUpdate), svc.ID, Change{Active: ptr(false)}); err != nil {
		t.Fatal(err)
	}
	_, err = b.ServiceToken(ctx, reach, svc.ID, "")
	wantCode(t, err, bonafide.CodeValue)
}

func TestSigningOutEndsTheSessionAlone(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.user(t, "ada@localhost")
	one, two := b.signIn(t, "ada@localhost"), b.signIn(t, "ada@localhost")
	unused, err := b.Refresh(ctx, one.AccessToken, one.ExpireToken)
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.Authenticate(ctx, one.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.SignOut(ctx, c); err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{one.AccessToken, unused.AccessToken} {
		_, err = b.Authenticate(ctx, token)
		wantCode(t, err, bonafide.CodeBadToken)
	}
	if _, err := b.Authenticate(ctx, two.AccessToken); err != nil {
		t.Error(err)
	}
	wantCode(t, b.SignOut(ctx, c), bonafide.CodeBadToken)
}

func TestNobodyIsPutIntoACompanyInDeletion(t *testing.T) {
	b := newBench(t)
	here := company(t, b)
	if err := b.store.CloseCompany(t.Context(), here); err != nil {
		t.Fatal(err)
	}
	_, err := b.CreateUser(t.Context(), bonafide.User{Email: "ada@here.example", Type: bonafide.Client, CompanyID: here}, password)
	wantCode(t, err, bonafide.CodeValue)
}
