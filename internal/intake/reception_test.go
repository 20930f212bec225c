package intake

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
)

// staged is a file that is there already.
type staged struct{ blob.Staged }

func (staged) Path() string    { return "" }
func (staged) Blob() blob.Blob { return blob.Blob{} }

// stuck decodes until it is told to end.
type stuck struct{}

func (stuck) Examine(ctx context.Context, _, _ string) (bonafide.MediaKind, bonafide.MediaInfo, []byte, error) {
	<-ctx.Done()
	return "", bonafide.MediaInfo{}, nil, ctx.Err()
}

func TestTheFilesOfOneRequestHaveOneLimitOfTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewReception(ReceptionConfig{Examiner: stuck{}, Examiners: 10})
		start := time.Now()
		err := r.Examine(t.Context(), "a", []File{{original: staged{}}, {original: staged{}}, {original: staged{}}})
		if bonafide.CodeOf(err) != bonafide.CodeBusy || !strings.Contains(err.Error(), "too long") || time.Since(start) != together {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := r.Examine(gone, "a", []File{{original: staged{}}}); bonafide.CodeOf(err) == bonafide.CodeBusy {
			t.Error("a client that has gone is told that its files are slow:", err)
		}
	})
}
