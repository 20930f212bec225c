package mediatest

import (
	"encoding/binary"
	"hash/crc32"
)

// EXIF is a block that says nothing but the orientation.
func EXIF(orientation int) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	return append(b, 0, byte(orientation), 0, 0, 0, 0, 0, 0)
}

// JPEGWithEXIF puts the orientation into a JPEG file.
func JPEGWithEXIF(file []byte, orientation int) []byte {
	body := append([]byte("Exif\x00\x00"), EXIF(orientation)...)
	out := append([]byte(nil), file[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(2+len(body)))
	out = append(out, body...)
	return append(out, file[2:]...)
}

// PNGWithEXIF puts the orientation into a PNG file, behind its header.
func PNGWithEXIF(file []byte, orientation int) []byte {
	const headerEnd = 8 + 12 + 13
	chunk := append([]byte("eXIf"), EXIF(orientation)...)
	out := append([]byte(nil), file[:headerEnd]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, file[headerEnd:]...)
}

// WebPWithEXIF puts the orientation into a simple WebP file of width x height.
func WebPWithEXIF(file []byte, width, height, orientation int) []byte {
	const exifBit = 1 << 3
	out := append([]byte(nil), file[:12]...)
	out = append(out, "VP8X\x0a\x00\x00\x00"...)
	out = append(out, exifBit, 0, 0, 0)
	for _, side := range []int{width - 1, height - 1} {
		out = append(out, byte(side), byte(side>>8), byte(side>>16))
	}
	out = append(out, file[12:]...)
	exif := EXIF(orientation)
	out = append(out, "EXIF"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(exif)))
	out = append(out, exif...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}
