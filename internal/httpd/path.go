package httpd

import "strings"

// Clean brings a path into the one form that routes are written in: clients
// concatenate hosts that end in a slash with paths that begin with one, and send
// paths with and without a slash at the end. Nothing is ever redirected, since a
// redirected POST loses its body in most HTTP stacks. Dots are left alone: they
// match no route.
func Clean(path string) string {
	var b strings.Builder
	b.Grow(len(path) + 1)
	b.WriteByte('/')
	last := byte('/')
	for i := range len(path) {
		if path[i] == '/' && last == '/' {
			continue
		}
		last = path[i]
		b.WriteByte(last)
	}
	if p := b.String(); len(p) > 1 {
		return strings.TrimSuffix(p, "/")
	}
	return "/"
}
