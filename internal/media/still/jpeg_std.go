//go:build !cgo || noturbo

package still

import (
	"bytes"
	"image"
	"image/jpeg"

	"github.com/bonafide-id/bonafide/internal/vision"
)

func openJPEG(data []byte) (header, pixelFunc, error) {
	h, err := scanJPEG(data)
	if err != nil {
		return header{}, nil, err
	}
	return h.header, func(maxSide int, alloc allocFunc) (*Picture, error) {
		if h.endless {
			data = append(data[:len(data):len(data)], 0xff, 0xd9)
		}
		im, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return render(newDrawn(im), maxSide, alloc), nil
	}, nil
}

func encodeJPEG(im *vision.Image, quality int) ([]byte, error) {
	rgba := image.NewRGBA(image.Rect(0, 0, im.Width, im.Height))
	for s, d := im.Pix, rgba.Pix; len(s) >= 3; s, d = s[3:], d[4:] {
		d[0], d[1], d[2], d[3] = s[0], s[1], s[2], 255
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, rgba, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
