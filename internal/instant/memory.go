package instant

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/media"
)

// chunk is how many bytes are taken from the budget at a time.
const chunk = 64 << 10

// retryAfter is how long a refused client should wait.
const retryAfter = 2 * time.Second

// busy refuses a call that may succeed later.
func busy() error {
	e := bonafide.Errorf(bonafide.CodeThrottled, "The server is busy, try again later")
	e.RetryAfter = retryAfter
	return e
}

// memory holds files that are never written to disk. It implements intake.Stager.
type memory struct {
	most   int64               // bytes of all files
	taken  atomic.Int64        // of most
	forget func(digest string) // called for each discarded file
}

// Stage copies r into memory. Where the budget is used up it is CodeThrottled, and
// nothing of r is held.
func (m *memory) Stage(ctx context.Context, r io.Reader) (blob.Staged, error) {
	f, err := media.InMemory()
	if err != nil {
		return nil, err
	}
	h := &held{file: f, memory: m}
	if err := h.fill(ctx, r); err != nil {
		h.Discard()
		return nil, err
	}
	return h, nil
}

// take reserves n bytes, or none.
func (m *memory) take(n int64) bool {
	if m.taken.Add(n) > m.most {
		m.taken.Add(-n)
		return false
	}
	return true
}

// held is one file in memory. It implements blob.Staged.
type held struct {
	blob   blob.Blob
	file   *os.File
	memory *memory
	size   int64 // taken from the budget
	once   sync.Once
}

// fill reads to the end, and reserves memory chunk by chunk.
func (h *held) fill(ctx context.Context, r io.Reader) error {
	sha, sum := sha256.New(), md5.New()
	w := io.MultiWriter(h.file, sha, sum)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !h.memory.take(chunk) {
			return busy()
		}
		h.size += chunk
		n, err := io.CopyN(w, r, chunk)
		h.blob.Size += n
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	h.blob.Digest, h.blob.MD5 = hex.EncodeToString(sha.Sum(nil)), hex.EncodeToString(sum.Sum(nil))
	return nil
}

// Blob implements blob.Staged.
func (h *held) Blob() blob.Blob { return h.blob }

// Path implements blob.Staged.
func (h *held) Path() string { return h.file.Name() }

// Discard implements blob.Staged. What was decoded of the file goes too.
func (h *held) Discard() {
	h.once.Do(func() {
		_ = h.file.Close()
		h.memory.taken.Add(-h.size)
		if h.blob.Digest != "" {
			h.memory.forget(h.blob.Digest)
		}
	})
}
