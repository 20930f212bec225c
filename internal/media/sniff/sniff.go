// Package sniff tells from a file's first bytes what it is. The table is our
// own: it has a dozen rows, looks at fixed offsets only, and accepts nothing else,
// so that playlists, scripts, documents and the like fall through whatever their
// name. What falls through is named to the client, as far as it is known.
package sniff

import (
	"bytes"
	"cmp"
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
// Anything but the accepted formats is a CodeValue error that names what was found,
// as far as it is known, and what is accepted.
func Sniff(head []byte) (Format, error) {
	f, name := sniff(head)
	if f == "" {
		return "", unsupported(cmp.Or(name, nameOf(head)))
	}
	return f, nil
}

// sniff gives the format, or "" and perhaps the name of another.
func sniff(head []byte) (f Format, name string) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff\xf7")):
		return "", "JPEG-LS"
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, ""
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, ""
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return Zip, ""
	case bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")):
		return matroska(head), "another kind of Matroska"
	case len(head) >= 12 && bytes.HasPrefix(head, []byte("RIFF")):
		return riff(head), ""
	case len(head) >= 12:
		return boxes(head)
	}
	return "", ""
}

func unsupported(what string) error {
	if what == "" {
		return bonafide.Errorf(bonafide.CodeValue, "Unsupported media format; allowed: %s", Accepted)
	}
	return bonafide.Errorf(bonafide.CodeValue, "Unsupported media format: %s is not supported; allowed: %s", what, Accepted)
}

func riff(head []byte) Format {
	switch string(head[8:12]) {
	case "WEBP":
		return WebP
	case "AVI ":
		return AVI
	}
	return ""
}

// matroska reads the EBML header for the document type, element 0x4282.
func matroska(head []byte) Format {
	_, rest, _, ok := split(head)
	for ok {
		var id uint64
		var body []byte
		id, body, rest, ok = split(rest)
		if ok && id == 0x4282 {
			switch strings.TrimRight(string(body), "\x00") { // some writers end it like a string of C
			case "webm":
				return WebM
			case "matroska":
				return MKV
			}
		}
	}
	return ""
}

// boxes judges ISO base media files by their brands, and QuickTime files from
// before there were brands by the name of their first atom.
func boxes(head []byte) (f Format, name string) {
	size, first := binary.BigEndian.Uint32(head), string(head[4:8])
	switch first {
	case "moov", "mdat", "wide", "free", "skip", "pnot":
		return MOV, ""
	case "ftyp":
	default:
		return "", ""
	}
	if size < 16 || int64(size) > int64(len(head)) {
		return "", ""
	}
	// Major brand, version, compatible brands: the first one that is known decides.
	// mif1 and msf1 leave the codec open, and the next brand says it.
	brands := append([]byte(nil), head[8:12]...)
	brands = append(brands, head[16:size]...)
	foreign := foreignBrands()
	for ; len(brands) >= 4; brands = brands[4:] {
		switch brand := string(brands[:4]); brand {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs":
			return HEIC, ""
		case "avif", "avis":
			return "", foreign[brand]
		case "qt  ":
			return MOV, ""
		case "isom", "mp41", "mp42", "avc1", "dash", "mmp4", "MSNV", "M4V ", "M4VH", "M4VP", "f4v ", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9":
			return MP4, ""
		default:
			if brand[:3] == "3gp" || brand[:3] == "3g2" {
				return MP4, ""
			}
			// A later name is more special than HEIF's, which comes first.
			if other := foreign[brand]; other != "" && (name == "" || name == foreign["mif1"]) {
				name = other
			}
		}
	}
	return "", name
}
