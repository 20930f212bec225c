package disk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"sync"
	"syscall"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
)

// rememberBlobs is how many blobs are known to be whole at most. All are forgotten
// beyond that, and looked at again when they are read.
const rememberBlobs = 1 << 17

// identity is what changes with the content of a file. Nobody but the kernel sets the
// time of the last change of a file's state, so that one that was written to and given
// its old time again is another.
type identity struct {
	inode         uint64
	size          int64
	written, made syscall.Timespec
}

func identify(f *os.File) (identity, error) {
	info, err := f.Stat()
	if err != nil {
		return identity{}, err
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.Mode().IsRegular() {
		return identity{}, fs.ErrInvalid
	}
	return identity{inode: s.Ino, size: s.Size, written: s.Mtim, made: s.Ctim}, nil
}

// whole remembers which files have been seen to hold what their names say.
type whole struct {
	mu      sync.Mutex
	files   map[string]identity // by digest
	damaged int64               // how often one did not
}

func (w *whole) has(digest string, id identity) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	known, there := w.files[digest]
	return there && known == id
}

func (w *whole) add(digest string, id identity) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.files == nil || len(w.files) >= rememberBlobs {
		w.files = map[string]identity{}
	}
	w.files[digest] = id
}

// fault counts a damaged file.
func (w *whole) fault(digest string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.damaged++
	delete(w.files, digest)
	return bonafide.Wrap(bonafide.CodeUnknown, "The stored file is damaged", &blob.DamagedError{Digest: digest})
}

// Damaged is how often a file was found to hold something else than its name says,
// since the start.
func (b *Blobs) Damaged() int64 {
	b.whole.mu.Lock()
	defer b.whole.mu.Unlock()
	return b.whole.damaged
}

// verify reads an open file to its end, unless it is known to be whole as it is, and
// gives its identity.
func (b *Blobs) verify(ctx context.Context, f *os.File, digest string) (identity, error) {
	id, err := identify(f)
	if err != nil {
		return identity{}, unread(err)
	}
	if b.whole.has(digest, id) {
		return id, nil
	}
	sum := sha256.New()
	buffer := buffers.Get().(*[copySize]byte)
	defer buffers.Put(buffer)
	for at := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return identity{}, err
		}
		n, err := f.ReadAt(buffer[:], at)
		sum.Write(buffer[:n])
		at += int64(n)
		if err == io.EOF {
			break
		}
		if err != nil {
			return identity{}, unread(err)
		}
	}
	after, err := identify(f)
	if err != nil {
		return identity{}, unread(err)
	}
	if !sameContent(after, id) || hex.EncodeToString(sum.Sum(nil)) != digest {
		return identity{}, b.whole.fault(digest)
	}
	b.whole.add(digest, id)
	return id, nil
}

// content is a blob that is being read. What is read after the file was changed is an
// error, so that nobody gets a byte of something else.
type content struct {
	*os.File
	blobs  *Blobs
	digest string
	id     identity
}

// Read implements io.Reader.
func (c *content) Read(p []byte) (int, error) {
	n, err := c.File.Read(p)
	if err != nil && err != io.EOF {
		return 0, unread(err)
	}
	if id, err := identify(c.File); err != nil || !sameContent(id, c.id) {
		return 0, c.blobs.whole.fault(c.digest)
	}
	return n, err
}

// sameContent lets a file be deleted, or put anew under its name, while it is read:
// that changes its state, not its content.
func sameContent(a, b identity) bool {
	return a.inode == b.inode && a.size == b.size && a.written == b.written
}

// WriteTo is not the file's own, which would give everything unseen.
func (c *content) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{c})
}
