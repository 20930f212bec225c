package auth

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

func (b *bench) try(t testing.TB, email, word string, from Origin) bonafide.Code {
	t.Helper()
	_, err := b.SignIn(t.Context(), email, word, from)
	if err == nil {
		return ""
	}
	return bonafide.CodeOf(err)
}

func TestAnOwnSignInDoesNotHelpAGuesser(t *testing.T) {
	for name, known := range map[string]bool{"of accounts elsewhere": false, "of accounts that sign in here": true} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.user(t, "eve@bank.example")
			for i := range 40 {
				email := fmt.Sprintf("u%d@bank.example", i)
				b.user(t, email)
				if known && b.try(t, email, password, at("203.0.113.7")) != "" {
					t.Fatal("no sign-in")
				}
			}
			guesses := 0
			for i := range 40 {
				if b.try(t, fmt.Sprintf("u%d@bank.example", i), "wrong horse", at("203.0.113.7")) == bonafide.CodeBadToken {
					guesses++
				}
				b.try(t, "eve@bank.example", password, at("203.0.113.7"))
			}
			if most := map[bool]int{false: freeTries, true: freeBeside}[known]; guesses != most {
				t.Errorf("%d guesses, want %d", guesses, most)
			}
		})
	}
}

// TestOneClientIsOneSource goes through addresses that cost a client nothing.
func TestOneClientIsOneSource(t *testing.T) {
	for name, test := range map[string]struct {
		address func(i int) string
		most    int
	}{
		"a /64":                {func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i+1) }, freeTries},
		"a /48":                {func(i int) string { return fmt.Sprintf("2001:db8:1:%x::1", i+1) }, freeWide},
		"6to4 of one address":  {func(i int) string { return fmt.Sprintf("2002:cb00:7107:%x::1", i+1) }, freeTries},
		"version 4 in 6":       {func(i int) string { return []string{"::ffff:203.0.113.7", "203.0.113.7", "64:ff9b::203.0.113.7"}[i%3] }, freeTries},
		"zones of a link":      {func(i int) string { return fmt.Sprintf("fe80::1%%eth%d", i) }, freeTries},
		"different ones of v4": {func(i int) string { return fmt.Sprintf("203.0.113.%d", i+1) }, 60},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			guesses := 0
			for i := range 60 {
				if b.try(t, fmt.Sprintf("u%d@bank.example", i), "wrong horse", at(test.address(i))) == bonafide.CodeBadToken {
					guesses++
				}
			}
			if guesses != test.most {
				t.Errorf("%d guesses, want %d", guesses, test.most)
			}
		})
	}
}

func TestPausesGrow(t *testing.T) {
	b := newBench(t)
	for range freeTries {
		b.try(t, "ada@bank.example", "x", Origin{})
	}
	for _, pause := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute} {
		b.pass(pause - time.Second)
		if code := b.try(t, "ada@bank.example", "x", Origin{}); code != bonafide.CodeThrottled {
			t.Errorf("%v early: %s", time.Second, code)
		}
		b.pass(time.Second)
		if code := b.try(t, "ada@bank.example", "x", Origin{}); code != bonafide.CodeBadToken {
			t.Errorf("after %v: %s", pause, code)
		}
	}
}

func TestNobodyElsewhereLocksAnAccountOut(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	if b.try(t, "ada@bank.example", password, at("203.0.113.7")) != "" {
		t.Fatal("no sign-in")
	}
	for i := range 200 {
		b.try(t, "ada@bank.example", "wrong horse", at(fmt.Sprintf("198.51.100.%d", i)))
		b.pass(3 * time.Second)
	}
	if code := b.try(t, "ada@bank.example", password, at("192.0.2.1")); code != bonafide.CodeThrottled {
		t.Errorf("from a new address: %s", code)
	}
	if code := b.try(t, "ada@bank.example", password, at("203.0.113.7")); code != "" {
		t.Errorf("from where they work: %s", code)
	}
	for range freeTries {
		b.try(t, "ada@bank.example", "wrong horse", at("203.0.113.7"))
	}
	if code := b.try(t, "ada@bank.example", password, at("203.0.113.7")); code != bonafide.CodeThrottled {
		t.Errorf("guesses from where they work: %s", code)
	}
}

func TestClientsOfAnUndeclaredProxyAreNotOne(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	behind := func(address string) Origin { o := at(address); o.Hearsay = true; return o }
	for i := range 2 * freeTries {
		b.try(t, fmt.Sprintf("u%d@bank.example", i), "wrong horse", behind("203.0.113.7"))
	}
	if code := b.try(t, "ada@bank.example", password, behind("203.0.113.7")); code != bonafide.CodeThrottled {
		t.Errorf("the guesser: %s", code)
	}
	if code := b.try(t, "ada@bank.example", password, behind("198.51.100.1")); code != "" {
		t.Errorf("another client: %s", code)
	}
	// What such a proxy says may be made up, so that all of it is counted together.
	refused := false
	for i := range 2 * freeLoopback {
		refused = refused || b.try(t, fmt.Sprintf("v%d@bank.example", i), "x", behind(fmt.Sprintf("192.0.2.%d", i))) == bonafide.CodeThrottled
	}
	if !refused {
		t.Error("made-up addresses are never throttled")
	}
	if code := b.try(t, "ada@bank.example", password, behind("198.51.100.1")); code != "" {
		t.Errorf("a client that is known: %s", code)
	}
}

func TestAFloodOfSignInsKeepsOnlyStrangersWaiting(t *testing.T) {
	b := newBench(t)
	b.user(t, "ada@bank.example")
	if b.try(t, "ada@bank.example", password, at("203.0.113.7")) != "" {
		t.Fatal("no sign-in")
	}
	if _, err := b.hasher.enter(t.Context(), "flood", false); err != nil { // the place of strangers
		t.Fatal(err)
	}
	if code := b.try(t, "ada@bank.example", password, at("203.0.113.7")); code != "" {
		t.Errorf("from where they work: %s", code)
	}
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	refused := make(chan error, 1)
	for range waitingOfSource + 1 {
		all.Go(func() {
			if _, err := b.SignIn(ctx, "ada@bank.example", password, at("198.51.100.1")); bonafide.CodeOf(err) == bonafide.CodeThrottled {
				refused <- err
			}
		})
	}
	var e *bonafide.Error
	if err := <-refused; !errors.As(err, &e) || e.RetryAfter <= 0 {
		t.Errorf("too many of one source: %v", err)
	}
	start := time.Now()
	_, err := b.SignIn(t.Context(), "ada@bank.example", password, at("198.51.100.2"))
	wantCode(t, err, bonafide.CodeBusy)
	if !errors.As(err, &e) || e.RetryAfter <= 0 || time.Since(start) > 2*turnWait {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}
