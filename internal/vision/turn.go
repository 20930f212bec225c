package vision

import (
	"image"
	"math"
)

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
	reflect(out, im, Affine{
		A: cos, B: sin, C: (w-1)/2 - cos*cx - sin*cy,
		D: -sin, E: cos, F: (h-1)/2 + sin*cx - cos*cy,
	})
	return out
}

// Level gives the surroundings of a box, room times as wide and high as its longer side
// but no more than the picture, turned about the middle of the box so that what was
// rolled clockwise by deg is level, and the box in it, which keeps its size. What lies
// outside the picture is mirrored.
func Level(im *Image, b Box, deg, room float64) (*Image, Box) {
	c, side := b.Center(), room*float64(max(b.W, b.H))
	x, y := float64(c.X), float64(c.Y)
	part := image.Rect(int(x-side/2), int(y-side/2), int(x+side/2)+1, int(y+side/2)+1).Intersect(image.Rect(0, 0, im.Width, im.Height))
	if part.Empty() {
		part = image.Rect(0, 0, 1, 1)
	}
	out := NewImage(part.Dx(), part.Dy())
	sin, cos := math.Sincos(deg * math.Pi / 180)
	left, top := float64(part.Min.X), float64(part.Min.Y)
	reflect(out, im, Affine{
		A: cos, B: -sin, C: x + cos*(left-x) - sin*(top-y),
		D: sin, E: cos, F: y + sin*(left-x) + cos*(top-y),
	})
	return out, Box{X: b.X - float32(left), Y: b.Y - float32(top), W: b.W, H: b.H}
}

// reflect fills out with what back points at, bilinear between pixels and mirrored
// beyond the edges.
func reflect(out, im *Image, back Affine) {
	w, h := float64(im.Width), float64(im.Height)
	for y := range out.Height {
		line := out.Pix[3*y*out.Width:]
		for x := range out.Width {
			sx := mirrored(back.A*float64(x)+back.B*float64(y)+back.C, w)
			sy := mirrored(back.D*float64(x)+back.E*float64(y)+back.F, h)
			// What is nearer than a thousandth of a pixel lies on it.
			x0, y0 := int(sx+1e-3), int(sy+1e-3)
			fx, fy := max(sx-float64(x0), 0), max(sy-float64(y0), 0)
			right, below := 3, 3*im.Width
			if x0 == im.Width-1 {
				right = 0
			}
			if y0 == im.Height-1 {
				below = 0
			}
			p := 3 * (y0*im.Width + x0)
			for i := range 3 {
				a := float64(im.Pix[p+i])*(1-fx) + float64(im.Pix[p+right+i])*fx
				b := float64(im.Pix[p+below+i])*(1-fx) + float64(im.Pix[p+below+right+i])*fx
				line[3*x+i] = uint8(a*(1-fy) + b*fy + 0.5)
			}
		}
	}
}

// mirrored brings a coordinate into [0, size-1], by reflection at the edges.
func mirrored(v, size float64) float64 {
	last := size - 1
	if v >= 0 && v <= last {
		return v
	}
	if last <= 0 {
		return 0
	}
	if v = math.Mod(math.Abs(v), 2*last); v > last {
		v = 2*last - v
	}
	return v
}
