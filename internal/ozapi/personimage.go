package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

func (a *api) personImageResource() rest.Resource {
	const images = person + "/images"
	return rest.Resource{
		Component: rest.ComponentStateful,
		Noun: rest.Noun{Param: "person_image_id", Name: "Image", Read: auth.PersonRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
			return a.findImage(c, s, id)
		}},
		Routes: []rest.Route{
			{Name: "addPersonImages", Method: post, Pattern: images, Permission: auth.PersonCreate, Summary: "Add photos of a person",
				In: request.PersonIn{}, Files: describe.SomeFiles, Status: made, Out: []wire.Image{}, Refusals: []int{http.StatusBadGateway}, Handle: a.addPersonImages},
			{Name: "listPersonImages", Method: get, Pattern: images, Permission: auth.PersonRead, Summary: "List the images of a person",
				Query: request.Listed(query.PersonImageFields()), Out: wire.PersonPage[wire.Image]{}, Handle: a.listPersonImages},
			{Name: "deletePersonImage", Method: del, Pattern: images + "/{person_image_id}", Permission: auth.PersonDelete, Summary: "Delete an image of a person",
				Out: wire.Deleted{}, Handle: a.deletePersonImage},
		},
	}
}

// addPersonImages answers a bare array of the new images, as addMedia does.
func (a *api) addPersonImages(c *rest.Call) (*rest.Answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	made, err := a.enrol(c, &bonafide.PersonCollection{ID: p.CollectionID, CompanyID: p.CompanyID}, func(ctx context.Context, up intake.Upload) (*enrol.Enrolled, error) {
		return a.Enroller.AddPersonImages(ctx, c.Scope, p.CollectionID, p.ID, up)
	})
	if err != nil {
		return nil, err
	}
	view := wire.ViewImages(made.Images, c.Links())
	tellNear(view, made.Near)
	return rest.Created(view)
}

func (a *api) listPersonImages(c *rest.Call) (*rest.Answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	q, page, err := rest.Runs(c, query.PersonImages, a.Records.PersonImages, among("person_id", p.ID))
	if err != nil {
		return nil, err
	}
	return rest.Stream(c, wire.ViewPersonPage(q, page.Total, []wire.Image{}), page.Next, func(run []bonafide.PersonImage) ([]wire.Image, error) {
		return wire.ViewImages(run, c.Links()), nil
	})
}

func (a *api) deletePersonImage(c *rest.Call) (*rest.Answer, error) {
	p, err := a.person(c)
	if err != nil {
		return nil, err
	}
	id, err := c.ID("person_image_id", "Image")
	if err != nil {
		return nil, err
	}
	if err := a.Enroller.DeletePersonImage(c.Context(), c.Scope, p.CollectionID, p.ID, id); err != nil {
		return nil, err
	}
	return rest.Deleted()
}

func (a *api) findImage(c *rest.Call, scope bonafide.Scope, id bonafide.ID) error {
	page, err := a.Records.PersonImages(c.Context(), scope, bonafide.Query{
		Limit: 1, OmitTotal: true, Filters: []bonafide.Filter{among("person_image_id", id)}})
	if err == nil && len(page.Items) == 0 {
		err = bonafide.Errorf(bonafide.CodeNotFound, "Image not found")
	}
	return err
}
