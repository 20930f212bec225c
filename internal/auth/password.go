package auth

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"github.com/bonafide-id/bonafide"
)

// Passwords follow NIST SP 800-63B: a least length, no rules of composition.
const (
	minPassword = 8    // characters
	maxPassword = 1024 // bytes
)

// hasher makes and checks password hashes, no more than its slots at once: each
// takes 19 MiB and some 20 ms of a core.
type hasher struct {
	slots  chan struct{}
	params argon2id.Params
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
	h := &hasher{slots: make(chan struct{}, slots), params: params, check: argon2id.ComparePasswordAndHash}
	var err error
	h.decoy, err = argon2id.CreateHash(bonafide.NewSecret(32), &h.params)
	return h, err
}

// enter waits for a free slot; leave must be called once it returned nil.
func (h *hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("password: %w", ctx.Err())
	}
}

func (h *hasher) leave() { <-h.slots }

// hash checks the policy and hashes.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if utf8.RuneCountInString(password) < minPassword || len(password) > maxPassword {
		return "", bonafide.Errorf(bonafide.CodeValue, "Invalid password, from %d characters to %d bytes", minPassword, maxPassword)
	}
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return argon2id.CreateHash(password, &h.params)
}
