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

// MediaType reads a Content-Type: the type in lower case, with its parameters. Where
// they break the rules, as a boundary with an equals sign and no quotes does, they are
// what stands between the semicolons.
func MediaType(header string) (string, map[string]string) {
	t, params, err := mime.ParseMediaType(header)
	if err == nil {
		return t, params
	}
	t, rest, _ := strings.Cut(header, ";")
	return strings.ToLower(strings.TrimSpace(t)), looseParameters(rest)
}

// looseParameters reads what mime does not: the first of each name counts.
func looseParameters(text string) map[string]string {
	params := map[string]string{}
	for p := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(p, "=")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		value, _, _ = strings.Cut(value, ", "+name+"=") // some proxies join two headers
		if quoted := strings.Trim(value, `"`); len(quoted) == len(value)-2 {
			value = quoted
		}
		if _, there := params[name]; !there && value != "" {
			params[name] = value
		}
	}
	return params
}
