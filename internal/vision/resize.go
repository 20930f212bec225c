package vision

import (
	"image"
	"math"
)

// Resize stretches a part of a picture to width x height, two pixels by two, as
// OpenCV's resize does with INTER_LINEAR, whose fixed-point steps it repeats: for
// networks that were trained and measured with it. It does not average where it
// makes smaller; Warp does. The part must lie inside the picture.
func Resize(im *Image, part image.Rectangle, width, height int) *Image {
	out := NewImage(width, height)
	cols := taps(part.Min.X, part.Dx(), width)
	rows := taps(part.Min.Y, part.Dy(), height)
	above, below := make([]int32, 3*width), make([]int32, 3*width)
	for y, r := range rows {
		stretch(above, im, r.first, cols)
		stretch(below, im, r.second, cols)
		line := out.Pix[3*width*y:]
		for i, a := range above {
			v := (r.w0*(a>>4))>>16 + (r.w1*(below[i]>>4))>>16
			line[i] = uint8((v + 2) >> 2)
		}
	}
	return out
}

// tap is the pair of pixels between which a target pixel lies, with weights that
// sum up to 2048.
type tap struct {
	first, second int
	w0, w1        int32
}

func taps(start, from, to int) []tap {
	out := make([]tap, to)
	scale := float64(from) / float64(to)
	for i := range out {
		at := float32((float64(i)+0.5)*scale - 0.5)
		p := int(math.Floor(float64(at)))
		f := at - float32(p)
		if p < 0 {
			p, f = 0, 0
		}
		if p >= from-1 {
			p, f = from-1, 0
		}
		out[i] = tap{
			first: start + p, second: start + min(p+1, from-1),
			w0: int32(math.RoundToEven(float64((1 - f) * 2048))), w1: int32(math.RoundToEven(float64(f * 2048))),
		}
	}
	return out
}

// stretch interpolates one row of a picture, with 11 binary places.
func stretch(dst []int32, im *Image, y int, cols []tap) {
	row := im.Pix[3*im.Width*y:]
	for x, c := range cols {
		a, b := row[3*c.first:3*c.first+3], row[3*c.second:3*c.second+3]
		to := dst[3*x : 3*x+3]
		to[0] = int32(a[0])*c.w0 + int32(b[0])*c.w1
		to[1] = int32(a[1])*c.w0 + int32(b[1])*c.w1
		to[2] = int32(a[2])*c.w0 + int32(b[2])*c.w1
	}
}
