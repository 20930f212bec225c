package webhook

import (
	"crypto/rand"
	"encoding/base64"
)

// secretPrefix marks a secret; base64 of its bytes follows.
const secretPrefix = "whsec_"

// NewSecret makes the text of a secret of 32 random bytes.
func NewSecret() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	return secretPrefix + base64.StdEncoding.EncodeToString(b)
}
