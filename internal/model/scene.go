package model

import (
	"math"

	"github.com/bonafide-id/bonafide/internal/vision"
)

// scene is a picture turned clockwise, on a canvas that holds all of it, without a copy
// of it.
type scene struct {
	im            *vision.Image
	width, height int           // of the canvas
	back          vision.Affine // from the canvas to the picture
	sideways      bool          // width and height have changed places
}

func turned(im *vision.Image, deg float64) scene {
	deg = math.Mod(math.Mod(deg, 360)+360, 360)
	quarter := int(math.Round(deg/90)) % 4
	sin, cos := math.Sincos(deg * math.Pi / 180)
	if deg == math.Trunc(deg) && int(deg)%90 == 0 { // exactly, so that every pixel is kept
		sin, cos = [4]float64{0, 1, 0, -1}[quarter], [4]float64{1, 0, -1, 0}[quarter]
	}
	w, h := float64(im.Width), float64(im.Height)
	s := scene{im: im, sideways: quarter%2 == 1}
	s.width, s.height = int(math.Ceil(math.Abs(w*cos)+math.Abs(h*sin))), int(math.Ceil(math.Abs(w*sin)+math.Abs(h*cos)))
	cx, cy := float64(s.width-1)/2, float64(s.height-1)/2
	s.back = vision.Affine{
		A: cos, B: sin, C: (w-1)/2 - cos*cx - sin*cy,
		D: -sin, E: cos, F: (h-1)/2 + sin*cx - cos*cy,
	}
	return s
}

// face brings a face that was found on the canvas back. Its box stays upright: it has
// the same middle and, unless it lies sideways, the same size.
func (s scene) face(f Face) Face {
	c := s.back.Apply(f.Box.Center())
	w, h := f.Box.W, f.Box.H
	if s.sideways {
		w, h = h, w
	}
	f.Box = vision.Box{X: c.X + 0.5 - w/2, Y: c.Y + 0.5 - h/2, W: w, H: h}
	for i, p := range f.Points {
		f.Points[i] = s.back.Apply(p)
	}
	return f
}
