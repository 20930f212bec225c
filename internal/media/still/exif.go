package still

import (
	"bytes"
	"encoding/binary"
)

// exifOrientation reads the orientation, tag 0x0112, from the first directory of
// an EXIF block, which has the form of a TIFF file. What is not there or makes
// no sense is 1, upright: a wrong tag is no reason to refuse a picture.
func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		const short = 3
		if order.Uint16(entries) == 0x0112 && order.Uint16(entries[2:]) == short {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// pngOrientation looks for the chunk eXIf.
func pngOrientation(data []byte) int {
	for b := data[min(8, len(data)):]; len(b) >= 12; {
		size := uint64(binary.BigEndian.Uint32(b))
		if size > uint64(len(b)-12) {
			return 1
		}
		switch string(b[4:8]) {
		case "eXIf":
			return exifOrientation(b[8 : 8+size])
		case "IEND":
			return 1
		}
		b = b[12+size:]
	}
	return 1
}

// trimExif removes the prefix that JPEG puts before an EXIF block and that some
// programs leave there in other formats.
func trimExif(b []byte) []byte { return bytes.TrimPrefix(b, []byte("Exif\x00\x00")) }
