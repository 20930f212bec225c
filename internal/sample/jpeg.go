package sample

import (
	"bytes"
	"image"
	"image/jpeg"
)

// jpegQuality keeps the texture that an operator looks at.
const jpegQuality = 90

// JPEG gives the whole frame as a JPEG without metadata.
func (f *Frame) JPEG() ([]byte, error) {
	im := image.NewRGBA(image.Rect(0, 0, f.Image.Width, f.Image.Height))
	for from, to := 0, 0; to < len(im.Pix); from, to = from+3, to+4 {
		copy(im.Pix[to:to+3], f.Image.Pix[from:from+3])
		im.Pix[to+3] = 255
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, im, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
