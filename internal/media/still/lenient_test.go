package still

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

// marker gives where the n-th marker of that kind stands, from 0.
func marker(t *testing.T, file []byte, kind byte, n int) int {
	t.Helper()
	at := -1
	for range n + 1 {
		next := bytes.Index(file[at+1:], []byte{0xff, kind})
		if next < 0 {
			t.Fatalf("no marker %x", kind)
		}
		at += 1 + next
	}
	return at
}

// patched gives a copy in which the bytes at an offset are others.
func patched(file []byte, at int, b ...byte) []byte {
	out := bytes.Clone(file)
	copy(out[at:], b)
	return out
}

// withSegment puts a segment behind the start of the image.
func withSegment(file []byte, kind byte, body string) []byte {
	out := append([]byte{0xff, 0xd8, 0xff, kind, 0, byte(2 + len(body))}, body...)
	return append(out, file[2:]...)
}

func TestWhatCostsNoPixelIsAccepted(t *testing.T) {
	scene := mediatest.RGBA(mediatest.Scene(160, 120))
	file := mediatest.JPEG(scene)
	want := decode(t, sniff.JPEG, file)
	sos := marker(t, file, 0xda, 0)
	parameters := sos + 2 + int(binary.BigEndian.Uint16(file[sos+2:])) - 3
	end := len(file) - 2
	progressive := mediatest.Sample("progressive.jpg")
	for name, odd := range map[string][]byte{
		"invalid SOS parameters":          patched(file, parameters, 0, 0, 0),
		"invalid SOS bits":                patched(file, parameters, 0, 63, 0x11),
		"invalid SOS end":                 patched(file, parameters, 1, 10, 0x20),
		"JFIF revision 2.1":               withSegment(file, 0xe0, "JFIF\x00\x02\x01\x00\x00\x01\x00\x01\x00\x00"),
		"JFIF revision 0.9":               withSegment(file, 0xe0, "JFIF\x00\x00\x09\x00\x00\x01\x00\x01\x00\x00"),
		"no end":                          file[:end],
		"half an end":                     file[:end+1],
		"zeros for the end":               append(bytes.Clone(file[:end]), make([]byte, 64)...),
		"bytes before the end":            append(append(bytes.Clone(file[:end]), 1, 2, 3), 0xff, 0xd9),
		"an odd Adobe transform":          withSegment(file, 0xee, "Adobe\x00\x64\x00\x00\x00\x00\x07"),
		"a spoilt ICC profile":            withSegment(file, 0xe2, "ICC_PROFILE\x00\x07\x03junk"),
		"invalid SOS parameters, no end":  patched(file, parameters, 0, 0, 0)[:end],
		"a cut segment behind the pixels": append(bytes.Clone(file[:end]), 0xff, 0xe5, 0xff, 0xff, 1),
	} {
		t.Run(name, func(t *testing.T) {
			if !turboBuilt && (strings.Contains(name, "Adobe") || strings.Contains(name, "cut segment")) {
				t.Skip("SKIPPED: image/jpeg refuses it")
			}
			near(t, decode(t, sniff.JPEG, odd), want, 0)
		})
	}
	t.Run("progressive without its end", func(t *testing.T) {
		near(t, decode(t, sniff.JPEG, progressive[:len(progressive)-2]), decode(t, sniff.JPEG, progressive), 0)
	})
}

