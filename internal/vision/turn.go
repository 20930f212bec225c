package vision

import "math"

// Turn gives the picture turned clockwise by deg about its middle, on a canvas that
// holds all of it. Its corners show what lies inside the edges mirrored, as a camera
// that is held so would see more of the scene there. Quarter turns keep every pixel.
func Turn(im *Image, deg float64) *Image {
	sin, cos := math.Sincos(deg * math.Pi / 180)
	w, h := float64(im.Width), float64(im.Height)
	// Less than a thousandth of a pixel is an error of rounding.
	size := func(x float64) int { return int(math.Ceil(x - 1e-3)) }
	out := NewImage(size(math.Abs(w*cos)+math.Abs(h*sin)), size(math.Abs(w*sin)+math.Abs(h*cos)))
	cx, cy := float64(out.Width-1)/2, float64(out.Height-1)/2
	for y := range out.Height {
		for x := range out.Width {
			dx, dy := float64(x)-cx, float64(y)-cy
			im.blend(out.Pix[3*(y*out.Width+x):][:3], mirrored((w-1)/2+cos*dx+sin*dy, w), mirrored((h-1)/2-sin*dx+cos*dy, h))
		}
	}
	return out
}

// mirrored brings a coordinate into [0, size-1], by reflection at the edges.
func mirrored(v, size float64) float64 {
	last := size - 1
	if last <= 0 {
		return 0
	}
	if v = math.Mod(math.Abs(v), 2*last); v > last {
		v = 2*last - v
	}
	return v
}

// blend writes the colour at a point inside the picture, bilinear between pixels.
func (im *Image) blend(dst []uint8, x, y float64) {
	// What is nearer than a thousandth of a pixel lies on it.
	x0, y0 := int(x+1e-3), int(y+1e-3)
	fx, fy := max(x-float64(x0), 0), max(y-float64(y0), 0)
	x1, y1 := min(x0+1, im.Width-1), min(y0+1, im.Height-1)
	at := func(x, y int) []uint8 { return im.Pix[3*(y*im.Width+x):] }
	a, b, c, d := at(x0, y0), at(x1, y0), at(x0, y1), at(x1, y1)
	for i := range dst {
		above := float64(a[i])*(1-fx) + float64(b[i])*fx
		below := float64(c[i])*(1-fx) + float64(d[i])*fx
		dst[i] = uint8(above*(1-fy) + below*fy + 0.5)
	}
}
