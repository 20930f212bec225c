package request

import (
	"bufio"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// MaxTextParts is how many parts that are no files one upload may have.
const MaxTextParts = 64

// Limits of what one request may hold.
type Limits struct {
	Body  int64 // bytes of a body when its Content-Encoding is undone
	JSON  int64 // bytes of a JSON body or payload part
	File  int64 // bytes of one file
	Files int   // files of one upload
	// Seen is given the payload of an upload, before it is understood; nil: nobody asks.
	Seen func(Fields)
	// Arrived is called once a JSON body has been read, before it is understood, which
	// is work; nil: nobody asks.
	Arrived func() error
}

// Stager takes a file in while it arrives.
type Stager interface {
	// Stage takes one file in while it arrives. No row exists afterwards. r ends with
	// the part; its errors keep their code.
	Stage(ctx context.Context, key, name string, r io.Reader) (*intake.File, error)
}

// Object reads a JSON body, whatever its label says.
func (l Limits) Object(r *http.Request) (Fields, error) {
	if err := httpd.DecodeBody(r, l.Body); err != nil {
		return nil, BodyError(err)
	}
	raw, err := readAll(r.Body, l.JSON)
	if err != nil {
		return nil, err
	}
	if l.Arrived != nil {
		if err := l.Arrived(); err != nil {
			return nil, err
		}
	}
	return Parse(raw)
}

// Upload reads the body of an upload in any of its forms. Files go to the stager
// while they arrive; those that it took are in the upload on an error, too.
func (l Limits) Upload(r *http.Request, files Stager) (intake.Upload, error) {
	if err := httpd.DecodeBody(r, l.Body); err != nil {
		return intake.Upload{}, BodyError(err)
	}
	label, params := httpd.MediaType(r.Header.Get("Content-Type"))
	switch {
	case strings.HasPrefix(label, "multipart/"):
		return l.parts(r, files, params["boundary"])
	case label == ContainerType:
		return intake.Upload{}, refuseContainer(r.Body)
	}
	body, err := l.Object(r)
	if err != nil {
		return intake.Upload{}, err
	}
	p, err := l.understand(body)
	return intake.Upload{Payload: p}, err
}

// ContainerType is the media type of a data container.
const ContainerType = "application/octet-stream"

// Container gives the body of a data container. Errors of reading it have their code.
func (l Limits) Container(r *http.Request) (*bufio.Reader, error) {
	if err := httpd.DecodeBody(r, l.Body); err != nil {
		return nil, BodyError(err)
	}
	body := bufio.NewReader(&cappedReader{r: r.Body, left: l.Body, limit: l.Body})
	switch _, err := body.Peek(1); {
	case err == io.EOF:
		return nil, bonafide.Errorf(bonafide.CodeNoContainer, "No data container provided")
	case err != nil:
		return nil, err
	}
	return body, nil
}

// refuseContainer tells apart whether there is a data container at all.
func refuseContainer(body io.Reader) error {
	switch _, err := io.ReadFull(body, make([]byte, 1)); {
	case err == io.EOF:
		return bonafide.Errorf(bonafide.CodeNoContainer, "No data container provided")
	case err != nil:
		return BodyError(err)
	}
	return bonafide.Errorf(bonafide.CodeContainer, "Invalid request data")
}

// parts reads a multipart body part by part, in any order. A body without
// a single byte is an upload of nothing.
func (l Limits) parts(r *http.Request, files Stager, boundary string) (intake.Upload, error) {
	body := bufio.NewReader(r.Body)
	if _, err := body.Peek(1); err == io.EOF {
		return intake.Upload{}, nil
	}
	if boundary == "" {
		return intake.Upload{}, bonafide.Errorf(bonafide.CodeStructure, "Content-Type of a multipart body has no readable boundary")
	}
	parts := multipart.NewReader(body, boundary)
	f := form{Limits: l, stager: files}
	for {
		raw, err := parts.NextPart()
		if err == io.EOF {
			return f.up, f.end(r)
		}
		if err != nil {
			return f.up, BodyError(err)
		}
		if err := f.take(r.Context(), raw); err != nil {
			return f.up, err
		}
	}
}

// form is a multipart body as far as it has been read.
type form struct {
	Limits
	stager     Stager
	up         intake.Upload
	count      int  // parts so far
	hasPayload bool // there was one
}

func (f *form) take(ctx context.Context, raw *multipart.Part) error {
	f.count++
	p, err := readPart(raw, f.count)
	switch {
	case err != nil:
		return err
	case p.key == "payload" && f.hasPayload:
		return bonafide.Errorf(bonafide.CodeStructure, "There is more than one payload part")
	case p.key == "payload":
		f.hasPayload = true
		f.up.Payload, err = f.payload(p.content)
		return err
	case p.isFile || f.up.Payload.Names(p.key) || p.looksLikeMedia():
		return f.stage(ctx, p)
	}
	if f.up.Unused = append(f.up.Unused, p.key); len(f.up.Unused) > MaxTextParts {
		return bonafide.Errorf(bonafide.CodeTooLarge, "Too many parts that are no files, at most %d", MaxTextParts)
	}
	return nil
}

// end checks the whole when its last part was read. A part that is spoken of as a file
// must have been one.
func (f *form) end(r *http.Request) error {
	if f.count == 0 {
		return bonafide.Errorf(bonafide.CodeStructure, "The multipart body has no parts")
	}
	for _, key := range f.up.Unused {
		if f.up.Payload.Names(key) {
			return bonafide.Errorf(bonafide.CodeStructure, "The part %s is named by the payload, but has no file name and is no media", bonafide.Quote(key))
		}
	}
	if err := httpd.Finish(r); err != nil {
		return BodyError(err)
	}
	return nil
}

func (l Limits) payload(part io.Reader) (intake.Payload, error) {
	raw, err := readAll(part, l.JSON)
	if err != nil {
		return intake.Payload{}, err
	}
	f, err := Parse(raw)
	if err != nil {
		return intake.Payload{}, err
	}
	return l.understand(f)
}

func (l Limits) understand(f Fields) (intake.Payload, error) {
	if l.Seen != nil {
		l.Seen(f)
	}
	return ReadPayload(f)
}

// stage hands one file on. A nameless part without content is what
// a browser sends for a file field that was left empty.
func (f *form) stage(ctx context.Context, p *part) error {
	if _, err := p.content.Peek(1); err == io.EOF && p.name == "" {
		return nil
	}
	if len(f.up.Files) == f.Files {
		return bonafide.Errorf(bonafide.CodeTooLarge, "Too many files, at most %d", f.Files)
	}
	file, err := f.stager.Stage(ctx, p.key, p.name, &cappedReader{r: p.content, left: f.File, limit: f.File})
	if err != nil {
		return err
	}
	f.up.Files = append(f.up.Files, *file)
	return nil
}

// cappedReader fails with CodeTooLarge where io.LimitReader would quietly end.
type cappedReader struct {
	r           io.Reader
	left, limit int64
}

func (c *cappedReader) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, bonafide.Errorf(bonafide.CodeTooLarge, "A file is too large, at most %d bytes", c.limit)
	}
	if err != nil && err != io.EOF {
		err = BodyError(err)
	}
	return n, err
}
