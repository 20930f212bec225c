// Package license reads what an installation is entitled to from a signed file. The
// system is open: without a file everything is allowed, and a file only narrows that,
// for owners who want captures to begin on pages of their own alone. It is no means
// against attackers, who can call the server without a browser.
//
// Nothing in it looks at the clock: the time is handed in.
package license

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

// License is what is allowed.
type License struct {
	ID        string    `json:"id"`                  // of the licence, for people
	Product   string    `json:"product"`             // web: of the web adapter
	Customer  string    `json:"customer"`            // whom it was given to
	NotBefore time.Time `json:"not_before,omitzero"` // zero: always
	NotAfter  time.Time `json:"not_after,omitzero"`  // zero: for ever
	Origins   []string  `json:"origins"`             // of pages, each exactly as browsers say it; * is any
}

// Web is the product that pages are checked for.
const Web = "web"

// Reasons to refuse.
var (
	ErrOrigin  = errors.New("the licence does not name the origin of this page")
	ErrExpired = errors.New("the licence is not valid at this time")
)

// Open is the licence of those who have no file: it allows all, for ever.
func Open() License { return License{ID: "open", Product: Web, Origins: []string{"*"}} }

// file is a licence as it is stored.
type file struct {
	Payload   []byte `json:"payload"`    // License as JSON
	Signature []byte `json:"signature"`  // Ed25519 over payload
	PublicKey []byte `json:"public_key"` // that it is checked with where none is trusted
}

// maxFile bounds a file, in bytes.
const maxFile = 256 << 10

// Read reads a signed file. trusted is the key of whom licences are taken from; where
// it is nil, the key within the file is enough, which proves that the file is whole and
// nothing about who made it.
func Read(raw []byte, trusted ed25519.PublicKey) (License, error) {
	if len(raw) > maxFile {
		return License{}, fmt.Errorf("licence: longer than %d bytes", maxFile)
	}
	var f file
	if err := json.Unmarshal(raw, &f); err != nil {
		return License{}, fmt.Errorf("licence: want a JSON object with payload, signature and public_key: %w", err)
	}
	key := trusted
	if key == nil {
		key = f.PublicKey
	}
	if len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, f.Payload, f.Signature) {
		return License{}, errors.New("licence: the signature is wrong")
	}
	var l License
	d := json.NewDecoder(bytes.NewReader(f.Payload))
	if err := d.Decode(&l); err != nil {
		return License{}, fmt.Errorf("licence: %w", err)
	}
	if l.Product != Web {
		return License{}, fmt.Errorf("licence: it is for the product %q, not for %s", l.Product, Web)
	}
	if len(l.Origins) == 0 {
		return License{}, errors.New("licence: it names no origins")
	}
	return l, nil
}

// Load reads the file at a path, empty for none, which is Open. key is the public key in
// base64 whose licences are taken; empty takes any.
func Load(path, key string) (License, error) {
	if path == "" {
		return Open(), nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return License{}, fmt.Errorf("licence: %w", err)
	}
	var trusted ed25519.PublicKey
	if key != "" {
		if trusted, err = base64.StdEncoding.DecodeString(key); err != nil || len(trusted) != ed25519.PublicKeySize {
			return License{}, errors.New("licence: want a key of 32 bytes in base64")
		}
	}
	return Read(raw, trusted)
}

// Sign makes the file of a licence.
func Sign(l License, key ed25519.PrivateKey) ([]byte, error) {
	payload, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("licence: %w", err)
	}
	public, _ := key.Public().(ed25519.PublicKey) // always is one
	return json.MarshalIndent(file{Payload: payload, Signature: ed25519.Sign(key, payload), PublicKey: public}, "", "  ")
}

// AnyOrigin tells whether pages of all origins are allowed.
func (l *License) AnyOrigin() bool { return slices.Contains(l.Origins, "*") }

// Allow tells whether a page of an origin may begin a capture: nil, ErrOrigin or
// ErrExpired. Origins are compared exactly, as a browser writes location.origin.
func (l *License) Allow(origin string, now time.Time) error {
	if !l.NotBefore.IsZero() && now.Before(l.NotBefore) || !l.NotAfter.IsZero() && !now.Before(l.NotAfter) {
		return ErrExpired
	}
	if !l.AnyOrigin() && !slices.Contains(l.Origins, origin) {
		return ErrOrigin
	}
	return nil
}
