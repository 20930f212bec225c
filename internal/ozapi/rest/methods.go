package rest

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
)

func byPattern(all []Route) map[string][]Route {
	m := map[string][]Route{}
	for _, r := range all {
		m[r.Pattern] = append(m[r.Pattern], r)
	}
	return m
}

// methods answers all calls of one path.
func (s *server) methods(group []Route) http.Handler {
	byMethod := map[string]http.Handler{}
	for _, r := range group {
		byMethod[r.Method] = s.serve(r)
	}
	pattern := group[0].Pattern
	return httpd.Methods(byMethod, s.serve(Route{Pattern: pattern, Handle: options}), s.serve(Route{Pattern: pattern, Handle: wrongMethod}))
}

func options(c *Call) (*Answer, error) {
	c.Writer.Header().Set("Content-Length", "0")
	c.Writer.WriteHeader(http.StatusOK)
	return nil, nil
}

func wrongMethod(*Call) (*Answer, error) {
	return nil, bonafide.Errorf(bonafide.CodeMethod, "Method is not allowed")
}

// UnknownPath answers that nothing is there.
func UnknownPath(*Call) (*Answer, error) {
	return nil, bonafide.Errorf(bonafide.CodeNotFound, "Path not found")
}
