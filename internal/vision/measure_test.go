package vision_test

import (
	"math"
	"testing"

	"github.com/bonafide-id/bonafide/internal/vision"
)

// texture is a picture with detail of that wavelength in pixels.
func texture(side int, wavelength, contrast float64) *vision.Image {
	im := vision.NewImage(side, side)
	for i := range side * side {
		x, y := float64(i%side), float64(i/side)
		v := 128 + contrast*math.Sin(2*math.Pi*x/wavelength)*math.Sin(2*math.Pi*y/wavelength)
		im.Pix[3*i], im.Pix[3*i+1], im.Pix[3*i+2] = uint8(v), uint8(v*0.8), uint8(v*0.6)
	}
	return im
}

func whole(im *vision.Image) vision.Box {
	return vision.Box{W: float32(im.Width), H: float32(im.Height)}
}

func TestSharpnessDependsOnDetailAlone(t *testing.T) {
	measure := func(im *vision.Image) float64 { return vision.LookAt(im, whole(im)).Sharpness() }
	fine := measure(texture(128, 8, 60))
	if coarse := measure(texture(128, 32, 60)); coarse > fine/10 {
		t.Errorf("coarse %v, fine %v", coarse, fine)
	}
	for name, im := range map[string]*vision.Image{
		"twice the resolution":    texture(256, 16, 60),
		"three times":             texture(384, 24, 60),
		"a third of the contrast": texture(128, 8, 20),
	} {
		if v := measure(im); math.Abs(v/fine-1) > 0.1 {
			t.Errorf("%s: %v instead of %v", name, v, fine)
		}
	}
}

func TestBrightnessAndColourfulnessOfPlainColours(t *testing.T) {
	tests := map[string]struct {
		rgb                [3]uint8
		brightness, colour float64
	}{
		"black": {[3]uint8{}, 0, 0},
		"white": {[3]uint8{255, 255, 255}, 1, 0},
		"grey":  {[3]uint8{51, 51, 51}, 0.2, 0},
		"red":   {[3]uint8{255, 0, 0}, 0.299, 0.3 * math.Hypot(255, 127.5)},
	}
	for name, tt := range tests {
		im := vision.NewImage(50, 40)
		for i := range im.Pix {
			im.Pix[i] = tt.rgb[i%3]
		}
		face := vision.Box{X: 10, Y: 10, W: 20, H: 20}
		if v := vision.LookAt(im, face).Brightness(); math.Abs(v-tt.brightness) > 1e-3 {
			t.Errorf("%s: brightness %v", name, v)
		}
		if v := vision.LookAt(im, face).Colourfulness(); math.Abs(v-tt.colour) > 1e-2 {
			t.Errorf("%s: colourfulness %v, want %v", name, v, tt.colour)
		}
		if v := vision.LookAt(im, face).Sharpness(); v != 0 {
			t.Errorf("%s: sharpness %v", name, v)
		}
	}
}

func TestNothingMeasuresAsNothing(t *testing.T) {
	im := noise(seeded(), 50, 40)
	for name, face := range map[string]vision.Box{
		"outside":      {X: 100, Y: 0, W: 10, H: 10},
		"empty":        {X: 10, Y: 10},
		"not a number": {X: float32(math.NaN()), W: 10, H: 10},
	} {
		if vision.LookAt(im, face).Sharpness() != 0 || vision.LookAt(im, face).Brightness() != 0 || vision.LookAt(im, face).Colourfulness() != 0 {
			t.Errorf("%s: measures something", name)
		}
	}
}

func BenchmarkSharpness(b *testing.B) {
	im := noise(seeded(), 1280, 720)
	for b.Loop() {
		vision.LookAt(im, vision.Box{X: 400, Y: 100, W: 400, H: 500}).Sharpness()
	}
}
