package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/bonafide-id/bonafide"
)

// captureTTL is the life of a capture token: long enough to record and upload.
const captureTTL = time.Hour

const captureIssuer = "bonafide"

// CaptureKey signs the tokens that a capture on a device is bound to: JWT, ES384.
type CaptureKey struct {
	key *ecdsa.PrivateKey
	now func() time.Time
}

// OpenCaptureKey reads a private key on curve P-384 (PEM, SEC 1 or PKCS #8). A file
// that is not there is made where create says so, readable by its owner alone.
func OpenCaptureKey(path string, create bool, now func() time.Time) (*CaptureKey, error) {
	raw, err := os.ReadFile(path)
	if create && errors.Is(err, fs.ErrNotExist) {
		raw, err = createKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("capture key: %w", err)
	}
	key, err := jwt.ParseECPrivateKeyFromPEM(raw)
	if err != nil {
		return nil, fmt.Errorf("capture key %s: %w", path, err)
	}
	if key.Curve != elliptic.P384() {
		return nil, fmt.Errorf("capture key %s: not on curve P-384", path)
	}
	return &CaptureKey{key: key, now: now}, nil
}

// createKey makes a key under another name and flushes it before it gets its own,
// so that a crash leaves a whole one or none.
func createKey(path string) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	raw := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	f, err := os.CreateTemp(filepath.Dir(path), ".key-") // mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(raw)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	return raw, os.Rename(f.Name(), path)
}

// Token makes a token for the user. It names the user and the company by their
// identifiers and nothing else.
func (k *CaptureKey) Token(u *bonafide.User) (string, error) {
	now := k.now()
	claims := jwt.MapClaims{
		"iss": captureIssuer, "sub": string(u.ID), "company_id": string(u.CompanyID), "jti": string(bonafide.NewID()),
		"iat": now.Unix(), "exp": now.Add(captureTTL).Unix(),
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodES384, claims).SignedString(k.key)
	if err != nil {
		return "", fmt.Errorf("capture token: %w", err)
	}
	return token, nil
}

// Public is the key that tokens are checked with.
func (k *CaptureKey) Public() *ecdsa.PublicKey { return &k.key.PublicKey }
