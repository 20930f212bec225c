package capture

import (
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// The suite of containers, as RFC 9180 numbers it: DHKEM(P-256, HKDF-SHA256),
// HKDF-SHA256, AES-256-GCM.
const (
	kemID  = 0x0010
	kdfID  = 0x0001
	aeadID = 0x0002
)

// Suite names the algorithms that a container is sealed with, by their numbers in RFC 9180.
type Suite struct {
	KEM  uint16 `json:"kem"`
	KDF  uint16 `json:"kdf"`
	AEAD uint16 `json:"aead"`
}

// OnlySuite is the one that there is.
func OnlySuite() Suite { return Suite{KEM: kemID, KDF: kdfID, AEAD: aeadID} }

func kem() hpke.KEM { return hpke.DHKEM(ecdh.P256()) }

// Key opens containers.
type Key struct {
	ID      string // first eight bytes of the SHA-256 of Public, in hexadecimal
	Public  []byte // uncompressed point of P-256, 65 bytes
	private hpke.PrivateKey
}

// GenerateKey makes a private key as it is kept.
func GenerateKey() ([]byte, error) {
	k, err := kem().GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("container key: %w", err)
	}
	return k.Bytes()
}

// ReadKey reads a private key as it is kept.
func ReadKey(raw []byte) (*Key, error) {
	private, err := kem().NewPrivateKey(raw)
	if err != nil {
		return nil, fmt.Errorf("container key: %w", err)
	}
	public := private.PublicKey().Bytes()
	return &Key{ID: KeyID(public), Public: public, private: private}, nil
}

// KeyID names a public key.
func KeyID(public []byte) string {
	sum := sha256.Sum256(public)
	return hex.EncodeToString(sum[:8])
}

// Info binds a container to its session token.
func Info(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return append([]byte("bonafide-capture-v1"), sum[:]...)
}
