package ozapi

import (
	"net/http"
	"slices"

	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/query"
)

// resource is one kind of thing that the API is about. It has a file of its own,
// with its calls, what clients send to them and what they need to read, and a line
// in resources.
type resource struct {
	component string // of the server that answers its calls; empty: always answered
	noun      noun   // what its paths name; without param: nothing
	routes    []route
}

// resources lists them all. The description of the API keeps this order, and an
// object that paths name before another comes before it here.
func resources() []resource {
	return []resource{
		sessionResource(),
		captureResource(),
		companyResource(),
		userResource(),
		folderResource(),
		mediaResource(),
		analysisResource(),
		imageResource(),
		instantResource(),
		collectionResource(),
		personResource(),
		personImageResource(),
		reportResource(),
		reportTemplateResource(),
		reportAttachmentResource(),
		webhookResource(),
		webhookSecretResource(),
		eventResource(),
		statisticsResource(),
		auditResource(),
		serviceResource(),
		fileResource(),
	}
}

// Records reads and deletes rows. Each resource says in its own file which of
// these it needs; store.Store satisfies them all.
type Records interface {
	companyRecords
	userRecords
	collectionRecords
	personRecords
	auditRecords
	analysisRecords
	statisticsRecords
	eventRecords
	folderRecords
	mediaRecords
	reportRecords
	reportTemplateRecords
	reportAttachmentRecords
	metaRecords
	fileRecords
}

// routes are the calls of all resources.
func routes() []route {
	var all []route
	for _, r := range resources() {
		for _, rt := range r.routes {
			rt.component = r.component
			all = append(all, rt)
		}
	}
	return all
}

// nouns are what the paths of routes may name.
func nouns() []noun {
	var all []noun
	for _, r := range resources() {
		if r.noun.param != "" {
			all = append(all, r.noun)
		}
	}
	return all
}

// Methods and the commonest status, short enough for tables of routes.
const (
	get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete

	made = http.StatusCreated
)

// route is one call of the API, with what its description says.
type route struct {
	Name       string // unique, in camel case: names the call in generated clients
	Method     string
	Pattern    string          // path; slashes at the end do not matter
	Permission auth.Permission // empty: no token is asked for
	Summary    string
	In         any  // a value of the type of the JSON body, nil for none
	Upload     bool // files may come with it, as multipart/form-data
	Query      []describe.Parameter
	Status     int    // of success; 0 is 200
	Out        any    // a value of the type of the JSON answer, nil for none
	Binary     string // media type of an answer that is no JSON
	handle     handler
	component  string // of its resource
}

// handler answers a call. A nil answer means that it wrote the response itself.
type handler func(*api, *call) (*answer, error)

// OpenAPI renders the description of the API for machines. Its bytes are the same
// at every call.
func OpenAPI(version string) ([]byte, error) { return describe.OpenAPI(version, operations()) }

// operations is the table of routes as the description takes it.
func operations() []describe.Operation {
	var all []describe.Operation
	for _, rt := range routes() {
		all = append(all, describe.Operation{
			Name: rt.Name, Method: rt.Method, Pattern: rt.Pattern, Permission: string(rt.Permission), Summary: rt.Summary,
			In: rt.In, Upload: rt.Upload, Query: rt.Query, Status: rt.Status, Out: rt.Out, Binary: rt.Binary,
		})
	}
	return all
}

// listed is what every list understands, and its own fields.
func listed(fields []query.Parameter) []describe.Parameter {
	return slices.Concat([]describe.Parameter{
		{Name: "offset", Type: "integer", About: "entries to leave out, 0"},
		{Name: "limit", Type: "integer", About: "entries of a page, 100; at most 5000, -1 means all"},
		{Name: "sorting", Type: "string", About: "such as `time_created{asc},folder_id{desc}`"},
		{Name: "total_omit", Type: "boolean", About: "leaves `total_count` null, which is faster"},
	}, parameters(fields))
}

func parameters(fields []query.Parameter) []describe.Parameter {
	var out []describe.Parameter
	for _, f := range fields {
		out = append(out, describe.Parameter{Name: f.Name, Type: "string", About: f.About})
	}
	return out
}
