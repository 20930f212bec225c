package sample

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide/internal/model"
)

// sight is what one look at a frame shows: the faces, which of them is the main one,
// and its mesh. The mesh is nil where there is no face.
type sight struct {
	turn  float64 // degrees clockwise by which the frame was turned
	faces []model.Face
	main  int
	mesh  *model.Mesh
}

// level is how far a face may be rolled, in degrees, for detectors to find it, and its
// like, as well as if it were upright.
const level = 30

// sure tells that the main face is about upright in the turned frame beyond doubt.
func (s sight) sure() bool { return s.mesh != nil && s.mesh.Sure && math.Abs(s.rolled()) <= level }

// rolled gives how far the main face is rolled in the turned frame, in degrees.
func (s sight) rolled() float64 {
	return math.Remainder(s.mesh.Pose.RollDeg+s.turn, 360)
}

// over tells whether s shows more certainly than t how the main face lies.
func (s sight) over(t sight) bool {
	switch {
	case s.mesh == nil || t.mesh == nil:
		return s.mesh != nil
	case s.mesh.Verified != t.mesh.Verified:
		return s.mesh.Verified
	}
	return s.mesh.Margin > t.mesh.Margin
}

// search finds the main face, whichever way up. The frame is first taken to be
// upright; only where the mesh is not sure of that, the other ways of turning it are
// looked at until one is, and else the most certain one counts. Detectors and
// landmarkers take faces that stand on their head for upright ones, so that no face
// may be compared by a first look that is not sure.
func (f *Frame) search(ctx context.Context) (sight, error) {
	best, err := f.look(ctx, 0)
	if err != nil || best.sure() {
		return best, err
	}
	for _, turn := range turns(best) {
		s, err := f.look(ctx, turn)
		if err != nil || s.sure() {
			return s, err
		}
		if s.over(best) {
			best = s
		}
	}
	return best, nil
}

// turns gives the other ways of turning the frame, in degrees: first the one that brings
// upright what was found. A face that leans a little in a picture that lies on its side
// is looked at as it would have been had the picture not been turned.
func turns(s sight) []float64 {
	out := []float64{}
	if s.mesh != nil && math.Abs(s.rolled()) > level {
		turn := s.turn - s.rolled()
		if quarter := 90 * math.Round(turn/90); math.Abs(turn-quarter) <= level/2 {
			turn = quarter
		}
		out = append(out, turn)
	}
	for _, quarter := range []float64{180, 90, 270} {
		if len(out) == 0 || math.Abs(math.Remainder(quarter-out[0], 360)) > level {
			out = append(out, quarter)
		}
	}
	return out
}

// look finds the faces that are about upright when the frame is turned clockwise by so
// many degrees.
func (f *Frame) look(ctx context.Context, turn float64) (sight, error) {
	faces, err := f.set.Detector.Detect(ctx, f.Image, model.Look{Turn: turn, Far: f.still})
	if err != nil {
		return sight{}, fmt.Errorf("faces: %w", err)
	}
	s := sight{turn: turn, faces: faces, main: mainFace(f.Image, faces)}
	if s.main < 0 {
		return s, nil
	}
	s.mesh, err = f.set.Landmarker.Landmarks(ctx, f.Image, faces[s.main])
	if err == nil && !s.mesh.Sure {
		s.mesh, err = f.set.Landmarker.Rolled(ctx, f.Image, faces[s.main])
	}
	if err != nil {
		return sight{}, fmt.Errorf("landmarks: %w", err)
	}
	return s, nil
}
