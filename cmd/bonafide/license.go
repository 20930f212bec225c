package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
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
	key, err := license.SigningKey(c.Key)
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
