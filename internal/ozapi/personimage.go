package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

func personImageResource() resource {
	const images = person + "/images"
	return resource{
		component: ComponentStateful,
		noun: noun{"person_image_id", "Image", auth.PersonRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return a.findImage(c, s, id)
		}},
		routes: []route{
			{Name: "addPersonImages", Method: post, Pattern: images, Permission: auth.PersonCreate, Summary: "Add photos of a person",
				In: request.PersonIn{}, Files: describe.NeedsFiles, Status: made, Out: []wire.Image{}, Refusals: []int{http.StatusBadGateway}, handle: (*api).addPersonImages},
			{Name: "listPersonImages", Method: get, Pattern: images, Permission: auth.PersonRead, Summary: "List the images of a person",
				Query: request.Listed(query.PersonImageFields()), Out: wire.PersonPage[wire.Image]{}, handle: (*api).listPersonImages},
			{Name: "deletePersonImage", Method: del, Pattern: images + "/{person_image_id}", Permission: auth.PersonDelete, Summary: "Delete an image of a person",
				Out: wire.Deleted{}, handle: (*api).deletePersonImage},
		},
	}
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
	q.Runs = true
	page, err := a.Records.PersonImages(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	return stream(a, c, wire.ViewPersonPage(q, page.Total, []wire.Image{}), page.Next, func(run []bonafide.PersonImage) ([]wire.Image, error) {
		return wire.ViewImages(run, a.links(c.Request)), nil
	})
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

func (a *api) findImage(c *call, scope bonafide.Scope, id bonafide.ID) error {
	page, err := a.Records.PersonImages(c.Context(), scope, bonafide.Query{
		Limit: 1, OmitTotal: true, Filters: []bonafide.Filter{equals("person_image_id", id)}})
	if err == nil && len(page.Items) == 0 {
		err = bonafide.Errorf(bonafide.CodeNotFound, "Image not found")
	}
	return err
}
