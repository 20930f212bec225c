package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/people"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// Enroller keeps collections and the persons in them. *enrol.Enroller satisfies it.
type Enroller interface {
	// CreateCollection makes a collection of a company inside the scope, "" for the
	// user's own.
	CreateCollection(ctx context.Context, u *bonafide.User, scope bonafide.Scope, company bonafide.ID, c enrol.CollectionChange) (*bonafide.PersonCollection, error)
	ChangeCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c enrol.CollectionChange) (*bonafide.PersonCollection, error)
	DeleteCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
	// Outlook tells what searches in a collection may be expected to give.
	Outlook(ctx context.Context, c *bonafide.PersonCollection) (*enrol.Outlook, error)
	// AddPerson and AddPersonImages use the accepted files up when they succeed. A photo
	// without exactly one usable face is CodeValue with advice.
	AddPerson(ctx context.Context, scope bonafide.Scope, collection bonafide.ID, up intake.Upload) (*enrol.Enrolled, error)
	AddPersonImages(ctx context.Context, scope bonafide.Scope, collection, person bonafide.ID, up intake.Upload) (*enrol.Enrolled, error)
	// Picture finds a stored picture inside the scope for a collection. Search looks for
	// the person on the only photo of an upload, of which it keeps nothing.
	Picture(ctx context.Context, scope bonafide.Scope, s enrol.Shown, c *bonafide.PersonCollection) (*enrol.Picture, error)
	Search(ctx context.Context, scope bonafide.Scope, collection bonafide.ID, up intake.Upload, count int) (*enrol.Found, error)
	people.Enroller
	ChangePerson(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID, meta bonafide.Meta) (*bonafide.Person, error)
	DeletePerson(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID) error
	DeletePersonImage(ctx context.Context, scope bonafide.Scope, collection, person, id bonafide.ID) error
}

// collectionRecords reads collections.
type collectionRecords interface {
	Collection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.PersonCollection, error)
	Collections(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonCollection], error)
}

func (a *api) collectionResource() rest.Resource {
	const collections, collection = "/api/collections", "/api/collections/{collection_id}"
	n := rest.Noun{Param: "collection_id", Name: "Collection", Read: auth.CollectionRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Records.Collection(c.Context(), s, id))
	}}
	return rest.Resource{Component: rest.ComponentStateful, Noun: n, Routes: append([]rest.Route{
		{Name: "createCollection", Method: post, Pattern: collections, Permission: auth.CollectionCreate, Summary: "Create a collection of persons",
			In: request.CollectionIn{}, Status: made, Out: wire.Collection{}, Refusals: []int{http.StatusNotFound}, Handle: a.createCollection},
		{Name: "listCollections", Method: get, Pattern: collections, Permission: auth.CollectionRead, Summary: "List collections",
			Query: request.Listed(query.CollectionFields()), Out: []wire.Collection{}, Handle: a.listCollections},
		{Name: "readCollection", Method: get, Pattern: collection, Permission: auth.CollectionRead, Summary: "Read a collection",
			Out: wire.Collection{}, Handle: a.readCollection},
		{Name: "changeCollection", Method: patch, Pattern: collection, Permission: auth.CollectionUpdate, Summary: "Change alias or metadata of a collection",
			In: request.CollectionChangeIn{}, Out: wire.Collection{}, Handle: a.changeCollection},
		{Name: "deleteCollection", Method: del, Pattern: collection, Permission: auth.CollectionDelete, Summary: "Delete a collection with all persons",
			Out: wire.Deleted{}, Handle: a.deleteCollection},
	}, a.metaRoutes(collection, n, bonafide.KindCollection, auth.CollectionUpdate)...)}
}

func (a *api) createCollection(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	change, err := readCollectionChange(body)
	if err != nil {
		return nil, err
	}
	company, err := body.Text("company_id")
	if err != nil {
		return nil, err
	}
	id := bonafide.ID("")
	if company != "" {
		if id, err = bonafide.ParseID(company); err != nil {
			return nil, bonafide.Wrap(bonafide.CodeValue, "Invalid company_id "+bonafide.Quote(company)+", not an identifier", err)
		}
	}
	made, err := a.Enroller.CreateCollection(c.Context(), &c.Caller.User, c.Scope, id, change)
	if err != nil {
		return nil, err
	}
	return rest.Created(wire.ViewCollection(made))
}

// listCollections answers a bare array.
func (a *api) listCollections(c *rest.Call) (*rest.Answer, error) {
	_, found, err := rest.Runs(c, query.Collections, a.Records.Collections)
	if err != nil {
		return nil, err
	}
	return rest.Stream(c, []wire.Collection{}, found.Next, rest.Each(wire.ViewCollection))
}

func (a *api) readCollection(c *rest.Call) (*rest.Answer, error) {
	found, err := a.collection(c)
	if err != nil {
		return nil, err
	}
	o, err := a.Enroller.Outlook(c.Context(), found)
	if err != nil {
		return nil, err
	}
	answer := wire.ViewCollection(found)
	answer.Outlook = wire.ViewOutlook(o.References, o.Threshold, o.Alarms)
	return rest.OK(answer)
}

func (a *api) changeCollection(c *rest.Call) (*rest.Answer, error) {
	id, change, err := rest.Change(c, "collection_id", "Collection", readCollectionChange)
	if err != nil {
		return nil, err
	}
	changed, err := a.Enroller.ChangeCollection(c.Context(), c.Scope, id, change)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewCollection(changed))
}

func (a *api) deleteCollection(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("collection_id", "Collection", a.Enroller.DeleteCollection)
}

// collection finds the collection that the path names.
func (a *api) collection(c *rest.Call) (*bonafide.PersonCollection, error) {
	return rest.Find(c, "collection_id", "Collection", a.Records.Collection)
}

// readCollectionChange reads a collection that is made or changed.
func readCollectionChange(f request.Fields) (enrol.CollectionChange, error) {
	var c enrol.CollectionChange
	if f["alias"] != nil {
		alias, err := f.Text("alias")
		if err != nil {
			return c, err
		}
		c.Alias = &alias
	}
	var err error
	c.Meta, err = f.Meta("meta_data")
	return c, err
}
