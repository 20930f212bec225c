package still

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// EncodeJPEG compresses the picture, 4:2:0, quality 1 to 100.
func EncodeJPEG(im *vision.Image, quality int) ([]byte, error) {
	if im.Width <= 0 || im.Height <= 0 || len(im.Pix) != 3*im.Width*im.Height {
		return nil, fmt.Errorf("jpeg: %d bytes are no picture of %d x %d", len(im.Pix), im.Width, im.Height)
	}
	return encodeJPEG(im, quality)
}

// jpegHeader is what the markers of a JPEG file say.
type jpegHeader struct {
	header
	components int
	scanned    int  // components in all scans; a component may come again
	adobe      bool // the APP14 segment is there, and with it inverted CMYK
	endless    bool // the marker of the end is missing
}

var errJPEGShort = errors.New("jpeg: the file ends early")

// scanJPEG walks the markers from the first to the end of the picture. Where the
// end is missing after data has begun, it is for the decoder to say whether rows
// are missing too.
func scanJPEG(data []byte) (jpegHeader, error) {
	h := jpegHeader{header: header{orientation: 1}}
	exif := false
	for b := data[min(2, len(data)):]; ; {
		marker, segment, rest, err := jpegSegment(b)
		h.endless = err != nil && h.components > 0 && h.scanned > 0
		switch {
		case marker == 0xd9 || h.endless: // end of image
			return h, h.complete()
		case err != nil:
			return h, err
		case marker == 0xda: // start of scan: entropy-coded data follow
			if len(segment) > 0 {
				h.scanned += int(segment[0])
			}
			rest = afterScan(rest)
		case marker == 0xe1 && !exif && bytes.HasPrefix(segment, []byte("Exif\x00\x00")):
			exif = true
			h.orientation = exifOrientation(trimExif(segment))
		case marker == 0xee && bytes.HasPrefix(segment, []byte("Adobe")):
			h.adobe = true
		case startOfFrame(marker) && h.components == 0:
			if len(segment) < 6 {
				return h, errJPEGShort
			}
			h.height = int(binary.BigEndian.Uint16(segment[1:]))
			h.width = int(binary.BigEndian.Uint16(segment[3:]))
			h.components = int(segment[5])
			if err := supportedFrame(marker, segment[0]); err != nil {
				return h, err
			}
		}
		b = rest
	}
}

// complete refuses a picture that lacks a colour altogether.
func (h *jpegHeader) complete() error {
	if h.components == 0 {
		return errors.New("jpeg: no frame")
	}
	if h.scanned < h.components {
		return errors.New("jpeg: a colour is missing")
	}
	return nil
}

// supportedFrame names the kinds of JPEG that no decoder here reads.
func supportedFrame(marker, bits byte) error {
	kind := ""
	switch marker {
	case 0xc3, 0xc7, 0xcb, 0xcf:
		kind = "Lossless JPEG"
	case 0xc5, 0xc6, 0xcd, 0xce:
		kind = "Hierarchical JPEG"
	default:
		if bits == 8 {
			return nil
		}
		kind = fmt.Sprintf("JPEG of %d bits", bits)
	}
	return bonafide.Errorf(bonafide.CodeValue, "%s is not supported; allowed: baseline and progressive JPEG of 8 bits", kind)
}

// startOfFrame knows SOF0 to SOF15; between them lie the tables DHT, JPG, DAC.
func startOfFrame(marker byte) bool {
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc
}

// jpegSegment cuts the marker at the front of b, skipping fill bytes and what
// cameras leave between segments, and its segment, which is empty for the end of
// the image.
func jpegSegment(b []byte) (marker byte, segment, rest []byte, err error) {
	for {
		at := bytes.IndexByte(b, 0xff)
		if at < 0 || at+1 >= len(b) {
			return 0, nil, nil, errJPEGShort
		}
		b = b[at+1:]
		marker = b[0]
		// Stuffed zeros, fill bytes and restart markers have no segment.
		if marker != 0x00 && marker != 0xff && marker != 0x01 && (marker < 0xd0 || marker > 0xd8) {
			break
		}
	}
	if marker == 0xd9 {
		return marker, nil, b[1:], nil
	}
	if len(b) < 3 {
		return 0, nil, nil, errJPEGShort
	}
	size := int(binary.BigEndian.Uint16(b[1:]))
	if size < 2 || 1+size > len(b) {
		return 0, nil, nil, errJPEGShort
	}
	return marker, b[3 : 1+size], b[1+size:], nil
}

// afterScan skips entropy-coded data: up to the first marker that is neither a
// stuffed zero nor a restart.
func afterScan(b []byte) []byte {
	for at := 0; ; {
		next := bytes.IndexByte(b[at:], 0xff)
		if next < 0 || at+next+1 >= len(b) {
			return nil
		}
		at += next
		if m := b[at+1]; m != 0x00 && m != 0xff && (m < 0xd0 || m > 0xd7) {
			return b[at:]
		}
		at++
	}
}

// cmykToRGB turns CMYK as Adobe writes it, 255 for no ink, into RGB; with
// plain CMYK it is the other way round.
func cmykToRGB(dst, cmyk []byte, inverted bool) {
	var flip byte
	if !inverted {
		flip = 0xff
	}
	for ; len(cmyk) >= 4; cmyk, dst = cmyk[4:], dst[3:] {
		k := uint32(cmyk[3] ^ flip)
		for i, ink := range cmyk[:3] {
			dst[i] = uint8((uint32(ink^flip)*k + 127) / 255)
		}
	}
}
