package instant

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// room is a memory of so many bytes, and the digests that it had forgotten.
func room(most int64) (m *memory, forgotten func() []string) {
	var mu sync.Mutex
	var all []string
	m = newMemory(most, func(digest string) {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, digest)
	})
	return m, func() []string { return all }
}

func TestAFileInMemoryIsReadUntilItIsDiscarded(t *testing.T) {
	m, forgotten := room(4 * chunk)
	content := strings.Repeat("0123456789", chunk/5)
	b, err := m.Stage(t.Context(), strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(b.Path()); err != nil || string(raw) != content || b.Blob().Size != int64(len(content)) || len(b.Blob().Digest) != 64 || len(b.Blob().MD5) != 32 {
		t.Errorf("%d bytes, %v, %+v", len(raw), err, b.Blob())
	}
	if target, err := os.Readlink(b.Path()); err != nil || !strings.HasPrefix(target, "/memfd:") {
		t.Errorf("the file lies at %q, %v", target, err)
	}
	path := b.Path()
	b.Discard()
	b.Discard()
	if target, err := os.Readlink(path); err == nil && strings.HasPrefix(target, "/memfd:") {
		t.Error("it is still there")
	}
	if got := forgotten(); len(got) != 1 || got[0] != b.Blob().Digest || m.taken != 0 {
		t.Errorf("forgotten %v, %d bytes taken", got, m.taken)
	}
}

func TestFilesBeyondTheBudgetAreSentAway(t *testing.T) {
	m, _ := room(4 * chunk)
	first, err := m.Stage(t.Context(), strings.NewReader(strings.Repeat("x", 2*chunk)))
	if err != nil {
		t.Fatal(err)
	}
	_, err = m.Stage(t.Context(), strings.NewReader(strings.Repeat("y", 2*chunk)))
	var e *bonafide.Error
	if !errors.As(err, &e) || e.Code != bonafide.CodeThrottled || e.RetryAfter <= 0 {
		t.Errorf("%v", err)
	}
	first.Discard()
	if m.taken != 0 {
		t.Errorf("%d bytes are taken", m.taken)
	}
}

func TestOnePayerLeavesAQuarterOfTheBudgetToOthers(t *testing.T) {
	m, _ := room(16 * chunk)
	stage := func(payer string, chunks int) (blob.Staged, error) {
		return m.Stage(quota.WithPayer(t.Context(), payer), strings.NewReader(strings.Repeat("x", chunks*chunk-1)))
	}
	for range 3 {
		if _, err := stage("a", 4); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := stage("a", 1); bonafide.CodeOf(err) != bonafide.CodeThrottled {
		t.Errorf("a payer with 12 of 16 gets another: %v", err)
	}
	own, err := stage("b", 4)
	if err != nil {
		t.Fatalf("another payer gets none of the rest: %v", err)
	}
	if own.Discard(); m.by["b"] != 0 || len(m.by) != 1 {
		t.Errorf("who gave all back is remembered: %v", m.by)
	}
}

func TestATornFileTakesNoRoom(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	torn := errors.New("torn")
	for want, ctx := range map[error]context.Context{torn: t.Context(), context.Canceled: ended} {
		m, _ := room(4 * chunk)
		_, err := m.Stage(ctx, io.MultiReader(strings.NewReader("begin"), iotest.ErrReader(torn)))
		if !errors.Is(err, want) || m.taken != 0 {
			t.Errorf("%v, want %v; %d bytes are taken", err, want, m.taken)
		}
	}
}
