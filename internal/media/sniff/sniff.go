// Package sniff tells from a file's first bytes what it is. The table is our
// own: it has a dozen rows, looks at fixed offsets only, and knows nothing that
// is not accepted, so that playlists, scripts, documents and the like fall
// through whatever their name.
package sniff

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// Format is a container format that is accepted.
type Format string

// The accepted formats. MP4 stands for its kin m4v and 3gp too.
const (
	JPEG Format = "jpeg"
	PNG  Format = "png"
	WebP Format = "webp"
	HEIC Format = "heic"
	MP4  Format = "mp4"
	MOV  Format = "mov"
	WebM Format = "webm"
	MKV  Format = "mkv"
	AVI  Format = "avi"
	Zip  Format = "zip"
)

// HeadBytes is how much of a file's beginning Sniff looks at.
const HeadBytes = 4096

// Kind gives the kind of media that the format holds.
func (f Format) Kind() bonafide.MediaKind {
	switch f {
	case JPEG, PNG, WebP, HEIC:
		return bonafide.Image
	case Zip:
		return bonafide.ShotsSet
	}
	return bonafide.Video
}

// MIME gives the media type.
func (f Format) MIME() string {
	switch f {
	case MOV:
		return "video/quicktime"
	case MKV:
		return "video/x-matroska"
	case AVI:
		return "video/x-msvideo"
	case Zip:
		return "application/zip"
	}
	if f.Kind() == bonafide.Image {
		return "image/" + string(f)
	}
	return "video/" + string(f)
}

// Sniff looks at the first HeadBytes of a file, or all of it if it is shorter.
// Anything but the accepted formats is a CodeValue error.
func Sniff(head []byte) (Format, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return Zip, nil
	case bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")):
		return matroska(head)
	case len(head) >= 12 && bytes.HasPrefix(head, []byte("RIFF")):
		return riff(head)
	case len(head) >= 12:
		return boxes(head)
	}
	return "", unsupported("")
}

func unsupported(what string) error {
	if what != "" {
		what = ": " + what
	}
	return bonafide.Errorf(bonafide.CodeValue, "Unsupported media format%s", what)
}

func riff(head []byte) (Format, error) {
	switch string(head[8:12]) {
	case "WEBP":
		return WebP, nil
	case "AVI ":
		return AVI, nil
	}
	return "", unsupported("")
}

// matroska reads the EBML header for the document type, element 0x4282.
func matroska(head []byte) (Format, error) {
	_, rest, _, ok := split(head)
	for ok {
		var id uint64
		var body []byte
		id, body, rest, ok = split(rest)
		if ok && id == 0x4282 {
			switch strings.TrimRight(string(body), "\x00") { // some writers end it like a string of C
			case "webm":
				return WebM, nil
			case "matroska":
				return MKV, nil
			}
		}
	}
	return "", unsupported("")
}

// boxes judges ISO base media files by their brands, and QuickTime files from
// before there were brands by the name of their first atom.
func boxes(head []byte) (Format, error) {
	size, name := binary.BigEndian.Uint32(head), string(head[4:8])
	switch name {
	case "moov", "mdat", "wide", "free", "skip", "pnot":
		return MOV, nil
	case "ftyp":
	default:
		return "", unsupported("")
	}
	if size < 16 || int64(size) > int64(len(head)) {
		return "", unsupported("")
	}
	// Major brand, version, compatible brands: the first one that is known decides.
	// mif1 and msf1 leave the codec open, and the next brand says it.
	brands := append([]byte(nil), head[8:12]...)
	brands = append(brands, head[16:size]...)
	for ; len(brands) >= 4; brands = brands[4:] {
		switch brand := string(brands[:4]); brand {
		case "heic", "heix", "heim", "heis", "hevc", "hevx":
			return HEIC, nil
		case "avif", "avis":
			return "", unsupported("AVIF")
		case "qt  ":
			return MOV, nil
		case "isom", "mp41", "mp42", "avc1", "dash", "mmp4", "MSNV", "M4V ", "M4VH", "M4VP", "f4v ", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9":
			return MP4, nil
		default:
			if brand[:3] == "3gp" || brand[:3] == "3g2" {
				return MP4, nil
			}
		}
	}
	return "", unsupported("")
}
