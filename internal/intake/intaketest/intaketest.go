// Package intaketest takes files in for the tests of the rooms that use them up.
package intaketest

import (
	"context"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// Examiner knows a file by its first word, which is image, video or shots, and
// notes what it was shown.
type Examiner struct {
	mu      sync.Mutex
	Digests []string
}

// Examine implements intake.Examiner. The thumbnail of a file is its content after
// the word small.
func (e *Examiner) Examine(_ context.Context, path, digest string) (bonafide.MediaKind, bonafide.MediaInfo, []byte, error) {
	e.mu.Lock()
	e.Digests = append(e.Digests, digest)
	e.mu.Unlock()
	content, err := os.ReadFile(path)
	if err != nil {
		return "", bonafide.MediaInfo{}, nil, err
	}
	word, _, _ := strings.Cut(string(content), " ")
	switch word {
	case "image":
		return bonafide.Image, bonafide.MediaInfo{Format: "jpeg", MIME: "image/jpeg", WidthPx: 3}, []byte("small " + string(content)), nil
	case "video":
		return bonafide.Video, bonafide.MediaInfo{Format: "mp4", MIME: "video/mp4"}, []byte("small " + string(content)), nil
	case "shots":
		return bonafide.ShotsSet, bonafide.MediaInfo{Format: "zip", MIME: "application/zip"}, nil, nil
	}
	return "", bonafide.MediaInfo{}, nil, bonafide.Errorf(bonafide.CodeValue, "The file is no media")
}

// Take stages and examines one file. What is refused is discarded.
func Take(ctx context.Context, r *intake.Reception, key, name string, content io.Reader) (*intake.File, error) {
	f, err := r.Stage(ctx, key, name, content)
	if err != nil {
		return nil, err
	}
	files := []intake.File{*f}
	if err := r.Examine(ctx, "payer", files); err != nil {
		r.Discard(ctx, files)
		return nil, err
	}
	return &files[0], nil
}

// Accept takes in files given as "key=content".
func Accept(t testing.TB, r *intake.Reception, files ...string) []intake.File {
	t.Helper()
	var accepted []intake.File
	for _, file := range files {
		key, content, _ := strings.Cut(file, "=")
		f, err := Take(t.Context(), r, key, key+".bin", strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		accepted = append(accepted, *f)
	}
	return accepted
}
