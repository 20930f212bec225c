package auth

import (
	"context"
	"errors"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

const password = "correct horse"

// bench is an authority over a real store, with a clock that only tests move.
type bench struct {
	*Authority
	store  store.Store
	time   time.Time
	hashes int // passwords compared
}

func newBench(t testing.TB) *bench {
	t.Helper()
	return benchOn(t, storetest.Open(t))
}

func benchOn(t testing.TB, store store.Store) *bench {
	t.Helper()
	b := &bench{store: store, time: time.Now()}
	var err error
	cheap := argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	b.Authority, err = New(store, Options{Types: catalog.Types(), Hashes: 2, Cost: &cheap, Now: func() time.Time { return b.time }})
	if err != nil {
		t.Fatal(err)
	}
	check := b.hasher.check
	b.hasher.check = func(password, hash string) (bool, error) {
		b.hashes++
		return check(password, hash)
	}
	return b
}

func (b *bench) pass(d time.Duration) { b.time = b.time.Add(d) }

// user makes an administrator.
func (b *bench) user(t testing.TB, email string) *bonafide.User {
	t.Helper()
	u, err := b.CreateUser(t.Context(), bonafide.User{Email: email, Type: bonafide.Admin}, password)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (b *bench) signIn(t testing.TB, email string) *Grant {
	t.Helper()
	g, err := b.SignIn(t.Context(), email, password, Origin{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// at is a client at that address, or one of whom nothing is known.
func at(address string) Origin {
	addr, _ := netip.ParseAddr(address)
	return Origin{Address: addr}
}

func wantCode(t testing.TB, err error, code bonafide.Code) {
	t.Helper()
	if err == nil || bonafide.CodeOf(err) != code {
		t.Errorf("got %v, want code %s", err, code)
	}
}

func TestASignInOpensASession(t *testing.T) {
	b := newBench(t)
	u := b.user(t, "Ada@Bank.example")
	g := b.signIn(t, " ada@bank.EXAMPLE ")
	token := regexp.MustCompile("^[0-9a-f]{128}$")
	if !token.MatchString(g.AccessToken) || !token.MatchString(g.ExpireToken) || g.AccessToken == g.ExpireToken {
		t.Errorf("tokens %q and %q", g.AccessToken, g.ExpireToken)
	}
	if g.User.ID != u.ID || g.Session.ID <= 0 || !g.Session.ExpiresAt.Equal(b.time.Add(15*time.Minute)) {
		t.Errorf("%+v", g)
	}
	c, err := b.Authenticate(t.Context(), g.AccessToken)
	if err != nil || c.User.ID != u.ID {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestTokensAreNotStored(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	g := b.signIn(t, "ada@bank.example")
	s, err := b.store.SessionByAccess(t.Context(), tokenHash(g.AccessToken))
	if err != nil {
		t.Fatal(err)
	}
	for _, stored := range []string{s.AccessHash, s.RefreshHash} {
		if strings.Contains(g.AccessToken, stored) || strings.Contains(g.ExpireToken, stored) {
			t.Error("a token is stored")
		}
	}
}

// TestFailedSignInsLookAlike holds that nobody learns from text or work which
// accounts exist.
func TestFailedSignInsLookAlike(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	gone := b.user(t, "gone@bank.example")
	gone.Active = false
	if err := storetest.PutUser(t.Context(), b.store, gone); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ email, password string }{
		"unknown user":   {"nobody@bank.example", password},
		"wrong password": {"ada@bank.example", "wrong horse"},
		"no password":    {"ada@bank.example", ""},
		"no e-mail":      {"", password},
		"inactive user":  {"gone@bank.example", password},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := b.hashes
			_, err := b.SignIn(t.Context(), test.email, test.password, Origin{})
			wantCode(t, err, bonafide.CodeBadToken)
			if err.Error() != "Invalid e-mail or password" || b.hashes != before+1 {
				t.Errorf("%v after %d hashes", err, b.hashes-before)
			}
		})
	}
}

func TestTheDecoyCostsAsMuchAsAPassword(t *testing.T) {
	b := newBench(t)
	var err error
	if b.Authority, err = New(b.store, Options{Types: catalog.Types()}); err != nil {
		t.Fatal(err)
	}
	u := b.user(t, "ada@bank.example")
	cost := func(hash string) string { return strings.Join(strings.Split(hash, "$")[:4], "$") }
	if cost(u.PasswordHash) != "$argon2id$v=19$m=19456,t=2,p=1" || cost(b.hasher.decoy) != cost(u.PasswordHash) {
		t.Errorf("%s and %s", cost(b.hasher.decoy), cost(u.PasswordHash))
	}
}

func TestOverlongCredentialsCostNothing(t *testing.T) {
	b := newBench(t)
	_, err := b.SignIn(t.Context(), "ada@bank.example", strings.Repeat("x", 2000), Origin{})
	wantCode(t, err, bonafide.CodeBadToken)
	_, err = b.SignIn(t.Context(), strings.Repeat("x", 300), password, Origin{})
	wantCode(t, err, bonafide.CodeBadToken)
	if b.hashes != 0 {
		t.Errorf("%d hashes", b.hashes)
	}
}

func TestFailuresInARowMustWait(t *testing.T) {
	tests := map[string]struct {
		email  func(try int) string
		source string
		then   string // e-mail and source of the next try
		from   string
	}{
		"of one account": {func(int) string { return "ada@bank.example" }, "", "ada@bank.example", "10.0.0.1"},
		"of no account":  {func(int) string { return "nobody@bank.example" }, "", "nobody@bank.example", "10.0.0.1"},
		"from one source": {func(try int) string { return strings.Repeat("x", try+1) + "@bank.example" }, "10.0.0.2",
			"ada@bank.example", "10.0.0.2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.user(t, "ada@bank.example")
			for try := range freeTries {
				_, err := b.SignIn(t.Context(), test.email(try), "wrong horse", at(test.source))
				wantCode(t, err, bonafide.CodeBadToken)
			}
			for i := range 3 {
				b.pass(9500 * time.Millisecond)
				_, err := b.SignIn(t.Context(), test.then, password, at(test.from))
				wantCode(t, err, bonafide.CodeThrottled)
				// The rest of 30 s: 20.5, 11 and 1.5, in whole seconds.
				var e *bonafide.Error
				if want := []time.Duration{21, 11, 2}[i] * time.Second; !errors.As(err, &e) || e.RetryAfter != want {
					t.Errorf("retry after %v, want %v", e.RetryAfter, want)
				}
			}
			if b.hashes != freeTries {
				t.Errorf("%d hashes", b.hashes)
			}
			b.pass(3 * time.Second)
			_, err := b.SignIn(t.Context(), test.then, "wrong horse", at(test.from))
			wantCode(t, err, bonafide.CodeBadToken)
			_, err = b.SignIn(t.Context(), test.then, "wrong horse", at(test.from))
			wantCode(t, err, bonafide.CodeThrottled)
		})
	}
}

func TestASuccessEndsTheRow(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	for range 3 {
		for range freeTries - 1 {
			_, err := b.SignIn(t.Context(), "ada@bank.example", "wrong horse", at("10.0.0.1"))
			wantCode(t, err, bonafide.CodeBadToken)
		}
		if _, err := b.SignIn(t.Context(), "ada@bank.example", password, at("10.0.0.1")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheThrottleForgetsOneFailureAtATime(t *testing.T) {
	b := newBench(t)
	guess := func() error {
		_, err := b.SignIn(t.Context(), "ada@bank.example", "wrong horse", Origin{})
		return err
	}
	for range freeTries - 1 {
		wantCode(t, guess(), bonafide.CodeBadToken)
	}
	b.pass(31 * time.Minute) // two are forgotten
	for range 3 {
		wantCode(t, guess(), bonafide.CodeBadToken)
	}
	wantCode(t, guess(), bonafide.CodeThrottled)
}

func TestASessionEndsUnlessUsed(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	g := b.signIn(t, "ada@bank.example")
	for range 4 {
		b.pass(10 * time.Minute)
		if _, err := b.Authenticate(t.Context(), g.AccessToken); err != nil {
			t.Fatal(err)
		}
	}
	b.pass(15 * time.Minute)
	_, err := b.Authenticate(t.Context(), g.AccessToken)
	wantCode(t, err, bonafide.CodeExpired)
}

func TestServiceAccountsHaveLongSessions(t *testing.T) {
	b := newBench(t)
	u, err := b.CreateUser(t.Context(), bonafide.User{Email: "svc@bank.example", Type: bonafide.ClientService, CompanyID: company(t, b)}, password)
	if err != nil || !u.Service {
		t.Fatalf("%+v, %v", u, err)
	}
	g := b.signIn(t, "svc@bank.example")
	b.pass(4 * 365 * 24 * time.Hour)
	if _, err := b.Authenticate(t.Context(), g.AccessToken); err != nil {
		t.Error(err)
	}
}

func TestTokensAreRefused(t *testing.T) {
	b := newBench(t)
	u := b.user(t, "ada@bank.example")
	g := b.signIn(t, "ada@bank.example")
	for token, want := range map[string]bonafide.Code{
		"":                       bonafide.CodeNoToken,
		"x":                      bonafide.CodeBadToken,
		g.ExpireToken:            bonafide.CodeBadToken,
		bonafide.NewSecret(64):   bonafide.CodeBadToken,
		tokenHash(g.AccessToken): bonafide.CodeBadToken,
	} {
		_, err := b.Authenticate(t.Context(), token)
		wantCode(t, err, want)
	}
	u.Active = false
	if err := storetest.PutUser(t.Context(), b.store, u); err != nil {
		t.Fatal(err)
	}
	_, err := b.Authenticate(t.Context(), g.AccessToken)
	wantCode(t, err, bonafide.CodeBadToken)
	_, err = b.Refresh(t.Context(), g.AccessToken, g.ExpireToken)
	wantCode(t, err, bonafide.CodeBadToken)
}

func TestTheOldPairLivesUntilTheNewOneIsUsed(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	old := b.signIn(t, "ada@bank.example")
	fresh, err := b.Refresh(t.Context(), old.AccessToken, old.ExpireToken)
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.Refresh(t.Context(), old.AccessToken, old.ExpireToken)
	if err != nil {
		t.Fatal("an answer that got lost cannot be asked for again:", err)
	}
	for _, token := range []string{old.AccessToken, fresh.AccessToken} {
		if _, err := b.Authenticate(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	_, err = b.Authenticate(t.Context(), old.AccessToken)
	wantCode(t, err, bonafide.CodeBadToken)
	_, err = b.Refresh(t.Context(), old.AccessToken, old.ExpireToken)
	wantCode(t, err, bonafide.CodeBadToken)
	for _, token := range []string{again.AccessToken, fresh.AccessToken} {
		_, err := b.Authenticate(t.Context(), token)
		wantCode(t, err, bonafide.CodeBadToken)
	}
}

func TestARefreshedPairIsConfirmedByRefreshingIt(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	first := b.signIn(t, "ada@bank.example")
	second, err := b.Refresh(t.Context(), first.AccessToken, first.ExpireToken)
	if err != nil {
		t.Fatal(err)
	}
	third, err := b.Refresh(t.Context(), second.AccessToken, second.ExpireToken)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Authenticate(t.Context(), first.AccessToken)
	wantCode(t, err, bonafide.CodeBadToken)
	if _, err := b.Authenticate(t.Context(), third.AccessToken); err != nil {
		t.Error(err)
	}
}

func TestAnExpiredTokenCanBeRefreshed(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	old := b.signIn(t, "ada@bank.example")
	b.pass(time.Hour)
	fresh, err := b.Refresh(t.Context(), old.AccessToken, old.ExpireToken)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Authenticate(t.Context(), fresh.AccessToken); err != nil {
		t.Error(err)
	}
}

func TestRefreshesAreRefusedAsDocumented(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	b.user(t, "eve@bank.example")
	ada, eve := b.signIn(t, "ada@bank.example"), b.signIn(t, "eve@bank.example")
	tests := map[string]struct {
		access, expire string
		code           bonafide.Code
		message        string
	}{
		"no expire token":      {ada.AccessToken, "", bonafide.CodeStructure, "Could not locate field for key_path expire_token from provided dict data"},
		"no access token":      {"", ada.ExpireToken, bonafide.CodeNoToken, "Access token was not provided"},
		"unknown expire token": {ada.AccessToken, "x", bonafide.CodeBadToken, "Session not found"},
		"unknown access token": {"x", ada.ExpireToken, bonafide.CodeBadToken, "Session not found"},
		"another's session":    {eve.AccessToken, ada.ExpireToken, bonafide.CodeForbidden, "You have not access to refresh this session"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := b.Refresh(t.Context(), test.access, test.expire)
			wantCode(t, err, test.code)
			if err != nil && !strings.HasPrefix(err.Error(), test.message) {
				t.Errorf("got %q", err)
			}
		})
	}
}

func TestNoMorePasswordsThanSlotsAreHashedAtOnce(t *testing.T) {
	b := newBench(t)
	if _, err := b.hasher.enter(t.Context(), "", false); err != nil { // strangers have half of the two places
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.SignIn(ctx, "ada@bank.example", password, Origin{})
	if err == nil || b.hashes != 0 {
		t.Errorf("%v after %d hashes", err, b.hashes)
	}
}

func BenchmarkAuthenticate(b *testing.B) {
	bench := newBench(b)
	bench.user(b, "ada@bank.example")
	g := bench.signIn(b, "ada@bank.example")
	for b.Loop() {
		if _, err := bench.Authenticate(b.Context(), g.AccessToken); err != nil {
			b.Fatal(err)
		}
	}
}
