package ozapi

import (
	_ "embed"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// What is made of the source, each step out of what the one before has written.
//go:generate go test -run TestCommentsOfTheSourceAreFresh -update .
//go:generate go test -run TestCommittedDocumentsAreFresh -update .
//go:generate npm --prefix ../../web run generate

// commentsJSON holds the comments of the types that are written as JSON. A test writes
// it out of the source.
//
//go:embed comments.json
var commentsJSON []byte

// OpenAPI renders the description of the API for machines. Its bytes are the same
// at every call.
func OpenAPI(version string) ([]byte, error) {
	d, err := described(version)
	if err != nil {
		return nil, err
	}
	return d.OpenAPI()
}

// described is the API as its description takes it.
func described(version string) (*describe.API, error) {
	comments, err := describe.ReadComments(commentsJSON)
	if err != nil {
		return nil, err
	}
	d := &describe.API{Version: version, Tags: describe.Subjects(), Comments: comments, Names: map[string]string{
		"key":          "unguessable part of a link",
		"session":      "number of a sign-in, as the list of sessions gives it",
		"name":         "name of the file in the link",
		"device_model": "model of a phone",
	}}
	for _, n := range rest.Nouns(new(api).resources()) {
		d.Names[n.Param] = "identifier of the " + n.Name
	}
	for _, rt := range routes() {
		d.Operations = append(d.Operations, describe.Operation{
			Name: rt.Name, Method: rt.Method, Pattern: rt.Pattern, Permission: string(rt.Permission), Summary: rt.Summary,
			In: rt.In, Files: rt.Files, Query: rt.Query, Status: rt.Status, Out: rt.Out, Binary: rt.Binary, Refusals: rt.Refusals,
		})
	}
	return d, nil
}
