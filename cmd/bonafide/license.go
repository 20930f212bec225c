package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/bonafide-id/bonafide/internal/license"
)

// licenseCmd makes the licences by which an owner narrows where captures may begin.
type licenseCmd struct {
	Sign licenseSignCmd `cmd:"" help:"Make a signed licence for the pages of some origins."`
}

type licenseSignCmd struct {
	Key      string    `required:"" help:"File of the signing key; it is made where there is none."`
	Origins  []string  `required:"" help:"Origins of pages that may capture, such as https://bank.example."`
	ID       string    `help:"Name of the licence." default:"web"`
	Customer string    `help:"Whom it is given to."`
	NotAfter time.Time `help:"End, as 2027-12-31T00:00:00Z; none is for ever."`
}

// Run prints the licence on standard output, and on the other the key that a server is
// told to trust.
func (c *licenseSignCmd) Run() error {
	key, err := signingKey(c.Key)
	if err != nil {
		return err
	}
	raw, err := license.Sign(license.License{
		ID: c.ID, Product: license.Web, Customer: c.Customer, NotAfter: c.NotAfter, Origins: c.Origins,
	}, key)
	if err != nil {
		return err
	}
	public, _ := key.Public().(ed25519.PublicKey) // always is one
	fmt.Fprintf(os.Stderr, "--license-key %s\n", base64.StdEncoding.EncodeToString(public))
	fmt.Println(string(raw))
	return nil
}

// signingKey reads a private key, PKCS #8 in PEM, which it makes where there is no file.
func signingKey(path string) (ed25519.PrivateKey, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newSigningKey(path)
	}
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, fmt.Errorf("%s: not a key in PEM", path)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	key, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s: not an Ed25519 key", path)
	}
	return key, nil
}

func newSigningKey(path string) (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return key, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600)
}
