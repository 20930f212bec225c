// Package sample sees one media file as a biometric sample: frames, faces,
// landmarks, measures, templates, each worked out when it is first asked for and
// shared by all who ask. It measures; it holds no thresholds and no verdicts and
// does not know who asks.
//
// The main face of a frame is the most prominent one, which is whom the capture
// subject most likely means: large, and near the middle.
package sample

import (
	"context"
	"fmt"

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

	history Sightings // nil where nothing is remembered

	frames    once[[]*Frame]
	container media.Container // known with the frames
	stream    once[*Stream]
	earlier   once[[]bonafide.Sighting]
}

// Open costs nothing yet: the first question decodes.
func Open(m bonafide.Media, src media.Source, open media.Opener, set *model.Set) *Sample {
	return &Sample{Media: m, src: src, open: open, set: set}
}

// Set gives the models that this sample is seen through.
func (s *Sample) Set() *model.Set { return s.set }

// Frames gives the sampled frames in order of time, at least one. Asking for them
// decodes and runs no model.
func (s *Sample) Frames(ctx context.Context) ([]*Frame, error) {
	return s.frames.do(ctx, func() ([]*Frame, error) {
		clip, err := s.open.Open(ctx, s.src)
		if err != nil {
			return nil, fmt.Errorf("media %s: %w", s.Media.ID, err)
		}
		if len(clip.Frames) == 0 {
			return nil, fmt.Errorf("media %s: decoded without a frame", s.Media.ID)
		}
		s.container = clip.Container
		frames := make([]*Frame, len(clip.Frames))
		for i, f := range clip.Frames {
			frames[i] = &Frame{Image: f.Image, Index: f.Index, AtMS: f.AtMS, still: len(clip.Frames) == 1, set: s.set}
		}
		return frames, nil
	})
}

// Faces gives the main face of each frame, in the order of Frames, nil for a frame
// that shows none.
func (s *Sample) Faces(ctx context.Context) ([]*Face, error) {
	frames, err := s.Frames(ctx)
	if err != nil {
		return nil, err
	}
	faces := make([]*Face, len(frames))
	for i, f := range frames {
		if faces[i], err = f.Face(ctx); err != nil {
			return nil, fmt.Errorf("media %s: %w", s.Media.ID, err)
		}
	}
	return faces, nil
}

// Best gives the main face of the frame that shows it best, nil when no frame shows
// one.
func (s *Sample) Best(ctx context.Context) (*Face, error) {
	faces, err := s.Faces(ctx)
	if err != nil {
		return nil, err
	}
	return Best(faces), nil
}
