package ozapi

import (
	"slices"
	"strings"
)

// Components of the surface that a server may be set up with.
const (
	ComponentAuth      = "auth"      // a token is asked for everywhere
	ComponentStateful  = "stateful"  // everything that is stored
	ComponentStateless = "stateless" // the instant call
)

// has tells whether the server is set up with a component; where none is named it
// has all.
func (c *Config) has(component string) bool {
	return len(c.Components) == 0 || slices.Contains(c.Components, component)
}

// offers tells whether the server answers a route.
func (c *Config) offers(rt route) bool {
	switch {
	case rt.Pattern == instantPath:
		return c.has(ComponentStateless)
	case isAbout(rt.Pattern, "version", "config", "openapi.json") || rt.Pattern == "/docs" || rt.Pattern == "/healthz":
		return true
	case isAbout(rt.Pattern, "authorize", "users", "companies", "audit"):
		return c.has(ComponentAuth) || c.has(ComponentStateful)
	}
	return c.has(ComponentStateful)
}

// isAbout tells whether a pattern is about one of those kinds of object.
func isAbout(pattern string, kinds ...string) bool {
	return strings.HasPrefix(pattern, "/api/") && slices.Contains(kinds, tag(pattern))
}

// offered is the table of the calls that are answered. Without the component auth
// the instant call asks for no token; what is stored has owners and always asks.
func (c *Config) offered() []route {
	var out []route
	for _, rt := range routes() {
		if !c.offers(rt) {
			continue
		}
		if rt.Pattern == instantPath && !c.has(ComponentAuth) {
			rt.Permission = ""
		}
		out = append(out, rt)
	}
	return out
}
