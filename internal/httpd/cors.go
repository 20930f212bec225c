package httpd

import (
	"net/http"
	"slices"
)

// CORS is what browsers may send and read across origins.
type CORS struct {
	Origins []string // that may call; empty or "*" means all
	Methods string
	Headers string // that may be sent
	Expose  string // headers that may be read
	MaxAge  string // seconds for which the browser remembers this
}

// set sets the headers, on errors as on any other answer.
func (c *CORS) set(h http.Header, r *http.Request) {
	if c == nil {
		return
	}
	origin := "*"
	if len(c.Origins) > 0 && !slices.Contains(c.Origins, "*") {
		h.Add("Vary", "Origin")
		origin = r.Header.Get("Origin")
		if !slices.Contains(c.Origins, origin) {
			return
		}
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", c.Methods)
	h.Set("Access-Control-Allow-Headers", c.Headers)
	h.Set("Access-Control-Expose-Headers", c.Expose)
	h.Set("Access-Control-Max-Age", c.MaxAge)
}
