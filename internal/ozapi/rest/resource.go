package rest

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
)

// Resource is one kind of thing that the API is about.
type Resource struct {
	Component string // of the server that answers its calls; empty: always answered
	Noun      Noun   // what its paths name; without Param: nothing
	Routes    []Route
}

// Route is one call of the API, with what its description says.
type Route struct {
	Name       string // unique, in camel case: names the call in generated clients
	Method     string
	Pattern    string          // path; slashes at the end do not matter
	Permission auth.Permission // empty: no token is asked for
	Summary    string
	In         any            // a value of the type of the JSON body or the payload, nil for none
	Files      describe.Files // whether files come with it, as multipart/form-data
	Sealed     bool           // whether a data container may come in their place
	Query      []describe.Parameter
	Status     int    // of success; 0 is 200
	Out        any    // a value of the type of the JSON answer, nil for none
	Binary     string // media type of an answer that is no JSON
	Refusals   []int  // statuses besides those that follow from the rest
	Handle     Handler
	component  string // of its resource
}

// Handler answers a call. A nil answer means that it wrote the response itself.
type Handler func(*Call) (*Answer, error)

// Noun is a kind of thing that paths name by a parameter.
type Noun struct {
	Param string          // of patterns
	Name  string          // in errors
	Read  auth.Permission // says which of them a caller sees
	// Find is nil where the scope has the one that is named, else CodeNotFound.
	Find func(c *Call, scope bonafide.Scope, id bonafide.ID) error
}

// Routes are the calls of all resources.
func Routes(resources []Resource) []Route {
	var all []Route
	for _, r := range resources {
		for _, rt := range r.Routes {
			rt.component = r.Component
			all = append(all, rt)
		}
	}
	return all
}

// Nouns are what the paths of routes may name.
func Nouns(resources []Resource) []Noun {
	var all []Noun
	for _, r := range resources {
		if r.Noun.Param != "" {
			all = append(all, r.Noun)
		}
	}
	return all
}
