package vision_test

import (
	"math"
	"testing"

	"github.com/bonafide-id/bonafide/internal/vision"
)

func TestPlainStatisticsAreThoseOfTheFace(t *testing.T) {
	im := vision.NewImage(40, 40)
	for i := 0; i < len(im.Pix); i += 3 {
		im.Pix[i], im.Pix[i+1], im.Pix[i+2] = 200, 100, 50
	}
	box := vision.Box{X: 10, Y: 10, W: 20, H: 20}
	plain := vision.TrivialOf(im, box)
	want := vision.Trivial{Brightness: (0.299*200 + 0.587*100 + 0.114*50) / 255, Saturation: 0.75, RedGreen: 100. / 255}
	for name, pair := range map[string][2]float64{
		"brightness": {plain.Brightness, want.Brightness}, "saturation": {plain.Saturation, want.Saturation},
		"red less green": {plain.RedGreen, want.RedGreen}, "grain": {plain.Grain, 0},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-6 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
	im.Pix[3*(20*40+20)] += 50 // one grain inside
	im.Pix[3*(5*40+5)] += 50   // one outside
	if g := vision.TrivialOf(im, box).Grain; math.Abs(g-8*0.299*50/(18*18)) > 1e-6 {
		t.Errorf("one grain counts %v", g)
	}
	if got := vision.TrivialOf(im, vision.Box{X: 100, Y: 100, W: 9, H: 9}); got != (vision.Trivial{}) {
		t.Errorf("outside the picture: %+v", got)
	}
}
