package vision

import "image"

// Image is a picture as 8-bit RGB, three bytes per pixel, row by row without
// padding, upright. It is immutable once shared.
type Image struct {
	Width, Height int
	Pix           []uint8 // len = 3*Width*Height
}

// NewImage returns a black picture.
func NewImage(width, height int) *Image {
	return &Image{Width: width, Height: height, Pix: make([]uint8, 3*width*height)}
}

// RGBA copies the picture into one of the standard library, opaque.
func (im *Image) RGBA() *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, im.Width, im.Height))
	for i, j := 0, 0; i < len(im.Pix); i, j = i+3, j+4 {
		copy(out.Pix[j:j+3], im.Pix[i:i+3])
		out.Pix[j+3] = 255
	}
	return out
}

// Point is a position in pixels; the centre of the top-left pixel is (0,0).
type Point struct{ X, Y float32 }
