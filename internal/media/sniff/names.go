package sniff

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// What is accepted, for people.
const (
	Pictures = "JPEG, PNG, WebP, HEIC"
	Accepted = Pictures + ", MP4, MOV, WebM, MKV, AVI, ZIP"
)

// signature is what files of a kind that is not accepted have at an offset.
type signature struct {
	at    int
	bytes string
	name  string
}

// signatures lists the kinds that people send all the same, the more special ones
// first. Naming them decides nothing: whatever is not in Sniff's table is refused.
func signatures() []signature {
	return []signature{
		{0, "GIF8", "GIF"},
		{8, "CR\x02\x00", "a camera's RAW"}, {0, "IIRO", "a camera's RAW"}, {0, "IIRS", "a camera's RAW"}, {0, "MMOR", "a camera's RAW"},
		{0, "IIU\x00", "a camera's RAW"}, {0, "FUJIFILMCCD-RAW", "a camera's RAW"}, {6, "HEAPCCDR", "a camera's RAW"},
		{0, "FOVb", "a camera's RAW"}, {0, "\x00MRM", "a camera's RAW"},
		{0, "II\xbc", "JPEG XR"},
		{0, "II*\x00", "TIFF"}, {0, "MM\x00*", "TIFF"}, {0, "II+\x00", "TIFF"}, {0, "MM\x00+", "TIFF"},
		{0, "\xff\x0a", "JPEG XL"}, {4, "JXL \r\n\x87\n", "JPEG XL"},
		{4, "jP  \r\n\x87\n", "JPEG 2000"}, {0, "\xff\x4f\xff\x51", "JPEG 2000"},
		{0, "8BPS", "PSD"}, {0, "%PDF", "PDF"}, {0, "%!PS", "PostScript"}, {0, "gimp xcf", "XCF"}, {0, "\x8aMNG", "MNG"},
		{0, "\x00\x00\x01\x00", "ICO"}, {0, "\x00\x00\x02\x00", "CUR"}, {0, "qoif", "QOI"}, {0, "BPG\xfb", "BPG"}, {0, "FLIF", "FLIF"},
		{0, "v/1\x01", "OpenEXR"}, {0, "#?RADIANCE", "Radiance HDR"}, {128, "DICM", "DICOM"}, {0, "DDS ", "DDS"}, {0, "\xabKTX", "KTX"},
		{0, "FLV\x01", "FLV"}, {0, "OggS", "Ogg"}, {0, "0&\xb2u\x8ef\xcf\x11", "WMV or another of ASF"}, {0, ".RMF", "RealMedia"},
		{0, "\x00\x00\x01\xba", "MPEG program stream"}, {0, "\x00\x00\x01\xb3", "MPEG video stream"},
		{0, "\x00\x00\x00\x01", "raw H.264 or HEVC"}, {0, "DKIF", "IVF"}, {0, "YUV4MPEG2", "YUV4MPEG2"},
		{8, "WAVE", "WAV"}, {0, "fLaC", "FLAC"}, {0, "ID3", "MP3"}, {0, "#!AMR", "AMR"}, {0, "caff", "CAF"}, {0, "FORM", "AIFF or another of IFF"},
		{0, "Rar!\x1a\x07", "RAR"}, {0, "7z\xbc\xaf\x27\x1c", "7-Zip"}, {0, "\x1f\x8b", "gzip"}, {0, "BZh", "bzip2"}, {0, "\xfd7zXZ\x00", "XZ"},
		{0, "\x28\xb5\x2f\xfd", "Zstandard"}, {257, "ustar", "tar"}, {0, "MSCF", "CAB"}, {0, "xar!", "XAR"},
		{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office"}, {0, "{\\rtf", "RTF"}, {0, "bplist00", "property list"},
		{0, "MZ", "Windows program"}, {0, "\x7fELF", "Linux program"}, {0, "SQLite format 3", "SQLite"}, {0, "#EXTM3U", "playlist"},
		{0, "ffconcat", "playlist"},
	}
}

// brands of ISO base media files that are not accepted.
func foreignBrands() map[string]string {
	return map[string]string{
		"avif": "AVIF", "avis": "AVIF", "crx ": "a camera's RAW", "jxl ": "JPEG XL", "jp2 ": "JPEG 2000", "jpx ": "JPEG 2000",
		"jpeg": "JPEG in HEIF", "jpgs": "JPEG in HEIF", "j2ki": "JPEG 2000 in HEIF", "j2is": "JPEG 2000 in HEIF",
		"vvic": "VVC in HEIF", "vvis": "VVC in HEIF", "evbi": "EVC in HEIF", "evbs": "EVC in HEIF", "avci": "AVC in HEIF", "avcs": "AVC in HEIF",
		"mif1": "HEIF of an unknown codec", "msf1": "HEIF of an unknown codec", "mif2": "HEIF of an unknown codec",
		"M4A ": "M4A", "M4B ": "M4A", "F4A ": "M4A", "aax ": "M4A",
	}
}

// Name tells people what a file is, from its first HeadBytes: "GIF", "text",
// "something unknown".
func Name(head []byte) string {
	f, name := sniff(head)
	if f != "" {
		return strings.ToUpper(string(f))
	}
	return cmp.Or(name, nameOf(head), "something unknown")
}

// nameOf gives the common name of a file that is not accepted, "" if it is not
// known.
func nameOf(head []byte) string {
	if len(head) == 0 {
		return "an empty file"
	}
	for _, s := range signatures() {
		if len(head) > s.at && bytes.HasPrefix(head[s.at:], []byte(s.bytes)) {
			return s.name
		}
	}
	switch {
	case len(head) >= 26 && string(head[:2]) == "BM" && binary.LittleEndian.Uint32(head[14:]) <= 124:
		return "BMP"
	case len(head) > 188 && head[0] == 0x47 && head[188] == 0x47:
		return "MPEG transport stream"
	case len(head) > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '7' && strings.IndexByte(" \t\r\n", head[2]) >= 0:
		return "PNM"
	case len(head) > 2 && head[0] == 0xff && head[1]&0xe0 == 0xe0 && head[1] != 0xff:
		return "MP3 or another sound"
	case len(head) >= 12 && string(head[:4]) == "RIFF":
		return "a RIFF file of another kind"
	}
	return nameOfText(head)
}

// nameOfText tells text of a few kinds apart. A mark of the byte order, which some
// programs write in front, is skipped.
func nameOfText(head []byte) string {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	low := strings.ToLower(string(text[:min(len(text), 1024)]))
	switch {
	case strings.HasPrefix(low, "<svg"), strings.HasPrefix(low, "<?xml") && strings.Contains(low, "<svg"), strings.HasPrefix(low, "<!doctype svg"):
		return "SVG"
	case strings.HasPrefix(low, "<!doctype html"), strings.HasPrefix(low, "<html"), strings.HasPrefix(low, "<head"), strings.HasPrefix(low, "<body"):
		return "HTML"
	case strings.HasPrefix(low, "<?xml"):
		return "XML"
	case strings.HasPrefix(low, "{"), strings.HasPrefix(low, "["):
		return "JSON"
	case strings.HasPrefix(low, "data:"):
		return "a data URL"
	case plain(head):
		return "text"
	}
	return ""
}

// plain tells whether the head is readable text; its last letter may be cut.
func plain(head []byte) bool {
	for len(head) > 0 {
		r, n := utf8.DecodeRune(head)
		if r == utf8.RuneError && n < 2 && utf8.FullRune(head) || r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1b", r) {
			return false
		}
		if r == utf8.RuneError && n < 2 {
			return true
		}
		head = head[n:]
	}
	return true
}
