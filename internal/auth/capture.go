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

const captureIssuer = "bonafide"

// CaptureKey signs the tokens that a capture on a device is bound to: JWT, ES384.
type CaptureKey struct{ key *ecdsa.PrivateKey }

// captureKeyName is the name of the secret in the store.
const captureKeyName = "capture-key"

// ReadCaptureKey reads a private key on curve P-384 (PEM, SEC 1 or PKCS #8) from a
// file.
func ReadCaptureKey(path string) (*CaptureKey, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("capture key: %w", err)
	}
	return parseCaptureKey(raw, path)
}

// SharedCaptureKey gives the key that the store keeps for all processes. It is made
// where there is none yet.
func SharedCaptureKey(ctx context.Context, secrets store.Secrets) (*CaptureKey, error) {
	raw, err := secrets.Secret(ctx, captureKeyName, createKey)
	if err != nil {
		return nil, fmt.Errorf("capture key: %w", err)
	}
	return parseCaptureKey(raw, "in the store")
}

func parseCaptureKey(raw []byte, place string) (*CaptureKey, error) {
	key, err := jwt.ParseECPrivateKeyFromPEM(raw)
	if err != nil {
		return nil, fmt.Errorf("capture key %s: %w", place, err)
	}
	if key.Curve != elliptic.P384() {
		return nil, fmt.Errorf("capture key %s: not on curve P-384", place)
	}
	return &CaptureKey{key: key}, nil
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

// CaptureToken is what a session token says. It names user and company by their
// identifiers and tells nothing about the person whose capture it is.
type CaptureToken struct {
	ID          bonafide.ID // jti
	UserID      bonafide.ID // sub
	CompanyID   bonafide.ID
	ChallengeID bonafide.ID
	Actions     []string
	KeyID       string // of the key that its container is sealed for
	IssuedAt    time.Time
	ExpiresAt   time.Time
}

// captureClaims is the token as JSON.
type captureClaims struct {
	jwt.RegisteredClaims
	CompanyID   bonafide.ID `json:"company_id"`
	ChallengeID bonafide.ID `json:"challenge_id"`
	Actions     []string    `json:"actions"`
	KeyID       string      `json:"ekid"`
}

// Sign makes a token.
func (k *CaptureKey) Sign(t CaptureToken) (string, error) {
	claims := captureClaims{
		RegisteredClaims: jwt.RegisteredClaims{Issuer: captureIssuer, ID: string(t.ID), Subject: string(t.UserID),
			IssuedAt: jwt.NewNumericDate(t.IssuedAt), ExpiresAt: jwt.NewNumericDate(t.ExpiresAt)},
		CompanyID: t.CompanyID, ChallengeID: t.ChallengeID, Actions: append([]string{}, t.Actions...), KeyID: t.KeyID,
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodES384, claims).SignedString(k.key)
	if err != nil {
		return "", fmt.Errorf("capture token: %w", err)
	}
	return token, nil
}

// maxCaptureToken is far more than a token has.
const maxCaptureToken = 4096

// Verify reads a token that this key has signed. Whether it has expired is for the caller
// to see.
func (k *CaptureKey) Verify(token string) (*CaptureToken, error) {
	if len(token) > maxCaptureToken {
		return nil, fmt.Errorf("capture token: %d bytes", len(token))
	}
	var c captureClaims
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"ES384"}), jwt.WithoutClaimsValidation(), jwt.WithStrictDecoding())
	if _, err := parser.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return k.Public(), nil }); err != nil {
		return nil, fmt.Errorf("capture token: %w", err)
	}
	if c.Issuer != captureIssuer || c.IssuedAt == nil || c.ExpiresAt == nil {
		return nil, fmt.Errorf("capture token: of another issuer")
	}
	return &CaptureToken{ID: bonafide.ID(c.ID), UserID: bonafide.ID(c.Subject), CompanyID: c.CompanyID, ChallengeID: c.ChallengeID,
		Actions: c.Actions, KeyID: c.KeyID, IssuedAt: c.IssuedAt.Time, ExpiresAt: c.ExpiresAt.Time}, nil
}

// Public is the key that tokens are checked with.
func (k *CaptureKey) Public() *ecdsa.PublicKey { return &k.key.PublicKey }
