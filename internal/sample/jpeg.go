package sample

import (
	"bytes"
	"image/jpeg"
)

// jpegQuality keeps the texture that an operator looks at.
const jpegQuality = 90

// JPEG gives the whole frame as a JPEG without metadata.
func (f *Frame) JPEG() ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, f.Image.RGBA(), &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
