package sample

import "github.com/bonafide-id/bonafide/internal/media"

// jpegQuality keeps the texture that an operator looks at.
const jpegQuality = 90

// JPEG gives the whole frame as a JPEG without metadata.
func (f *Frame) JPEG() ([]byte, error) { return media.EncodeJPEG(f.Image, jpegQuality) }
