package vision_test

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/bonafide-id/bonafide/internal/vision"
)

// scene is a picture of soft blobs with sensor noise of that many levels.
func scene(width, height int, noise int, seed uint64) *vision.Image {
	r := rand.New(rand.NewPCG(seed, 7))
	im := vision.NewImage(width, height)
	for y := range height {
		for x := range width {
			u, v := float64(x)/float64(width), float64(y)/float64(height)
			light := 120 + 50*math.Sin(5*u+2*v) + 30*math.Cos(9*v-3*u)
			for c := range 3 {
				im.Pix[3*(y*width+x)+c] = uint8(light) + uint8(10*c) + uint8(r.IntN(noise+1))
			}
		}
	}
	return im
}

func TestSensorNoiseIsMeasuredBetweenPictures(t *testing.T) {
	quiet := vision.Compare(scene(640, 480, 0, 1), scene(640, 480, 0, 2))
	if !quiet.Same || quiet.Mean != 0 {
		t.Errorf("the same scene without noise changes by %+v", quiet)
	}
	var last float64
	for _, levels := range []int{2, 6, 12} {
		c := vision.Compare(scene(640, 480, levels, 1), scene(640, 480, levels, 2))
		if c.Same || !(c.Noise > last) || !(c.Mean > 0) {
			t.Errorf("%d levels: %+v after noise of %v", levels, c, last)
		}
		last = c.Noise
	}
}

func TestPicturesWithoutFlatPartsTellNoNoise(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	a, b := vision.NewImage(200, 200), vision.NewImage(200, 200)
	for i := range a.Pix {
		a.Pix[i], b.Pix[i] = uint8(r.Uint32()), uint8(r.Uint32())
	}
	if c := vision.Compare(a, b); !math.IsNaN(c.Noise) || !(c.Mean > 20) {
		t.Errorf("got %+v", c)
	}
	for _, other := range []*vision.Image{vision.NewImage(100, 200), vision.NewImage(200, 100)} {
		if c := vision.Compare(a, other); c.Same || !math.IsNaN(c.Mean) || !math.IsNaN(c.Noise) {
			t.Errorf("pictures of two sizes: %+v", c)
		}
	}
	if c := vision.Compare(vision.NewImage(3, 3), vision.NewImage(3, 3)); !math.IsNaN(c.Mean) {
		t.Errorf("tiny pictures: %+v", c)
	}
}

func apart(a, b vision.Hash) int { return bits.OnesCount64(a[0]^b[0]) + bits.OnesCount64(a[1]^b[1]) }

func TestACopyHasTheHashOfTheOriginal(t *testing.T) {
	original := vision.HashOf(scene(1280, 720, 6, 1))
	for name, copied := range map[string]*vision.Image{
		"other noise": scene(1280, 720, 6, 2),
		"smaller":     scene(640, 360, 6, 3),
		"tiny":        scene(96, 54, 2, 4),
	} {
		if d := apart(original, vision.HashOf(copied)); d > 3 {
			t.Errorf("%s: %d bits apart", name, d)
		}
	}
	mirrored := scene(1280, 720, 6, 1)
	for y := range mirrored.Height {
		for x := range mirrored.Width / 2 {
			for c := range 3 {
				i, j := 3*(y*mirrored.Width+x)+c, 3*(y*mirrored.Width+mirrored.Width-1-x)+c
				mirrored.Pix[i], mirrored.Pix[j] = mirrored.Pix[j], mirrored.Pix[i]
			}
		}
	}
	if d := apart(original, vision.HashOf(mirrored)); d < 20 {
		t.Errorf("another picture is only %d bits apart", d)
	}
	if s := original.String(); len(s) != 32 {
		t.Errorf("hash %q", s)
	}
}

func TestGistsTellPicturesApart(t *testing.T) {
	box := vision.Box{X: 100, Y: 100, W: 200, H: 200}
	a, b := scene(640, 480, 6, 1), scene(640, 480, 6, 2)
	g, h := vision.GistOf(a, box), vision.GistOf(b, box)
	if d := g.Unlike(&h); math.Abs(d) > 0.05 {
		t.Errorf("the same place is %v apart", d)
	}
	far := vision.GistOf(a, vision.Box{X: 400, Y: 250, W: 200, H: 200})
	if d := g.Unlike(&far); d < 0.3 {
		t.Errorf("another place is %v apart", d)
	}
	plain := vision.GistOf(vision.NewImage(640, 480), box)
	if d := g.Unlike(&plain); d != 1 {
		t.Errorf("nothing is %v apart", d)
	}
}

func BenchmarkCompare(b *testing.B) {
	one, two := scene(1280, 720, 6, 1), scene(1280, 720, 6, 2)
	for b.Loop() {
		vision.Compare(one, two)
	}
}

func BenchmarkHash(b *testing.B) {
	im := scene(1280, 720, 6, 1)
	for b.Loop() {
		vision.HashOf(im)
	}
}
