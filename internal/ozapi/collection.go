package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
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
	// AddPerson and AddPersonImages use the accepted files up when they succeed. A photo
	// without exactly one usable face is CodeValue with advice.
	AddPerson(ctx context.Context, scope bonafide.Scope, collection bonafide.ID, up intake.Upload) (*bonafide.Person, []bonafide.PersonImage, error)
	AddPersonImages(ctx context.Context, scope bonafide.Scope, collection, person bonafide.ID, up intake.Upload) ([]bonafide.PersonImage, error)
	ChangePerson(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID, meta bonafide.Meta) (*bonafide.Person, error)
	DeletePerson(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID) error
	DeletePersonImage(ctx context.Context, scope bonafide.Scope, collection, person, id bonafide.ID) error
}

func collectionRoutes() []route {
	const (
		get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete

		collection = "/api/collections/{collection_id}"
		person     = collection + "/persons/{person_id}"
	)
	return []route{
		{post, "/api/collections", auth.CollectionCreate, "Create a collection of persons", (*api).createCollection},
		{get, "/api/collections", auth.CollectionRead, "List collections", (*api).listCollections},
		{get, collection, auth.CollectionRead, "Read a collection", (*api).readCollection},
		{patch, collection, auth.CollectionUpdate, "Change alias or metadata of a collection", (*api).changeCollection},
		{del, collection, auth.CollectionDelete, "Delete a collection with all persons", (*api).deleteCollection},
		{post, collection + "/persons", auth.PersonCreate, "Enrol a person by photos", (*api).addPerson},
		{get, collection + "/persons", auth.PersonRead, "List the persons of a collection", (*api).listPersons},
		{get, person, auth.PersonRead, "Read a person", (*api).readPerson},
		{patch, person, auth.PersonUpdate, "Change metadata of a person", (*api).changePerson},
		{del, person, auth.PersonDelete, "Delete a person with all images", (*api).deletePerson},
		{post, person + "/images", auth.PersonCreate, "Add photos of a person", (*api).addPersonImages},
		{get, person + "/images", auth.PersonRead, "List the images of a person", (*api).listPersonImages},
		{del, person + "/images/{person_image_id}", auth.PersonDelete, "Delete an image of a person", (*api).deletePersonImage},
	}
}

func (a *api) createCollection(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	change, err := readCollectionChange(body)
	if err != nil {
		return nil, err
	}
	company, err := body.text("company_id")
	if err != nil {
		return nil, err
	}
	id := bonafide.ID("")
	if company != "" {
		if id, err = bonafide.ParseID(company); err != nil {
			return nil, bonafide.Wrap(bonafide.CodeValue, "Invalid company_id", err)
		}
	}
	made, err := a.Enroller.CreateCollection(c.Context(), &c.caller.User, c.scope, id, change)
	if err != nil {
		return nil, err
	}
	return created(wire.ViewCollection(made))
}

// listCollections answers a bare array.
func (a *api) listCollections(c *call) (*answer, error) {
	q, err := query.Collections(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	page, err := a.Records.Collections(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Collection, len(page.Items))
	for i := range page.Items {
		views[i] = wire.ViewCollection(&page.Items[i])
	}
	return ok(views)
}

func (a *api) readCollection(c *call) (*answer, error) {
	found, err := a.collection(c)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewCollection(found))
}

func (a *api) changeCollection(c *call) (*answer, error) {
	id, err := c.id("collection_id", "Collection")
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	change, err := readCollectionChange(body)
	if err != nil {
		return nil, err
	}
	changed, err := a.Enroller.ChangeCollection(c.Context(), c.scope, id, change)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewCollection(changed))
}

func (a *api) deleteCollection(c *call) (*answer, error) {
	id, err := c.id("collection_id", "Collection")
	if err != nil {
		return nil, err
	}
	if err := a.Enroller.DeleteCollection(c.Context(), c.scope, id); err != nil {
		return nil, err
	}
	return deleted()
}

// collection finds the collection that the path names.
func (a *api) collection(c *call) (*bonafide.PersonCollection, error) {
	id, err := c.id("collection_id", "Collection")
	if err != nil {
		return nil, err
	}
	return a.Records.Collection(c.Context(), c.scope, id)
}
