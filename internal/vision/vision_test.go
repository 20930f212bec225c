package vision_test

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide/internal/vision"
)

// plain is the format whose numbers are the pixels.
func plain(width, height int) vision.Format {
	return vision.Format{Width: width, Height: height, Interleaved: true, Scale: [3]float32{1, 1, 1}}
}

// noise has no structure; smooth has no fine one.
func noise(r *rand.Rand, width, height int) *vision.Image {
	im := vision.NewImage(width, height)
	for i := range im.Pix {
		im.Pix[i] = uint8(r.Uint32())
	}
	return im
}

func smooth(width, height int) *vision.Image {
	im := vision.NewImage(width, height)
	for y := range height {
		for x := range width {
			u, v := (float64(x)+0.5)/float64(width), (float64(y)+0.5)/float64(height)
			for c := range 3 {
				s := math.Sin(2*u+float64(c)) * math.Cos(3*v-float64(c))
				im.Pix[3*(y*width+x)+c] = uint8(127.5 + 120*s)
			}
		}
	}
	return im
}

func seeded() *rand.Rand { return rand.New(rand.NewPCG(7, 7)) }

// warp returns what Warp draws as a picture.
func warp(im *vision.Image, m vision.Affine, width, height int) *vision.Image {
	dst := make([]float32, 3*width*height)
	vision.Warp(dst, plain(width, height), im, m)
	out := vision.NewImage(width, height)
	for i, v := range dst {
		out.Pix[i] = uint8(v + 0.5)
	}
	return out
}

// difference is the largest of two pictures of the same size.
func difference(a, b *vision.Image) int {
	worst := 0
	for i, v := range a.Pix {
		worst = max(worst, int(v)-int(b.Pix[i]), int(b.Pix[i])-int(v))
	}
	return worst
}

func TestAPictureOfTheStandardLibraryHasTheSamePixels(t *testing.T) {
	im := noise(seeded(), 17, 9)
	copied := im.RGBA()
	if copied.Bounds() != image.Rect(0, 0, 17, 9) || !copied.Opaque() {
		t.Fatalf("bounds %v, opaque %v", copied.Bounds(), copied.Opaque())
	}
	for i, v := range im.Pix {
		at := copied.RGBAAt(i/3%17, i/3/17)
		if got := [3]uint8{at.R, at.G, at.B}[i%3]; got != v {
			t.Fatalf("byte %d is %d, want %d", i, got, v)
		}
	}
}

