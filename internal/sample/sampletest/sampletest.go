// Package sampletest makes samples whose frames show what a test says, without
// models or media: the script of a frame stands in for what networks would find.
// Everything above the models is the real code.
package sampletest

import (
	"context"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"sync/atomic"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Width and Height are the size of the pictures that New makes.
const Width, Height = 640, 480

// Shot is the script of one frame.
type Shot struct {
	Boxes  []vision.Box  // of the faces in it, in the order of the detector
	Pose   model.Pose    // of the main face
	Logit  float64       // live logit
	Person float32       // direction of the template, in radians
	Hidden model.Hidden  // what covers the main face
	Image  *vision.Image // coloured noise when nil
	// Unclear is a face of which no landmarker is certain, whichever way up.
	Unclear bool
	// Doubtful are the boxes of faces that the landmarker does not bear out. Where there
	// are any, Hidden is told of them and the others are bare.
	Doubtful []vision.Box
}

// Front is a frame that any sensible gate lets pass: one frontal face of 160
// pixels in the middle of coloured noise, alive.
func Front() Shot {
	return Shot{Boxes: []vision.Box{{X: 240, Y: 160, W: 160, H: 160}}, Logit: 3}
}

// Gate is what Front passes and its obvious spoilings do not.
func Gate() model.Gate {
	return model.Gate{
		MinEyeDistancePx: 60, MinFaceWidthPx: 96, MaxFaceShare: 0.45, MaxClipFaceShare: 0.667,
		SecondFaceShare: 1. / 3, MaxYawDeg: 30, MaxPitchDeg: 30, MaxRollDeg: 30, MinSharpness: 1e-9, MinBrightness: 0.1, MaxBrightness: 0.95,
		MinColourfulness: 1e-9, MinFrames: 5, MaxFrames: 15,
	}
}

// Points are operating points: the default one is 0.5, the strict one 0.7.
func Points() []model.OperatingPoint {
	return []model.OperatingPoint{{Name: model.ProfileDefault, Threshold: 0.5}, {Name: model.ProfileStrict, Threshold: 0.7}}
}

// Studio holds the scripts and counts the work done. It is the media.Opener and
// all models of its Set.
type Studio struct {
	Set   *model.Set
	Fault error // what opening gives

	// Container is what the containers of the samples made from now on tell.
	Container media.Container

	Opened, Detected, Meshed, Embedded, Scored atomic.Int32

	clips   map[string]*media.Clip
	scripts map[*vision.Image]Shot
}

// New returns a studio with a set of all four models and Gate.
func New() *Studio {
	s := &Studio{clips: map[string]*media.Clip{}, scripts: map[*vision.Image]Shot{}}
	s.Set = &model.Set{
		Name: "scripted", Detector: detector{s}, Landmarker: landmarker{s}, Embedder: embedder{s}, Continuity: embedder{s}, PAD: pad{s}, Cover: cover{s}, Gate: Gate(),
		Points: Points(), Point: Points()[0],
	}
	return s
}

// Sample makes a media with these frames. One frame is a still, more are a video.
func (s *Studio) Sample(id bonafide.ID, shots ...Shot) *sample.Sample {
	clip := &media.Clip{Kind: bonafide.Image, Container: s.Container}
	if len(shots) > 1 {
		clip.Kind = bonafide.Video
	}
	for i, shot := range shots {
		if shot.Image == nil {
			shot.Image = Noise(uint64(i))
		}
		s.scripts[shot.Image] = shot
		clip.Frames = append(clip.Frames, media.Frame{Image: shot.Image, Index: i, AtMS: float64(i) * 100})
	}
	s.clips[string(id)] = clip
	return sample.Open(bonafide.Media{ID: id, Kind: clip.Kind}, media.Source{Path: string(id)}, s, s.Set)
}

// Open gives the clip of a media that Sample made.
func (s *Studio) Open(_ context.Context, src media.Source) (*media.Clip, error) {
	s.Opened.Add(1)
	return s.clips[src.Path], s.Fault
}

// Noise is a sharp and colourful picture of middle brightness.
func Noise(seed uint64) *vision.Image {
	r := rand.New(rand.NewPCG(seed, 0))
	im := vision.NewImage(Width, Height)
	for at := 0; at+8 <= len(im.Pix); at += 8 {
		binary.LittleEndian.PutUint64(im.Pix[at:], r.Uint64())
	}
	return im
}

// Plain is a picture of one colour.
func Plain(red, green, blue uint8) *vision.Image {
	im := vision.NewImage(Width, Height)
	for i := 0; i < len(im.Pix); i += 3 {
		im.Pix[i], im.Pix[i+1], im.Pix[i+2] = red, green, blue
	}
	return im
}

func ref(name string) bonafide.ModelRef { return bonafide.ModelRef{Name: name, Version: "test"} }

type detector struct{ *Studio }

func (detector) Ref() bonafide.ModelRef { return ref("detector") }

func (d detector) Detect(_ context.Context, im *vision.Image, l model.Look) ([]model.Face, error) {
	d.Detected.Add(1)
	boxes := d.scripts[im].Boxes
	if l.Doubtful {
		boxes = slices.Concat(boxes, d.scripts[im].Doubtful)
	}
	var faces []model.Face
	for _, b := range boxes {
		faces = append(faces, model.Face{Box: b, Score: 0.9})
	}
	return faces, nil
}

type landmarker struct{ *Studio }

func (landmarker) Ref() bonafide.ModelRef { return ref("landmarker") }

// Landmarks fills the box with points; the eyes are half its width apart.
func (l landmarker) Landmarks(_ context.Context, im *vision.Image, f model.Face) (*model.Mesh, error) {
	l.Meshed.Add(1)
	clear := !l.scripts[im].Unclear
	m := &model.Mesh{Flag: 1, Sure: clear, Verified: clear, Pose: l.scripts[im].Pose}
	for i := range m.Points {
		m.Points[i] = vision.Point{
			X: f.Box.X + f.Box.W*float32(i%22)/21,
			Y: f.Box.Y + f.Box.H*float32(i/22)/21,
		}
	}
	for i, at := range [5][2]float32{{0.25, 0.4}, {0.75, 0.4}, {0.5, 0.6}, {0.35, 0.8}, {0.65, 0.8}} {
		m.Align[i] = vision.Point{X: f.Box.X + at[0]*f.Box.W, Y: f.Box.Y + at[1]*f.Box.H}
	}
	return m, nil
}

// Rolled is as certain as Landmarks.
func (l landmarker) Rolled(ctx context.Context, im *vision.Image, f model.Face) (*model.Mesh, error) {
	return l.Landmarks(ctx, im, f)
}

type embedder struct{ *Studio }

func (embedder) Ref() bonafide.ModelRef { return ref("embedder") }

func (e embedder) Embed(_ context.Context, im *vision.Image, _ *model.Mesh) (bonafide.Template, error) {
	e.Embedded.Add(1)
	sin, cos := math.Sincos(float64(e.scripts[im].Person))
	return bonafide.NewTemplate(e.Ref(), []float32{float32(cos), float32(sin)}), nil
}

// Compare gives the cosine, and as similarity the cosine without its negative part.
func (embedder) Compare(a, b bonafide.Template) (cosine, similarity float64, err error) {
	for i, x := range a.Vector() {
		cosine += float64(x) * float64(b.Vector()[i])
	}
	return cosine, min(max(cosine, 0), 1), nil
}

// Found takes a fifth off for each tenfold size above 10.
func (embedder) Found(cosine float64, size int) float64 {
	if size > 10 {
		cosine -= 0.2 * (math.Log10(float64(size)) - 1)
	}
	return min(max(cosine, 0), 1)
}

type cover struct{ *Studio }

func (cover) Ref() bonafide.ModelRef { return ref("cover") }

func (c cover) Hidden(_ context.Context, im *vision.Image, m *model.Mesh) (model.Hidden, error) {
	shot := c.scripts[im]
	for _, b := range shot.Boxes {
		if len(shot.Doubtful) > 0 && m.Points[0] == (vision.Point{X: b.X, Y: b.Y}) {
			return model.Hidden{}, nil
		}
	}
	return shot.Hidden, nil
}

type pad struct{ *Studio }

func (pad) Ref() bonafide.ModelRef { return ref("pad") }

func (p pad) Logit(_ context.Context, im *vision.Image, _ model.Face) (float64, error) {
	p.Scored.Add(1)
	return p.scripts[im].Logit, nil
}

func (pad) Calibrate(l float64) float64 { return 1 / (1 + math.Exp(-l)) }
