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

	still    bool // the only frame of its sample
	set      *model.Set
	face     once[*Face]
	doubtful once[*Face]
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
	return f.newFace(s), nil
}

// newFace measures the main face of what a look at the frame shows.
func (f *Frame) newFace(s sight) *Face {
	main := s.faces[s.main]
	return &Face{
		Face: main, Frame: f, Mesh: s.mesh, Measures: measure(f.Image, s.faces, s.main, s.mesh),
		bordered: sync.OnceValue(func() float64 { return borderedShare(f.Image, main.Box, f.still) }),
	}
}

// Doubtful gives the main one of all faces that the detector takes for some, whether or
// not the landmarker bears them out, with the mesh as it comes to lie; nil where there is
// none. It is for asking what covers a face that is not found otherwise, and for nothing else.
func (f *Frame) Doubtful(ctx context.Context) (*Face, error) {
	return f.doubtful.do(ctx, func() (*Face, error) {
		faces, err := f.set.Detector.Detect(ctx, f.Image, model.Look{Doubtful: true})
		if err != nil {
			return nil, fmt.Errorf("frame %d: faces: %w", f.Index, err)
		}
		s := sight{faces: faces, main: mainFace(f.Image, faces)}
		if s.main < 0 {
			return nil, nil
		}
		if s.mesh, err = f.set.Landmarker.Landmarks(ctx, f.Image, faces[s.main]); err != nil {
			return nil, fmt.Errorf("frame %d: landmarks: %w", f.Index, err)
		}
		return f.newFace(s), nil
	})
}
