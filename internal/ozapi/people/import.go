package people

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
	"github.com/bonafide-id/bonafide/internal/store"
)

// maxParts is how many files one request to an import may bring; an archive is one.
const maxParts = 1000

const (
	imports     = "/api/collections/{collection_id}/imports"
	oneImport   = imports + "/{import_id}"
	importFiles = oneImport + "/files"
)

func (p Calls) importResource() rest.Resource {
	n := rest.Noun{Param: "import_id", Name: "Import", Read: auth.PersonRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
		_, err := p.Records.Import(c.Context(), s, id)
		return err
	}}
	return rest.Resource{Component: rest.ComponentStateful, Noun: n, Routes: []rest.Route{
		{Name: "createImport", Method: post, Pattern: imports, Permission: auth.PersonCreate, Summary: "Import many photos, an archive of them and a list, in the background",
			In: request.ImportIn{}, Files: describe.NeedsFiles, Status: made, Out: wire.Import{}, Handle: p.createImport},
		{Name: "listImports", Method: get, Pattern: imports, Permission: auth.PersonRead, Summary: "List the imports of a collection",
			Query: request.Listed(query.ImportFields()), Out: wire.PersonPage[wire.Import]{}, Handle: p.listImports},
		{Name: "readImport", Method: get, Pattern: oneImport, Permission: auth.PersonRead, Summary: "Read how far an import is",
			Out: wire.Import{}, Handle: p.readImport},
		{Name: "deleteImport", Method: del, Pattern: oneImport, Permission: auth.PersonCreate, Summary: "End an import and forget it; who was enrolled stays",
			Out: wire.Deleted{}, Handle: p.deleteImport},
		{Name: "addImportFiles", Method: post, Pattern: importFiles, Permission: auth.PersonCreate, Summary: "Add photos and archives to an import; what has come before is left as it is",
			In: request.ImportFilesIn{}, Files: describe.NeedsFiles, Status: made, Out: wire.Import{}, Handle: p.addImportFiles},
		{Name: "listImportFiles", Method: get, Pattern: importFiles, Permission: auth.PersonRead, Summary: "List what has become of the files of an import, and why some were refused",
			Query: request.Listed(query.ImportFileFields()), Out: wire.PersonPage[wire.ImportFile]{}, Handle: p.listImportFiles},
		{Name: "startImport", Method: post, Pattern: oneImport + "/start", Permission: auth.PersonCreate, Summary: "Enrol whom a dry run found ready",
			Refusals: []int{http.StatusNotFound}, Out: wire.Import{}, Handle: p.startImport},
	}}
}

func (p Calls) createImport(c *rest.Call) (*rest.Answer, error) {
	collection, err := rest.Find(c, "collection_id", "Collection", p.Records.Collection) // before megabytes are taken in for nothing
	if err != nil {
		return nil, err
	}
	up, err := c.ReceiveRaw(p.Desk, maxParts)
	if err != nil {
		return nil, err
	}
	o, err := request.ReadImport(up.Payload.More)
	if err != nil {
		p.Desk.Discard(c.After(), up.Files)
		return nil, err
	}
	o.UserID, o.Meta = c.Caller.User.ID, up.Payload.PersonMeta
	came, err := p.Enroller.CreateImport(c.Context(), c.Scope, collection.ID, o, up.Files)
	return arrived(came, err)
}

func arrived(came *enrol.Arrival, err error) (*rest.Answer, error) {
	if err != nil {
		return nil, err
	}
	view := wire.ViewImport(came.Import)
	view.Came, view.New = &came.Came, &came.New
	return rest.Created(view)
}

func (p Calls) addImportFiles(c *rest.Call) (*rest.Answer, error) {
	im, err := p.found(c)
	if err != nil {
		return nil, err
	}
	up, err := c.ReceiveRaw(p.Desk, maxParts)
	if err != nil {
		return nil, err
	}
	came, err := p.Enroller.AddImportFiles(c.Context(), c.Scope, im.ID, up.Files)
	return arrived(came, err)
}

// found finds the import that the path names, in the collection that it names.
func (p Calls) found(c *rest.Call) (*store.Import, error) {
	collection, err := c.ID("collection_id", "Collection")
	if err != nil {
		return nil, err
	}
	im, err := rest.Find(c, "import_id", "Import", p.Records.Import)
	if err == nil && im.CollectionID != collection {
		err = bonafide.Errorf(bonafide.CodeNotFound, "Import not found")
	}
	return im, err
}

func (p Calls) readImport(c *rest.Call) (*rest.Answer, error) {
	im, err := p.found(c)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewImport(im))
}

func (p Calls) startImport(c *rest.Call) (*rest.Answer, error) {
	im, err := p.found(c)
	if err != nil {
		return nil, err
	}
	if im, err = p.Enroller.StartImport(c.Context(), c.Scope, im.ID); err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewImport(im))
}

func (p Calls) deleteImport(c *rest.Call) (*rest.Answer, error) {
	im, err := p.found(c)
	if err != nil {
		return nil, err
	}
	if err := p.Records.DeleteImport(c.Context(), c.Scope, im.ID); err != nil {
		return nil, err
	}
	return rest.Deleted()
}

func (p Calls) listImports(c *rest.Call) (*rest.Answer, error) {
	collection, err := rest.Find(c, "collection_id", "Collection", p.Records.Collection)
	if err != nil {
		return nil, err
	}
	q, page, err := rest.Runs(c, query.Imports, p.Records.Imports, only("collection_id", collection.ID))
	if err != nil {
		return nil, err
	}
	return rest.Stream(c, wire.ViewPersonPage(q, page.Total, []wire.Import{}), page.Next, rest.Each(wire.ViewImport))
}

func (p Calls) listImportFiles(c *rest.Call) (*rest.Answer, error) {
	im, err := p.found(c)
	if err != nil {
		return nil, err
	}
	q, err := query.ImportFiles(c.Values(), c.Now())
	if err != nil {
		return nil, err
	}
	q.Filters, q.Runs = append(q.Filters, only("import_id", im.ID)), true
	page, err := p.Records.ImportFiles(c.Context(), q)
	if err != nil {
		return nil, err
	}
	language := advice.Preferred(c.Language())
	return rest.Stream(c, wire.ViewPersonPage(q, page.Total, []wire.ImportFile{}), page.Next, rest.Each(func(f *store.ImportFile) wire.ImportFile {
		return wire.ViewImportFile(f, language)
	}))
}

// only is a filter on one object.
func only(field string, id bonafide.ID) bonafide.Filter {
	return bonafide.Filter{Field: field, Op: bonafide.OpIn, Values: []any{string(id)}}
}
