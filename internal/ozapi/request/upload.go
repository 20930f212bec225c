package request

import (
	"bufio"
	"context"
	"io"
	"mime"
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
	JSON  int64 // bytes of a JSON body or payload part
	File  int64 // bytes of one file
	Files int   // files of one upload
}

// Stager takes a file in while it arrives.
type Stager interface {
	Stage(ctx context.Context, key, name string, r io.Reader) (*intake.File, error)
}

// Object reads a JSON body, whatever its label says.
func (l Limits) Object(r *http.Request) (Fields, error) {
	raw, err := readAll(r.Body, l.JSON)
	if err != nil {
		return nil, err
	}
	return Parse(raw)
}

// Upload reads the body of an upload in any of its forms. Files go to the stager
// while they arrive; those that it took are in the upload on an error, too.
func (l Limits) Upload(r *http.Request, files Stager) (intake.Upload, error) {
	label, params := httpd.MediaType(r.Header.Get("Content-Type"))
	switch {
	case strings.HasPrefix(label, "multipart/"):
		return l.parts(r, files, params["boundary"])
	case label == "application/octet-stream":
		return intake.Upload{}, refuseContainer(r.Body)
	}
	body, err := l.Object(r)
	if err != nil {
		return intake.Upload{}, err
	}
	p, err := ReadPayload(body)
	return intake.Upload{Payload: p}, err
}

// refuseContainer tells apart whether there is a data container at all.
func refuseContainer(body io.Reader) error {
	switch _, err := io.ReadFull(body, make([]byte, 1)); {
	case err == io.EOF:
		return bonafide.Errorf(bonafide.CodeNoContainer, "No data container provided")
	case err != nil:
		return bodyError(err)
	}
	return bonafide.Errorf(bonafide.CodeContainer, "Invalid request data")
}

// parts reads a multipart body part by part, in any order. A body without
// a single byte is an upload of nothing.
func (l Limits) parts(r *http.Request, files Stager, boundary string) (intake.Upload, error) {
	var up intake.Upload
	body := bufio.NewReader(r.Body)
	if _, err := body.Peek(1); err == io.EOF {
		return up, nil
	}
	if boundary == "" {
		return up, bonafide.Errorf(bonafide.CodeStructure, "Content-Type names no boundary")
	}
	parts := multipart.NewReader(body, boundary)
	hasPayload, others := false, 0
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return up, nil
		}
		if err != nil {
			return up, bodyError(err)
		}
		key, name, isFile, err := readDisposition(part)
		switch {
		case err != nil:
		case key == "payload" && hasPayload:
			err = bonafide.Errorf(bonafide.CodeStructure, "There is more than one payload part")
		case key == "payload":
			hasPayload = true
			up.Payload, err = l.payload(part)
		case isFile:
			err = l.stage(r.Context(), files, &up, key, name, part)
		default:
			if others++; others > MaxTextParts {
				err = bonafide.Errorf(bonafide.CodeTooLarge, "Too many parts")
			}
		}
		if err != nil {
			return up, err
		}
	}
}

// readDisposition reads what a part says about itself. A file is what has a file name,
// even an empty one; the declared type of a part means nothing.
func readDisposition(part *multipart.Part) (key, name string, isFile bool, err error) {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return "", "", false, bonafide.Wrap(bonafide.CodeStructure, "A part has no readable Content-Disposition", err)
	}
	_, isFile = params["filename"]
	return params["name"], part.FileName(), isFile, nil
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
	return ReadPayload(f)
}

// stage hands one file on. A nameless part without content is what
// a browser sends for a file field that was left empty.
func (l Limits) stage(ctx context.Context, files Stager, up *intake.Upload, key, name string, part io.Reader) error {
	content := bufio.NewReader(part)
	if _, err := content.Peek(1); err == io.EOF && name == "" {
		return nil
	}
	if len(up.Files) == l.Files {
		return bonafide.Errorf(bonafide.CodeTooLarge, "Too many files, at most %d", l.Files)
	}
	f, err := files.Stage(ctx, key, name, &cappedReader{r: content, left: l.File, limit: l.File})
	if err != nil {
		return err
	}
	up.Files = append(up.Files, *f)
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
		err = bodyError(err)
	}
	return n, err
}
