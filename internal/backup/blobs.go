package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
)

// copiedAtOnce is how many files are copied side by side: each waits for disks or a server.
const copiedAtOnce = 8

// Lack is a file that rows name and that could not be had.
type Lack struct {
	Digest string `json:"digest"`
	Why    string `json:"why"` // missing or damaged
}

// Files are files that were copied.
type Files struct {
	Files   int64  `json:"files"`
	Bytes   int64  `json:"bytes"`
	Lacking []Lack `json:"lacking,omitempty"` // sorted by digest
}

// Digests calls each for the digest of every file, with its size.
type Digests func(ctx context.Context, each func(digest string, size int64) error) error

// Copy copies files, several at once, and proves of each that it is what its digest says.
// One that get does not have, or has damaged, is lacking and no error.
func Copy(ctx context.Context, all Digests, get func(ctx context.Context, digest string) (io.ReadCloser, error),
	put func(ctx context.Context, digest string, from io.Reader) error) (Files, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var done Files
	var mu sync.Mutex
	var copying sync.WaitGroup
	todo := make(chan string)
	for range copiedAtOnce {
		copying.Go(func() {
			for digest := range todo {
				n, err := copyOne(ctx, digest, get, put)
				mu.Lock()
				lack, known := lacking(digest, err)
				switch {
				case err == nil:
					done.Files, done.Bytes = done.Files+1, done.Bytes+n
				case known:
					done.Lacking = append(done.Lacking, lack)
				default:
					stop(fmt.Errorf("file %s: %w", digest, err))
				}
				mu.Unlock()
			}
		})
	}
	err := all(ctx, func(digest string, _ int64) error {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case todo <- digest:
			return nil
		}
	})
	close(todo)
	copying.Wait()
	if err == nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	slices.SortFunc(done.Lacking, func(a, b Lack) int { return strings.Compare(a.Digest, b.Digest) })
	return done, err
}

// unread is an error of the one who reads.
type unread struct{ error }

// Unwrap gives what went wrong.
func (u unread) Unwrap() error { return u.error }

// lacking tells a file that cannot be had from all else.
func lacking(digest string, err error) (Lack, bool) {
	var from unread
	if !errors.As(err, &from) {
		return Lack{}, false
	}
	if _, damaged := errors.AsType[*blob.DamagedError](err); damaged {
		return Lack{digest, "damaged"}, true
	}
	return Lack{digest, "missing"}, bonafide.CodeOf(err) == bonafide.CodeNotFound
}

// source sums up what is read, and marks its errors.
type source struct {
	from io.Reader
	sum  io.Writer
	size int64
	err  error
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	_, _ = s.sum.Write(p[:n]) // a hash does not fail
	s.size += int64(n)
	if err != nil && err != io.EOF {
		s.err = unread{err}
		return n, s.err
	}
	return n, err
}

func copyOne(ctx context.Context, digest string, get func(context.Context, string) (io.ReadCloser, error),
	put func(context.Context, string, io.Reader) error) (int64, error) {
	r, err := get(ctx, digest)
	if err != nil {
		return 0, unread{err}
	}
	defer r.Close()
	sum := sha256.New()
	from := &source{from: r, sum: sum}
	if err := put(ctx, digest, from); err != nil || from.err != nil {
		return 0, errors.Join(from.err, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != digest {
		return 0, unread{&blob.DamagedError{Digest: digest}}
	}
	return from.size, nil
}

// Into stores what comes under its digest.
func Into(to blob.Store) func(ctx context.Context, digest string, from io.Reader) error {
	return func(ctx context.Context, digest string, from io.Reader) error {
		s, err := to.Stage(ctx, from)
		if err != nil {
			return err
		}
		defer s.Discard()
		if s.Blob().Digest != digest {
			return unread{&blob.DamagedError{Digest: digest}}
		}
		return to.Keep(ctx, s)
	}
}

// OutOf gives what is stored.
func OutOf(from blob.Store) func(ctx context.Context, digest string) (io.ReadCloser, error) {
	return func(ctx context.Context, digest string) (io.ReadCloser, error) { return from.Open(ctx, digest) }
}
