package ozapi

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// addPerson enrols a person by the photos of a multipart body.
func (a *api) addPerson(c *call) (*answer, error) {
	collection, err := a.collection(c) // before megabytes are taken in for nothing
	if err != nil {
		return nil, err
	}
	up, err := a.receive(c, a.Desk)
	if err != nil {
		return nil, err
	}
	p, images, err := a.Enroller.AddPerson(c.Context(), c.scope, collection.ID, up)
	if err != nil {
		a.Desk.Discard(c.after(), up.Files)
		return nil, err
	}
	return created(wire.ViewPerson(p, images, a.links(c.Request)))
}

func (a *api) listPersons(c *call) (*answer, error) {
	collection, err := a.collection(c)
	if err != nil {
		return nil, err
	}
	q, err := query.Persons(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	q.Filters = append(q.Filters, equals("collection_id", collection.ID))
	page, err := a.Records.Persons(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	views, err := a.viewPersons(c, page.Items)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewPersonPage(q, page.Total, views))
}

func (a *api) readPerson(c *call) (*answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	return a.onePerson(c, p)
}

func (a *api) changePerson(c *call) (*answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	name := "meta_data"
	if body[name] == nil {
		name = "person:meta_data"
	}
	meta, err := body.meta(name)
	if err != nil {
		return nil, err
	}
	if p, err = a.Enroller.ChangePerson(c.Context(), c.scope, p.CollectionID, p.ID, meta); err != nil {
		return nil, err
	}
	return a.onePerson(c, p)
}

func (a *api) deletePerson(c *call) (*answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	if err := a.Enroller.DeletePerson(c.Context(), c.scope, p.CollectionID, p.ID); err != nil {
		return nil, err
	}
	return deleted()
}

// addPersonImages answers a bare array of the new images, as addMedia does.
func (a *api) addPersonImages(c *call) (*answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	up, err := a.receive(c, a.Desk)
	if err != nil {
		return nil, err
	}
	images, err := a.Enroller.AddPersonImages(c.Context(), c.scope, p.CollectionID, p.ID, up)
	if err != nil {
		a.Desk.Discard(c.after(), up.Files)
		return nil, err
	}
	return created(wire.ViewImages(images, a.links(c.Request)))
}

func (a *api) listPersonImages(c *call) (*answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	q, err := query.PersonImages(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	q.Filters = append(q.Filters, equals("person_id", p.ID))
	page, err := a.Records.PersonImages(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewPersonPage(q, page.Total, wire.ViewImages(page.Items, a.links(c.Request))))
}

func (a *api) deletePersonImage(c *call) (*answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	id, err := c.id("person_image_id", "Image")
	if err != nil {
		return nil, err
	}
	if err := a.Enroller.DeletePersonImage(c.Context(), c.scope, p.CollectionID, p.ID, id); err != nil {
		return nil, err
	}
	return deleted()
}

// person finds the person that the path names, in the collection that it names.
func (a *api) person(c *call) (*bonafide.Person, error) {
	collection, err := c.id("collection_id", "Collection")
	if err != nil {
		return nil, err
	}
	id, err := c.id("person_id", "Person")
	if err != nil {
		return nil, err
	}
	p, err := a.Records.Person(c.Context(), c.scope, id)
	if err == nil && p.CollectionID != collection {
		err = bonafide.Errorf(bonafide.CodeNotFound, "Person not found")
	}
	return p, err
}

func (a *api) findImage(c *call, scope bonafide.Scope, id bonafide.ID) error {
	page, err := a.Records.PersonImages(c.Context(), scope, bonafide.Query{
		Limit: 1, OmitTotal: true, Filters: []bonafide.Filter{equals("person_image_id", id)}})
	if err == nil && len(page.Items) == 0 {
		err = bonafide.Errorf(bonafide.CodeNotFound, "Image not found")
	}
	return err
}

func (a *api) onePerson(c *call, p *bonafide.Person) (*answer, error) {
	views, err := a.viewPersons(c, []bonafide.Person{*p})
	if err != nil {
		return nil, err
	}
	return ok(views[0])
}

// viewPersons renders persons with their images, read in one step.
func (a *api) viewPersons(c *call, persons []bonafide.Person) ([]wire.Person, error) {
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
		views[i] = wire.ViewPerson(&persons[i], images[ids[i]], a.links(c.Request))
	}
	return views, nil
}

func equals(field string, id bonafide.ID) bonafide.Filter {
	return bonafide.Filter{Field: field, Op: bonafide.OpIn, Values: []any{string(id)}}
}
