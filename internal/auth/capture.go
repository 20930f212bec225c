package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// captureTTL is the life of a capture token: long enough to record and upload.
const captureTTL = time.Hour

const captureIssuer = "bonafide"

// CaptureKey signs the tokens that a capture on a device is bound to: JWT, ES384.
type CaptureKey struct {
	key *ecdsa.PrivateKey
	now func() time.Time
}

// captureKeyName is the name of the secret in the store.
const captureKeyName = "capture-key"

// ReadCaptureKey reads a private key on curve P-384 (PEM, SEC 1 or PKCS #8) from a
// file.
func ReadCaptureKey(path string, now func() time.Time) (*CaptureKey, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("capture key: %w", err)
	}
	return parseCaptureKey(raw, path, now)
}

// SharedCaptureKey gives the key that the store keeps for all processes. It is made
// where there is none yet.
func SharedCaptureKey(ctx context.Context, secrets store.Secrets, now func() time.Time) (*CaptureKey, error) {
	raw, err := secrets.Secret(ctx, captureKeyName, createKey)
	if err != nil {
		return nil, fmt.Errorf("capture key: %w", err)
	}
	return parseCaptureKey(raw, "in the store", now)
}

func parseCaptureKey(raw []byte, place string, now func() time.Time) (*CaptureKey, error) {
	key, err := jwt.ParseECPrivateKeyFromPEM(raw)
	if err != nil {
		return nil, fmt.Errorf("capture key %s: %w", place, err)
	}
	if key.Curve != elliptic.P384() {
		return nil, fmt.Errorf("capture key %s: not on curve P-384", place)
	}
	return &CaptureKey{key: key, now: now}, nil
}

func createKey() ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
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
