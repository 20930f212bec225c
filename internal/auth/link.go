package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// What a signed link to a file has in its query.
const (
	LinkExpires   = "expires"   // seconds since 1970 at which it ends
	LinkSignature = "signature" // HMAC-SHA256 of the file and of that time, in hexadecimal
)

// linkKeyName is the name of the secret in the store.
const linkKeyName = "link-key"

// LinkKey signs links to stored files, so that they end. A nil one signs none: links
// last as long as their files. Safe for concurrent use.
type LinkKey struct {
	key      []byte
	lifetime time.Duration
}

// SharedLinkKey gives a key of links that last so long, with the secret that the store
// keeps for all processes; nil where the lifetime is 0.
func SharedLinkKey(ctx context.Context, secrets store.Secrets, lifetime time.Duration) (*LinkKey, error) {
	if lifetime == 0 {
		return nil, nil
	}
	key, err := secrets.Secret(ctx, linkKeyName, func() ([]byte, error) {
		fresh := make([]byte, sha256.Size)
		_, err := rand.Read(fresh)
		return fresh, err
	})
	if err != nil {
		return nil, fmt.Errorf("link key: %w", err)
	}
	return &LinkKey{key: key, lifetime: lifetime}, nil
}

// Query is what a link to the file of a key ends with when it is given out now, empty
// where it is not signed. It lasts up to a quarter longer than the lifetime, and is the
// same for as long, so that browsers need not load a file anew with each answer.
func (k *LinkKey) Query(file string, now time.Time) string {
	if k == nil {
		return ""
	}
	step := max(time.Second, k.lifetime/4)
	expires := strconv.FormatInt(now.Add(k.lifetime+step).Truncate(step).Unix(), 10)
	return "?" + LinkExpires + "=" + expires + "&" + LinkSignature + "=" + k.sign(file, expires)
}

// Check tells how long a link with that query lasts, 0 where it is not signed.
// CodeForbidden where it has ended, or is signed for another file, otherwise or not at
// all.
func (k *LinkKey) Check(file string, query url.Values, now time.Time) (time.Duration, error) {
	if k == nil {
		return 0, nil
	}
	expires := query.Get(LinkExpires)
	if !hmac.Equal([]byte(k.sign(file, expires)), []byte(query.Get(LinkSignature))) {
		return 0, bonafide.Errorf(bonafide.CodeForbidden, "This link is not signed by this installation: take it whole from an answer")
	}
	seconds, err := strconv.ParseInt(expires, 10, 64)
	if err != nil {
		return 0, err // it was signed, so it was a number
	}
	left := time.Unix(seconds, 0).Sub(now)
	if left <= 0 {
		return 0, bonafide.Errorf(bonafide.CodeForbidden, "This link has ended: read its object again for a new one")
	}
	return left, nil
}

// sign binds the time to the file. The key of a file is hexadecimal, so that nothing else
// can be made of the two.
func (k *LinkKey) sign(file, expires string) string {
	mac := hmac.New(sha256.New, k.key)
	mac.Write([]byte(file + "\n" + expires))
	return hex.EncodeToString(mac.Sum(nil))
}