func TestWhatCostsPixelsIsRefused(t *testing.T) {
	file := mediatest.JPEG(mediatest.RGBA(mediatest.Scene(160, 120)))
	sos := marker(t, file, 0xda, 0)
	parameters := sos + 2 + int(binary.BigEndian.Uint16(file[sos+2:])) - 3
	odd := patched(file, parameters, 0, 0, 0) // causes a harmless warning first
	progressive := mediatest.Sample("progressive.jpg")
	scans := bytes.Count(progressive, []byte{0xff, 0xda})
	cut := func(b []byte, percent int, end bool) []byte {
		b = slices.Clone(b[:len(b)*percent/100])
		if end {
			b = append(b, 0xff, 0xd9)
		}
		return b
	}
	for name, bad := range map[string][]byte{
		"half":                              cut(file, 50, false),
		"half with an end":                  cut(file, 50, true),
		"97 % with an end":                  cut(file, 97, true),
		"99 %":                              cut(file, 99, false),
		"half behind a harmless warning":    cut(odd, 50, true),
		"97 % behind a harmless warning":    cut(odd, 97, false),
		"only the header":                   file[:parameters+3],
		"progressive without the last scan": progressive[:marker(t, progressive, 0xda, scans-1)],
		"progressive of one scan":           progressive[:marker(t, progressive, 0xda, 1)],
		"half of a progressive":             cut(progressive, 50, false),
	} {
		t.Run(name, func(t *testing.T) {
			if strings.HasPrefix(name, "progressive") && !turboBuilt {
				t.Skip("SKIPPED: image/jpeg does not miss scans")
			}
			_, err := Decode(sniff.JPEG, bad, limits, nil)
			if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.HasPrefix(err.Error(), "The picture is damaged: ") {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestKindsOfJPEGThatAreNotReadAreNamed(t *testing.T) {
	file := mediatest.JPEG(mediatest.RGBA(mediatest.Scene(32, 32)))
	frame := marker(t, file, 0xc0, 0)
	for want, odd := range map[string][]byte{
		"JPEG of 12 bits is not":      patched(patched(file, frame, 0xff, 0xc1), frame+4, 12),
		"Lossless JPEG is not":        patched(file, frame, 0xff, 0xc3),
		"Hierarchical JPEG is not":    patched(file, frame, 0xff, 0xc5),
		"JPEG of 16 bits is not supp": patched(file, frame+4, 16),
	} {
		_, err := Decode(sniff.JPEG, odd, limits, nil)
		if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// pngChunk is a chunk of a PNG, its checksum off by wrong.
func pngChunk(name, body string, wrong uint32) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:])+wrong)
}

func TestASpoiltChunkBesideThePictureIsSkipped(t *testing.T) {
	scene := mediatest.Scene(64, 48)
	file := mediatest.PNG(mediatest.RGBA(scene))
	const behindIHDR = 33
	for _, chunk := range [][]byte{
		pngChunk("tEXt", "Comment\x00hello", 1), pngChunk("zTXt", "", 7), pngChunk("gAMA", "\x00\x00\xb1\x8f", 1), pngChunk("iCCP", "junk", 9),
		pngChunk("eXIf", string(mediatest.EXIF(6)), 1), pngChunk("tRNS", "\x00\x01\x00\x02\x00\x03", 1), pngChunk("prVt", "private", 1),
		append(pngChunk("tEXt", "one", 1), pngChunk("tEXt", "two", 1)...),
	} {
		odd := slices.Concat(file[:behindIHDR], chunk, file[behindIHDR:])
		near(t, decode(t, sniff.PNG, odd), scene, 0)
		end := bytes.LastIndex(file, []byte("IEND")) - 4
		near(t, decode(t, sniff.PNG, slices.Concat(file[:end], chunk, file[end:])), scene, 0)
	}
	for _, name := range []string{"IHDR", "IDAT", "IEND"} {
		at := bytes.Index(file, []byte(name))
		size := int(binary.BigEndian.Uint32(file[at-4:]))
		bad := patched(file, at+4+size, file[at+4+size]^1)
		if _, err := Decode(sniff.PNG, bad, limits, nil); bonafide.CodeOf(err) != bonafide.CodeValue || !strings.HasPrefix(err.Error(), "The picture is damaged") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPicturesOfTheFieldDecode(t *testing.T) {
	const folder = "../../../../shared/data/field/"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("SKIPPED: the pictures of the field are not here")
	}
	for _, name := range []string{"jpeg_jfif_revision_2.jpg", "jpeg_missing_eoi_only.jpg", "png_bad_crc_ancillary_chunk.png"} {
		file, err := os.ReadFile(folder + name)
		if err != nil {
			t.Fatal(err)
		}
		format, err := sniff.Sniff(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := decode(t, format, file); got.Width < 100 {
			t.Errorf("%s: %dx%d", name, got.Width, got.Height)
		}
	}
}

func FuzzSpoiltChunks(f *testing.F) {
	f.Add(mediatest.PNG(mediatest.RGBA(mediatest.Scene(4, 4))))
	f.Add(append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("tEXt", "a", 1)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		out := withoutSpoiltChunks(data)
		if len(out) > len(data) || !bytes.Equal(withoutSpoiltChunks(out), out) {
			t.Fatalf("%d bytes of %d", len(out), len(data))
		}
	})
}
