// Package sample sees one media file as a biometric sample: frames, faces,
// landmarks, templates, each worked out once and shared by all who ask. It holds
// no thresholds and no verdicts and does not know who asks.
package sample

import (
	"context"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
)

// Sample is one media seen as a biometric sample. All methods are safe for
// concurrent use; the first asker pays, the others share, errors included.
type Sample struct {
	Media bonafide.Media
	src   media.Source
	open  media.Opener
	set   *model.Set

	mu     sync.Mutex
	clip   once[*media.Clip]
	frames once[[]Frame]
	tmpl   once[bonafide.Template]
}

// Open costs nothing yet: the first question decodes.
func Open(m bonafide.Media, src media.Source, open media.Opener, set *model.Set) *Sample {
	return &Sample{Media: m, src: src, open: open, set: set}
}

// Set gives the models that this sample is seen through.
func (s *Sample) Set() *model.Set { return s.set }

type once[T any] struct {
	done bool
	v    T
	err  error
}

func do[T any](ctx context.Context, s *Sample, o *once[T], f func(context.Context) (T, error)) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o.done {
		return o.v, o.err
	}
	v, err := f(ctx)
	// A cancelled caller must not spoil the answer for the others.
	if err != nil && ctx.Err() != nil {
		return v, err
	}
	o.done, o.v, o.err = true, v, err
	return v, err
}
