//go:build cgo && !noturbo

package still

import (
	"github.com/bonafide-id/bonafide/internal/media/turbo"
	"github.com/bonafide-id/bonafide/internal/vision"
)

func openJPEG(data []byte) (header, pixelFunc, error) {
	h, err := scanJPEG(data)
	if err != nil {
		return header{}, nil, err
	}
	return h.header, func(maxSide int, alloc allocFunc) (*Picture, error) {
		p := turbo.Picture{FullWidth: h.width, FullHeight: h.height}
		p.Width, p.Height = turbo.Scaled(h.width, h.height, maxSide)
		out := &Picture{Width: p.Width, Height: p.Height, FullWidth: h.width, FullHeight: h.height}
		out.Pix = alloc(3 * p.Width * p.Height)
		if h.components != 4 {
			return out, turbo.Decode(out.Pix, data, p)
		}
		p.Format = turbo.CMYK
		inks := make([]byte, 4*p.Width*p.Height)
		err := turbo.Decode(inks, data, p)
		cmykToRGB(out.Pix, inks, h.adobe)
		return out, err
	}, nil
}

func encodeJPEG(im *vision.Image, quality int) ([]byte, error) {
	return turbo.Encode(im.Pix, im.Width, im.Height, quality)
}
