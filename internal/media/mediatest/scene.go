package mediatest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"

	"github.com/bonafide-id/bonafide/internal/vision"
)

// Scene is a smooth picture that looks different however it is turned or
// mirrored, and that survives lossy compression well.
func Scene(width, height int) *vision.Image {
	im := vision.NewImage(width, height)
	for y := range height {
		for x := range width {
			u, v := float64(x)/float64(width), float64(y)/float64(height)
			p := im.Pix[3*(y*width+x):]
			p[0] = uint8(40 + 180*u)
			p[1] = uint8(40 + 180*v)
			p[2] = uint8(120 + 100*math.Sin(3*u+5*v))
		}
	}
	return im
}

// Noisy is a scene with grain, which costs a decoder as much as a photo does.
func Noisy(width, height int) *vision.Image {
	im := Scene(width, height)
	rng := rand.New(rand.NewPCG(1, 2))
	for i, v := range im.Pix {
		im.Pix[i] = v + uint8(rng.IntN(24)) - 12
	}
	return im
}

// RGBA gives the picture in the standard library's form.
func RGBA(im *vision.Image) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, im.Width, im.Height))
	for s, d := im.Pix, out.Pix; len(s) >= 3; s, d = s[3:], d[4:] {
		d[0], d[1], d[2], d[3] = s[0], s[1], s[2], 255
	}
	return out
}

// Distance is the mean absolute difference of two pictures over all samples, 255
// when their sizes differ.
func Distance(a, b *vision.Image) float64 {
	if a.Width != b.Width || a.Height != b.Height || len(a.Pix) != len(b.Pix) {
		return 255
	}
	var sum float64
	for i := range a.Pix {
		sum += math.Abs(float64(a.Pix[i]) - float64(b.Pix[i]))
	}
	return sum / float64(len(a.Pix))
}

// Lay gives the picture as a camera would store it that says "orientation": what
// has to be turned by it to stand upright again.
func Lay(im *vision.Image, orientation int) *vision.Image {
	w, h := im.Width, im.Height
	if orientation >= 5 {
		w, h = h, w
	}
	out := vision.NewImage(w, h)
	for y := range im.Height {
		for x := range im.Width {
			sx, sy := stored(x, y, im.Width-1, im.Height-1, orientation)
			copy(out.Pix[3*(sy*w+sx):], im.Pix[3*(y*im.Width+x):][:3])
		}
	}
	return out
}

// stored tells where the upright pixel (x, y) lies in the file, by the table of
// the EXIF standard: which side of the picture the file's first row and column
// are.
func stored(x, y, right, bottom, orientation int) (sx, sy int) {
	switch orientation {
	case 2: // row 0 top, column 0 right
		return right - x, y
	case 3: // bottom, right
		return right - x, bottom - y
	case 4: // bottom, left
		return x, bottom - y
	case 5: // left, top
		return y, x
	case 6: // right, top
		return y, right - x
	case 7: // right, bottom
		return bottom - y, right - x
	case 8: // left, bottom
		return bottom - y, x
	}
	return x, y
}

// JPEG encodes the picture, quality 92.
func JPEG(im image.Image) []byte {
	var b bytes.Buffer
	must(jpeg.Encode(&b, im, &jpeg.Options{Quality: 92}))
	return b.Bytes()
}

// PNG encodes the picture.
func PNG(im image.Image) []byte {
	var b bytes.Buffer
	must(png.Encode(&b, im))
	return b.Bytes()
}

// Convert draws the picture into another form of the standard library.
func Convert[T interface {
	image.Image
	Set(x, y int, c color.Color)
}](dst T, src image.Image) T {
	for y := dst.Bounds().Min.Y; y < dst.Bounds().Max.Y; y++ {
		for x := dst.Bounds().Min.X; x < dst.Bounds().Max.X; x++ {
			dst.Set(x, y, src.At(x, y))
		}
	}
	return dst
}

// must is for what can only fail by a mistake in a test.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
