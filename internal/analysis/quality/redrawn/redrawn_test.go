package redrawn_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/bonafide-id/bonafide/internal/analysis/quality/redrawn"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

const width = 320

// surface is a picture of spots, of which the seed says where they are.
func surface(seed uint64) func(x, y float64) float64 {
	r := rand.New(rand.NewPCG(seed, 1))
	type spot struct{ x, y, size, light float64 }
	spots := make([]spot, 220)
	for i := range spots {
		spots[i] = spot{r.Float64() * width, r.Float64() * width, 4 + 8*r.Float64(), 160*r.Float64() - 80}
	}
	drawn := make([]float64, width*width)
	for i := range drawn {
		drawn[i] = 128
	}
	for _, s := range spots {
		reach := int(3 * s.size)
		for y := max(int(s.y)-reach, 0); y < min(int(s.y)+reach, width); y++ {
			for x := max(int(s.x)-reach, 0); x < min(int(s.x)+reach, width); x++ {
				dx, dy := float64(x)-s.x, float64(y)-s.y
				drawn[y*width+x] += s.light * math.Exp(-(dx*dx+dy*dy)/(2*s.size*s.size))
			}
		}
	}
	return func(x, y float64) float64 {
		x, y = min(max(x, 0), width-2), min(max(y, 0), width-2)
		x0, y0 := int(x), int(y)
		fx, fy, at := x-float64(x0), y-float64(y0), drawn[y0*width+x0:]
		return (at[0]*(1-fx)+at[1]*fx)*(1-fy) + (at[width]*(1-fx)+at[width+1]*fx)*fy
	}
}

// filmed draws a surface through a map, and the mesh where the map takes it, with noise and in
// a light that grows.
func filmed(of func(x, y float64) float64, from func(x, y float64) (u, v float64), noise, gain float64) redrawn.Frame {
	r := rand.New(rand.NewPCG(7, 7))
	f := redrawn.Frame{Image: vision.NewImage(width, width), Mesh: &model.Mesh{}}
	for y := range width {
		for x := range width {
			v := uint8(min(max(gain*of(from(float64(x), float64(y)))+noise*r.NormFloat64(), 0), 255))
			copy(f.Image.Pix[3*(y*width+x):], []uint8{v, v, v})
		}
	}
	for i := range f.Mesh.Points {
		at := vision.Point{X: 70 + 180*float32(i%22)/21, Y: 70 + 180*float32(i/22)/21}
		to := at
		for range 20 { // the place that the map brings here
			u, v := from(float64(to.X), float64(to.Y))
			to.X, to.Y = to.X+at.X-float32(u), to.Y+at.Y-float32(v)
		}
		f.Mesh.Points[i] = to
	}
	return f
}

func still(x, y float64) (u, v float64) { return x, y }

// pulled draws the middle aside, as software does.
func pulled(by float64) func(x, y float64) (u, v float64) {
	return func(x, y float64) (u, v float64) {
		k := by * math.Exp(-((x-160)*(x-160)+(y-160)*(y-160))/(2*60*60))
		return x - k, y + k/2
	}
}

func TestAPictureThatIsPulledIntoShapeIsTheSamePicture(t *testing.T) {
	s := surface(1)
	for name, frames := range map[string][]redrawn.Frame{
		"aside":            {filmed(s, still, 0, 1), filmed(s, pulled(25), 0, 1)},
		"in noise":         {filmed(s, still, 4, 1), filmed(s, pulled(25), 4, 1)},
		"in another light": {filmed(s, still, 0, 1), filmed(s, pulled(25), 0, 0.7)},
		"squeezed":         {filmed(s, still, 0, 1), filmed(s, func(x, y float64) (u, v float64) { return 160 + 1.6*(x-160), y }, 0, 1)},
		"far, by steps":    {filmed(s, still, 0, 1), filmed(s, pulled(20), 0, 1), filmed(s, pulled(40), 0, 1), filmed(s, pulled(55), 0, 1)},
	} {
		if l := redrawn.Likeness(frames); !(l > 0.97) {
			t.Errorf("%s: %.3f", name, l)
		}
	}
}

func TestWhatWasHiddenIsNotExplained(t *testing.T) {
	s, other := surface(1), surface(2)
	if l := redrawn.Likeness([]redrawn.Frame{filmed(s, still, 0, 1), filmed(other, still, 0, 1)}); !(l < 0.85) {
		t.Errorf("another surface: %.3f", l)
	}
}

func TestNothingIsNoLikeness(t *testing.T) {
	plain := func(float64, float64) float64 { return 100 }
	lost := filmed(surface(1), still, 0, 1)
	lost.Mesh = &model.Mesh{}
	for name, frames := range map[string][]redrawn.Frame{
		"one frame":           {filmed(surface(1), still, 0, 1)},
		"a plain surface":     {filmed(plain, still, 0, 1), filmed(plain, still, 0, 1)},
		"a mesh in one place": {filmed(surface(1), still, 0, 1), lost},
	} {
		if l := redrawn.Likeness(frames); !math.IsNaN(l) {
			t.Errorf("%s: %.3f", name, l)
		}
	}
}

func TestMeshesLieApartByTheirShapeAlone(t *testing.T) {
	s := surface(1)
	a := filmed(s, still, 0, 1).Mesh
	moved := filmed(s, func(x, y float64) (u, v float64) { return x - 20, y + 9 }, 0, 1).Mesh
	if d := redrawn.Apart(a, moved); d > 1e-3 {
		t.Errorf("moved: %.4f", d)
	}
	if d := redrawn.Apart(a, filmed(s, pulled(40), 0, 1).Mesh); !(d > 0.05) {
		t.Errorf("pulled: %.4f", d)
	}
}

func BenchmarkLikeness(b *testing.B) {
	s := surface(1)
	frames := []redrawn.Frame{filmed(s, still, 0, 1), filmed(s, pulled(15), 0, 1), filmed(s, pulled(25), 0, 1)}
	for b.Loop() {
		redrawn.Likeness(frames)
	}
}
