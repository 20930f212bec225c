package mediatest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
)

// Entry is one entry of a zip.
type Entry struct {
	Name  string
	Data  []byte
	Zeros int64  // that many follow the data
	Mode  uint32 // Unix mode bits; 0 for a plain file
}

// Zip packs the entries in their order.
func Zip(entries ...Entry) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.Name, Method: zip.Deflate}
		if e.Mode != 0 {
			const unix = 3
			h.CreatorVersion = unix << 8
			h.ExternalAttrs = e.Mode << 16
		}
		f, err := w.CreateHeader(h)
		must(err)
		_, err = f.Write(e.Data)
		must(err)
		for left := e.Zeros; left > 0; left -= int64(len(zeros)) {
			_, err = f.Write(zeros[:min(left, int64(len(zeros)))])
			must(err)
		}
	}
	must(w.Close())
	return b.Bytes()
}

// EncryptedZip marks every entry of a zip as encrypted.
func EncryptedZip(file []byte) []byte {
	return patchDirectory(file, func(entry []byte) { entry[8] |= 1 })
}

// UnderstatedZip makes every entry of a zip declare that it unpacks to size
// bytes.
func UnderstatedZip(file []byte, size uint32) []byte {
	return patchDirectory(file, func(entry []byte) { binary.LittleEndian.PutUint32(entry[24:], size) })
}

// patchDirectory changes the entries of the central directory, as they lie.
func patchDirectory(file []byte, change func(entry []byte)) []byte {
	out := bytes.Clone(file)
	mark := []byte("PK\x01\x02")
	for at := bytes.Index(out, mark); at >= 0; {
		change(out[at:])
		next := bytes.Index(out[at+4:], mark)
		if next < 0 {
			break
		}
		at += 4 + next
	}
	return out
}
