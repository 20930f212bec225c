package vision_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/bonafide-id/bonafide/internal/vision"
)

func TestQuarterTurnsKeepEveryPixel(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	im := vision.NewImage(31, 18)
	for i := range im.Pix {
		im.Pix[i] = uint8(r.Uint32())
	}
	once := vision.Turn(im, 90)
	if once.Width != 18 || once.Height != 31 {
		t.Fatalf("%d x %d", once.Width, once.Height)
	}
	// Clockwise: the left column becomes the upper row, from its end on.
	for y := range 18 {
		if !bytes.Equal(once.Pix[3*(17-y):3*(18-y)], im.Pix[3*31*y:3*31*y+3]) {
			t.Fatalf("row %d", y)
		}
	}
	if twice := vision.Turn(once, 90); !bytes.Equal(twice.Pix, vision.Turn(im, 180).Pix) || !bytes.Equal(vision.Turn(twice, -180).Pix, im.Pix) {
		t.Error("quarter turns do not add up")
	}
}

func TestTheCornersOfATurnedPictureAreNotBlack(t *testing.T) {
	im := vision.NewImage(40, 20)
	for i := range im.Pix {
		im.Pix[i] = 200
	}
	for deg := -30.0; deg < 360; deg += 15 {
		for i, p := range vision.Turn(im, deg).Pix {
			if p != 200 {
				t.Fatalf("%g degrees: value %d is %d", deg, i, p)
			}
		}
	}
}

func TestLevellingUndoesATurn(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	im := vision.NewImage(240, 200)
	for y := range 200 {
		for x := range 240 {
			copy(im.Pix[3*(240*y+x):], []uint8{uint8(x), uint8(y), uint8(x/2 + y/3)})
		}
	}
	for range 20 {
		deg := 360 * r.Float64()
		turned := vision.Turn(im, deg)
		// The middle stays where it is.
		b := vision.Box{X: float32(turned.Width)/2 - 20, Y: float32(turned.Height)/2 - 20, W: 40, H: 40}
		level, at := vision.Level(turned, b, deg, 2)
		part, _ := vision.Level(im, vision.Box{X: 100, Y: 80, W: 40, H: 40}, 0, 2)
		c := at.Center()
		for dy := -15; dy <= 15; dy += 5 {
			for dx := -15; dx <= 15; dx += 5 {
				i := 3 * ((int(c.Y)+dy)*level.Width + int(c.X) + dx)
				k := 3 * ((part.Height/2+dy)*part.Width + part.Width/2 + dx)
				for n := range 3 {
					if d := int(level.Pix[i+n]) - int(part.Pix[k+n]); d < -3 || d > 3 {
						t.Fatalf("%.1f degrees, %d, %d: %v, want %v", deg, dx, dy, level.Pix[i:i+3], part.Pix[k:k+3])
					}
				}
			}
		}
	}
}
