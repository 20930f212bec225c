package bonafide

import (
	"crypto/rand"
	"encoding/hex"
)

// ID names one object: a UUID version 4, lower case, hyphenated.
type ID string

// NewID returns a fresh random ID. It panics only if the operating system has
// no randomness, which crypto/rand itself treats as fatal.
func NewID() ID {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	var out [36]byte
	hex.Encode(out[0:8], b[0:4])
	out[8] = '-'
	hex.Encode(out[9:13], b[4:6])
	out[13] = '-'
	hex.Encode(out[14:18], b[6:8])
	out[18] = '-'
	hex.Encode(out[19:23], b[8:10])
	out[23] = '-'
	hex.Encode(out[24:36], b[10:16])
	return ID(out[:])
}

// ParseID accepts the 36-character hyphenated form in either case and returns
// it in lower case. Anything else is a CodeValue error.
func ParseID(s string) (ID, error) {
	if len(s) != 36 {
		return "", Errorf(CodeValue, "Invalid identifier")
	}
	b := []byte(s)
	for i, c := range b {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return "", Errorf(CodeValue, "Invalid identifier")
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f':
		case c >= 'A' && c <= 'F':
			b[i] = c + 'a' - 'A'
		default:
			return "", Errorf(CodeValue, "Invalid identifier")
		}
	}
	return ID(b), nil
}

// NewSecret returns n random bytes in lower-case hexadecimal: unguessable, made
// of [0-9a-f], fit for tokens and link keys.
func NewSecret(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}
