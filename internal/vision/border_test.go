package vision

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// camera is a picture as a camera sees it: things of several sizes in front of each
// other, with grain.
func camera(width, height int, seed uint64) *Image {
	r := rand.New(rand.NewPCG(seed, 7))
	im := NewImage(width, height)
	type thing struct{ x, y, radius, red, green, blue, pitch float64 }
	var things []thing
	for range 60 {
		things = append(things, thing{
			r.Float64() * float64(width), r.Float64() * float64(height), 20 + 90*r.Float64(),
			255 * r.Float64(), 255 * r.Float64(), 255 * r.Float64(), 3 + 20*r.Float64(),
		})
	}
	for y := range height {
		for x := range width {
			red, green, blue := 120.0, 110.0, 100.0
			for _, t := range things {
				if d := math.Hypot(float64(x)-t.x, float64(y)-t.y); d < t.radius {
					wave := 12 * math.Sin((float64(x)+0.7*float64(y))/t.pitch)
					red, green, blue = t.red+wave, t.green+wave, t.blue+wave
				}
			}
			p := im.Pix[3*(y*width+x):]
			grain := 3 * r.NormFloat64()
			p[0], p[1], p[2] = level(red+grain), level(green+grain), level(blue+grain)
		}
	}
	return im
}

func level(v float64) uint8 { return uint8(min(max(v, 0), 255)) }

// framed puts a picture into a larger one; outside gives a pixel by where it lies in the
// coordinates of the picture.
func framed(im *Image, top, right, bottom, left int, outside func(x, y int) (red, green, blue uint8)) *Image {
	out := NewImage(im.Width+left+right, im.Height+top+bottom)
	for y := range out.Height {
		for x := range out.Width {
			p, ix, iy := out.Pix[3*(y*out.Width+x):], x-left, y-top
			if ix >= 0 && ix < im.Width && iy >= 0 && iy < im.Height {
				copy(p[:3], im.Pix[3*(iy*im.Width+ix):])
				continue
			}
			p[0], p[1], p[2] = outside(ix, iy)
		}
	}
	return out
}

func at(im *Image, x, y int) (red, green, blue uint8) {
	x, y = min(max(x, 0), im.Width-1), min(max(y, 0), im.Height-1)
	p := im.Pix[3*(y*im.Width+x):]
	return p[0], p[1], p[2]
}

func mirrorAt(i, n int) int {
	if i < 0 {
		return -1 - i
	}
	if i >= n {
		return 2*n - 1 - i
	}
	return i
}

func TestABorderThatWasMadeIsFound(t *testing.T) {
	im := camera(480, 360, 1)
	r := rand.New(rand.NewPCG(3, 3))
	kinds := map[string]func(x, y int) (red, green, blue uint8){
		"black":      func(int, int) (uint8, uint8, uint8) { return 0, 0, 0 },
		"one colour": func(int, int) (uint8, uint8, uint8) { return 90, 140, 200 },
		"repeated":   func(x, y int) (uint8, uint8, uint8) { return at(im, x, y) },
		"mirrored":   func(x, y int) (uint8, uint8, uint8) { return at(im, mirrorAt(x, im.Width), mirrorAt(y, im.Height)) },
		"fading": func(x, y int) (uint8, uint8, uint8) {
			v := uint8(100 + (x+y)/10)
			return v, v, v
		},
		"noise": func(int, int) (uint8, uint8, uint8) {
			return uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256))
		},
	}
	for name, outside := range kinds {
		for side, pads := range map[string][4]int{"all round": {50, 60, 50, 60}, "above and below": {50, 0, 50, 0}, "left": {0, 0, 0, 90}} {
			out := framed(im, pads[0], pads[1], pads[2], pads[3], outside)
			face := Box{X: float32(pads[3] + 150), Y: float32(pads[0] + 90), W: 160, H: 190}
			m := Border(out, face)
			if got := m.Inside(face, out.Width, out.Height); m == (Margins{}) || got < 0.9*190/360 {
				t.Errorf("%s, %s: %+v, the face fills %.2f of what is left", name, side, m, got)
			}
			want := Margins{Top: float64(pads[0]), Right: float64(pads[1]), Bottom: float64(pads[2]), Left: float64(pads[3])}
			for edge, d := range map[string]float64{
				"top": m.Top - want.Top/float64(out.Height), "bottom": m.Bottom - want.Bottom/float64(out.Height),
				"left": m.Left - want.Left/float64(out.Width), "right": m.Right - want.Right/float64(out.Width),
			} {
				if d > 0.04 {
					t.Errorf("%s, %s: the border at the %s is %.2f too deep", name, side, edge, d)
				}
			}
		}
	}
}

func TestWhatACameraSeesHasNoBorder(t *testing.T) {
	for seed := range uint64(6) {
		for _, size := range [][2]int{{640, 480}, {480, 640}, {300, 300}} {
			im := camera(size[0], size[1], seed)
			face := Box{X: float32(size[0]) * 0.3, Y: float32(size[1]) * 0.25, W: float32(size[0]) * 0.4, H: float32(size[1]) * 0.5}
			if m := Border(im, face); m != (Margins{}) {
				t.Errorf("%v, %d: %+v", size, seed, m)
			}
		}
	}
	for name, im := range map[string]*Image{"nothing": NewImage(0, 0), "a pixel": NewImage(1, 1), "black": NewImage(640, 480)} {
		if m := Border(im, Box{X: 10, Y: 10, W: 20, H: 20}); m != (Margins{}) {
			t.Errorf("%s: %+v", name, m)
		}
	}
	nan := float32(math.NaN())
	if m := Border(camera(320, 240, 1), Box{X: nan, Y: nan, W: nan, H: nan}); m != (Margins{}) {
		t.Errorf("a face without a place: %+v", m)
	}
}

func TestCellsOfFourPixelsAreMeansAsAllOthers(t *testing.T) {
	im := NewImage(37, 21)
	draw := rand.New(rand.NewPCG(1, 2))
	for i := range im.Pix {
		im.Pix[i] = uint8(draw.IntN(256))
	}
	fast, even := greyOf(im, 2), average(im, image.Rect(0, 0, 36, 20), 2)
	if slow := greyOf(even, 1); fast.w != slow.w || fast.h != slow.h || !slices.Equal(fast.v, slow.v) {
		t.Error("they are others")
	}
}

func BenchmarkBorder(b *testing.B) {
	im := camera(640, 480, 1)
	for b.Loop() {
		Border(im, Box{X: 220, Y: 140, W: 200, H: 240})
	}
}
