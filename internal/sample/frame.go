package sample

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Frame is one picture of a sample. Its fields must not be changed.
type Frame struct {
	Image *vision.Image
	Index int     // number of the frame in the file, from 0
	AtMS  float64 // presentation time

	set  *model.Set
	face once[*Face]
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
	faces, err := f.set.Detector.Detect(ctx, f.Image)
	if err != nil {
		return nil, fmt.Errorf("faces: %w", err)
	}
	i := mainFace(f.Image, faces)
	if i < 0 {
		return nil, nil
	}
	mesh, err := f.set.Landmarker.Landmarks(ctx, f.Image, faces[i])
	if err != nil {
		return nil, fmt.Errorf("landmarks: %w", err)
	}
	return &Face{Face: faces[i], Frame: f, Mesh: mesh, Measures: measure(f.Image, faces, i, mesh)}, nil
}
