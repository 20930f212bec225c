package httpd

import (
	"net/http"
	"strings"
)

// What answers say of themselves to browsers where their handler says nothing else.
const (
	noContent  = "default-src 'none'; frame-ancestors 'none'" // an answer is data, not a page
	noReferrer = "no-referrer"                                // addresses hold identifiers and keys of files
	hstsYear   = "max-age=31536000"
)

// secure keeps browsers from taking an answer for what it is not, from keeping it and
// from lending it to pages of other origins. Requests that are made by CORS are not
// touched by the resource policy: what they may read, CORS says.
func (f *Front) secure(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", noReferrer)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", noContent)
	h.Set("Cache-Control", "no-store")
	if f.HTTPS {
		h.Set("Strict-Transport-Security", hstsYear)
	}
}

// Page sets the headers of a page that needs nothing from elsewhere and runs no script.
func Page(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
}

// File sets the headers of a file that came from outside: pages of any origin may show
// it, as its address is all the permission that it needs, and whatever it holds runs
// nowhere.
func File(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// IsHTTPS tells whether an address of the server is one that is reached by TLS.
func IsHTTPS(address string) bool {
	return len(address) >= len("https://") && strings.EqualFold(address[:len("https://")], "https://")
}
