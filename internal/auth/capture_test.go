package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestCaptureTokensAreSignedWithAKeyThatOutlivesARestart(t *testing.T) {
	if _, err := ReadCaptureKey(filepath.Join(t.TempDir(), "capture-key.pem")); err == nil {
		t.Error("a configured key that is not there is made up")
	}
	records := storetest.Open(t)
	first, err := SharedCaptureKey(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().Truncate(time.Second)
	said := CaptureToken{ID: bonafide.NewID(), UserID: bonafide.NewID(), CompanyID: bonafide.NewID(), ChallengeID: bonafide.NewID(),
		Actions: []string{"video_selfie_smile"}, KeyID: "0123456789abcdef", IssuedAt: now, ExpiresAt: now.Add(10 * time.Minute)}
	token, err := first.Sign(said)
	if err != nil {
		t.Fatal(err)
	}
	again, err := SharedCaptureKey(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Verify(token); err != nil || !reflect.DeepEqual(*got, said) {
		t.Errorf("got %+v, %v", got, err)
	}
	parsed, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return again.Public(), nil },
		jwt.WithValidMethods([]string{"ES384"}), jwt.WithExpirationRequired(), jwt.WithIssuer("bonafide"))
	if err != nil {
		t.Fatal(err)
	}
	if claims := parsed.Claims.(jwt.MapClaims); claims["jti"] != string(said.ID) || claims["sub"] != string(said.UserID) || len(claims) != 9 {
		t.Errorf("claims: %v", claims)
	}
}

func TestACaptureTokenOfAnyOtherSignatureIsRefused(t *testing.T) {
	ours, err := SharedCaptureKey(t.Context(), storetest.Open(t))
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := SharedCaptureKey(t.Context(), storetest.Open(t))
	if err != nil {
		t.Fatal(err)
	}
	token, err := ours.Sign(CaptureToken{ID: bonafide.NewID(), Actions: []string{"video_selfie_smile"}})
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := theirs.Sign(CaptureToken{ID: bonafide.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(token, ".")
	unsigned, err := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"iss": "bonafide"}).SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(ours.Public())
	if err != nil {
		t.Fatal(err)
	}
	confused, err := jwt.NewWithClaims(jwt.SigningMethodHS384, jwt.MapClaims{"iss": "bonafide"}).SignedString(public)
	if err != nil {
		t.Fatal(err)
	}
	issued, err := jwt.NewWithClaims(jwt.SigningMethodES384, jwt.MapClaims{"iss": "another"}).SignedString(ours.key)
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{
		"another key's": foreign, "without signature": unsigned, "signed with the public key": confused, "of another issuer": issued,
		"claims of another": parts[0] + "." + strings.Split(foreign, ".")[1] + "." + parts[2], "cut": token[:len(token)-1], "empty": "",
		"no token": "a.b.c", "too long": token + strings.Repeat("a", 5000), "in padding": token + "=",
	} {
		if got, err := ours.Verify(token); err == nil {
			t.Errorf("a token %s says %+v", name, got)
		}
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
		if _, err := ReadCaptureKey(path); err == nil {
			t.Errorf("%q is taken", raw)
		}
	}
}
