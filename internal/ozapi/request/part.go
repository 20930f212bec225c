package request

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

// part is one part of a multipart body.
type part struct {
	key     string // name of the field
	name    string // of the file, empty where it has none that can be read
	isFile  bool   // it says that it is one
	content *bufio.Reader
}

// readPart reads what a part says about itself; number counts from one. A file is what
// has a file name in any form, even an empty one, or says that it is media.
func readPart(raw *multipart.Part, number int) (*part, error) {
	params, readable := disposition(raw.Header.Get("Content-Disposition"))
	if !readable {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Part %d has no readable Content-Disposition, such as form-data; name=\"photo\"; filename=\"a.jpg\"", number)
	}
	p := &part{key: params["name"]}
	plain, isPlain := params["filename"]
	extended, isExtended := params["filename*"]
	if p.name = decodeName(extended); p.name == "" {
		p.name = plain
	}
	p.name = p.name[strings.LastIndexAny(p.name, `/\`)+1:]
	p.isFile = isPlain || isExtended || isMedia(raw.Header.Get("Content-Type"))
	content, err := transferred(raw, raw.Header.Get("Content-Transfer-Encoding"))
	if err != nil {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Part %d: %s", number, err)
	}
	if name := raw.Header.Get("Content-Encoding"); name != "" && !strings.EqualFold(name, "identity") {
		return nil, bonafide.Errorf(bonafide.CodeEncoding, "Part %d has the Content-Encoding %s; only a body as a whole may have one, %s", number, bonafide.Quote(name), httpd.Encodings)
	}
	p.content = bufio.NewReader(content)
	return p, nil
}

// isMedia tells whether a declared type is one that only files have.
func isMedia(contentType string) bool {
	t, _ := httpd.MediaType(contentType)
	if class, _, _ := strings.Cut(t, "/"); class == "image" || class == "video" {
		return true
	}
	switch t {
	case "application/octet-stream", "application/zip", "application/x-zip-compressed", "application/x-zip", "application/mp4":
		return true
	}
	return false
}

// looksLikeMedia tells whether the content begins as media do.
func (p *part) looksLikeMedia() bool {
	head, _ := p.content.Peek(12)
	return mediaMark(head)
}

func mediaMark(head []byte) bool {
	for _, mark := range []string{"\xff\xd8\xff", "\x89PNG", "PK\x03\x04", "\x1aE\xdf\xa3", "GIF8"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	if len(head) < 12 {
		return false
	}
	return string(head[4:8]) == "ftyp" || string(head[:4]) == "RIFF" && (string(head[8:]) == "WEBP" || string(head[8:]) == "AVI ")
}

// transferred undoes what mail would need. Quoted-printable is undone by the reader of
// parts.
func transferred(content io.Reader, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "binary", "7bit", "8bit", "quoted-printable":
		return content, nil
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, content), nil
	}
	return nil, fmt.Errorf("Content-Transfer-Encoding %s is not understood, only binary, 7bit, 8bit, base64 and quoted-printable", bonafide.Quote(encoding))
}

// disposition reads the parameters of a Content-Disposition as far as they can be
// understood: quotes within quotes, letters without quotes, a parameter given twice, a
// name in any charset. It is unreadable where it names nothing.
func disposition(header string) (params map[string]string, readable bool) {
	_, params, err := mime.ParseMediaType(header)
	if err != nil {
		params = looseDisposition(header)
	}
	// mime leaves out what has a charset that it does not know.
	if loose := looseDisposition(header); loose["filename*"] != "" {
		params["filename*"] = loose["filename*"]
	}
	_, named := params["name"]
	_, file := params["filename"]
	_, extended := params["filename*"]
	return params, err == nil || named || file || extended
}

// parameter is the start of one, and closing the quote that ends one.
var (
	parameter = regexp.MustCompile(`^\s*([A-Za-z*]+)\s*=\s*`)
	closing   = regexp.MustCompile(`"\s*(;\s*[A-Za-z*]+\s*=|;?\s*$)`)
)

func looseDisposition(header string) map[string]string {
	params := map[string]string{}
	_, rest, _ := strings.Cut(header, ";")
	for rest != "" {
		m := parameter.FindStringSubmatch(rest)
		if m == nil {
			_, rest, _ = strings.Cut(rest, ";")
			continue
		}
		name, value := strings.ToLower(m[1]), rest[len(m[0]):]
		if end := closing.FindStringIndex(value[min(1, len(value)):]); strings.HasPrefix(value, `"`) && end != nil {
			value, rest = value[1:1+end[0]], value[2+end[0]:]
			value = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(value)
		} else {
			value, rest, _ = strings.Cut(value, ";")
			value = strings.TrimSpace(value)
			rest = ";" + rest
		}
		rest = strings.TrimLeft(rest, "; \t")
		if _, there := params[name]; !there {
			params[name] = value
		}
	}
	return params
}

// decodeName reads charset'language'name, empty where it cannot.
func decodeName(extended string) string {
	fields := strings.SplitN(extended, "'", 3)
	if len(fields) != 3 {
		return ""
	}
	name, err := url.PathUnescape(fields[2])
	if err != nil {
		return ""
	}
	switch strings.ToLower(strings.ReplaceAll(fields[0], "-", "")) {
	case "iso88591", "latin1":
		letters := make([]rune, len(name))
		for i, c := range []byte(name) {
			letters[i] = rune(c)
		}
		return string(letters)
	case "utf8", "usascii", "ascii", "":
		if utf8.ValidString(name) {
			return name
		}
	}
	return ""
}
