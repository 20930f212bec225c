// Package httpd is what every HTTP surface of the server has in common, whatever
// API it speaks: the server itself, a request's id and its line in the log, CORS,
// an answer after a panic, paths in one form, bodies with limits, and who is
// asking when proxies stand between. It knows no API: how an error is worded is
// handed in.
package httpd

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// DefaultMaxFile is how many bytes one file may have where nothing else is set.
const DefaultMaxFile = 32 << 20

// Write answers with a whole body. No answer is kept by caches.
func Write(w http.ResponseWriter, status int, contentType string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that has gone needs no answer
}

// MediaType reads a Content-Type: the type in lower case, with its parameters.
// Where they cannot be read, the type is what stands before the first semicolon.
func MediaType(header string) (string, map[string]string) {
	t, params, err := mime.ParseMediaType(header)
	if err != nil {
		t, _, _ = strings.Cut(header, ";")
		t = strings.ToLower(strings.TrimSpace(t))
	}
	return t, params
}
