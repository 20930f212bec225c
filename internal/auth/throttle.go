package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// After freeTries failures in a row each further try must wait.
const (
	freeTries   = 5
	pause       = 30 * time.Second
	forgetAfter = 15 * time.Minute // without a failure
)

// throttle counts failed sign-ins in a row by account and by source, for all
// processes together. It does not know which accounts exist, so that it cannot tell.
type throttle struct{ failures store.SignInFailures }

// admit refuses with CodeThrottled, and says for how long, while one of the keys
// has to wait.
func (t throttle) admit(ctx context.Context, now time.Time, keys ...string) error {
	rows, err := t.failures.SignInFailures(ctx, keys...)
	if err != nil {
		return fmt.Errorf("sign-in: %w", err)
	}
	var wait time.Duration
	for _, row := range rows {
		if row.Failures >= freeTries {
			wait = max(wait, pause-now.Sub(row.Last))
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

func (t throttle) failed(ctx context.Context, now time.Time, keys ...string) error {
	if err := t.failures.FailSignIn(ctx, now, now.Add(-forgetAfter), keys...); err != nil {
		return fmt.Errorf("sign-in: %w", err)
	}
	return nil
}

// passed ends the rows of failures. Most of the time there are none.
func (t throttle) passed(ctx context.Context, keys ...string) error {
	rows, err := t.failures.SignInFailures(ctx, keys...)
	if err == nil && len(rows) > 0 {
		err = t.failures.PassSignIn(ctx, keys...)
	}
	if err != nil {
		return fmt.Errorf("sign-in: %w", err)
	}
	return nil
}
