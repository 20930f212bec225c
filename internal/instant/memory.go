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
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/quota"
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
	most   int64               // bytes of all files, of which one payer may have three quarters
	forget func(digest string) // called for each discarded file

	mu    sync.Mutex
	taken int64            // of most
	by    map[string]int64 // of taken, by payer; none of those who have nothing
}

// Stage copies r into memory. Where the budget is used up it is CodeThrottled, and
// nothing of r is held.
func (m *memory) Stage(ctx context.Context, r io.Reader) (blob.Staged, error) {
	f, err := media.InMemory()
	if err != nil {
		return nil, err
	}
	h := &held{file: f, memory: m, payer: quota.PayerOf(ctx)}
	if err := h.fill(ctx, r); err != nil {
		h.Discard()
		return nil, err
	}
	return h, nil
}

func newMemory(most int64, forget func(digest string)) *memory {
	return &memory{most: most, forget: forget, by: map[string]int64{}}
}

// take reserves n bytes for a payer, or none.
func (m *memory) take(payer string, n int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.taken+n > m.most || m.by[payer]+n > max(n, m.most/4*3) {
		return false
	}
	m.taken += n
	m.by[payer] += n
	return true
}

// give gives n bytes back.
func (m *memory) give(payer string, n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.taken -= n
	if m.by[payer] -= n; m.by[payer] <= 0 {
		delete(m.by, payer)
	}
}

// held is one file in memory. It implements blob.Staged.
type held struct {
	blob   blob.Blob
	file   *os.File
	memory *memory
	payer  string
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
		if !h.memory.take(h.payer, chunk) {
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
		h.memory.give(h.payer, h.size)
		if h.blob.Digest != "" {
			h.memory.forget(h.blob.Digest)
		}
	})
}
