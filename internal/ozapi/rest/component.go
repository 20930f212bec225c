package rest

import "slices"

// Components of the API that a server may be set up with.
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

// offers tells whether the server answers a route. What is stored has owners, so
// that a server which stores knows users too.
func (c *Config) offers(rt Route) bool {
	switch rt.component {
	case "":
		return true
	case ComponentAuth:
		return c.has(ComponentAuth) || c.has(ComponentStateful)
	}
	return c.has(rt.component)
}

// Offered is the table of the calls that are answered. Without the component auth
// what is not stored asks for no token; what is stored has owners and always asks.
func (c *Config) Offered(resources []Resource) []Route {
	var out []Route
	for _, rt := range Routes(resources) {
		if !c.offers(rt) {
			continue
		}
		if rt.component == ComponentStateless && !c.has(ComponentAuth) {
			rt.Permission = ""
		}
		out = append(out, rt)
	}
	return out
}
