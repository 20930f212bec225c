package httpd

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Encodings are the content codings of bodies that are understood, for messages.
const Encodings = "gzip and deflate"

// A body may become maxRatio times as long as it was sent, once it is longer than
// freely. Text that is read here is never that repetitive, and media are packed already.
const (
	maxRatio = 100
	freely   = 1 << 20 // bytes
)

// EncodingError says that a body has a content coding that is not understood.
type EncodingError struct {
	Name string // as it was sent
}

// Error names the coding and those that are understood.
func (e *EncodingError) Error() string {
	return fmt.Sprintf("content encoding %q is none of %s", e.Name, Encodings)
}

// ErrNotEncoded says that a body is not what its Content-Encoding says.
var ErrNotEncoded = errors.New("the body is not what Content-Encoding says")

// ErrExpands says that a body becomes far longer when it is decoded.
var ErrExpands = errors.New("the body expands too much")

// DecodeBody undoes the content coding of a body, of which limit bytes may come.
func DecodeBody(r *http.Request, limit int64) error {
	var codings []string
	for _, line := range r.Header.Values("Content-Encoding") {
		for name := range strings.SplitSeq(line, ",") {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" && name != "identity" {
				codings = append(codings, name)
			}
		}
	}
	switch {
	case len(codings) == 0:
		return nil
	case len(codings) > 1:
		return &EncodingError{strings.Join(codings, ", ")}
	}
	d := &decoded{body: r.Body, limit: limit}
	switch codings[0] {
	case "gzip", "x-gzip":
		d.open = func(r *bufio.Reader) (io.Reader, error) { return gzip.NewReader(r) }
	case "deflate":
		d.open = inflate
	default:
		return &EncodingError{codings[0]}
	}
	r.Body, r.ContentLength = d, -1
	r.Header.Del("Content-Encoding")
	return nil
}

// inflate reads deflate with the frame that the standard asks for, or without it as
// some clients send it.
func inflate(r *bufio.Reader) (io.Reader, error) {
	head, err := r.Peek(2)
	if err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(r)
	}
	return flate.NewReader(r), nil
}

// decoded is a body without its content coding. It is opened with the first read, since
// a client may wait to be asked for its body.
type decoded struct {
	body  io.ReadCloser
	open  func(*bufio.Reader) (io.Reader, error)
	limit int64

	reader  io.Reader // nil before the first read
	sent    int64     // bytes read of body
	sentErr error     // with which reading body ended
	given   int64
	err     error // with which reading ended
}

// Read implements io.Reader. What is wrong with the coding is ErrNotEncoded; an error
// of the body itself is told as it is.
func (d *decoded) Read(p []byte) (n int, err error) {
	if d.err == nil {
		n, d.err = d.next(p)
	}
	return n, d.err
}

func (d *decoded) next(p []byte) (int, error) {
	if d.reader == nil {
		raw := bufio.NewReader((*sentReader)(d))
		if _, err := raw.Peek(1); err != nil {
			return 0, err // io.EOF: there is no body to decode
		}
		r, err := d.open(raw)
		if err != nil {
			return 0, d.wrong(err)
		}
		d.reader = r
	}
	n, err := d.reader.Read(p)
	d.given += int64(n)
	switch {
	case d.given > d.limit:
		return 0, &http.MaxBytesError{Limit: d.limit}
	case d.given > freely && d.given > maxRatio*d.sent:
		return 0, ErrExpands
	case err != nil && err != io.EOF:
		return n, d.wrong(err)
	}
	return n, err
}

func (d *decoded) wrong(err error) error {
	if d.sentErr != nil && d.sentErr != io.EOF {
		return d.sentErr
	}
	return fmt.Errorf("%w: %w", ErrNotEncoded, err)
}

// Close implements io.Closer.
func (d *decoded) Close() error { return d.body.Close() }

// sentReader counts what is read of the body as it was sent.
type sentReader decoded

// Read implements io.Reader.
func (s *sentReader) Read(p []byte) (int, error) {
	n, err := s.body.Read(p)
	s.sent += int64(n)
	if err != nil {
		s.sentErr = err
	}
	return n, err
}

// Finish reads an encoded body to its end, whose check sum tells whether all of it came.
// A reader of parts stops before.
func Finish(r *http.Request) error {
	if d, ok := r.Body.(*decoded); ok {
		_, err := io.Copy(io.Discard, d)
		return err
	}
	return nil
}
