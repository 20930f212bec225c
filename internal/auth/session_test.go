package auth

import (
	"fmt"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

func (b *bench) refresh(t testing.TB, g *Grant) *Grant {
	t.Helper()
	fresh, err := b.Refresh(t.Context(), g.AccessToken, g.ExpireToken)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func (b *bench) works(t testing.TB, name string, g *Grant) {
	t.Helper()
	if _, err := b.Authenticate(t.Context(), g.AccessToken); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func (b *bench) isDead(t testing.TB, name string, g *Grant) {
	t.Helper()
	if _, err := b.Authenticate(t.Context(), g.AccessToken); bonafide.CodeOf(err) != bonafide.CodeBadToken {
		t.Errorf("%s lives: %v", name, err)
	}
	if _, err := b.Refresh(t.Context(), g.AccessToken, g.ExpireToken); bonafide.CodeOf(err) != bonafide.CodeBadToken {
		t.Errorf("%s can be refreshed: %v", name, err)
	}
}

// TestAStolenPairEndsTheFamily goes through what two holders of one pair can do.
func TestAStolenPairEndsTheFamily(t *testing.T) {
	for name, replay := range map[string]func(b *bench, old, first, second *Grant){
		"the old pair is refreshed once more": func(b *bench, old, _, _ *Grant) { _, _ = b.Refresh(t.Context(), old.AccessToken, old.ExpireToken) },
		"the second pair is used":             func(b *bench, _, _, second *Grant) { _, _ = b.Authenticate(t.Context(), second.AccessToken) },
		"the second pair is refreshed": func(b *bench, _, _, second *Grant) {
			_, _ = b.Refresh(t.Context(), second.AccessToken, second.ExpireToken)
		},
		"much later": func(b *bench, old, first, _ *Grant) {
			for range 3 {
				first = b.refresh(t, first)
				b.works(t, "a later pair", first)
				b.pass(20 * time.Minute)
			}
			_, _ = b.Refresh(t.Context(), old.AccessToken, old.ExpireToken)
			b.isDead(t, "the latest pair", first)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.user(t, "ada@bank.example")
			old, elsewhere := b.signIn(t, "ada@bank.example"), b.signIn(t, "ada@bank.example")
			first, second := b.refresh(t, old), b.refresh(t, old)
			b.works(t, "the first pair", first)
			replay(b, old, first, second)
			for name, g := range map[string]*Grant{"the old pair": old, "the first pair": first, "the second pair": second} {
				b.isDead(t, name, g)
			}
			if name != "much later" {
				b.works(t, "another sign-in", elsewhere)
			}
		})
	}
}

func TestAnOldTokenThatComesLateEndsNothing(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	old := b.signIn(t, "ada@bank.example")
	fresh := b.refresh(t, old)
	b.works(t, "the new pair", fresh)
	_, err := b.Authenticate(t.Context(), old.AccessToken)
	wantCode(t, err, bonafide.CodeBadToken)
	b.works(t, "the new pair", fresh)
}

func TestSigningOutEndsTheFamily(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	old := b.signIn(t, "ada@bank.example")
	var pending []*Grant
	for range 8 {
		pending = append(pending, b.refresh(t, old))
	}
	used := pending[7]
	c, err := b.Authenticate(t.Context(), used.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.SignOut(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	for i, g := range append(pending, old) {
		b.isDead(t, fmt.Sprint("pair ", i), g)
	}
}

func TestASessionHasAnAbsoluteEnd(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	used := b.signIn(t, "ada@bank.example")
	refreshed := b.signIn(t, "ada@bank.example")
	start := b.time
	for b.time.Sub(start)+DefaultTTL < DefaultLifetime {
		b.pass(DefaultTTL - time.Minute)
		if _, err := b.Authenticate(t.Context(), used.AccessToken); err != nil {
			t.Fatal(err)
		}
		if b.time.Sub(start) < 4*time.Hour || DefaultLifetime-b.time.Sub(start) < 4*time.Hour {
			refreshed = b.refresh(t, refreshed)
		}
	}
	b.time = start.Add(DefaultLifetime)
	if end := refreshed.Session.ExpiresAt; end.After(b.time) {
		t.Errorf("a refreshed session is said to end at %v, after %v", end, b.time)
	}
	for _, g := range []*Grant{used, refreshed} {
		_, err := b.Authenticate(t.Context(), g.AccessToken)
		wantCode(t, err, bonafide.CodeExpired)
		_, err = b.Refresh(t.Context(), g.AccessToken, g.ExpireToken)
		wantCode(t, err, bonafide.CodeExpired)
	}
}

func TestAServiceTokenLivesFiveYearsHoweverItIsUsed(t *testing.T) {
	b := newBench(t)
	u, g, _ := b.of(t, company(t, b), bonafide.ClientService, "svc@here.example")
	token, err := b.ServiceToken(t.Context(), bonafide.Scope{}, u.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		b.works(t, "a token", token)
		b.works(t, "a sign-in", g)
		b.pass(365*24*time.Hour - time.Minute)
	}
	b.pass(5 * time.Minute)
	for _, g := range []*Grant{token, g} {
		_, err := b.Authenticate(t.Context(), g.AccessToken)
		wantCode(t, err, bonafide.CodeExpired)
	}
}

func TestServiceTokensAreLimitedAndEndedOneByOne(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	here := company(t, b)
	svc, _, _ := b.of(t, here, bonafide.ClientService, "svc@here.example")
	_, _, boss := b.of(t, here, bonafide.ClientAdmin, "boss@here.example")
	var tokens []*Grant
	for i := range store.MaxServiceTokens {
		g, err := b.ServiceToken(ctx, bonafide.Scope{}, svc.ID, fmt.Sprint("kiosk ", i))
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, g)
	}
	_, err := b.ServiceToken(ctx, bonafide.Scope{}, svc.ID, "")
	wantCode(t, err, bonafide.CodeFull)
	for range 3 { // refreshing makes no more of them
		tokens[0] = b.refresh(t, tokens[0])
		b.works(t, "a refreshed token", tokens[0])
	}
	all, err := b.SignIns(ctx, scope(t, boss, SessionRead), svc.ID)
	if err != nil || len(all) != store.MaxServiceTokens+1 { // and the sign-in
		t.Fatalf("%d, %v", len(all), err)
	}
	if all[0].Name != "kiosk 0" || !all[0].Token || all[1].Name != "kiosk 19" || all[len(all)-1].Token {
		t.Errorf("%+v", all)
	}
	if err := b.EndSession(ctx, scope(t, boss, SessionRevoke), svc.ID, all[0].ID); err != nil {
		t.Fatal(err)
	}
	b.isDead(t, "the ended token", tokens[0])
	b.works(t, "another token", tokens[1])
	if _, err := b.ServiceToken(ctx, bonafide.Scope{}, svc.ID, ""); err != nil {
		t.Error(err)
	}
}

func TestSessionsAreEndedInsideTheScope(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	here, there := company(t, b), company(t, b)
	_, mine, boss := b.of(t, here, bonafide.ClientAdmin, "boss@here.example")
	other := b.signIn(t, "boss@here.example")
	mate, g, _ := b.of(t, here, bonafide.Client, "mate@here.example")
	stranger, foreign, _ := b.of(t, there, bonafide.Client, "stranger@there.example")
	reach := scope(t, boss, SessionRevoke)
	_, err := b.SignIns(ctx, reach, stranger.ID)
	wantCode(t, err, bonafide.CodeNotFound)
	wantCode(t, b.EndSessions(ctx, boss, reach, stranger.ID), bonafide.CodeNotFound)
	wantCode(t, b.EndSession(ctx, reach, stranger.ID, foreign.Session.ID), bonafide.CodeNotFound)
	wantCode(t, b.EndSession(ctx, reach, mate.ID, foreign.Session.ID), bonafide.CodeNotFound)
	b.works(t, "a stranger's session", foreign)
	if err := b.EndSessions(ctx, boss, reach, boss.User.ID); err != nil {
		t.Fatal(err)
	}
	b.works(t, "the caller's session", mine)
	b.isDead(t, "the caller's other session", other)
	if err := b.EndSessions(ctx, boss, reach, mate.ID); err != nil {
		t.Fatal(err)
	}
	b.isDead(t, "a colleague's session", g)
}

func TestOwnCredentialsNeedThePresentPassword(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	u, g, self := b.of(t, company(t, b), bonafide.Client, "ada@here.example")
	own := scope(t, self, UserUpdate)
	for name, test := range map[string]struct {
		c    Change
		want bonafide.Code
	}{
		"a password":                      {Change{Password: ptr("another horse")}, bonafide.CodeStructure},
		"an e-mail":                       {Change{Email: ptr("eve@here.example")}, bonafide.CodeStructure},
		"a password, another present one": {Change{Password: ptr("another horse"), CurrentPassword: ptr("wrong horse")}, bonafide.CodeForbidden},
		"an e-mail, no present one":       {Change{Email: ptr("eve@here.example"), CurrentPassword: ptr("")}, bonafide.CodeForbidden},
	} {
		_, err := b.ChangeUser(ctx, self, own, u.ID, test.c)
		if bonafide.CodeOf(err) != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	same, err := b.ChangeUser(ctx, self, own, u.ID, Change{Email: ptr(" ADA@here.example"), FirstName: ptr("Ada")})
	if err != nil || same.FirstName != "Ada" {
		t.Errorf("a name beside the same e-mail: %v", err)
	}
	other := b.signIn(t, "ada@here.example")
	if _, err := b.ChangeUser(ctx, self, own, u.ID, Change{Email: ptr("lovelace@here.example"), CurrentPassword: ptr(password)}); err != nil {
		t.Fatal(err)
	}
	b.works(t, "the session of the change", g)
	b.isDead(t, "another session", other)
	page, err := b.store.EventSessions(ctx, bonafide.Scope{}, bonafide.Query{Limit: 10})
	if err != nil || len(page.Items) != 1 || page.Items[0].UserID != u.ID || page.Items[0].CompanyID != u.CompanyID {
		t.Fatalf("%+v, %v", page.Items, err)
	}
	if d := page.Items[0].Data; d["email"] != "ada@here.example" || d["event"] != "credentials_changed" || fmt.Sprint(d["changed"]) != "[email]" {
		t.Errorf("the old address is not told: %v", d)
	}
}

func TestThePresentPasswordCannotBeGuessedWithAToken(t *testing.T) {
	b := newBench(t)
	u, _, self := b.of(t, company(t, b), bonafide.ClientAdmin, "ada@here.example")
	own := scope(t, self, UserUpdate)
	try := func(present string) error {
		_, err := b.ChangeUser(t.Context(), self, own, u.ID, Change{Password: ptr("another horse"), CurrentPassword: &present})
		return err
	}
	for range freeTries {
		wantCode(t, try("wrong horse"), bonafide.CodeForbidden)
	}
	wantCode(t, try(password), bonafide.CodeThrottled)
	b.pass(time.Minute)
	if err := try(password); err != nil {
		t.Error(err)
	}
}

func TestNobodyLearnsWhichEmailsHaveAccounts(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	here, there := company(t, b), company(t, b)
	u, _, self := b.of(t, here, bonafide.Client, "ada@here.example")
	_, _, boss := b.of(t, here, bonafide.ClientAdmin, "boss@here.example")
	for i := range 2 * freeTries {
		b.of(t, there, bonafide.Client, fmt.Sprintf("s%d@there.example", i))
	}
	b.of(t, here, bonafide.Client, "mate@here.example")
	t.Run("by changing one's own", func(t *testing.T) {
		refused := 0
		for i := range 2 * freeTries {
			email := fmt.Sprintf("s%d@there.example", i)
			if i%2 == 0 {
				email = fmt.Sprintf("free%d@there.example", i)
			}
			_, err := b.ChangeUser(ctx, self, scope(t, self, UserUpdate), u.ID, Change{Email: &email, CurrentPassword: ptr(password)})
			switch bonafide.CodeOf(err) {
			case bonafide.CodeExists:
				t.Errorf("%s: %v", email, err)
			case bonafide.CodeThrottled:
				refused++
			}
		}
		if refused != freeTries {
			t.Errorf("%d of %d were throttled", refused, 2*freeTries)
		}
	})
	t.Run("by making users", func(t *testing.T) {
		by := bonafide.WithActor(ctx, bonafide.Actor{UserID: boss.User.ID})
		add := func(email string) error {
			_, err := b.AddUser(by, scope(t, boss, UserCreate), Change{Email: &email, Password: ptr(password)})
			return err
		}
		wantCode(t, add("mate@here.example"), bonafide.CodeExists) // the boss sees them anyway
		for i := range freeTries {
			wantCode(t, add(fmt.Sprintf("s%d@there.example", i)), bonafide.CodeValue)
		}
		wantCode(t, add("s9@there.example"), bonafide.CodeThrottled)
	})
}
