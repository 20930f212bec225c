package license_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/license"
)

var noon = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func signed(t *testing.T, l license.License) ([]byte, ed25519.PublicKey) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := license.Sign(l, private)
	if err != nil {
		t.Fatal(err)
	}
	return raw, public
}

func TestWithoutAFileAllIsAllowed(t *testing.T) {
	l := license.Open()
	if err := l.Allow("https://anybody.example", noon); err != nil {
		t.Error(err)
	}
}

func TestAFileNarrowsToExactOrigins(t *testing.T) {
	raw, key := signed(t, license.License{Product: license.Web, Origins: []string{"https://bank.example"}})
	for _, trusted := range []ed25519.PublicKey{nil, key} {
		l, err := license.Read(raw, trusted)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Allow("https://bank.example", noon); err != nil {
			t.Error(err)
		}
		for _, origin := range []string{"", "http://bank.example", "https://bank.example:444", "https://www.bank.example", "https://bank.example.evil.example", "null", "*"} {
			if err := l.Allow(origin, noon); !errors.Is(err, license.ErrOrigin) {
				t.Errorf("%q: %v", origin, err)
			}
		}
	}
}

func TestALicenceHasItsTime(t *testing.T) {
	l := license.License{Origins: []string{"*"}, NotBefore: noon, NotAfter: noon.Add(time.Hour)}
	for at, good := range map[time.Duration]bool{-time.Second: false, 0: true, 59 * time.Minute: true, time.Hour: false} {
		if err := l.Allow("", noon.Add(at)); (err == nil) != good {
			t.Errorf("%v after noon: %v", at, err)
		}
	}
}

func TestWhatIsEditedOrOfAnotherIsRefused(t *testing.T) {
	good := license.License{Product: license.Web, Origins: []string{"https://bank.example"}}
	raw, _ := signed(t, good)
	_, stranger := signed(t, good)
	if _, err := license.Read(raw, stranger); err == nil {
		t.Error("a licence of another key is taken")
	}
	for i := range raw {
		if edited := bytes.Clone(raw); raw[i] >= '0' {
			edited[i] ^= 1
			if l, err := license.Read(edited, nil); err == nil && !bytes.Equal(must(t, l), must(t, good)) {
				t.Fatalf("byte %d edited: %+v", i, l)
			}
		}
	}
	for _, l := range []license.License{{Product: "mobile", Origins: []string{"*"}}, {Product: license.Web}} {
		raw, key := signed(t, l)
		if _, err := license.Read(raw, key); err == nil {
			t.Errorf("%+v is taken", l)
		}
	}
}

// must gives a licence in a form that can be compared.
func must(t *testing.T, l license.License) []byte {
	t.Helper()
	raw, err := license.Sign(l, ed25519.NewKeyFromSeed(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
