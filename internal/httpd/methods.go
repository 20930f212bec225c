package httpd

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// Methods picks the handler of a path by the request's method. HEAD is GET without
// the body, which net/http leaves out. Answers to OPTIONS, and to methods that the
// path does not have, name those that it has.
func Methods(byMethod map[string]http.Handler, options, wrong http.Handler) http.Handler {
	all := maps.Clone(byMethod)
	all[http.MethodOptions] = options
	if h := all[http.MethodGet]; h != nil {
		all[http.MethodHead] = h
	}
	allow := strings.Join(slices.Sorted(maps.Keys(all)), ", ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, ok := all[r.Method]
		if !ok {
			h = wrong
		}
		if !ok || r.Method == http.MethodOptions {
			w.Header().Set("Allow", allow)
		}
		h.ServeHTTP(w, r)
	})
}
