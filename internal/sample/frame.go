package sample

import (
	"context"
	"fmt"
	"sync"

	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Frame is one picture of a sample. Its fields must not be changed.
type Frame struct {
	Image *vision.Image
	Index int     // number of the frame in the file, from 0
	AtMS  float64 // presentation time

	still bool // the only frame of its sample
	set   *model.Set
	face  once[*Face]
}

// Face gives the main face, nil where the frame shows none, which is not an error.
// Detector and landmarker run when it is asked for first.
func (f *Frame) Face(ctx context.Context) (*Face, error) {
	return f.face.do(ctx, func() (*Face, error) {
		face, err := f.measureFace(ctx)
		if err != nil {
			return nil, fmt.Errorf("frame %d: %w", f.Index, err)
		}
		return face, nil
	})
}

// measureFace finds the faces of the frame and measures the main one.
func (f *Frame) measureFace(ctx context.Context) (*Face, error) {
	s, err := f.search(ctx)
	if err != nil || s.mesh == nil {
		return nil, err
	}
	main := s.faces[s.main]
	return &Face{
		Face: main, Frame: f, Mesh: s.mesh, Measures: measure(f.Image, s.faces, s.main, s.mesh),
		bordered: sync.OnceValue(func() float64 { return borderedShare(f.Image, main.Box, f.still) }),
	}, nil
}
