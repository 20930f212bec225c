package httpd

import (
	"errors"
	"io"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// drainWait is how long the rest of a refused body is read, so that a client that
// writes all before it reads still sees the answer.
const drainWait = 10 * time.Second

// A body has to arrive at minRate on average, once grace is over. A connection that
// brings less holds memory for nothing; mobile networks at their edge bring more.
const (
	minRate = 8 << 10 // bytes a second
	grace   = 20 * time.Second
)

// Body is the body of a request under limits of bytes and time. It remembers whether
// it was asked for, because that is what makes a client send it that waits to be told.
type Body struct {
	io.ReadCloser
	w     http.ResponseWriter
	wait  time.Duration
	begun time.Time // of reading, zero before
	read  int64
	ended atomic.Bool
}

// LimitBody puts limits on a request's body: of bytes, of the time from the first read
// to the end, and of the average rate. Reading beyond the first is an
// *http.MaxBytesError, beyond the others os.ErrDeadlineExceeded.
func LimitBody(w http.ResponseWriter, r *http.Request, limit int64, wait time.Duration) *Body {
	b := &Body{ReadCloser: http.MaxBytesReader(w, r.Body, limit), w: w, wait: wait}
	r.Body = b
	return b
}

// Read implements io.Reader.
func (b *Body) Read(p []byte) (int, error) {
	if b.begun.IsZero() {
		b.begun = time.Now()
	}
	if b.ended.Load() {
		return 0, os.ErrDeadlineExceeded
	}
	deadline(b.w, b.begun.Add(min(b.wait, grace+time.Duration(b.read)*time.Second/minRate)))
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	return n, err
}

// Drain reads the rest of a body that was refused, up to the limit of bytes and for a
// short time. A client that still waits to be told to send it is not told.
func (b *Body) Drain(w http.ResponseWriter, r *http.Request) {
	if b.begun.IsZero() && r.Header.Get("Expect") != "" {
		return
	}
	deadline(w, time.Now().Add(drainWait))
	_, _ = io.Copy(io.Discard, b.ReadCloser)
}

// End lets a read that is under way, and those that follow, fail as one that is too slow.
func (b *Body) End() {
	b.ended.Store(true)
	deadline(b.w, time.Now())
}

// TooSlow tells whether reading a body failed because it did not arrive in time.
func TooSlow(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

// BodyRead ends the limit of time, for handlers that wait after they have read the
// body: a limit that runs out would look like a client that has gone.
func BodyRead(w http.ResponseWriter) { deadline(w, time.Time{}) }

// deadline of reading. Only a writer that is no connection, as in tests, has none.
func deadline(w http.ResponseWriter, at time.Time) {
	_ = http.NewResponseController(w).SetReadDeadline(at)
}
