package still

import (
	"encoding/binary"
	"hash/crc32"
)

// withoutSpoiltChunks leaves out the ancillary chunks of a PNG whose checksum is
// wrong, as browsers do: they tell of the picture and are none of it. The data is
// copied only then. What cannot be walked is left to the decoder to refuse.
func withoutSpoiltChunks(data []byte) []byte {
	const signature, frame = 8, 12 // of the file; of a chunk: length, name, checksum
	var out []byte
	kept := 0 // of data, in out
	for at := min(signature, len(data)); at+frame <= len(data); {
		size := uint64(binary.BigEndian.Uint32(data[at:]))
		if size > uint64(len(data)-at-frame) {
			break
		}
		end := at + frame + int(size)
		const ancillary = 0x20 // of the name's first letter: a small one
		if data[at+4]&ancillary != 0 && crc32.ChecksumIEEE(data[at+4:end-4]) != binary.BigEndian.Uint32(data[end-4:]) {
			out = append(out, data[kept:at]...)
			kept = end
		}
		at = end
	}
	if kept == 0 {
		return data
	}
	return append(out, data[kept:]...)
}
