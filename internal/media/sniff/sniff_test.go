package sniff

import (
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// ftyp is the first box of an ISO base media file.
func ftyp(brands ...string) string {
	body := brands[0] + "\x00\x00\x00\x00" + strings.Join(brands[1:], "")
	return "\x00\x00\x00" + string([]byte{byte(8 + len(body))}) + "ftyp" + body
}

func ebml(doctype string) string {
	inner := "\x42\x86\x81\x01\x42\x82" + string([]byte{byte(0x80 | len(doctype))}) + doctype
	return "\x1a\x45\xdf\xa3" + string([]byte{byte(0x80 | len(inner))}) + inner
}

func TestFormatIsToldFromBytes(t *testing.T) {
	for name, c := range map[string]struct {
		head string
		want Format
	}{
		"jpeg":                  {"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG},
		"png":                   {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", PNG},
		"webp":                  {"RIFF\x10\x00\x00\x00WEBPVP8 ", WebP},
		"avi":                   {"RIFF\x10\x00\x00\x00AVI LIST", AVI},
		"zip":                   {"PK\x03\x04\x14\x00", Zip},
		"empty zip":             {"PK\x05\x06\x00\x00", Zip},
		"iphone heic":           {ftyp("heic", "mif1", "heic"), HEIC},
		"heif, brand said late": {ftyp("mif1", "mif1", "heic", "hevc"), HEIC},
		"mp4":                   {ftyp("isom", "isom", "iso2", "avc1", "mp41"), MP4},
		"fragmented mp4":        {ftyp("iso5", "iso5", "iso6", "mp41"), MP4},
		"m4v":                   {ftyp("M4V ", "M4V ", "mp42"), MP4},
		"3gp":                   {ftyp("3gp5", "3gp5", "isom"), MP4},
		"mov":                   {ftyp("qt  ", "qt  "), MOV},
		"quicktime of old":      {"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", MOV},
		"webm":                  {ebml("webm"), WebM},
		"webm, name ended by 0": {ebml("webm\x00"), WebM},
		"mkv":                   {ebml("matroska"), MKV},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Sniff([]byte(c.head))
			if err != nil || got != c.want {
				t.Fatalf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestEverythingElseIsRefused(t *testing.T) {
	for name, head := range map[string]string{
		"nothing":          "",
		"short":            "\xff\xd8",
		"hls playlist":     "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1/\n",
		"concat script":    "ffconcat version 1.0\nfile /etc/passwd\n",
		"sdp":              "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n",
		"pdf":              "%PDF-1.7\n%aaaaaaaa",
		"svg":              "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
		"rar":              "Rar!\x1a\x07\x01\x00aaaaaaaa",
		"gif":              "GIF89a\x01\x00\x01\x00\x00\x00\x00",
		"bmp":              "BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00",
		"tiff":             "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00",
		"wave":             "RIFF\x10\x00\x00\x00WAVEfmt ",
		"avif":             ftyp("avif", "mif1", "miaf"),
		"avif behind mif1": ftyp("mif1", "mif1", "avif"),
		"jpeg 2000":        "\x00\x00\x00\x0cjP  \r\n\x87\n",
		"canon raw":        ftyp("crx ", "crx "),
		"ftyp cut short":   ftyp("zzzz", "isom")[:14],
		"ebml of another":  ebml("weba"),
		"text":             strings.Repeat("text ", 20),
		"zeros":            strings.Repeat("\x00", 64),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Sniff([]byte(head))
			if err == nil {
				t.Fatalf("taken for %q", got)
			}
			if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.HasPrefix(err.Error(), "Unsupported media format") {
				t.Fatalf("error is %v, code %v", err, bonafide.CodeOf(err))
			}
		})
	}
}

func TestWhatIsRefusedIsCalledByItsName(t *testing.T) {
	for head, name := range map[string]string{
		"GIF89a\x01\x00\x01\x00": "GIF", "II*\x00\x08\x00\x00\x00": "TIFF", "MM\x00*\x00\x00\x00\x08": "TIFF",
		"\xff\x0a\x00\x00": "JPEG XL", "\x00\x00\x00\x0cJXL \r\n\x87\n": "JPEG XL", ftyp("avif", "mif1"): "AVIF",
		"%PDF-1.7": "PDF", "\x1f\x8b\x08": "gzip", "FLV\x01\x05": "FLV", "": "an empty file", "\x01\x02\x03": "something unknown",
	} {
		if _, err := Sniff([]byte(head)); err == nil || Name([]byte(head)) != name || !strings.Contains(err.Error(), name) && head != "\x01\x02\x03" {
			t.Errorf("%q is %q: %v", head, Name([]byte(head)), err)
		}
	}
}

func TestEveryFormatHasKindAndType(t *testing.T) {
	for f, want := range map[Format]string{
		JPEG: "IMAGE image/jpeg", PNG: "IMAGE image/png", WebP: "IMAGE image/webp", HEIC: "IMAGE image/heic",
		MP4: "VIDEO video/mp4", MOV: "VIDEO video/quicktime", WebM: "VIDEO video/webm", MKV: "VIDEO video/x-matroska",
		AVI: "VIDEO video/x-msvideo", Zip: "SHOTS_SET application/zip",
	} {
		if got := string(f.Kind()) + " " + f.MIME(); got != want {
			t.Errorf("%s: got %q, want %q", f, got, want)
		}
	}
}

func FuzzSniff(f *testing.F) {
	for _, s := range []string{ftyp("mif1", "heic"), ebml("webm"), "RIFF\x10\x00\x00\x00WEBPVP8 ", "\xff\xd8\xff", "PK\x03\x04"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		got, err := Sniff(head)
		if (err == nil) == (got == "") {
			t.Fatalf("got %q, %v", got, err)
		}
	})
}
