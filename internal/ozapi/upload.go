package ozapi

import (
	"bufio"
	"context"
	"io"
	"mime"
	"mime/multipart"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// maxTextParts is how many parts that are no files one upload may have.
const maxTextParts = 64

// acceptor takes files in while they arrive.
type acceptor interface {
	Stage(ctx context.Context, key, name string, r io.Reader) (*intake.File, error)
	Examine(ctx context.Context, files []intake.File) error
	Discard(ctx context.Context, files []intake.File)
}

// receive reads the body of an upload in any of its forms. Files go to the desk
// while they arrive. On an error nothing of them is kept.
func (a *api) receive(c *call, desk acceptor) (intake.Upload, error) {
	up, err := a.receiveAny(c, desk)
	if err == nil && len(up.Payload.Lines) > 0 {
		_, err = c.caller.May(auth.AnalysisOrder)
	}
	if err == nil {
		httpd.BodyRead(c.w)
		err = desk.Examine(c.Context(), up.Files)
	}
	if err != nil {
		desk.Discard(c.after(), up.Files)
		return intake.Upload{}, err
	}
	return up, nil
}

func (a *api) receiveAny(c *call, desk acceptor) (intake.Upload, error) {
	label, params := httpd.MediaType(c.Header.Get("Content-Type"))
	switch {
	case strings.HasPrefix(label, "multipart/"):
		return a.receiveParts(c, desk, params["boundary"])
	case label == "application/octet-stream":
		return intake.Upload{}, refuseContainer(c.Body)
	}
	body, err := a.object(c)
	if err != nil {
		return intake.Upload{}, err
	}
	p, err := readPayload(body)
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

// receiveParts reads a multipart body part by part, in any order. A body without
// a single byte is an upload of nothing.
func (a *api) receiveParts(c *call, desk acceptor, boundary string) (intake.Upload, error) {
	var up intake.Upload
	body := bufio.NewReader(c.Body)
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
			up.Payload, err = a.payload(part)
		case isFile:
			err = a.stagePart(c, desk, &up, key, name, part)
		default:
			if others++; others > maxTextParts {
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

func (a *api) payload(part io.Reader) (intake.Payload, error) {
	raw, err := readAll(part, a.MaxJSON)
	if err != nil {
		return intake.Payload{}, err
	}
	f, err := parseObject(raw)
	if err != nil {
		return intake.Payload{}, err
	}
	return readPayload(f)
}

// stagePart hands one file to the desk. A nameless part without content is what
// a browser sends for a file field that was left empty.
func (a *api) stagePart(c *call, desk acceptor, up *intake.Upload, key, name string, part io.Reader) error {
	content := bufio.NewReader(part)
	if _, err := content.Peek(1); err == io.EOF && name == "" {
		return nil
	}
	if len(up.Files) == a.MaxFiles {
		return bonafide.Errorf(bonafide.CodeTooLarge, "Too many files, at most %d", a.MaxFiles)
	}
	f, err := desk.Stage(c.Context(), key, name, &cappedReader{r: content, left: a.MaxFile, limit: a.MaxFile})
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
