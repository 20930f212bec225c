// Package sample sees one media file as a biometric sample: frames, faces,
// landmarks, measures, templates, each worked out once and shared by all who
// ask. It measures; it holds no thresholds and no verdicts and does not know who
// asks.
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

	memory bonafide.Sightings // nil where nothing is remembered

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

// Frames gives the sampled frames in order of time, at least one, each with its
// faces found and its main face measured. A frame without a face is news, not an
// error.
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
		var frames []*Frame
		for _, f := range clip.Frames {
			frame, err := see(ctx, s.set, f)
			if err != nil {
				return nil, fmt.Errorf("media %s: frame %d: %w", s.Media.ID, f.Index, err)
			}
			frames = append(frames, frame)
		}
		return frames, nil
	})
}

// Best gives the frame that shows the main face best, nil when no frame shows
// one.
func (s *Sample) Best(ctx context.Context) (*Frame, error) {
	frames, err := s.Frames(ctx)
	if err != nil {
		return nil, err
	}
	return Best(frames), nil
}

// Best gives the frame of the highest merit, the earliest of equals, nil when no
// frame shows a face.
func Best(frames []*Frame) *Frame {
	var best *Frame
	for _, f := range frames {
		if f.Face != nil && (best == nil || f.Merit() > best.Merit()) {
			best = f
		}
	}
	return best
}
