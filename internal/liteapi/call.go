package liteapi

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

const (
	maxParts    = 8        // of a multipart body
	maxOverhead = 64 << 10 // bytes of headers and boundaries of a multipart body
	maxMetadata = 64 << 10 // bytes of the metadata part
)

// call is one request.
type call struct {
	*http.Request
	w     http.ResponseWriter
	limit int64 // bytes of one picture or template
}

// base64 tells that the body is base64, and that the answer should be.
func (c *call) base64() bool { return inBase64(c.Header.Get("Content-Transfer-Encoding")) }

func inBase64(header string) bool { return strings.EqualFold(strings.TrimSpace(header), "base64") }

// most is how many bytes n pictures or templates may take, encoded.
func (c *call) most(n int64) int64 { return n*(c.limit/3*4+c.limit/16+4) + maxOverhead }

// picture reads a body that is one picture. Which kind of picture it is, is found
// from the bytes.
func (c *call) picture() ([]byte, error) {
	if t, _ := httpd.MediaType(c.Header.Get("Content-Type")); !strings.HasPrefix(t, "image/") {
		return nil, fault{code: wrongType, message: "Content-Type must be image/jpeg, image/png, image/webp or image/heic, not " + bonafide.Quote(t)}
	}
	if err := httpd.DecodeBody(c.Request, c.most(1)); err != nil {
		return nil, bodyFault(err)
	}
	raw, err := io.ReadAll(http.MaxBytesReader(c.w, c.Body, c.most(1)))
	if err != nil {
		return nil, bodyFault(err)
	}
	return c.decode(raw, c.base64())
}

func bodyFault(err error) error {
	var tooLarge *http.MaxBytesError
	var unknown *httpd.EncodingError
	switch {
	case errors.As(err, &tooLarge):
		return fault{code: badSample, message: fmt.Sprintf("The request is too large, at most %d bytes", tooLarge.Limit)}
	case errors.As(err, &unknown):
		return fault{code: badRequest, message: "Content-Encoding " + bonafide.Quote(unknown.Name) + " is not understood, only " + httpd.Encodings}
	case errors.Is(err, httpd.ErrNotEncoded):
		return fault{code: badRequest, message: "The request is not what its Content-Encoding says"}
	case errors.Is(err, httpd.ErrExpands):
		return fault{code: badSample, message: "The request expands too much when it is decoded"}
	}
	return fault{code: badRequest, message: "The request cannot be read to its end"}
}

// decode undoes base64 and holds the limit.
func (c *call) decode(raw []byte, encoded bool) ([]byte, error) {
	data, isURL := dataURL(raw)
	if isURL || encoded {
		out, err := unbase64(data)
		if err != nil {
			return nil, fault{code: badSample, message: "The body is not base64, with the letters + and / or - and _, padded or not, by itself or as a data URL"}
		}
		raw = out
	}
	if int64(len(raw)) > c.limit {
		return nil, fault{code: badSample, message: fmt.Sprintf("The file is too large, at most %d bytes", c.limit)}
	}
	return raw, nil
}

// dataURL gives what of a body is base64 where it is a data URL, as browsers make them of
// pictures; else the body itself.
func dataURL(raw []byte) (data []byte, is bool) {
	head, rest, found := bytes.Cut(raw[:min(len(raw), maxDataHead)], []byte(","))
	if !found || !bytes.HasPrefix(bytes.ToLower(head), []byte("data:")) || !bytes.HasSuffix(bytes.ToLower(head), []byte(";base64")) {
		return raw, false
	}
	return raw[len(raw[:min(len(raw), maxDataHead)])-len(rest):], true
}

// maxDataHead is within how many bytes the head of a data URL ends.
const maxDataHead = 256

