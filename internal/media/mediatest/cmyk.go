package mediatest

import (
	"bytes"
	"encoding/binary"
	"image"

	"github.com/bonafide-id/bonafide/internal/vision"
)

// CMYKJPEG encodes the picture in four inks without colour transform: one scan
// per ink, each of them the scan of a grey JPEG. With adobe the inks are
// inverted and marked as Adobe's programs do.
func CMYKJPEG(im *vision.Image, adobe bool) []byte {
	var flip byte
	if !adobe {
		flip = 0xff
	}
	var scans [4][]byte
	var tables []byte
	for ink := range scans {
		plane := image.NewGray(image.Rect(0, 0, im.Width, im.Height))
		for i := range plane.Pix {
			p := im.Pix[3*i : 3*i+3]
			plane.Pix[i] = inkOf(p, ink) ^ flip
		}
		tables, scans[ink] = splitGrey(JPEG(plane))
	}
	out := []byte{0xff, 0xd8}
	if adobe {
		out = append(out, 0xff, 0xee, 0, 14)
		out = append(out, "Adobe\x00\x64\x00\x00\x00\x00\x00"...)
	}
	out = append(out, 0xff, 0xc0, 0, 8+3*4, 8)
	out = binary.BigEndian.AppendUint16(out, uint16(im.Height))
	out = binary.BigEndian.AppendUint16(out, uint16(im.Width))
	out = append(out, 4)
	for ink := range scans {
		out = append(out, byte(ink+1), 0x11, 0)
	}
	out = append(out, tables...)
	for ink, scan := range scans {
		out = append(out, 0xff, 0xda, 0, 8, 1, byte(ink+1), 0, 0, 63, 0)
		out = append(out, scan...)
	}
	return append(out, 0xff, 0xd9)
}

// inkOf gives cyan, magenta, yellow or black of an RGB pixel, 255 for no ink.
func inkOf(p []byte, ink int) byte {
	most := max(p[0], p[1], p[2], 1)
	if ink == 3 {
		return most
	}
	return byte((int(p[ink])*255 + int(most)/2) / int(most))
}

// splitGrey gives the tables (DQT, DHT) and the entropy-coded data of a grey
// baseline JPEG.
func splitGrey(file []byte) (tables, scan []byte) {
	for b := file[2:]; ; {
		size := 2 + int(binary.BigEndian.Uint16(b[2:]))
		switch b[1] {
		case 0xdb, 0xc4:
			tables = append(tables, b[:size]...)
		case 0xda:
			return tables, bytes.TrimSuffix(b[size:], []byte{0xff, 0xd9})
		}
		b = b[size:]
	}
}
