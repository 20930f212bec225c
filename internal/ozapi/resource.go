package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
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
	In         any            // a value of the type of the JSON body or the payload, nil for none
	Files      describe.Files // whether files come with it, as multipart/form-data
	Query      []describe.Parameter
	Status     int    // of success; 0 is 200
	Out        any    // a value of the type of the JSON answer, nil for none
	Binary     string // media type of an answer that is no JSON
	Refusals   []int  // statuses besides those that follow from the rest
	handle     handler
	component  string // of its resource
}

// handler answers a call. A nil answer means that it wrote the response itself.
type handler func(*api, *call) (*answer, error)
