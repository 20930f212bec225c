package still

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"

	"golang.org/x/image/webp"
)

// openWebP takes the first frame of an animated WebP.
func openWebP(data []byte) (header, pixelFunc, error) {
	parts, err := splitWebP(data)
	if err != nil {
		return header{}, nil, err
	}
	file := parts.file()
	c, err := webp.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return header{}, nil, err
	}
	h := header{width: c.Width, height: c.Height, orientation: exifOrientation(trimExif(parts.exif))}
	return h, func(maxSide int, alloc allocFunc) (*Picture, error) {
		im, err := webp.Decode(bytes.NewReader(file))
		if err != nil {
			return nil, err
		}
		return render(webpRows(im), maxSide, alloc), nil
	}, nil
}

// webpRows: lossy WebP is BT.601 in 16..235, which the decoder hands out as if it
// were JPEG's.
func webpRows(im image.Image) rows {
	m := newMatrix(0.299, 0.114, false)
	switch im := im.(type) {
	case *image.YCbCr:
		return &ycc{im: im, m: m}
	case *image.NYCbCrA:
		return &ycc{im: &im.YCbCr, m: m, alpha: im.A, alphaStride: im.AStride}
	}
	return newDrawn(im)
}

// webpParts are the chunks that make up one frame.
type webpParts struct {
	width, height int    // of the canvas or of the animation's first frame, 0 if not said
	alpha         []byte // chunk ALPH
	name          string // VP8 or VP8L
	pixels        []byte
	exif          []byte
}

var errWebP = errors.New("webp: no frame")

// splitWebP walks the chunks of a RIFF file.
func splitWebP(data []byte) (webpParts, error) {
	var p webpParts
	if len(data) < 12 {
		return p, errWebP
	}
	// An animation's frame is a box of chunks in its own right.
	for b := data[12:]; len(b) > 0; {
		name, body, rest, err := chunk(b)
		if err != nil {
			return p, err
		}
		switch {
		case name == "VP8X" && len(body) >= 10:
			p.width, p.height = 1+uint24(body[4:]), 1+uint24(body[7:])
		case name == "ANMF" && p.pixels == nil && len(body) >= 16:
			p.width, p.height = 1+uint24(body[6:]), 1+uint24(body[9:])
			if err := p.frame(body[16:]); err != nil {
				return p, err
			}
		case name == "EXIF" && p.exif == nil:
			p.exif = body
		default:
			p.take(name, body)
		}
		b = rest
	}
	if p.pixels == nil {
		return p, errWebP
	}
	return p, nil
}

func (p *webpParts) frame(b []byte) error {
	for len(b) > 0 {
		name, body, rest, err := chunk(b)
		if err != nil {
			return err
		}
		p.take(name, body)
		b = rest
	}
	return nil
}

// take keeps the first picture and the transparency before it.
func (p *webpParts) take(name string, body []byte) {
	if p.pixels != nil {
		return
	}
	switch name {
	case "ALPH":
		p.alpha = body
	case "VP8 ", "VP8L":
		p.name, p.pixels = name, body
	}
}

// file makes a file of the one frame.
func (p *webpParts) file() []byte {
	out := []byte("RIFF\x00\x00\x00\x00WEBP")
	if p.alpha != nil && p.name == "VP8 " {
		const alphaBit = 1 << 4
		x := []byte{alphaBit, 0, 0, 0}
		for _, side := range []int{p.width - 1, p.height - 1} {
			x = append(x, byte(side), byte(side>>8), byte(side>>16))
		}
		out = appendChunk(out, "VP8X", x)
		out = appendChunk(out, "ALPH", p.alpha)
	}
	out = appendChunk(out, p.name, p.pixels)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// chunk cuts the RIFF chunk at the front of b. The padding after the last one
// may be missing.
func chunk(b []byte) (name string, body, rest []byte, err error) {
	if len(b) < 8 {
		return "", nil, nil, errors.New("webp: the file ends early")
	}
	size := uint64(binary.LittleEndian.Uint32(b[4:]))
	if size > uint64(len(b)-8) {
		return "", nil, nil, errors.New("webp: the file ends early")
	}
	end := 8 + size
	padded := min(end+size&1, uint64(len(b)))
	return string(b[:4]), b[8:end], b[padded:], nil
}

func appendChunk(b []byte, name string, body []byte) []byte {
	b = append(b, name...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(body)))
	b = append(b, body...)
	if len(body)&1 == 1 {
		b = append(b, 0)
	}
	return b
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
