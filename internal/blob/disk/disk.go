// Package disk keeps blobs as plain files in one folder, each named by the
// SHA-256 digest of its content.
//
//	dir/tmp/put-*        content that is still being written
//	dir/3f/3f79bb7b...   a blob: 256 folders by the first two digits
//
// A blob appears under its name as a whole and flushed, or not at all. Several
// processes may use the same folder.
package disk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
)

const (
	dirMode  = 0o700 // files are made with 0600: faces are nobody else's business
	tempDir  = "tmp"
	tempName = "put-*"
)

// Blobs implements blob.Store. It is safe for concurrent use.
type Blobs struct {
	dir   string // absolute
	claim blob.Claim
	whole whole
}

// Open prepares the folder, which is made where it is missing, and removes what
// a crash left half written. claim may be nil where nobody deletes. Nothing needs
// to be closed.
func Open(dir string, claim blob.Claim) (*Blobs, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	if claim == nil {
		claim = func(context.Context, ...string) error { return nil }
	}
	b := &Blobs{dir: dir, claim: claim}
	if err := b.layOut(); err != nil {
		return nil, fmt.Errorf("blobs in %s: %w", dir, err)
	}
	if err := b.sweep(); err != nil {
		return nil, fmt.Errorf("blobs in %s: leftovers: %w", dir, err)
	}
	return b, nil
}

// layOut makes all folders at once, so that no Put has to flush a new one.
func (b *Blobs) layOut() error {
	if err := os.MkdirAll(filepath.Join(b.dir, tempDir), dirMode); err != nil {
		return err
	}
	for i := range 256 {
		err := os.Mkdir(filepath.Join(b.dir, fmt.Sprintf("%02x", i)), dirMode)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	if err := flushDir(b.dir); err != nil {
		return err
	}
	return flushDir(filepath.Dir(b.dir))
}

// sweep removes unfinished files whose writer is dead. A living writer holds a
// lock on its file, in whichever process it is.
func (b *Blobs) sweep() error {
	left, err := filepath.Glob(filepath.Join(b.dir, tempDir, tempName))
	if err != nil {
		return err
	}
	for _, name := range left {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if claim(f) == nil {
			err = os.Remove(name)
		}
		f.Close()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// claim locks the file until it is closed. It fails where somebody else has.
func claim(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// Open gives the content for reading, which it looks through unless it has done so
// before and the file is unchanged since.
func (b *Blobs) Open(ctx context.Context, digest string) (io.ReadSeekCloser, error) {
	path, err := b.path(digest)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unread(err)
	}
	id, err := b.verify(ctx, f, digest)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &content{File: f, blobs: b, digest: digest, id: id}, nil
}

// Path gives the file itself, which nobody may change and which is looked through like
// that of Open; done does nothing.
func (b *Blobs) Path(ctx context.Context, digest string) (string, func(), error) {
	path, err := b.path(digest)
	if err != nil {
		return "", nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", nil, unread(err)
	}
	defer f.Close()
	if _, err := b.verify(ctx, f, digest); err != nil {
		return "", nil, err
	}
	return path, func() {}, nil
}

// Older calls each with the digests of blobs that have lain there unchanged since before
// a time, some at once.
func (b *Blobs) Older(ctx context.Context, before time.Time, each func(ctx context.Context, digests []string) error) error {
	for i := range 256 {
		if err := ctx.Err(); err != nil {
			return err
		}
		entries, err := os.ReadDir(filepath.Join(b.dir, fmt.Sprintf("%02x", i)))
		if err != nil {
			return unread(err)
		}
		var old []string
		for _, e := range entries {
			if _, err := b.path(e.Name()); err == nil && lainSince(e, before) {
				old = append(old, e.Name())
			}
		}
		for some := range slices.Chunk(old, olderAtOnce) {
			if err := each(ctx, some); err != nil {
				return err
			}
		}
	}
	return nil
}

// olderAtOnce is how many digests Older gives at once.
const olderAtOnce = 256

// lainSince asks for the change of the file's state: one that was copied back with its
// old time of writing is new here.
func lainSince(e fs.DirEntry, before time.Time) bool {
	info, err := e.Info()
	if err != nil {
		return false
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && time.Unix(s.Ctim.Unix()).Before(before) && info.ModTime().Before(before)
}

// Delete removes the content for good.
func (b *Blobs) Delete(_ context.Context, digest string) error {
	path, err := b.path(digest)
	if err != nil {
		return err
	}
	err = os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return notFound(err)
	}
	if err == nil {
		err = flushDir(filepath.Dir(path))
	}
	if err != nil {
		return bonafide.Wrap(bonafide.CodeUnknown, "The file could not be deleted", err)
	}
	return nil
}

// path is where a blob lies. Only the 64 lower-case hexadecimal digits of a
// digest ever become part of a path.
func (b *Blobs) path(digest string) (string, error) {
	if len(digest) != 64 {
		return "", notFound(nil)
	}
	for _, c := range []byte(digest) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return "", notFound(nil)
		}
	}
	return filepath.Join(b.dir, digest[:2], digest), nil
}

func notFound(err error) error {
	return bonafide.Wrap(bonafide.CodeNotFound, "File not found", err)
}

func unread(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return notFound(err)
	}
	return bonafide.Wrap(bonafide.CodeUnknown, "The file could not be read", err)
}

// flushDirs flushes folders side by side.
func flushDirs(dirs []string) error {
	errs := make([]error, len(dirs))
	var flushes sync.WaitGroup
	for i, dir := range dirs {
		flushes.Go(func() { errs[i] = flushDir(dir) })
	}
	flushes.Wait()
	return errors.Join(errs...)
}

// flushDir makes names that were added to or removed from a folder durable.
func flushDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
