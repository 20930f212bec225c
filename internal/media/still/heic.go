package still

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/gen2brain/heic"
)

// minHEICSide: the decoder mistakes the row length of narrower pictures, since
// libheif gives every plane, halved colours too, rows of at least 64 bytes.
const minHEICSide = 128

// openHEIC judges the largest picture that the file declares, since the one that
// is shown is put together from others. The decoder applies the file's own
// rotation and mirroring; an EXIF orientation beside them is to be ignored, says
// ISO/IEC 23008-12.
func openHEIC(data []byte) (header, pixelFunc, error) {
	p, err := heifProperties(data)
	if err != nil {
		if _, none := findBox(data, "moov"); none == nil {
			err = bonafide.Errorf(bonafide.CodeValue, "The HEIC file is a sequence without a still picture, which is not supported")
		}
		return header{}, nil, err
	}
	if p.width < minHEICSide || p.height < minHEICSide {
		return header{}, nil, bonafide.Errorf(bonafide.CodeValue, "The HEIC picture has %d x %d pixels; the least is %d a side", p.width, p.height, minHEICSide)
	}
	h := header{width: p.width, height: p.height, orientation: 1}
	return h, func(maxSide int, alloc allocFunc) (*Picture, error) {
		im, err := heic.Decode(asHEIC(data))
		if err != nil {
			return nil, p.refusal(data, err)
		}
		if im, ok := im.(*image.YCbCr); ok {
			return render(&ycc{im: im, m: p.matrix}, maxSide, alloc), nil
		}
		return render(newDrawn(im), maxSide, alloc), nil
	}, nil
}

// asHEIC reads the file as if its first brand were HEIC's. The decoder asks for
// that, although bursts, collections and old files name another one first; it takes
// the primary picture of all of them.
func asHEIC(data []byte) io.Reader {
	const brand = 8 // where it stands
	if len(data) < brand+4 || string(data[4:8]) != "ftyp" {
		return bytes.NewReader(data)
	}
	return io.MultiReader(bytes.NewReader(data[:brand]), strings.NewReader("heic"), bytes.NewReader(data[brand+4:]))
}

// refusal says why the decoder may have failed: that the file has been cut, that
// it is of a kind which the decoder does not read, or that nobody knows.
func (p *heif) refusal(data []byte, cause error) error {
	for rest := data; len(rest) > 0; {
		var err error
		if _, _, rest, err = box(rest); err != nil {
			return fmt.Errorf("%w: %w", err, cause)
		}
	}
	if p.greyBits > 0 {
		return bonafide.Wrap(bonafide.CodeValue, fmt.Sprintf("HEIC in grey of %d bits is not supported; allowed: HEIC in colour", p.greyBits), cause)
	}
	return bonafide.Wrap(bonafide.CodeValue, "The picture is damaged or of a kind of HEIC that is not supported", cause)
}

// heif is what the item properties of a HEIF file say.
type heif struct {
	width, height int // of the picture with most pixels
	matrix        matrix
	greyBits      int // of a picture without colours, 0 where there is none
}

// greyBits gives the bits of luma that a HEVC configuration record (ISO/IEC
// 14496-15, 8.3.3.1) declares, 0 for a picture in colour.
func greyBits(hvcC []byte) int {
	if len(hvcC) < 18 || hvcC[16]&3 != 0 {
		return 0
	}
	return 8 + int(hvcC[17]&7)
}

// heifProperties reads meta/iprp/ipco, where all pictures of a file declare
// their size (ispe) and colours (colr).
func heifProperties(data []byte) (heif, error) {
	// Files without a colour box are in JPEG's full range BT.601.
	p := heif{matrix: newMatrix(0.299, 0.114, true)}
	meta, err := findBox(data, "meta")
	if err != nil {
		return p, err
	}
	if len(meta) < 4 {
		return p, errHEIF
	}
	iprp, err := findBox(meta[4:], "iprp")
	if err != nil {
		return p, err
	}
	ipco, err := findBox(iprp, "ipco")
	if err != nil {
		return p, err
	}
	coloured := false
	for len(ipco) > 0 {
		name, body, rest, err := box(ipco)
		if err != nil {
			return p, err
		}
		switch {
		case name == "ispe" && len(body) >= 12:
			w, h := int(binary.BigEndian.Uint32(body[4:])), int(binary.BigEndian.Uint32(body[8:]))
			// Products of two 32-bit numbers need 64 bits.
			if uint64(w)*uint64(h) > uint64(p.width)*uint64(p.height) {
				p.width, p.height = w, h
			}
		case name == "hvcC":
			p.greyBits = max(p.greyBits, greyBits(body))
		case name == "colr" && len(body) >= 11 && string(body[:4]) == "nclx" && !coloured:
			coloured = true
			p.matrix = nclxMatrix(binary.BigEndian.Uint16(body[8:]), body[10]&0x80 != 0)
		}
		ipco = rest
	}
	return p, nil
}

// nclxMatrix knows the matrix coefficients of ITU-T H.273, table 4.
func nclxMatrix(coefficients uint16, full bool) matrix {
	switch coefficients {
	case 1:
		return newMatrix(0.2126, 0.0722, full)
	case 9:
		return newMatrix(0.2627, 0.0593, full)
	}
	return newMatrix(0.299, 0.114, full)
}

var errHEIF = errors.New("heic: boxes are missing or cut")

func findBox(b []byte, want string) ([]byte, error) {
	for len(b) > 0 {
		name, body, rest, err := box(b)
		if err != nil {
			return nil, err
		}
		if name == want {
			return body, nil
		}
		b = rest
	}
	return nil, errHEIF
}

// box cuts the box at the front of b. A size of 1 means that the size follows in
// 64 bits, a size of 0 that the box goes to the end.
func box(b []byte) (name string, body, rest []byte, err error) {
	if len(b) < 8 {
		return "", nil, nil, errHEIF
	}
	size, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
	switch {
	case size == 0:
		size = uint64(len(b))
	case size == 1 && len(b) >= 16:
		size, head = binary.BigEndian.Uint64(b[8:]), 16
	}
	if size < head || size > uint64(len(b)) {
		return "", nil, nil, errHEIF
	}
	return string(b[4:8]), b[head:size], b[size:], nil
}
