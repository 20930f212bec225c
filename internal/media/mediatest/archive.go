package mediatest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
)

// Entry is one entry of a zip.
type Entry struct {
	Name string
	Data []byte
	Mode uint32 // Unix mode bits; 0 for a plain file
}

// Zip packs the entries in their order.
func Zip(entries ...Entry) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
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
	}
	must(w.Close())
	return b.Bytes()
}

// BombZip holds one entry that begins with data and goes on with so many
// megabytes of zeros. Zeros are compressed once and repeated.
func BombZip(name string, data []byte, megabytes int) []byte {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	must(err)
	write := func(b []byte) int {
		_, err := w.Write(b)
		must(err)
		must(w.Flush())
		return packed.Len()
	}
	zeros := make([]byte, 1<<20)
	write(data)
	first := write(zeros)
	// From the second megabyte on, each is packed alike.
	second := write(zeros)
	again := bytes.Clone(packed.Bytes()[first:second])
	sum := crc32.NewIEEE()
	_, _ = sum.Write(data)
	for i := range megabytes {
		_, _ = sum.Write(zeros)
		if i >= 2 {
			packed.Write(again)
		}
	}
	must(w.Close())
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	f, err := z.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: sum.Sum32(),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(data) + megabytes<<20),
	})
	must(err)
	_, err = f.Write(packed.Bytes())
	must(err)
	must(z.Close())
	return out.Bytes()
}

// EncryptedZip marks every entry of a zip as encrypted.
func EncryptedZip(file []byte) []byte {
	return patchDirectory(file, func(entry []byte) { entry[8] |= 1 })
}

// ZipOfMethod makes every entry of a zip declare that it is compressed by another
// method, of PKWARE's numbers.
func ZipOfMethod(file []byte, method uint16) []byte {
	return patchDirectory(file, func(entry []byte) { binary.LittleEndian.PutUint16(entry[10:], method) })
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
