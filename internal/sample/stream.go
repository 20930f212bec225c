package sample

import (
	"context"
	"hash/maphash"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Stream is what a recording gives away as a whole, whoever is in it.
type Stream struct {
	Container media.Container
	Changes   []vision.Change // from each sampled frame to the next
	// Repeats counts the frames that equal an earlier one, to the last byte, with a
	// different one between them: no camera sees the same noise twice.
	Repeats int
}

// Stream measures the recording; the zero value for a still.
func (s *Sample) Stream(ctx context.Context) (*Stream, error) {
	return s.stream.do(ctx, func() (*Stream, error) {
		frames, err := s.Frames(ctx)
		if err != nil {
			return nil, err
		}
		out := &Stream{Container: s.container}
		if len(frames) == 1 {
			return out, nil
		}
		seed, seen := maphash.MakeSeed(), map[uint64]bool{}
		for i, f := range frames {
			sum := maphash.Bytes(seed, f.Image.Pix)
			same := false
			if i > 0 {
				c := vision.Compare(frames[i-1].Image, f.Image)
				out.Changes = append(out.Changes, c)
				same = c.Same
			}
			if seen[sum] && !same {
				out.Repeats++
			}
			seen[sum] = true
		}
		return out, nil
	})
}

// Sightings finds media again: the part of the store that a sample needs.
type Sightings interface {
	// Earlier gives media that were stored before m, in other folders of m's company,
	// and have the same bytes or a print at most bits away.
	Earlier(ctx context.Context, m *bonafide.Media, bits int) ([]bonafide.Sighting, error)
}

// WithHistory lets the sample look up earlier media. It must be called before the first
// question.
func (s *Sample) WithHistory(h Sightings) *Sample {
	s.history = h
	return s
}

// Earlier gives the earlier media that this one resembles, none without a history.
// Only the first asker's number of bits counts.
func (s *Sample) Earlier(ctx context.Context, bits int) ([]bonafide.Sighting, error) {
	return s.earlier.do(ctx, func() ([]bonafide.Sighting, error) {
		if s.history == nil {
			return nil, nil
		}
		return s.history.Earlier(ctx, &s.Media, bits)
	})
}
