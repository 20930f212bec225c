package auth

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// Passwords follow NIST SP 800-63B: a least length, no rules of composition.
const (
	minPassword = 8    // characters
	maxPassword = 1024 // bytes
)

const (
	waitingOfSource = 8               // sign-ins for each place
	turnWait        = 5 * time.Second // for a place
)

// hasher makes and checks password hashes, a few at once: each
// takes 19 MiB and some 20 ms of a core.
type hasher struct {
	known, others *quota.Share // places for those who are known here, and half as many for all else
	params        argon2id.Params
	// check compares a password with a hash; it is a field so that tests can count.
	check func(password, hash string) (bool, error)
	// decoy is the hash that the password of an unknown user is compared with.
	decoy string
}

// strong is the cost of OWASP's second profile: 19 MiB, 2 passes, 1 lane.
func strong() argon2id.Params {
	return argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

func newHasher(slots int, params argon2id.Params) (*hasher, error) {
	h := &hasher{known: newShare(slots), others: newShare(max(1, slots/2)), params: params, check: argon2id.ComparePasswordAndHash}
	var err error
	h.decoy, err = argon2id.CreateHash(bonafide.NewSecret(32), &h.params)
	return h, err
}

// newShare gives no source more places in turn than another, and none for longer than
// a client waits for an answer.
func newShare(slots int) *quota.Share {
	return quota.New(quota.Limits{Places: slots, PerKey: slots, Waiting: waitingOfSource * slots, Patience: turnWait})
}

// enter waits for a place; what it gives must be called once it returned no error. A
// flood from everywhere does not keep those waiting who are known.
func (h *hasher) enter(ctx context.Context, source string, known bool) (leave func(), err error) {
	share := h.others
	if known {
		share = h.known
	}
	if leave, err = share.Take(ctx, source); err != nil {
		return nil, fmt.Errorf("password: %w", err)
	}
	return leave, nil
}

// hash checks the policy and hashes.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if utf8.RuneCountInString(password) < minPassword || len(password) > maxPassword {
		return "", bonafide.Errorf(bonafide.CodeValue, "Invalid password, from %d characters to %d bytes", minPassword, maxPassword)
	}
	leave, err := h.enter(ctx, string(bonafide.ActorOf(ctx).UserID), true)
	if err != nil {
		return "", err
	}
	defer leave()
	return argon2id.CreateHash(password, &h.params)
}
