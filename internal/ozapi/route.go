package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

func byPattern(all []route) map[string][]route {
	m := map[string][]route{}
	for _, r := range all {
		m[r.Pattern] = append(m[r.Pattern], r)
	}
	return m
}

// methods answers all calls of one path.
func (a *api) methods(group []route) http.Handler {
	byMethod := map[string]http.Handler{}
	for _, r := range group {
		byMethod[r.Method] = a.serve(r)
	}
	pattern := group[0].Pattern
	return httpd.Methods(byMethod, a.serve(route{Pattern: pattern, handle: options}), a.serve(route{Pattern: pattern, handle: wrongMethod}))
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
