// Package capturetest makes captures as a client does: manifests, their zip, and the
// sealed container.
package capturetest

import (
	"archive/zip"
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"

	"github.com/bonafide-id/bonafide/internal/capture"
)

// Seal seals content for a public key, 65 bytes, and a session token.
func Seal(public []byte, token string, content []byte) ([]byte, error) {
	return SealChunks(public, token, content, capture.MaxChunk)
}

// SealChunks is Seal with chunks of so many bytes.
func SealChunks(public []byte, token string, content []byte, size int) ([]byte, error) {
	key, err := hpke.DHKEM(ecdh.P256()).NewPublicKey(public)
	if err != nil {
		return nil, err
	}
	enc, sender, err := hpke.NewSender(key, hpke.HKDFSHA256(), hpke.AES256GCM(), capture.Info(token))
	if err != nil {
		return nil, err
	}
	header, err := json.Marshal(capture.Header{Version: 1, Suite: capture.OnlySuite(), KeyID: capture.KeyID(public), Enc: base64.StdEncoding.EncodeToString(enc)})
	if err != nil {
		return nil, err
	}
	out := append([]byte(capture.Magic), 0, 0)
	binary.BigEndian.PutUint16(out[len(capture.Magic):], uint16(len(header)))
	out = append(out, header...)
	for i := uint32(0); ; i++ {
		n := min(size, len(content))
		sealed, err := sender.Seal(capture.Associated(i, n == len(content)), content[:n])
		if err != nil {
			return nil, err
		}
		out = append(binary.BigEndian.AppendUint32(out, uint32(len(sealed))), sealed...)
		if content = content[n:]; len(content) == 0 {
			return out, nil
		}
	}
}

// File is one file of a container's content.
type File struct {
	Name string
	Data []byte
}

// Pack makes the content of a container: the manifest, which is marshalled unless it is
// raw bytes, and the files after it.
func Pack(manifest any, files ...File) ([]byte, error) {
	raw, ok := manifest.([]byte)
	if !ok {
		var err error
		if raw, err = json.Marshal(manifest); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range append([]File{{"manifest.json", raw}}, files...) {
		to, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := to.Write(f.Data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
