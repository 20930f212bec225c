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
