package ozapi

import (
	_ "embed"
	"slices"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
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

// OpenAPI renders the description of the API for machines, with more calls that the
// server answers. Its bytes are the same at every call.
func OpenAPI(version string, more ...describe.Operation) ([]byte, error) {
	d, err := described(version, more...)
	if err != nil {
		return nil, err
	}
	return d.OpenAPI()
}

// described is the API as its description takes it.
func described(version string, more ...describe.Operation) (*describe.API, error) {
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
			In: rt.In, Files: rt.Files, Sealed: rt.Sealed, Query: asked(rt), Status: rt.Status, Out: rt.Out, Binary: rt.Binary, Refusals: rt.Refusals,
		})
	}
	d.Operations = append(d.Operations, more...)
	return d, nil
}

// asked are the parameters of a route: where analyses may be answered, reports made and
// people enrolled, the language of advice is one.
func asked(rt rest.Route) []describe.Parameter {
	switch rt.In.(type) {
	case request.PersonIn, request.ReportIn:
		return append(slices.Clone(rt.Query), describe.Language())
	}
	switch rt.Out.(type) {
	case wire.Folder, wire.Page[wire.Folder], wire.Analysis, []wire.Analysis, wire.Page[wire.Analysis]:
		return append(slices.Clone(rt.Query), describe.Language())
	}
	return rt.Query
}
