package vision

import "math"

// faceSize is the size to which a face is brought before it is measured, so that
// the measures do not depend on the camera's resolution. It is about what
// networks see of a face.
const faceSize = 128

// Look is what is measured of a face: the part of a picture inside a box, brought
// to 128 x 128 pixels, so that neither the camera's resolution nor the distance
// matters. It is worked out once for all measures.
type Look struct{ red, green, blue []float32 } // planes; nil where there is nothing

// LookAt gives the look of a face. A box outside the picture gives a look at
// nothing, of which every measure is 0.
func LookAt(im *Image, face Box) Look {
	b := face.Clip(im.Width, im.Height)
	if b.Area() == 0 {
		return Look{}
	}
	const n = faceSize * faceSize
	f := Format{Width: faceSize, Height: faceSize, Scale: [3]float32{1, 1, 1}}
	dst := make([]float32, f.Len())
	Warp(dst, f, im, Onto(b, faceSize, faceSize))
	return Look{dst[:n], dst[n : 2*n], dst[2*n:]}
}

// luma is the brightness of a pixel, 0..255 (ITU-R BT.601).
func luma(red, green, blue float32) float64 {
	return 0.299*float64(red) + 0.587*float64(green) + 0.114*float64(blue)
}

// Sharpness tells how much fine detail a face shows: the variance of the
// Laplacian of its luma by the variance of the luma itself. So neither resolution
// nor contrast nor exposure matters, only how much of the picture's variation is
// fine. It is 0 for a plain picture, about 0.1 for a sharp portrait and 0.01 for
// one blurred by two pixels; noise raises it.
func (l Look) Sharpness() float64 {
	if l.red == nil {
		return 0
	}
	y := make([]float64, len(l.red))
	var all, fine variance
	for i := range y {
		y[i] = luma(l.red[i], l.green[i], l.blue[i])
		all.add(y[i])
	}
	for r := 1; r < faceSize-1; r++ {
		for c := 1; c < faceSize-1; c++ {
			i := r*faceSize + c
			fine.add(y[i-1] + y[i+1] + y[i-faceSize] + y[i+faceSize] - 4*y[i])
		}
	}
	// One grey level: below it, variation is rounding.
	return fine.value() / (all.value() + 1)
}

// Brightness gives the mean luma of a face, 0 black to 1 white.
func (l Look) Brightness() float64 {
	if l.red == nil {
		return 0
	}
	sum := 0.0
	for i := range l.red {
		sum += luma(l.red[i], l.green[i], l.blue[i])
	}
	return sum / (255 * float64(len(l.red)))
}

// Colourfulness gives the measure of Hasler and Suesstrunk (Measuring
// colourfulness in natural images, 2003) of a face: 0 for grey, about 15 for a
// face in dull light and 40 for a vivid one.
func (l Look) Colourfulness() float64 {
	if l.red == nil {
		return 0
	}
	var rg, yb variance
	for i := range l.red {
		r, g, b := float64(l.red[i]), float64(l.green[i]), float64(l.blue[i])
		rg.add(r - g)
		yb.add((r+g)/2 - b)
	}
	return math.Sqrt(rg.value()+yb.value()) + 0.3*math.Hypot(rg.mean(), yb.mean())
}

// variance adds up numbers of ordinary size.
type variance struct{ n, sum, squares float64 }

func (v *variance) add(x float64) { v.n, v.sum, v.squares = v.n+1, v.sum+x, v.squares+x*x }

func (v *variance) mean() float64 { return v.sum / v.n }

func (v *variance) value() float64 { return max(v.squares/v.n-v.mean()*v.mean(), 0) }

// Exposure tells how much of a face a camera has not told apart.
type Exposure struct {
	Burnt   float64 // share of the face that is white, [0,1]
	Crushed float64 // share that is black
	// Around is the mean luma of the picture around the face, 0 black to 1 white.
	Around float64
}

// Luma from which on a pixel is white, and up to which it is black: a little within the
// ends of the scale, which compression blurs.
const (
	white = 249
	black = 9
)

// ExposureOf measures the ellipse in the box of a face, whose look is given, and what is
// seen around it. A box outside the picture has none.
func ExposureOf(im *Image, face Box, l Look) Exposure {
	if l.red == nil {
		return Exposure{}
	}
	var n, burnt, crushed float64
	const half = (faceSize - 1) / 2.0
	for i := range l.red {
		x, y := (float64(i%faceSize)-half)/half, (float64(i/faceSize)-half)/half
		if x*x+y*y > 1 {
			continue
		}
		n++
		switch v := luma(l.red[i], l.green[i], l.blue[i]); {
		case v >= white:
			burnt++
		case v <= black:
			crushed++
		}
	}
	return Exposure{Burnt: burnt / n, Crushed: crushed / n, Around: around(im, face)}
}

// around gives the mean luma of a picture outside of a box, on a grid of points.
func around(im *Image, b Box) float64 {
	const across, down = 40, 30
	sum, n := 0.0, 0.0
	for i := range across * down {
		x, y := (2*(i%across)+1)*im.Width/(2*across), (2*(i/across)+1)*im.Height/(2*down)
		fx, fy := float32(x), float32(y)
		if fx >= b.X && fx < b.X+b.W && fy >= b.Y && fy < b.Y+b.H {
			continue
		}
		p := im.Pix[3*(y*im.Width+x):]
		sum += luma(float32(p[0]), float32(p[1]), float32(p[2]))
		n++
	}
	if n == 0 {
		return 0
	}
	return sum / (255 * n)
}
