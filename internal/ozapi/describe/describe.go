// Package describe turns the table of an API's calls, and the Go types that they
// read and write, into descriptions of it: OpenAPI 3.1 for machines and a page for
// people. It knows how answers are spelled and nothing about who handles a call. What it
// says about a type or a field is the comment that stands there in the source.
package describe

import (
	"bytes"
	"encoding/json"
)

// API is what is described.
type API struct {
	Version    string
	Tags       []Tag // kinds of objects, in the order in which they are shown
	Operations []Operation
	Names      map[string]string // what the parameters of paths mean, by name
	Comments   Comments
}

// Operation is one call of the API.
type Operation struct {
	Name       string // unique, in camel case: names the call in generated clients
	Method     string
	Pattern    string // path with {parameters}
	Permission string // that the caller needs; empty: no token is asked for
	Summary    string
	In         any   // a value of the type of the JSON body or the payload, nil for none
	Files      Files // whether files come with it, as multipart/form-data
	Sealed     bool  // whether a data container may come in their place
	Query      []Parameter
	Status     int    // of success; 0 is 200
	Out        any    // a value of the type of the JSON answer, nil for none
	Binary     string // media type of an answer that is no JSON
	Refusals   []int  // statuses besides those that follow from the rest
	Other      *Other // nil: a call like all
}

// Other is what of a call is other than of all the others: it belongs to another API,
// which the same server answers.
type Other struct {
	Tag     string      // kind of object
	Key     bool        // the key of that API may have to be shown, in place of a token
	Headers []Parameter // of the request
	Body    *Content    // of the request, in place of In and Files; nil for none
	Error   any         // a value of the type of the JSON that refusals answer
}

// Files says whether files come with a request.
type Files int

// How files come.
const (
	NoFiles    Files = iota
	SomeFiles        // they may: without them the body is JSON
	NeedsFiles       // at least one must
	OnlyFiles        // at least one must, and nothing else is read
)

// OpenAPI renders the description for machines. Its bytes are the same at every
// call.
func (a *API) OpenAPI() ([]byte, error) {
	d, err := a.Build()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err = e.Encode(d)
	return b.Bytes(), err
}
