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
		if max(p.Width, p.Height) <= maxSide {
			pix := alloc(3 * p.Width * p.Height)
			out := &Picture{Width: p.Width, Height: p.Height, FullWidth: h.width, FullHeight: h.height, Pix: pix}
			return out, decodeTurbo(pix, data, h, p)
		}
		// Even an eighth of it is too long.
		im := vision.NewImage(p.Width, p.Height)
		if err := decodeTurbo(im.Pix, data, h, p); err != nil {
			return nil, err
		}
		out := render(plain{im}, maxSide, alloc)
		out.FullWidth, out.FullHeight = h.width, h.height
		return out, nil
	}, nil
}

// decodeTurbo decodes into pix, RGB at the size that p says.
func decodeTurbo(pix, data []byte, h jpegHeader, p turbo.Picture) error {
	if h.components != 4 {
		return turbo.Decode(pix, data, p)
	}
	p.Format = turbo.CMYK
	inks := make([]byte, 4*p.Width*p.Height)
	err := turbo.Decode(inks, data, p)
	cmykToRGB(pix, inks, h.adobe)
	return err
}

func encodeJPEG(im *vision.Image, quality int) ([]byte, error) {
	return turbo.Encode(im.Pix, im.Width, im.Height, quality)
}
