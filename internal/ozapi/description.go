package ozapi

import (
	_ "embed"
	"slices"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/query"
)

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

// listed is what every list understands, and its own fields.
func listed(fields []query.Parameter) []describe.Parameter {
	return slices.Concat([]describe.Parameter{
		{Name: "offset", Schema: describe.Integer(0, 1<<31-1), About: "entries to leave out, 0"},
		{Name: "limit", Schema: describe.Integer(-1, query.MaxLimit), About: "entries of a page, 100; -1 means all"},
		{Name: "sorting", Schema: describe.Words(query.MaxSorts, query.SortWords(fields)...),
			About: "fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}"},
		{Name: "total_omit", Schema: describe.Boolean(), About: "leaves `total_count` null, which is faster"},
	}, parameters(fields))
}

// parameters are the filters of a list.
func parameters(fields []query.Parameter) []describe.Parameter {
	var out []describe.Parameter
	for _, f := range fields {
		out = append(out, describe.Parameter{Name: f.Name, Schema: schemaOf(f), About: f.About})
	}
	return out
}

func schemaOf(p query.Parameter) *describe.Schema {
	switch p.Form {
	case query.Identifiers:
		return describe.Identifiers(query.MaxValues)
	case query.Words:
		return describe.Words(query.MaxValues, append(slices.Clone(p.Words), "null")...)
	case query.Flags:
		return describe.Words(query.MaxValues, "true", "false", "null")
	case query.Time:
		return describe.Time()
	case query.Times:
		return describe.Times(query.MaxValues)
	case query.Conditions:
		return describe.Conditions(query.MaxConditions)
	case query.Search:
		return describe.Text(query.MaxValueLength)
	}
	return describe.Texts(query.MaxValues, query.MaxValueLength)
}
