package disk

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
)

const copySize = 128 << 10 // bytes read, hashed and written at a time

// buffers are reused: most files are no larger than one.
var buffers = sync.Pool{New: func() any { return new([copySize]byte) }}

// Put stages and keeps.
func (b *Blobs) Put(ctx context.Context, r io.Reader) (blob.Blob, error) {
	s, err := b.stage(ctx, r)
	if err != nil {
		return blob.Blob{}, err
	}
	defer s.Discard()
	return s.blob, b.Keep(ctx, s)
}

// Writable writes a file, flushes it and removes it.
func (b *Blobs) Writable(ctx context.Context) error {
	s, err := b.stage(ctx, strings.NewReader("writable"))
	if err != nil {
		return err
	}
	defer s.Discard()
	if err := s.flush(); err != nil {
		return notStored(err)
	}
	return nil
}

// Stage copies r into a temporary file and begins to flush it.
func (b *Blobs) Stage(ctx context.Context, r io.Reader) (blob.Staged, error) {
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
	blob  blob.Blob
	flush func() error // waits where it is under way
}

func (s *staged) Blob() blob.Blob { return s.blob }

func (s *staged) Path() string { return s.file.Name() }

// Keep moves the files, once they are flushed, to their names, which it has
// claimed, and flushes the names: what goes to the disk at the same time costs
// little more than one. It moves even where a name is taken: the content is the
// same, and what was flushed just now is known to be whole. An error of the last
// flush leaves the blobs: an earlier Keep of the same content may have promised
// them to somebody.
func (b *Blobs) Keep(ctx context.Context, blobs ...blob.Staged) error {
	var files []*staged
	var digests []string
	for _, blob := range blobs {
		s := blob.(*staged) // Stage gives no others
		if err := s.flush(); err != nil {
			return notStored(err)
		}
		files, digests = append(files, s), append(digests, s.blob.Digest)
	}
	if len(files) == 0 {
		return nil
	}
	if err := b.claim(ctx, digests...); err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	dirs := map[string]bool{}
	for _, s := range files {
		path, err := b.path(s.blob.Digest)
		if err != nil {
			return err
		}
		if err := os.Rename(s.file.Name(), path); err != nil {
			return notStored(err)
		}
		if id, err := identify(s.file); err == nil { // it was summed up while it was written
			b.whole.add(s.blob.Digest, id)
		}
		s.release(false)
		dirs[filepath.Dir(path)] = true
	}
	if err := flushDirs(slices.Collect(maps.Keys(dirs))); err != nil {
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
func fill(ctx context.Context, f *os.File, r io.Reader) (blob.Blob, error) {
	if err := claim(f); err != nil {
		return blob.Blob{}, notStored(err)
	}
	sha, sum := sha256.New(), md5.New()
	buffer := buffers.Get().(*[copySize]byte)
	defer buffers.Put(buffer)
	buf := buffer[:]
	var size int64
	for {
		if err := ctx.Err(); err != nil {
			return blob.Blob{}, err
		}
		n, rerr := r.Read(buf)
		sha.Write(buf[:n])
		sum.Write(buf[:n])
		if _, err := f.Write(buf[:n]); err != nil {
			return blob.Blob{}, notStored(err)
		}
		size += int64(n)
		if rerr == io.EOF {
			break
		}
		if rerr != nil {
			return blob.Blob{}, rerr
		}
	}
	return blob.Blob{
		Digest: hex.EncodeToString(sha.Sum(nil)),
		MD5:    hex.EncodeToString(sum.Sum(nil)),
		Size:   size,
	}, nil
}

func notStored(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return bonafide.Wrap(bonafide.CodeNoRoom, "There is no room for the file on the server's disk", err)
	}
	return bonafide.Wrap(bonafide.CodeUnknown, "The file could not be stored", err)
}
