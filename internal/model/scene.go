package model

import "github.com/bonafide-id/bonafide/internal/vision"

// scene is a picture turned clockwise by quarters, without a copy of it.
type scene struct {
	im            *vision.Image
	width, height int
	turn          int           // quarters, 0 to 3
	back          vision.Affine // from the turned picture's pixels to the picture's
}

func turned(im *vision.Image, quarters int) scene {
	s := scene{im: im, width: im.Width, height: im.Height, turn: (quarters%4 + 4) % 4}
	right, bottom := float64(im.Width-1), float64(im.Height-1)
	switch s.turn {
	case 0:
		s.back = vision.Affine{A: 1, E: 1}
	case 1:
		s.back = vision.Affine{B: 1, D: -1, F: bottom}
	case 2:
		s.back = vision.Affine{A: -1, C: right, E: -1, F: bottom}
	case 3:
		s.back = vision.Affine{B: -1, C: right, D: 1}
	}
	if s.turn%2 == 1 {
		s.width, s.height = im.Height, im.Width
	}
	return s
}

// face brings a face that was found in the turned picture back.
func (s scene) face(f Face) Face {
	b, w, h := f.Box, float32(s.im.Width), float32(s.im.Height)
	switch s.turn {
	case 1:
		f.Box = vision.Box{X: b.Y, Y: h - b.X - b.W, W: b.H, H: b.W}
	case 2:
		f.Box = vision.Box{X: w - b.X - b.W, Y: h - b.Y - b.H, W: b.W, H: b.H}
	case 3:
		f.Box = vision.Box{X: w - b.Y - b.H, Y: b.X, W: b.H, H: b.W}
	}
	for i, p := range f.Points {
		f.Points[i] = s.back.Apply(p)
	}
	return f
}
