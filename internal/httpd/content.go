package httpd

import (
	"io"
	"net/http"
	"time"
)

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

// Write implements http.ResponseWriter.
func (w *rangeWriter) Write(p []byte) (int, error) {
	if w.refused {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}
