package httpd

import (
	"io"
	"net/http"
	"time"
)

// pieceSize is how many bytes of a file are read and written at a time.
const pieceSize = 256 << 10

// ServeContent answers with a file or the range of it that the request asks for.
// It tells false, and has answered nothing, where the file has no such range, so
// that the API can say so in its own form.
func ServeContent(w http.ResponseWriter, r *http.Request, content io.ReadSeeker) bool {
	rw := &rangeWriter{ResponseWriter: w}
	http.ServeContent(rw, r, "", time.Time{}, content)
	return !rw.refused
}

// rangeWriter holds back what net/http says to a range that the file does not
// have.
type rangeWriter struct {
	http.ResponseWriter
	refused bool
}

// WriteHeader implements http.ResponseWriter.
func (w *rangeWriter) WriteHeader(status int) {
	if w.refused = status == http.StatusRequestedRangeNotSatisfiable; !w.refused {
		w.ResponseWriter.WriteHeader(status)
	}
}

// ReadFrom implements io.ReaderFrom. Fewer and larger pieces are less work for the
// machine, which others want, too.
func (w *rangeWriter) ReadFrom(content io.Reader) (int64, error) {
	size := int64(pieceSize)
	if l, ok := content.(*io.LimitedReader); ok {
		size = max(1, min(size, l.N))
	}
	return io.CopyBuffer(struct{ io.Writer }{w}, content, make([]byte, size))
}

// Write implements http.ResponseWriter.
func (w *rangeWriter) Write(p []byte) (int, error) {
	if w.refused {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}
