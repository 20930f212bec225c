package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// personRecords reads persons and their images.
type personRecords interface {
	Person(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Person, error)
	Persons(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Person], error)
	PersonImages(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonImage], error)
	ImagesOf(ctx context.Context, personIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.PersonImage, error)
}

const (
	persons = "/api/collections/{collection_id}/persons"
	person  = persons + "/{person_id}"
)

func (a *api) personResource() rest.Resource {
	n := rest.Noun{Param: "person_id", Name: "Person", Read: auth.PersonRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Records.Person(c.Context(), s, id))
	}}
	return rest.Resource{Component: rest.ComponentStateful, Noun: n, Routes: append([]rest.Route{
		{Name: "addPerson", Method: post, Pattern: persons, Permission: auth.PersonCreate, Summary: "Enrol a person by photos",
			In: request.PersonIn{}, Files: describe.SomeFiles, Status: made, Out: wire.Person{}, Refusals: []int{http.StatusBadGateway}, Handle: a.addPerson},
		{Name: "listPersons", Method: get, Pattern: persons, Permission: auth.PersonRead, Summary: "List the persons of a collection",
			Query: request.Listed(query.PersonFields()), Out: wire.PersonPage[wire.Person]{}, Handle: a.listPersons},
		{Name: "readPerson", Method: get, Pattern: person, Permission: auth.PersonRead, Summary: "Read a person",
			Out: wire.Person{}, Handle: a.readPerson},
		{Name: "changePerson", Method: patch, Pattern: person, Permission: auth.PersonUpdate, Summary: "Change metadata of a person",
			In: request.PersonChangeIn{}, Out: wire.Person{}, Handle: a.changePerson},
		{Name: "deletePerson", Method: del, Pattern: person, Permission: auth.PersonDelete, Summary: "Delete a person with all images",
			Out: wire.Deleted{}, Handle: a.deletePerson},
	}, a.metaRoutes(person, n, bonafide.KindPerson, auth.PersonUpdate)...)}
}

// advised is the context of a call whose refusal is advice for the capture subject.
func advised(c *rest.Call) context.Context {
	return advice.WithLanguage(c.Context(), advice.Preferred(c.Language()))
}

// addPerson enrols a person by the photos of a multipart body.
func (a *api) addPerson(c *rest.Call) (*rest.Answer, error) {
	collection, err := a.collection(c) // before megabytes are taken in for nothing
	if err != nil {
		return nil, err
	}
	made, err := a.enrol(c, collection, func(ctx context.Context, up intake.Upload) (*enrol.Enrolled, error) {
		return a.Enroller.AddPerson(ctx, c.Scope, collection.ID, up)
	})
	if err != nil {
		return nil, err
	}
	view := wire.ViewPerson(made.Person, made.Images, c.Links())
	tellNear(view.Images, made.Near)
	return rest.Created(view)
}

// enrol takes in photos and gives them to add.
func (a *api) enrol(c *rest.Call, collection *bonafide.PersonCollection, add func(context.Context, intake.Upload) (*enrol.Enrolled, error)) (*enrol.Enrolled, error) {
	up, err := a.receivePhotos(c, a.Desk, collection)
	if err != nil {
		return nil, err
	}
	refuse, err := request.Fields(up.Payload.More).Bool("refuse_near_duplicates")
	var made *enrol.Enrolled
	if err == nil {
		up.Payload.RefuseDuplicates = refuse != nil && *refuse
		made, err = add(advised(c), up)
	}
	if err != nil {
		a.Desk.Discard(c.After(), up.Files)
	}
	return made, err
}

// tellNear says of photos that were just added who else is like the one on them.
func tellNear(images []wire.Image, near []*enrol.Near) {
	for i, n := range near {
		if n != nil {
			images[i].NearDuplicate = &wire.NearDuplicate{PersonID: n.PersonID, Similarity: wire.Number(n.Similarity), Threshold: wire.Number(n.Threshold)}
		}
	}
}

func (a *api) listPersons(c *rest.Call) (*rest.Answer, error) {
	collection, err := a.collection(c)
	if err != nil {
		return nil, err
	}
	q, page, err := rest.Runs(c, query.Persons, a.Records.Persons, among("collection_id", collection.ID))
	if err != nil {
		return nil, err
	}
	return rest.Stream(c, wire.ViewPersonPage(q, page.Total, []wire.Person{}), page.Next, func(run []bonafide.Person) ([]wire.Person, error) {
		return a.viewPersons(c, run)
	})
}

func (a *api) readPerson(c *rest.Call) (*rest.Answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	return a.onePerson(c, p)
}

func (a *api) changePerson(c *rest.Call) (*rest.Answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	name := "meta_data"
	if body[name] == nil {
		name = "person:meta_data"
	}
	meta, err := body.Meta(name)
	if err != nil {
		return nil, err
	}
	if p, err = a.Enroller.ChangePerson(c.Context(), c.Scope, p.CollectionID, p.ID, meta); err != nil {
		return nil, err
	}
	return a.onePerson(c, p)
}

func (a *api) deletePerson(c *rest.Call) (*rest.Answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	if err := a.Enroller.DeletePerson(c.Context(), c.Scope, p.CollectionID, p.ID); err != nil {
		return nil, err
	}
	return rest.Deleted()
}

// person finds the person that the path names, in the collection that it names.
func (a *api) person(c *rest.Call) (*bonafide.Person, error) {
	collection, err := c.ID("collection_id", "Collection")
	if err != nil {
		return nil, err
	}
	id, err := c.ID("person_id", "Person")
	if err != nil {
		return nil, err
	}
	p, err := a.Records.Person(c.Context(), c.Scope, id)
	if err == nil && p.CollectionID != collection {
		err = bonafide.Errorf(bonafide.CodeNotFound, "Person not found")
	}
	return p, err
}

func (a *api) onePerson(c *rest.Call, p *bonafide.Person) (*rest.Answer, error) {
	views, err := a.viewPersons(c, []bonafide.Person{*p})
	if err != nil {
		return nil, err
	}
	return rest.OK(views[0])
}

// viewPersons renders persons with their images, read in one step.
func (a *api) viewPersons(c *rest.Call, persons []bonafide.Person) ([]wire.Person, error) {
	ids := make([]bonafide.ID, len(persons))
	for i := range persons {
		ids[i] = persons[i].ID
	}
	images, err := a.Records.ImagesOf(c.Context(), ids...)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Person, len(persons))
	for i := range persons {
		views[i] = wire.ViewPerson(&persons[i], images[ids[i]], c.Links())
	}
	return views, nil
}
