package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/bonafide-id/bonafide/internal/vision"
)

func TestATurnedPictureIsTheSceneOfIt(t *testing.T) {
	im := vision.NewImage(60, 40)
	for i := range im.Width * im.Height {
		im.Pix[3*i], im.Pix[3*i+1], im.Pix[3*i+2] = uint8(4*(i%60)), uint8(6*(i/60)), 90
	}
	for _, deg := range []float64{0, 90, 180, 270, -90, 450, 30, 200} {
		s, turned := turned(im, deg), vision.Turn(im, deg)
		if w, h := s.width-turned.Width, s.height-turned.Height; w < 0 || w > 1 || h < 0 || h > 1 {
			t.Fatalf("%g degrees: %d x %d, want %d x %d", deg, s.width, s.height, turned.Width, turned.Height)
		}
		// Points near the middle, where no corner is mirrored.
		for y := s.height/2 - 6; y < s.height/2+6; y++ {
			for x := s.width/2 - 6; x < s.width/2+6; x++ {
				p := s.back.Apply(vision.Point{X: float32(x), Y: float32(y)})
				got := turned.Pix[3*(y*turned.Width+x):]
				if d := math.Abs(float64(got[0]) - 4*float64(p.X)); d > 4 {
					t.Fatalf("%g degrees, %d, %d: red is off by %.1f", deg, x, y, d)
				}
				if d := math.Abs(float64(got[1]) - 6*float64(p.Y)); d > 6 {
					t.Fatalf("%g degrees, %d, %d: green is off by %.1f", deg, x, y, d)
				}
			}
		}
	}
}

func TestBoxesComeBackFromTheScene(t *testing.T) {
	im, r := vision.NewImage(640, 480), rand.New(rand.NewPCG(7, 7))
	for _, deg := range []float64{0, 90, 180, 270} {
		s := turned(im, deg)
		for range 20 {
			b := vision.Box{X: 300 * r.Float32(), Y: 300 * r.Float32(), W: 20 + 80*r.Float32(), H: 20 + 80*r.Float32()}
			got := s.face(Face{Box: b, Points: [5]vision.Point{{X: b.X, Y: b.Y}}})
			// The corner of the box is a corner of what comes back, on the grid of edges.
			p := s.back.Apply(vision.Point{X: b.X - 0.5, Y: b.Y - 0.5})
			near := func(a, c float32) bool { return math.Abs(float64(a-c)) < 1e-2 }
			x, y := p.X+0.5, p.Y+0.5
			if !(near(x, got.Box.X) || near(x, got.Box.X+got.Box.W)) || !(near(y, got.Box.Y) || near(y, got.Box.Y+got.Box.H)) {
				t.Fatalf("%g degrees: %v comes back as %v", deg, b, got.Box)
			}
			if math.Abs(float64(got.Box.Area()-b.Area())) > 1 {
				t.Fatalf("%g degrees: %v has another size than %v", deg, got.Box, b)
			}
		}
	}
}
