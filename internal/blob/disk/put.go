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
	"sync"

	"github.com/bonafide-id/bonafide"
)

const copySize = 128 << 10 // bytes read, hashed and written at a time

// Put stages and keeps.
func (b *Blobs) Put(ctx context.Context, r io.Reader) (bonafide.Blob, error) {
	s, err := b.stage(ctx, r)
	if err != nil {
		return bonafide.Blob{}, err
	}
	defer s.Discard()
	return s.blob, s.Keep(ctx)
}

// Stage copies r into a temporary file and begins to flush it.
func (b *Blobs) Stage(ctx context.Context, r io.Reader) (bonafide.StagedBlob, error) {
	s, err := b.stage(ctx, r)
	if err != nil {
		return nil, err // not a nil pointer within an interface
	}
	return s, nil
}

func (b *Blobs) stage(ctx context.Context, r io.Reader) (*staged, error) {
	f, err := os.CreateTemp(filepath.Join(b.dir, tempDir), tempName) // mode 0600
	if err != nil {
		return nil, notStored(err)
	}
	s := &staged{blobs: b, file: f}
	if s.blob, err = fill(ctx, f, r); err != nil {
		s.release(true)
		return nil, err
	}
	// The disk writes while the content is being looked at.
	s.flush = sync.OnceValue(f.Sync)
	go s.flush()
	return s, nil
}

// staged is a temporary file with its content.
type staged struct {
	blobs *Blobs
	file  *os.File // nil once it was kept or discarded
	blob  bonafide.Blob
	flush func() error // waits where it is under way
}

func (s *staged) Blob() bonafide.Blob { return s.blob }

func (s *staged) Path() string { return s.file.Name() }

// Keep moves the file, once it is flushed, to its name, which it has claimed, and
// flushes the name. It moves even where the name is taken: the content is the
// same, and what was flushed just now is known to be whole. An error of the last
// flush leaves the blob: an earlier Keep of the same content may have promised it
// to somebody.
func (s *staged) Keep(ctx context.Context) error {
	path, err := s.blobs.path(s.blob.Digest)
	if err != nil {
		return err
	}
	if err := s.flush(); err != nil {
		return notStored(err)
	}
	if err := s.blobs.claim(ctx, s.blob.Digest); err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	if err := os.Rename(s.file.Name(), path); err != nil {
		return notStored(err)
	}
	s.release(false)
	if err := flushDir(filepath.Dir(path)); err != nil {
		return notStored(err)
	}
	return nil
}

// Discard waits for the flush that is under way, which uses the file.
func (s *staged) Discard() {
	if s.file == nil {
		return
	}
	_ = s.flush()
	s.release(true)
}

// release gives up the claim.
func (s *staged) release(remove bool) {
	if remove {
		// What cannot be removed is removed by the next Open.
		_ = os.Remove(s.file.Name())
	}
	s.file.Close() // what matters was flushed before
	s.file = nil
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

func notStored(err error) error {
	return bonafide.Wrap(bonafide.CodeUnknown, "The file could not be stored", err)
}
