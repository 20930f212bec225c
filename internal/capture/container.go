package capture

import (
	"bufio"
	"bytes"
	"crypto/hpke"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
)

// The form of a container, version 1.
const (
	Magic     = "BFC1"
	maxHeader = 4096
	// MaxChunk is how many bytes of content one chunk holds at most.
	MaxChunk  = 256 << 10
	maxChunks = 8192
	tagSize   = 16 // of AES-GCM
	pointSize = 65 // of an uncompressed point of P-256
)

// Header is the part of a container that is not sealed.
type Header struct {
	Version int    `json:"v"`
	Suite   Suite  `json:"suite"`
	KeyID   string `json:"kid"`
	Enc     string `json:"enc"` // encapsulated key, base64
}

// encoded is the one spelling of a header: compact, with the fields in their order.
func (h Header) encoded() []byte {
	raw, _ := json.Marshal(h) // numbers and texts
	return raw
}

// Opening is what a container is opened with.
type Opening struct {
	Key   *Key
	Token string // session token that it must be bound to
	Most  int64  // bytes of content
}

// Open gives the content of a container while it arrives. No byte is given before the
// chunk that holds it has been checked; the end is only reached where all of the
// container was there. What is wrong with the container is CodeContainer, other errors of
// sealed come back as they are.
func (o Opening) Open(sealed io.Reader) io.Reader {
	return &content{opening: o, from: bufio.NewReaderSize(sealed, 64<<10)}
}

// content reads the chunks of a container.
type content struct {
	opening   Opening
	from      *bufio.Reader
	recipient *hpke.Recipient
	chunks    uint32
	given     int64
	plain     []byte // opened and not yet read
	buf       []byte
	done      bool
	err       error
}

// Read implements io.Reader.
func (c *content) Read(p []byte) (int, error) {
	for len(c.plain) == 0 {
		if c.err == nil && c.done {
			c.err = io.EOF
		}
		if c.err != nil {
			return 0, c.err
		}
		c.err = c.next()
	}
	n := copy(p, c.plain)
	c.plain = c.plain[n:]
	return n, nil
}

// next opens the header or a chunk.
func (c *content) next() error {
	if c.recipient == nil {
		return c.begin()
	}
	if c.chunks == maxChunks {
		return broken(badSize, "it has more than %d chunks", maxChunks)
	}
	var prefix [4]byte
	if err := c.full(prefix[:]); err != nil {
		return err
	}
	size := binary.BigEndian.Uint32(prefix[:])
	if size < tagSize || size > MaxChunk+tagSize {
		return broken(badSize, "chunk %d has %d bytes", c.chunks, size)
	}
	if c.given += int64(size) - tagSize; c.given > c.opening.Most {
		return broken(badSize, "it holds more than %d bytes", c.opening.Most)
	}
	if c.buf == nil {
		c.buf = make([]byte, MaxChunk+tagSize)
	}
	if err := c.full(c.buf[:size]); err != nil {
		return err
	}
	_, err := c.from.Peek(1)
	if err != nil && err != io.EOF {
		return err
	}
	c.done = err == io.EOF
	plain, err := c.recipient.Open(Associated(c.chunks, c.done), c.buf[:size])
	if err != nil {
		return broken(badSeal, "chunk %d is not what was sealed for this session", c.chunks)
	}
	c.chunks++
	c.plain = plain
	return nil
}

// begin reads the header.
func (c *content) begin() error {
	var fixed [len(Magic) + 2]byte
	if err := c.full(fixed[:]); err != nil {
		return err
	}
	if string(fixed[:len(Magic)]) != Magic {
		return broken(badHeader, "it does not begin with %s", Magic)
	}
	size := binary.BigEndian.Uint16(fixed[len(Magic):])
	if size == 0 || size > maxHeader {
		return broken(badHeader, "its header has %d bytes", size)
	}
	raw := make([]byte, size)
	if err := c.full(raw); err != nil {
		return err
	}
	// The header is not sealed: only one spelling of it is taken, so that none is edited.
	var h Header
	if err := json.Unmarshal(raw, &h); err != nil || !bytes.Equal(raw, h.encoded()) {
		return broken(badHeader, "its header is no JSON of the right form")
	}
	if h.Version != 1 || h.Suite != OnlySuite() {
		return broken(badHeader, "it has version %d and suite %d, %d, %d", h.Version, h.Suite.KEM, h.Suite.KDF, h.Suite.AEAD)
	}
	if h.KeyID != c.opening.Key.ID {
		return broken(badKey, "it is sealed for another key than its session's")
	}
	enc, err := base64.StdEncoding.Strict().DecodeString(h.Enc)
	if err != nil || len(enc) != pointSize {
		return broken(badHeader, "its encapsulated key is no point")
	}
	c.recipient, err = hpke.NewRecipient(enc, c.opening.Key.private, hpke.HKDFSHA256(), hpke.AES256GCM(), Info(c.opening.Token))
	if err != nil {
		return broken(badHeader, "its encapsulated key is no point")
	}
	return nil
}

// full reads all of p. A container that ends within is broken, a body that fails is not.
func (c *content) full(p []byte) error {
	_, err := io.ReadFull(c.from, p)
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return broken(badSeal, "it ends too early")
	}
	return err
}

// Associated is the associated data of a chunk: its number from zero, and whether it is
// the last.
func Associated(number uint32, last bool) []byte {
	aad := binary.BigEndian.AppendUint32(nil, number)
	if last {
		return append(aad, 1)
	}
	return append(aad, 0)
}
