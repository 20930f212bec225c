package ozapi

import (
	_ "embed"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
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
	d := &describe.API{Version: version, Tags: subjects(), Comments: comments, Names: map[string]string{
		"key":          "unguessable part of a link",
		"name":         "name of the file in the link",
		"device_model": "model of a phone",
	}}
	for _, n := range nouns() {
		d.Names[n.param] = "identifier of the " + n.name
	}
	for _, rt := range routes() {
		d.Operations = append(d.Operations, describe.Operation{
			Name: rt.Name, Method: rt.Method, Pattern: rt.Pattern, Permission: string(rt.Permission), Summary: rt.Summary,
			In: rt.In, Files: rt.Files, Query: rt.Query, Status: rt.Status, Out: rt.Out, Binary: rt.Binary, Refusals: rt.Refusals,
		})
	}
	return d, nil
}

// subjects are the kinds of objects, in the order of the guide.
func subjects() []describe.Tag {
	return []describe.Tag{
		{Name: "authorize", Description: "Signing in and out, tokens of service accounts and of captures."},
		{Name: "folders", Description: "A folder is one verification: its media, its analyses and what else belongs to it."},
		{Name: "media", Description: "Photos, videos and zipped frames of a folder."},
		{Name: "analyses", Description: "Liveness, face matching and searches, ordered on folders."},
		{Name: "instant", Description: "Whole verifications in memory, of which nothing is kept."},
		{Name: "webhook_deliveries", Description: "What webhooks were told, and when."},
		{Name: "webhook_secrets", Description: "Secrets that sign webhooks."},
		{Name: "collections", Description: "Collections of persons, such as a blacklist, their persons and photos."},
		{Name: "users", Description: "Who may sign in."},
		{Name: "companies", Description: "Companies, which keep their objects apart."},
		{Name: "reports", Description: "Folders as PDF."},
		{Name: "report_templates", Description: "How reports begin."},
		{Name: "statistic", Description: "Counts of folders and analyses."},
		{Name: "audit", Description: "Who changed what."},
		{Name: "event_sessions", Description: "What client applications tell about captures."},
		{Name: "sdk_settings", Description: "Settings of phones by their model."},
		{Name: "service", Description: "The server itself, and files by their links."},
	}
}
