package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestCaptureTokenIsSignedAndOutlivesARestart(t *testing.T) {
	if _, err := ReadCaptureKey(filepath.Join(t.TempDir(), "capture-key.pem"), time.Now); err == nil {
		t.Error("a configured key that is not there is made up")
	}
	records := storetest.Open(t)
	first, err := SharedCaptureKey(t.Context(), records, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	u := &bonafide.User{ID: bonafide.NewID(), CompanyID: bonafide.NewID(), Email: "a.user@bank.example"}
	token, err := first.Token(u)
	if err != nil {
		t.Fatal(err)
	}
	again, err := SharedCaptureKey(t.Context(), records, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return again.Public(), nil },
		jwt.WithValidMethods([]string{"ES384"}), jwt.WithExpirationRequired(), jwt.WithIssuer("bonafide"))
	if err != nil {
		t.Fatal(err)
	}
	claims := parsed.Claims.(jwt.MapClaims)
	if claims["sub"] != string(u.ID) || claims["company_id"] != string(u.CompanyID) || len(claims) != 6 {
		t.Errorf("claims: %v", claims)
	}
	late := jwt.WithTimeFunc(func() time.Time { return time.Now().Add(captureTTL + time.Minute) })
	if _, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return again.Public(), nil }, late); err == nil {
		t.Error("the token does not expire")
	}
}

func TestCaptureKeyOnAnotherCurveIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.pem")
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range [][]byte{pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), []byte("no key"), nil} {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadCaptureKey(path, time.Now); err == nil {
			t.Errorf("%q is taken", raw)
		}
	}
}
