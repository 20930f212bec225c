package disk

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/bonafide-id/bonafide"
)

const copySize = 128 << 10 // bytes read, hashed and written at a time

// Put copies r into a temporary file, flushes it, and moves it to its name. It
// moves even where the name is taken: the content is the same, and what was
// flushed just now is known to be whole.
func (b *Blobs) Put(ctx context.Context, r io.Reader) (bonafide.Blob, error) {
	f, err := os.CreateTemp(filepath.Join(b.dir, tempDir), tempName) // mode 0600
	if err != nil {
		return bonafide.Blob{}, notStored(err)
	}
	blob, err := fill(ctx, f, r)
	if err == nil {
		err = b.keep(ctx, f, blob.Digest)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	f.Close() // gives up the claim; what matters was flushed before
	if err != nil {
		return bonafide.Blob{}, err
	}
	return blob, nil
}

// fill copies r to its end and sums it up. Errors of r come back unchanged.
func fill(ctx context.Context, f *os.File, r io.Reader) (bonafide.Blob, error) {
	if err := claim(f); err != nil {
		return bonafide.Blob{}, notStored(err)
	}
	sha, sum := sha256.New(), md5.New()
	buf := make([]byte, copySize)
	var size int64
	for {
		if err := ctx.Err(); err != nil {
			return bonafide.Blob{}, err
		}
		n, rerr := r.Read(buf)
		sha.Write(buf[:n])
		sum.Write(buf[:n])
		if _, err := f.Write(buf[:n]); err != nil {
			return bonafide.Blob{}, notStored(err)
		}
		size += int64(n)
		if rerr == io.EOF {
			break
		}
		if rerr != nil {
			return bonafide.Blob{}, rerr
		}
	}
	return bonafide.Blob{
		Digest: hex.EncodeToString(sha.Sum(nil)),
		MD5:    hex.EncodeToString(sum.Sum(nil)),
		Size:   size,
	}, nil
}

// keep flushes the file, claims its digest, and flushes its name. An error of the last flush leaves the
// blob: an earlier Put of the same content may have promised it to somebody.
func (b *Blobs) keep(ctx context.Context, f *os.File, digest string) error {
	path, err := b.path(digest)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return notStored(err)
	}
	if err := b.claim(ctx, digest); err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return notStored(err)
	}
	if err := flushDir(filepath.Dir(path)); err != nil {
		return notStored(err)
	}
	return nil
}

func notStored(err error) error {
	return bonafide.Wrap(bonafide.CodeUnknown, "The file could not be stored", err)
}
