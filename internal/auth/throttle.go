package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

const (
	// firstPause follows the failure that uses up the free ones; each further failure
	// doubles it, up to longestPause.
	firstPause   = 30 * time.Second
	longestPause = 15 * time.Minute
	// knownFor is how long an account's network stays known without a sign-in, and
	// knownAgain when it is written down anew.
	knownFor   = 90 * 24 * time.Hour
	knownAgain = 24 * time.Hour
)

// rule is how one key is counted: after free failures each further try must wait.
type rule struct {
	key    string
	free   int
	forget time.Duration // in which one failure is forgotten
}

// Failures that are free, by what is counted.
const (
	freeTries = 5 // of an account, of a network, of an account from a network it is known from
	// Those who are known from a network can be locked out of it by many others only.
	freeBeside   = 20
	freeWide     = 40  // of a /48
	freeLoopback = 100 // of all clients of a proxy that nobody declared
)

// rulesOf gives what a sign-in is counted by. Networks that an account has signed in
// from before are known to it: they have a count of their own, so that nobody
// elsewhere can lock the account out there. No success ends the count of a network,
// since a guesser may have an account of their own.
func rulesOf(email string, from Origin, known bool) (throttled []rule, endedBySuccess string) {
	own, wide := from.networks()
	account := rule{"account " + email, freeTries, 15 * time.Minute}
	beside := freeTries
	if known {
		account.key, beside = "account "+email+" from "+own, freeBeside
	}
	rules := []rule{account}
	if own == "loopback" {
		beside = freeLoopback
	}
	if own != "" {
		rules = append(rules, rule{"source " + own, beside, 2 * time.Minute})
	}
	if wide != "" {
		rules = append(rules, rule{"source " + wide, freeWide, time.Minute})
	}
	if from.Hearsay && !known {
		rules = append(rules, rule{"source loopback", freeLoopback, 10 * time.Second})
	}
	return rules, account.key
}

// throttle counts failures by key, for all processes together. It does not know which
// accounts exist, so that it cannot tell.
type throttle struct{ failures store.SignInFailures }

// admit refuses with CodeThrottled, and says for how long, while one of the keys
// has to wait.
func (t throttle) admit(ctx context.Context, now time.Time, rules ...rule) error {
	keys := make([]string, len(rules))
	for i, r := range rules {
		keys[i] = r.key
	}
	rows, err := t.failures.SignInFailures(ctx, keys...)
	if err != nil {
		return fmt.Errorf("sign-in: %w", err)
	}
	var wait time.Duration
	for _, r := range rules {
		if row := rows[r.key]; row.Failures >= r.free {
			wait = max(wait, pauseAfter(row.Failures-r.free)-now.Sub(row.Last))
		}
	}
	if wait <= 0 {
		return nil
	}
	wait = (wait + time.Second - 1).Truncate(time.Second)
	refused := bonafide.Errorf(bonafide.CodeThrottled, "Too many failed sign-ins, try again in %d seconds", int(wait.Seconds()))
	refused.RetryAfter = wait
	return refused
}

// pauseAfter is the pause after so many failures beyond the free ones.
func pauseAfter(beyond int) time.Duration {
	return min(firstPause<<min(beyond, 10), longestPause)
}

// failed counts a failure. What a key can owe is bounded, so that it ends some time.
func (t throttle) failed(ctx context.Context, now time.Time, rules ...rule) error {
	all := make([]store.Failure, len(rules))
	for i, r := range rules {
		all[i] = store.Failure{Key: r.key, Forget: r.forget, Most: r.free + 10}
	}
	if err := t.failures.FailSignIn(ctx, now, all...); err != nil {
		return fmt.Errorf("sign-in: %w", err)
	}
	return nil
}

// passed ends the count of a key. Most of the time there is none.
func (t throttle) passed(ctx context.Context, key string) error {
	rows, err := t.failures.SignInFailures(ctx, key)
	if err == nil && len(rows) > 0 {
		err = t.failures.PassSignIn(ctx, key)
	}
	if err != nil {
		return fmt.Errorf("sign-in: %w", err)
	}
	return nil
}
