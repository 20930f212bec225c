package sample

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Frame is one picture of a sample. Its fields must not be changed.
type Frame struct {
	Image *vision.Image
	Index int     // number of the frame in the file, from 0
	AtMS  float64 // presentation time
	Face  *Face   // the main face; nil when none was found

	set      *model.Set
	logit    once[float64]
	template once[bonafide.Template]
	person   once[bonafide.Template]
}

// Face is the main face of a frame and what was measured on it.
type Face struct {
	model.Face
	Mesh     *model.Mesh
	Measures Measures
}

// Measures are the numbers by which a capture is judged.
type Measures struct {
	EyeDistancePx   float64
	WidthPx         float64 // of the face box
	HeightPx        float64
	WidthShare      float64 // of the face box by the frame's
	HeightShare     float64
	SecondFaceShare float64 // area of the largest other face by the main one's; 0 when alone
	Rivalry         float64 // prominence of the next prominent face by the main one's, [0,1]; 0 when alone
	Cut             bool    // a landmark lies outside the frame
	Pose            model.Pose
	Sharpness       float64 // see vision.Look.Sharpness
	Brightness      float64 // see vision.Look.Brightness
	Colourfulness   float64 // see vision.Look.Colourfulness
}

// see finds the faces of one frame and measures the main one.
func see(ctx context.Context, set *model.Set, f media.Frame) (*Frame, error) {
	frame := &Frame{Image: f.Image, Index: f.Index, AtMS: f.AtMS, set: set}
	faces, err := set.Detector.Detect(ctx, f.Image)
	if err != nil {
		return nil, fmt.Errorf("faces: %w", err)
	}
	i := mainFace(f.Image, faces)
	if i < 0 {
		return frame, nil
	}
	mesh, err := set.Landmarker.Landmarks(ctx, f.Image, faces[i])
	if err != nil {
		return nil, fmt.Errorf("landmarks: %w", err)
	}
	frame.Face = &Face{Face: faces[i], Mesh: mesh, Measures: measure(f.Image, faces, i, mesh)}
	return frame, nil
}

// prominence is area, discounted by the square of the nearness to the middle of
// the picture, which falls from 1 there to 0 in the corners.
func prominence(im *vision.Image, f model.Face) float64 {
	w, h := float32(im.Width), float32(im.Height)
	middle := vision.Box{W: w, H: h}.Center()
	off := distance(f.Box.Center(), middle) / math.Hypot(float64(w)/2, float64(h)/2)
	near := max(1-off, 0)
	return float64(f.Box.Area()) * near * near
}

// mainFace picks the most prominent face, -1 when there is none.
func mainFace(im *vision.Image, faces []model.Face) int {
	best, most := -1, 0.0
	for i, f := range faces {
		if p := prominence(im, f); p > most {
			best, most = i, p
		}
	}
	return best
}

func measure(im *vision.Image, faces []model.Face, main int, mesh *model.Mesh) Measures {
	box := faces[main].Box
	look := vision.LookAt(im, box)
	m := Measures{
		EyeDistancePx: distance(mesh.Align[0], mesh.Align[1]),
		WidthPx:       float64(box.W),
		HeightPx:      float64(box.H),
		WidthShare:    float64(box.W) / float64(im.Width),
		HeightShare:   float64(box.H) / float64(im.Height),
		Pose:          mesh.Pose,
		Sharpness:     look.Sharpness(),
		Brightness:    look.Brightness(),
		Colourfulness: look.Colourfulness(),
	}
	for i, f := range faces {
		if i != main {
			m.SecondFaceShare = max(m.SecondFaceShare, float64(f.Box.Area())/float64(box.Area()))
			m.Rivalry = max(m.Rivalry, prominence(im, f)/prominence(im, faces[main]))
		}
	}
	// Points count from the centre of the first pixel.
	right, bottom := float32(im.Width)-0.5, float32(im.Height)-0.5
	for _, p := range mesh.Points {
		if !(p.X >= -0.5 && p.Y >= -0.5 && p.X <= right && p.Y <= bottom) {
			m.Cut = true
		}
	}
	return m
}

func distance(a, b vision.Point) float64 {
	return math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y))
}

// Gist gives the look of the main face in a few numbers. The frame must have a
// face.
func (f *Frame) Gist() vision.Gist { return vision.GistOf(f.Image, f.Face.Box) }

// Merit orders frames by how well they show the main face: sharpness, discounted
// as the head turns away (0.77 at 20 degrees of yaw or pitch, 0.5 at 30, 0 from 45
// on). It is 0 without a face.
func (f *Frame) Merit() float64 {
	if f.Face == nil {
		return 0
	}
	m := f.Face.Measures
	merit := m.Sharpness * frontal(m.Pose.YawDeg) * frontal(m.Pose.PitchDeg)
	if m.Cut {
		merit /= 2
	}
	if !(merit > 0) {
		return 0 // also where a measure is not a number
	}
	return merit
}

func frontal(deg float64) float64 {
	return math.Cos(2 * min(math.Abs(deg), 45) * math.Pi / 180)
}

// Logit gives the live logit of the main face, see model.PAD. The frame must have
// a face and the set a PAD model.
func (f *Frame) Logit(ctx context.Context) (float64, error) {
	return f.logit.do(ctx, func() (float64, error) {
		return f.set.PAD.Logit(ctx, f.Image, f.Face.Face)
	})
}

// Template gives the template of the main face. The frame must have a face.
func (f *Frame) Template(ctx context.Context) (bonafide.Template, error) {
	return f.template.do(ctx, func() (bonafide.Template, error) {
		return f.set.Embedder.Embed(ctx, f.Image, f.Face.Mesh)
	})
}

// Person gives the template by which neighbouring frames are compared, see
// model.Set.Continuity. The frame must have a face.
func (f *Frame) Person(ctx context.Context) (bonafide.Template, error) {
	return f.person.do(ctx, func() (bonafide.Template, error) {
		return f.set.Continuity.Embed(ctx, f.Image, f.Face.Mesh)
	})
}
