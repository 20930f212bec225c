package ozapi

import (
	"net/http"
	"slices"

	"github.com/bonafide-id/bonafide/internal/ozapi/people"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// resources lists all kinds of things that the API is about. Each has a file of its own,
// with its calls, what clients send to them and what they need to read, and a line here. The
// description of the API keeps this order, and an object that paths name before another
// comes before it here.
func (a *api) resources() []rest.Resource {
	return slices.Concat([]rest.Resource{
		a.sessionResource(),
		a.captureResource(),
		a.limitsResource(),
		a.companyResource(),
		a.userResource(),
		a.folderResource(),
		a.mediaResource(),
		a.analysisResource(),
		a.imageResource(),
		a.instantResource(),
		a.collectionResource(),
		a.searchResource(),
		a.personResource(),
		a.personImageResource(),
	}, people.Calls{Enroller: a.Enroller, Records: a.Records, Desk: a.Desk}.Resources(), []rest.Resource{
		a.reportResource(),
		a.reportTemplateResource(),
		a.reportAttachmentResource(),
		a.webhookResource(),
		a.webhookSecretResource(),
		a.captureLinkResource(),
		a.eventResource(),
		a.statisticsResource(),
		a.auditResource(),
		a.serviceResource(),
		a.fileResource(),
	})
}

// routes are the calls of all resources, for those who only describe them.
func routes() []rest.Route { return rest.Routes(new(api).resources()) }

// Records reads and deletes rows. Each resource says in its own file which of
// these it needs; store.Store satisfies them all.
type Records interface {
	companyRecords
	userRecords
	collectionRecords
	personRecords
	people.Records
	auditRecords
	analysisRecords
	statisticsRecords
	eventRecords
	captureLinkRecords
	folderRecords
	mediaRecords
	reportRecords
	reportTemplateRecords
	reportAttachmentRecords
	metaRecords
	fileRecords
}

// Methods and the commonest status, short enough for tables of routes.
const (
	get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete

	made = http.StatusCreated
)

// second is the error of a look-up whose find nobody needs.
func second[T any](_ T, err error) error { return err }
