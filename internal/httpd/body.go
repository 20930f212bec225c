package httpd

import (
	"io"
	"net/http"
	"time"
)

// drainWait is how long the rest of a refused body is read, so that a client that
// writes all before it reads still sees the answer.
const drainWait = 10 * time.Second

// Body is the body of a request under a limit of bytes. It remembers whether it
// was asked for, because that is what makes a client send it that waits to be told.
type Body struct {
	io.ReadCloser
	asked bool
}

// LimitBody puts a limit on the bytes of a request's body. Reading beyond it is an
// *http.MaxBytesError.
func LimitBody(w http.ResponseWriter, r *http.Request, limit int64) *Body {
	b := &Body{ReadCloser: http.MaxBytesReader(w, r.Body, limit)}
	r.Body = b
	return b
}

// Read implements io.Reader.
func (b *Body) Read(p []byte) (int, error) {
	b.asked = true
	return b.ReadCloser.Read(p)
}

// Drain reads the rest of a body that was refused, up to the limits of bytes and
// time. A client that still waits to be told to send it is not told.
func (b *Body) Drain(w http.ResponseWriter, r *http.Request) {
	if !b.asked && r.Header.Get("Expect") != "" {
		return
	}
	deadline(w, time.Now().Add(drainWait))
	_, _ = io.Copy(io.Discard, b)
}

// BodyWithin limits the time in which the body of a request has to arrive.
func BodyWithin(w http.ResponseWriter, r *http.Request, wait time.Duration) {
	if r.ContentLength != 0 {
		deadline(w, time.Now().Add(wait))
	}
}

// BodyRead ends the limit of BodyWithin, for handlers that wait afterwards: a limit
// that runs out would look like a client that has gone.
func BodyRead(w http.ResponseWriter) { deadline(w, time.Time{}) }

// deadline of reading. Only a writer that is no connection, as in tests, has none.
func deadline(w http.ResponseWriter, at time.Time) {
	_ = http.NewResponseController(w).SetReadDeadline(at)
}
