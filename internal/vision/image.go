// Package vision is plain mathematics on pixels: images, boxes, warps,
// alignment. It knows no models, files or globals.
package vision

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

// Point is a position in pixels; the centre of the top-left pixel is (0,0).
type Point struct{ X, Y float32 }

// Box is an upright rectangle in pixels.
type Box struct{ X, Y, W, H float32 }

// Area gives the area in square pixels, 0 for an empty box.
func (b Box) Area() float32 {
	if b.W <= 0 || b.H <= 0 {
		return 0
	}
	return b.W * b.H
}

// Center gives the middle of the box.
func (b Box) Center() Point { return Point{b.X + b.W/2, b.Y + b.H/2} }