// unbase64 undoes base64 in either alphabet, padded or not, with blanks anywhere.
func unbase64(raw []byte) ([]byte, error) {
	text := bytes.TrimRight(bytes.Join(bytes.Fields(raw), nil), "=")
	for i, c := range text {
		switch c {
		case '-':
			text[i] = '+'
		case '_':
			text[i] = '/'
		}
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	n, err := base64.RawStdEncoding.Decode(out, text)
	return out[:n], err
}

// part is one part of a multipart body.
type part struct {
	name  string
	label string // declared type, empty for none
	body  []byte
	used  bool
}

// is tells whether a part can be of the kind, by its declared type or else by its
// first bytes.
func (p *part) is(k partKind) bool {
	switch {
	case strings.HasPrefix(p.label, "image/"):
		return k == sample
	case p.label == "application/octet-stream":
		return k == template
	case p.label == "":
		return bytes.HasPrefix(p.body, []byte("BFT")) == (k == template)
	}
	return false
}

// partKind is what a part may be.
type partKind int

const (
	sample partKind = iota
	template
)

// types says, for messages, what a part of the kind may declare.
func (k partKind) types() string {
	if k == template {
		return "application/octet-stream, or none, is needed"
	}
	return "image/jpeg, image/png, image/webp or image/heic, or none, is needed"
}

// want is a part that a method needs. Names that callers are known to use go before
// the order of the parts.
type want struct {
	kind  partKind
	names []string
}

// parts reads a multipart body. Only few parts of limited size are held.
func (c *call) parts() ([]part, error) {
	t, params := httpd.MediaType(c.Header.Get("Content-Type"))
	if !strings.HasPrefix(t, "multipart/") || params["boundary"] == "" {
		return nil, fault{code: wrongType, message: "Content-Type must be multipart/form-data with a boundary, not " + bonafide.Quote(t)}
	}
	if err := httpd.DecodeBody(c.Request, c.most(2)+maxMetadata); err != nil {
		return nil, bodyFault(err)
	}
	body := http.MaxBytesReader(c.w, c.Body, c.most(2)+maxMetadata)
	reader := multipart.NewReader(body, params["boundary"])
	var parts []part
	for {
		p, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			if err := httpd.Finish(c.Request); err != nil {
				return nil, bodyFault(err)
			}
			return parts, nil
		}
		if err != nil {
			return nil, bodyFault(err)
		}
		if len(parts) == maxParts {
			return nil, fault{code: badRequest, message: fmt.Sprintf("There are too many parts, at most %d", maxParts)}
		}
		raw, err := io.ReadAll(p)
		if err != nil {
			return nil, bodyFault(err)
		}
		next := part{name: strings.ToLower(p.FormName())}
		next.label, _ = httpd.MediaType(p.Header.Get("Content-Type"))
		encoded := inBase64(p.Header.Get("Content-Transfer-Encoding")) || c.base64() && next.label != "application/json"
		if next.body, err = c.decode(raw, encoded); err != nil {
			return nil, err
		}
		parts = append(parts, next)
	}
}

// bind gives the parts that are wanted: by name where a known name is there, else
// by order and declared type.
func bind(parts []part, wants ...want) ([][]byte, error) {
	out := make([][]byte, len(wants))
	for i, w := range wants {
		at := slices.IndexFunc(parts, func(p part) bool { return !p.used && slices.Contains(w.names, p.name) })
		if at < 0 {
			continue
		}
		if p := &parts[at]; p.label != "" && p.label != "application/octet-stream" && !p.is(w.kind) {
			return nil, fault{code: wrongPartType, message: "The part " + w.names[0] + " has the wrong Content-Type " + bonafide.Quote(p.label) + ": " + w.kind.types()}
		}
		parts[at].used, out[i] = true, parts[at].body
	}
	for i, w := range wants {
		if out[i] != nil {
			continue
		}
		at := slices.IndexFunc(parts, func(p part) bool { return !p.used && p.is(w.kind) })
		if at < 0 {
			if slices.ContainsFunc(parts, func(p part) bool { return !p.used }) {
				return nil, fault{code: wrongPartType, message: "A part has the wrong Content-Type: " + w.kind.types()}
			}
			return nil, fault{code: badRequest, message: "The part " + w.names[0] + " is missing"}
		}
		parts[at].used, out[i] = true, parts[at].body
	}
	return out, nil
}

// metadata checks the part that describes a sample, where there is one, and takes
// it away: it must be a JSON object, and nothing in it is needed.
func metadata(parts []part) ([]part, error) {
	at := slices.IndexFunc(parts, func(p part) bool {
		return p.name == "metadata" || p.name == "payload" || p.label == "application/json"
	})
	if at < 0 {
		return parts, nil
	}
	var object map[string]json.RawMessage
	if len(parts[at].body) > maxMetadata || json.Unmarshal(parts[at].body, &object) != nil {
		return nil, fault{code: badMetadata, message: "The metadata is not a JSON object"}
	}
	if t := httpd.FindTwice(parts[at].body); t != nil {
		return nil, fault{code: badMetadata, message: fmt.Sprintf("The key %s stands twice in the metadata, at %s", bonafide.Quote(t.Key), bonafide.Quote(t.Path))}
	}
	return slices.Delete(parts, at, at+1), nil
}

// readTemplate reads a template.
func readTemplate(raw []byte) (bonafide.Template, error) {
	t, err := bonafide.DecodeTemplate(raw)
	return t, readable(badTemplate, err)
}

// language is that in which the caller wants advice.
func (c *call) language() advice.Language {
	return advice.Preferred(cmp.Or(c.URL.Query().Get("lang"), c.Header.Get("Accept-Language")))
}

// extracted makes a template of a picture that shows one face.
func (s *service) extracted(c *call, picture []byte) (bonafide.Template, error) {
	t, reason, err := s.faces.Extract(c.Context(), picture)
	if err != nil {
		return t, readable(badSample, err)
	}
	if reason != "" {
		return t, unusable(reason, c.language())
	}
	return t, nil
}