func TestClippedBoxesLieInside(t *testing.T) {
	nan := float32(math.NaN())
	tests := map[string]struct{ in, want vision.Box }{
		"inside":       {vision.Box{1, 2, 3, 4}, vision.Box{1, 2, 3, 4}},
		"over corners": {vision.Box{-5, -5, 100, 100}, vision.Box{0, 0, 20, 10}},
		"outside":      {vision.Box{30, 0, 5, 5}, vision.Box{}},
		"negative":     {vision.Box{5, 5, -1, 3}, vision.Box{}},
		"not a number": {vision.Box{nan, 1, 5, 5}, vision.Box{}},
		"endless":      {vision.Box{-1, -1, float32(math.Inf(1)), 5}, vision.Box{0, 0, 20, 4}},
	}
	for name, tt := range tests {
		if got := tt.in.Clip(20, 10); got != tt.want {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

func TestIoUIsSymmetricAndBounded(t *testing.T) {
	r := seeded()
	side := func() float32 { return r.Float32() * 10 }
	for range 1000 {
		a, b := vision.Box{side(), side(), side(), side()}, vision.Box{side(), side(), side(), side()}
		v := vision.IoU(a, b)
		if v != vision.IoU(b, a) || v < 0 || v > 1 {
			t.Fatalf("%v and %v: %v", a, b, v)
		}
		if same := vision.IoU(a, a); a.Area() > 0 && math.Abs(float64(same)-1) > 1e-4 {
			t.Fatalf("%v with itself: %v", a, same)
		}
	}
	if v := vision.IoU(vision.Box{0, 0, 2, 2}, vision.Box{1, 0, 2, 2}); math.Abs(float64(v)-1./3) > 1e-6 {
		t.Errorf("a half shared: %v", v)
	}
}

func TestSuppressKeepsTheBestOfEachHeap(t *testing.T) {
	boxes := []vision.Box{{0, 0, 10, 10}, {1, 0, 10, 10}, {50, 0, 10, 10}, {2, 0, 10, 10}}
	got := vision.Suppress(boxes, []float32{0.5, 0.9, 0.7, 0.8}, 0.3)
	if want := []int{1, 2}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSurroundStaysInsideThePicture(t *testing.T) {
	im := vision.NewImage(100, 80)
	tests := map[string]struct {
		box   vision.Box
		scale float64
		want  image.Rectangle
	}{
		"room on all sides":  {vision.Box{40, 30, 10, 20}, 2, image.Rect(35, 20, 56, 61)},
		"shifted from left":  {vision.Box{2, 30, 10, 10}, 3, image.Rect(0, 20, 31, 51)},
		"shifted from right": {vision.Box{85, 30, 10, 10}, 3, image.Rect(69, 20, 100, 51)},
		"shrunk to fit":      {vision.Box{40, 10, 30, 40}, 4, image.Rect(25, 0, 85, 80)},
		"outside":            {vision.Box{200, 10, 30, 40}, 2, image.Rectangle{}},
	}
	for name, tt := range tests {
		if got := vision.Surround(im, tt.box, tt.scale); got != tt.want {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

func FuzzSurround(f *testing.F) {
	f.Add(float32(1), float32(2), float32(3), float32(4), 2.7)
	f.Add(float32(math.Inf(-1)), float32(0), float32(math.Inf(1)), float32(1e30), 4.0)
	f.Fuzz(func(t *testing.T, x, y, w, h float32, scale float64) {
		im := vision.NewImage(33, 21)
		got := vision.Surround(im, vision.Box{X: x, Y: y, W: w, H: h}, scale)
		if !got.In(image.Rect(0, 0, 33, 21)) {
			t.Fatalf("%v", got)
		}
	})
}

func near(a, b vision.Point, d float64) bool {
	return math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)) <= d
}

func TestInverseUndoesAMap(t *testing.T) {
	r := seeded()
	for range 100 {
		m := vision.Affine{r.NormFloat64(), r.NormFloat64(), 10 * r.NormFloat64(), r.NormFloat64(), r.NormFloat64(), 10 * r.NormFloat64()}
		back, ok := m.Inverse()
		p := vision.Point{r.Float32() * 100, r.Float32() * 100}
		if !ok || !near(back.Apply(m.Apply(p)), p, 0.05) || !near(m.Then(back).Apply(p), p, 0.05) {
			t.Fatalf("%v: %v became %v", m, p, back.Apply(m.Apply(p)))
		}
	}
	if _, ok := (vision.Affine{A: 1, B: 1, D: 1, E: 1}).Inverse(); ok {
		t.Error("a map onto a line has an inverse")
	}
}

func TestSimilarityFindsTheMapThatMovedThePoints(t *testing.T) {
	r := seeded()
	for range 100 {
		side, angle := 10+100*r.Float64(), 2*math.Pi*r.Float64()
		truth := vision.OntoSquare(vision.Point{r.Float32() * 50, r.Float32() * 50}, side, angle, 64)
		var from, to []vision.Point
		for range 5 {
			p := vision.Point{r.Float32() * 64, r.Float32() * 64}
			from, to = append(from, p), append(to, truth.Apply(p))
		}
		got, ok := vision.Similarity(from, to)
		if !ok || math.Abs(got.Scale()-side/64) > 1e-3 {
			t.Fatalf("got %v, want %v", got, truth)
		}
		for i := range from {
			if !near(got.Apply(from[i]), to[i], 1e-2) {
				t.Fatalf("got %v, want %v", got, truth)
			}
		}
	}
}

func TestSimilarityRefusesPointsThatSayNothing(t *testing.T) {
	nan := float32(math.NaN())
	for name, from := range map[string][]vision.Point{
		"all in one place": {{3, 3}, {3, 3}, {3, 3}},
		"not numbers":      {{3, nan}, {1, 2}, {5, 5}},
	} {
		if m, ok := vision.Similarity(from, []vision.Point{{0, 0}, {1, 0}, {0, 1}}); ok {
			t.Errorf("%s: got %v", name, m)
		}
	}
}

func TestTheIdentityLeavesPixelsAlone(t *testing.T) {
	im := noise(seeded(), 31, 20)
	for name, m := range map[string]vision.Affine{
		"identity":  {A: 1, E: 1},
		"its box":   vision.Onto(vision.Box{W: 31, H: 20}, 31, 20),
		"unrotated": vision.OntoSquare(vision.Point{9.5, 9.5}, 20, 0, 20),
	} {
		width := 31
		if name == "unrotated" {
			width = 20
		}
		got := warp(im, m, width, 20)
		for y := range 20 {
			if !slices.Equal(got.Pix[3*width*y:3*width*(y+1)], im.Pix[93*y:93*y+3*width]) {
				t.Fatalf("%s: row %d changed", name, y)
			}
		}
	}
	if got := vision.Resize(im, image.Rect(0, 0, 31, 20), 31, 20); !slices.Equal(got.Pix, im.Pix) {
		t.Error("resize changes pixels")
	}
}

func TestAQuarterTurnMovesPixelsRound(t *testing.T) {
	im := noise(seeded(), 16, 16)
	got := warp(im, vision.OntoSquare(vision.Point{7.5, 7.5}, 16, math.Pi/2, 16), 16, 16)
	for y := range 16 {
		for x := range 16 {
			if !slices.Equal(got.Pix[3*(y*16+x):][:3], im.Pix[3*(x*16+15-y):][:3]) {
				t.Fatalf("pixel %d,%d", x, y)
			}
		}
	}
}

func TestMirroredPicturesWarpIntoMirroredTargets(t *testing.T) {
	im := noise(seeded(), 40, 30)
	mirror := vision.NewImage(40, 30)
	for y := range 30 {
		for x := range 40 {
			copy(mirror.Pix[3*(y*40+x):][:3], im.Pix[3*(y*40+39-x):])
		}
	}
	m := vision.OntoSquare(vision.Point{17, 13}, 21, 0.3, 24)
	n := vision.OntoSquare(vision.Point{39 - 17, 13}, 21, -0.3, 24)
	a, b := warp(im, m, 24, 24), warp(mirror, n, 24, 24)
	for y := range 24 {
		for x := range 24 {
			for c := range 3 {
				p, q := int(a.Pix[3*(y*24+x)+c]), int(b.Pix[3*(y*24+23-x)+c])
				if p-q > 2 || q-p > 2 {
					t.Fatalf("pixel %d,%d: %d, mirrored %d", x, y, p, q)
				}
			}
		}
	}
}

func TestSmoothPicturesKeepTheirLookAtAnySize(t *testing.T) {
	big := smooth(800, 600)
	whole := vision.Box{W: 800, H: 600}
	for _, size := range [][2]int{{800, 600}, {640, 480}, {300, 200}, {80, 60}, {37, 41}} {
		got, want := warp(big, vision.Onto(whole, size[0], size[1]), size[0], size[1]), smooth(size[0], size[1])
		if d := difference(got, want); d > 4 {
			t.Errorf("%v: off by %d", size, d)
		}
		got = vision.Resize(big, image.Rect(0, 0, 800, 600), size[0], size[1])
		if d := difference(got, want); d > 4 {
			t.Errorf("resize %v: off by %d", size, d)
		}
	}
}

func TestFinePatternsAverageOutWhenMadeSmall(t *testing.T) {
	im := vision.NewImage(512, 512)
	for i := range im.Pix {
		if (i/3+i/(3*512))%2 == 0 {
			im.Pix[i] = 254
		}
	}
	got := warp(im, vision.Onto(vision.Box{W: 512, H: 512}, 60, 60), 60, 60)
	for i, v := range got.Pix {
		if v < 100 || v > 154 {
			t.Fatalf("number %d is %d", i, v)
		}
	}
}

func TestOutsideThePictureIsBlack(t *testing.T) {
	im := vision.NewImage(10, 10)
	for i := range im.Pix {
		im.Pix[i] = 200
	}
	got := warp(im, vision.Affine{A: 1, C: -5, E: 1, F: -5}, 20, 20)
	for y := range 20 {
		for x := range 20 {
			want := uint8(0)
			if x >= 5 && x < 15 && y >= 5 && y < 15 {
				want = 200
			}
			if got.Pix[3*(y*20+x)] != want {
				t.Fatalf("pixel %d,%d is %d", x, y, got.Pix[3*(y*20+x)])
			}
		}
	}
	for name, m := range map[string]vision.Affine{
		"far away":     {A: 1, C: 1e30, E: 1},
		"not a number": {A: math.NaN(), E: 1},
		"endless":      {A: math.Inf(1), E: math.Inf(1)},
		"beside it":    {A: 1, C: 500, E: 1},
	} {
		if got := warp(im, m, 4, 4); slices.Max(got.Pix) != 0 {
			t.Errorf("%s: not black", name)
		}
	}
}

func TestFormatsPlaceAndScaleChannels(t *testing.T) {
	im := &vision.Image{Width: 2, Height: 1, Pix: []uint8{10, 20, 30, 40, 50, 60}}
	f := vision.Format{Width: 2, Height: 1, Mean: [3]float32{1, 2, 3}, Scale: [3]float32{1, 2, 4}}
	tests := map[string]struct {
		interleaved, bgr bool
		want             []float32
	}{
		"planes, RGB":      {false, false, []float32{9, 39, 36, 96, 108, 228}},
		"planes, BGR":      {false, true, []float32{29, 59, 36, 96, 28, 148}},
		"interleaved, RGB": {true, false, []float32{9, 36, 108, 39, 96, 228}},
		"interleaved, BGR": {true, true, []float32{29, 36, 28, 59, 96, 148}},
	}
	for name, tt := range tests {
		f.Interleaved, f.BGR = tt.interleaved, tt.bgr
		filled, warped := make([]float32, 6), make([]float32, 6)
		vision.Fill(filled, f, im)
		vision.Warp(warped, f, im, vision.Affine{A: 1, E: 1})
		if !slices.Equal(filled, tt.want) || !slices.Equal(warped, tt.want) {
			t.Errorf("%s: filled %v, warped %v, want %v", name, filled, warped, tt.want)
		}
	}
}

func TestResizeRoundsAsOpenCVDoes(t *testing.T) {
	// cv2.resize of the row 0, 10, 20, 30, 255 to seven and to three pixels.
	im := vision.NewImage(5, 1)
	for x, v := range []uint8{0, 10, 20, 30, 255} {
		im.Pix[3*x], im.Pix[3*x+1], im.Pix[3*x+2] = v, v, v
	}
	for width, want := range map[int][]uint8{7: {0, 6, 13, 20, 27, 126, 255}, 3: {3, 20, 180}} {
		got := vision.Resize(im, image.Rect(0, 0, 5, 1), width, 1)
		for x, v := range want {
			if d := int(got.Pix[3*x]) - int(v); d < -1 || d > 1 {
				t.Errorf("%d pixels: got %v, want %v", width, got.Pix, want)
			}
		}
	}
}

func TestFitCoversThePicture(t *testing.T) {
	for _, size := range [][2]int{{640, 480}, {480, 640}, {10, 10}, {4000, 30}} {
		b := vision.Fit(size[0], size[1], 320, 256)
		if b.W < float32(size[0]) || b.H < float32(size[1]) || math.Abs(float64(b.W/b.H-320./256)) > 1e-4 {
			t.Errorf("%v: %v", size, b)
		}
		if b.W > float32(size[0])*1.001 && b.H > float32(size[1])*1.001 {
			t.Errorf("%v: %v leaves room on both sides", size, b)
		}
	}
}

func BenchmarkWarpLetterbox(b *testing.B) {
	im := noise(seeded(), 1280, 720)
	f := vision.Format{Width: 320, Height: 320, Scale: [3]float32{1, 1, 1}}
	dst := make([]float32, f.Len())
	m := vision.Onto(vision.Fit(im.Width, im.Height, 320, 320), 320, 320)
	for b.Loop() {
		vision.Warp(dst, f, im, m)
	}
}

func BenchmarkWarpLetterboxOfTwelveMegapixels(b *testing.B) {
	im := noise(seeded(), 4000, 3000)
	f := vision.Format{Width: 320, Height: 320, Scale: [3]float32{1, 1, 1}}
	dst := make([]float32, f.Len())
	m := vision.Onto(vision.Fit(im.Width, im.Height, 320, 320), 320, 320)
	for b.Loop() {
		vision.Warp(dst, f, im, m)
	}
}

func BenchmarkWarpRotated(b *testing.B) {
	im := noise(seeded(), 640, 480)
	f := vision.Format{Width: 192, Height: 192, Scale: [3]float32{1, 1, 1}}
	dst := make([]float32, f.Len())
	m := vision.OntoSquare(vision.Point{X: 320, Y: 240}, 250, 0.2, 192)
	for b.Loop() {
		vision.Warp(dst, f, im, m)
	}
}

func BenchmarkResize(b *testing.B) {
	im := noise(seeded(), 640, 480)
	for b.Loop() {
		vision.Resize(im, image.Rect(100, 10, 500, 410), 80, 80)
	}
}
