package client

import (
	"context"
	"net/http"
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// Import takes many photos into a collection, in the background.
type Import struct {
	ID           bonafide.ID  `json:"import_id"`     // of the import
	CollectionID bonafide.ID  `json:"collection_id"` // of the collection
	State        string       `json:"state"`         // PROCESSING while files wait, else FINISHED
	DryRun       bool         `json:"dry_run"`       // nobody is enrolled until it is started
	Listed       bool         `json:"listed"`        // a list names the files
	Files        ImportCounts `json:"files"`         // how many there are of each state
	Came         int          `json:"came"`          // files of this request
	New          int          `json:"new"`           // of them that were not known by their names
}

// ImportCounts are the files of an import.
type ImportCounts struct {
	Total    int `json:"total"`    // all of them
	Missing  int `json:"missing"`  // named by the list, and have not come
	Waiting  int `json:"waiting"`  // are looked at soon
	Ready    int `json:"ready"`    // of a dry run: would be enrolled
	Enrolled int `json:"enrolled"` // are photos of persons
	Refused  int `json:"refused"`  // for the reason that stands with each
}

// ImportFile is what has become of a file.
type ImportFile struct {
	Name       string      `json:"name"`            // of the file; in an archive with its path
	State      string      `json:"state"`           // MISSING, WAITING, READY, ENROLLED or REFUSED
	Reason     string      `json:"reason"`          // code of why it was refused; empty: it was not
	Message    string      `json:"message"`         // the same for people
	PersonID   bonafide.ID `json:"person_id"`       // whose photo it is; empty: of nobody
	ImageID    bonafide.ID `json:"person_image_id"` // the photo that came of it; empty: none
	ExternalID string      `json:"external_id"`     // as in the list
	Near       *NearPerson `json:"near_duplicate"`  // somebody else who is like the one on it; nil: nobody
}

// ImportOptions say how an import is done.
type ImportOptions struct {
	DryRun     bool          `json:"dry_run,omitempty"`                // nobody is enrolled until it is started
	RefuseNear bool          `json:"refuse_near_duplicates,omitempty"` // whoever is like another person is refused
	PersonMeta bonafide.Meta `json:"person:meta_data,omitempty"`       // of every new person
}

// CreateImport begins an import with photos, archives and at most one list.
func (c *Client) CreateImport(ctx context.Context, collection bonafide.ID, o ImportOptions, files ...File) (*Import, error) {
	var im Import
	return &im, c.upload(ctx, imports(collection), o, files, &im)
}

// AddImportFiles adds photos and archives to an import.
func (c *Client) AddImportFiles(ctx context.Context, collection, id bonafide.ID, files ...File) (*Import, error) {
	var im Import
	return &im, c.upload(ctx, imports(collection)+string(id)+"/files/", struct{}{}, files, &im)
}

// StartImport enrols whom a dry run found ready.
func (c *Client) StartImport(ctx context.Context, collection, id bonafide.ID) (*Import, error) {
	return call[*Import](ctx, c, http.MethodPost, imports(collection)+string(id)+"/start/", nil)
}

// Import reads how far an import is.
func (c *Client) Import(ctx context.Context, collection, id bonafide.ID) (*Import, error) {
	return get[*Import](ctx, c, imports(collection)+string(id)+"/")
}

// Imports lists imports by the query parameters of the API.
func (c *Client) Imports(ctx context.Context, collection bonafide.ID, q url.Values) (*List[Import], error) {
	return list[Import](ctx, c, imports(collection), q)
}

// ImportFiles lists what has become of files by the query parameters of the API.
func (c *Client) ImportFiles(ctx context.Context, collection, id bonafide.ID, q url.Values) (*List[ImportFile], error) {
	return list[ImportFile](ctx, c, imports(collection)+string(id)+"/files/", q)
}

// DeleteImport ends an import and forgets it.
func (c *Client) DeleteImport(ctx context.Context, collection, id bonafide.ID) error {
	return c.remove(ctx, imports(collection)+string(id)+"/")
}

func imports(collection bonafide.ID) string {
	return "/api/collections/" + string(collection) + "/imports/"
}

// MergePersons gives the photos of another person to this one; the other is gone.
func (c *Client) MergePersons(ctx context.Context, collection, person, other bonafide.ID) (*Person, error) {
	return call[*Person](ctx, c, http.MethodPost, persons(collection)+string(person)+"/merge/", map[string]bonafide.ID{"other_person_id": other})
}

// SplitPerson undoes a merge and gives the person who is there again.
func (c *Client) SplitPerson(ctx context.Context, collection, person, other bonafide.ID) (*Person, error) {
	return call[*Person](ctx, c, http.MethodPost, persons(collection)+string(person)+"/split/", map[string]bonafide.ID{"other_person_id": other})
}

// MovePerson moves a person to another collection of the same company.
func (c *Client) MovePerson(ctx context.Context, collection, person, to bonafide.ID) (*Person, error) {
	return call[*Person](ctx, c, http.MethodPost, persons(collection)+string(person)+"/move/", map[string]bonafide.ID{"collection_id": to})
}
