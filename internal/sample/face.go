package sample

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Face is the main face of a frame and what was measured on it. Its fields must not
// be changed.
type Face struct {
	model.Face
	Frame    *Frame // that shows it
	Mesh     *model.Mesh
	Measures Measures

	logit    once[float64]
	template once[bonafide.Template]
	person   once[bonafide.Template]
	hidden   once[model.Hidden]
	bordered func() float64
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
	Exposure        vision.Exposure
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
		Exposure:      vision.ExposureOf(im, box, look),
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

// Gist gives the look of the face in a few numbers.
func (f *Face) Gist() vision.Gist { return vision.GistOf(f.Frame.Image, f.Box) }

// Hidden tells what covers the face, see model.Cover; nothing where the set has no model
// for it.
func (f *Face) Hidden(ctx context.Context) (model.Hidden, error) {
	if f.Frame.set.Cover == nil {
		return model.Hidden{}, nil
	}
	return f.hidden.do(ctx, func() (model.Hidden, error) {
		return f.Frame.set.Cover.Hidden(ctx, f.Frame.Image, f.Mesh)
	})
}

// HiddenTwice tells the same as the mean of two looks, one by the mesh and one by the
// detector's own points. It is for doubtful faces, on which the mesh alone errs.
func (f *Face) HiddenTwice(ctx context.Context) (model.Hidden, error) {
	a, err := f.Hidden(ctx)
	if err != nil || f.Frame.set.Cover == nil {
		return a, err
	}
	b, err := f.Frame.set.Cover.Hidden(ctx, f.Frame.Image, &model.Mesh{Align: f.Points})
	return model.Hidden{Mouth: (a.Mouth + b.Mouth) / 2, Eyes: (a.Eyes + b.Eyes) / 2}, err
}

// BorderedShare gives the share of width or height that the face fills of what is left of
// the frame without an artificial border, 0 where the frame has none.
func (f *Face) BorderedShare() float64 { return f.bordered() }

// borderedShare looks for a border. In a recording, whose plain walls have lost all
// grain, a border at one edge alone says nothing.
func borderedShare(im *vision.Image, face vision.Box, still bool) float64 {
	m := vision.Border(im, face)
	if !still {
		m = m.Paired()
	}
	if m == (vision.Margins{}) {
		return 0
	}
	return m.Inside(face, im.Width, im.Height)
}

// Merit orders faces by how well their frames show them: sharpness, discounted as the
// head turns away (0.77 at 20 degrees of yaw or pitch, 0.5 at 30, 0 from 45 on).
func (f *Face) Merit() float64 {
	m := f.Measures
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

// Best gives the face of the highest merit, the earliest of equals, nil when there is
// none. A face whose mesh is not verified comes after all others. Entries of frames without a face are nil.
func Best(faces []*Face) *Face {
	var best *Face
	for _, f := range faces {
		switch {
		case f == nil:
		case best == nil, f.Mesh.Verified && !best.Mesh.Verified, f.Mesh.Verified == best.Mesh.Verified && f.Merit() > best.Merit():
			best = f
		}
	}
	return best
}

// Logit gives the live logit of the face, see model.PAD. The set must have a PAD
// model. PAD models look at upright boxes and take tilted prints for living faces, so
// that a face which is rolled more than a head usually is gets levelled first.
func (f *Face) Logit(ctx context.Context) (float64, error) {
	return f.logit.do(ctx, func() (float64, error) {
		roll := f.Measures.Pose.RollDeg
		if !(math.Abs(roll) > tilted) {
			return f.Frame.set.PAD.Logit(ctx, f.Frame.Image, f.Face)
		}
		im, box := vision.Level(f.Frame.Image, f.Box, roll, surroundings)
		faces, err := f.Frame.set.Detector.Detect(ctx, im, model.Look{})
		if err != nil {
			return 0, fmt.Errorf("faces: %w", err)
		}
		level := model.Face{Box: box}
		overlap := float32(0.3)
		for _, found := range faces {
			if iou := vision.IoU(found.Box, box); iou > overlap {
				level, overlap = found, iou
			}
		}
		return f.Frame.set.PAD.Logit(ctx, im, level)
	})
}

// A face that is rolled by more degrees than tilted is levelled for liveness, with its
// surroundings of so many boxes, which is more than PAD models look at.
const (
	tilted       = 8
	surroundings = 4.5
)

// Template gives the template of the face. A face whose mesh is not verified has none,
// which is CodeValue: compared with others it would look like a stranger.
func (f *Face) Template(ctx context.Context) (bonafide.Template, error) {
	if !f.Mesh.Verified {
		return bonafide.Template{}, bonafide.Errorf(bonafide.CodeValue, "The face cannot be aligned")
	}
	return f.template.do(ctx, func() (bonafide.Template, error) {
		return f.Frame.set.Embedder.Embed(ctx, f.Frame.Image, f.Mesh)
	})
}

// Person gives the template by which neighbouring frames are compared, see
// model.Set.Continuity.
func (f *Face) Person(ctx context.Context) (bonafide.Template, error) {
	return f.person.do(ctx, func() (bonafide.Template, error) {
		return f.Frame.set.Continuity.Embed(ctx, f.Frame.Image, f.Mesh)
	})
}
