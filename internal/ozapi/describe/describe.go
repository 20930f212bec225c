// Package describe turns the table of an API's calls, and the Go types that they
// read and write, into descriptions of it: OpenAPI 3.1 for machines and a page for
// people. It knows how answers are spelled and nothing about who handles a call.
package describe

import (
	"bytes"
	"encoding/json"
)

// Operation is one call of the API.
type Operation struct {
	Name       string // unique, in camel case: names the call in generated clients
	Method     string
	Pattern    string // path with {parameters}
	Permission string // that the caller needs; empty: no token is asked for
	Summary    string
	In         any  // a value of the type of the JSON body, nil for none
	Upload     bool // files may come with it, as multipart/form-data
	Query      []Parameter
	Status     int    // of success; 0 is 200
	Out        any    // a value of the type of the JSON answer, nil for none
	Binary     string // media type of an answer that is no JSON
}

// Parameter is what may stand behind the question mark.
type Parameter struct {
	Name  string
	Type  string // of JSON schema
	About string // in a few words
}

// OpenAPI renders the description for machines. Its bytes are the same at every
// call.
func OpenAPI(version string, operations []Operation) ([]byte, error) {
	d, err := Build(version, operations)
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
