// Package still decodes one picture from bytes to upright 8-bit RGB. It decodes
// in the calling process; internal/media calls it in a child that has nothing to
// lose.
//
// The size is read from the header and judged before any pixel is decoded. A
// picture larger than the working size comes out smaller: the original size
// stays known, and no detail is lost that a face needs.
package still

import (
	"bytes"
	"image/png"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

// Limits bound one picture.
type Limits struct {
	MaxPixels int // in the file; more is refused
	MaxSide   int // of what comes out, in pixels; more is scaled down
}

// Picture is one decoded picture, upright.
type Picture struct {
	Width, Height         int // as decoded
	FullWidth, FullHeight int // as in the file
	Pix                   []byte
}

// header is what is known of a picture before its pixels are decoded.
type header struct {
	width, height int
	orientation   int // EXIF, 1 to 8; 1 where the decoder turns the picture itself
}

// Decode decodes data. The pixels are written to a buffer of the asked size that
// alloc gives, once; nil takes memory of Go's. What the file lacks, hides or exceeds
// is a CodeValue error fit for the client.
func Decode(format sniff.Format, data []byte, lim Limits, alloc allocFunc) (*Picture, error) {
	if alloc == nil {
		alloc = func(size int) []byte { return make([]byte, size) }
	}
	open := opener(format)
	if open == nil {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The file is not a picture")
	}
	h, pixels, err := open(data)
	if err != nil {
		return nil, damaged(err)
	}
	if err := h.check(lim.MaxPixels); err != nil {
		return nil, err
	}
	if h.orientation < 2 {
		p, err := pixels(lim.MaxSide, alloc)
		if err != nil {
			return nil, damaged(err)
		}
		return p, nil
	}
	lying, err := pixels(lim.MaxSide, func(size int) []byte { return make([]byte, size) })
	if err != nil {
		return nil, damaged(err)
	}
	p := &Picture{FullWidth: lying.FullWidth, FullHeight: lying.FullHeight, Pix: alloc(len(lying.Pix))}
	p.Width, p.Height = orient(p.Pix, lying.Pix, lying.Width, lying.Height, h.orientation)
	if Transposed(h.orientation) {
		p.FullWidth, p.FullHeight = p.FullHeight, p.FullWidth
	}
	return p, nil
}

// Pixels gives the number of pixels that the picture's header declares, without
// decoding any. More than the limit are refused.
func Pixels(format sniff.Format, data []byte, maxPixels int) (int, error) {
	open := opener(format)
	if open == nil {
		return 0, bonafide.Errorf(bonafide.CodeValue, "The file is not a picture")
	}
	h, _, err := open(data)
	if err != nil {
		return 0, damaged(err)
	}
	if err := h.check(maxPixels); err != nil {
		return 0, err
	}
	return h.width * h.height, nil
}

// allocFunc gives a buffer of that size.
type allocFunc func(size int) []byte

// pixelFunc decodes the pixels, none of the sides longer than maxSide, into a
// buffer that alloc gives.
type pixelFunc func(maxSide int, alloc allocFunc) (*Picture, error)

// opener gives the function that reads a format's header; what it returns reads
// the pixels.
func opener(format sniff.Format) func(data []byte) (header, pixelFunc, error) {
	switch format {
	case sniff.JPEG:
		return openJPEG
	case sniff.PNG:
		return openPNG
	case sniff.WebP:
		return openWebP
	case sniff.HEIC:
		return openHEIC
	}
	return nil
}

// damaged is what a decoder's error means to the client, unless it is already
// said in so many words.
func damaged(err error) error {
	if bonafide.CodeOf(err) == bonafide.CodeValue {
		return err
	}
	return bonafide.Wrap(bonafide.CodeValue, "The picture is damaged", err)
}

func (h header) check(maxPixels int) error {
	if h.width <= 0 || h.height <= 0 {
		return bonafide.Errorf(bonafide.CodeValue, "The picture is damaged")
	}
	if h.width > maxPixels/h.height {
		return bonafide.Errorf(bonafide.CodeValue, "The picture has %d x %d pixels; the limit is %.3g megapixels",
			h.width, h.height, float64(maxPixels)/1e6)
	}
	return nil
}

// openPNG takes the default picture of an animated PNG, and the orientation from
// the eXIf chunk.
func openPNG(data []byte) (header, pixelFunc, error) {
	data = withoutSpoiltChunks(data)
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return header{}, nil, err
	}
	h := header{width: c.Width, height: c.Height, orientation: pngOrientation(data)}
	return h, func(maxSide int, alloc allocFunc) (*Picture, error) {
		im, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return render(newDrawn(im), maxSide, alloc), nil
	}, nil
}
