package ozapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
)

func byPattern(all []route) map[string][]route {
	m := map[string][]route{}
	for _, r := range all {
		m[r.Pattern] = append(m[r.Pattern], r)
	}
	return m
}

// methods picks the route of a path by the request's method. HEAD is GET without
// the body, which net/http leaves out.
func (a *api) methods(group []route) http.Handler {
	allow := allowed(group)
	byMethod := map[string]http.Handler{}
	for _, r := range group {
		byMethod[r.Method] = a.serve(r)
	}
	byMethod[http.MethodOptions] = a.serve(route{Pattern: group[0].Pattern, handle: options})
	if h := byMethod[http.MethodGet]; h != nil {
		byMethod[http.MethodHead] = h
	}
	wrong := a.serve(route{Pattern: group[0].Pattern, handle: wrongMethod})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, ok := byMethod[r.Method]
		if !ok {
			h = wrong
		}
		if !ok || r.Method == http.MethodOptions {
			w.Header().Set("Allow", allow)
		}
		h.ServeHTTP(w, r)
	})
}

func allowed(group []route) string {
	names := []string{http.MethodOptions}
	for _, r := range group {
		names = append(names, r.Method)
		if r.Method == http.MethodGet {
			names = append(names, http.MethodHead)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func options(_ *api, c *call) (*answer, error) {
	c.w.Header().Set("Content-Length", "0")
	c.w.WriteHeader(http.StatusOK)
	return nil, nil
}

func wrongMethod(*api, *call) (*answer, error) {
	return nil, bonafide.Errorf(bonafide.CodeMethod, "Method is not allowed")
}

func unknownPath(*api, *call) (*answer, error) {
	return nil, bonafide.Errorf(bonafide.CodeNotFound, "Path not found")
}
