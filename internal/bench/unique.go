package bench

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/bonafide-id/bonafide"
)

// unique makes a file that decodes to the same pictures and has other bytes for
// every n: what follows the end of a JPEG is ignored, and so is a free box at the
// end of an MP4 or MOV (ISO/IEC 14496-12, 8.1.2).
func unique(raw []byte, n int) ([]byte, error) {
	number := binary.BigEndian.AppendUint64(nil, uint64(n))
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xd8}):
		return slices.Concat(raw, number), nil
	case len(raw) > 8 && string(raw[4:8]) == "ftyp":
		return slices.Concat(raw, []byte{0, 0, 0, 16}, []byte("free"), number), nil
	}
	return nil, bonafide.Errorf(bonafide.CodeValue, "the bench takes JPEG pictures and MP4 or MOV clips only")
}
