package people

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

func (p Calls) mergeResource() rest.Resource {
	const person = "/api/collections/{collection_id}/persons/{person_id}"
	return rest.Resource{Component: rest.ComponentStateful, Routes: []rest.Route{
		{Name: "mergePersons", Method: post, Pattern: person + "/merge", Permission: auth.PersonUpdate, Summary: "Give the photos of another person to this one, who keeps their metadata; the other is gone",
			In: request.OtherPersonIn{}, Refusals: []int{http.StatusNotFound}, Out: wire.Person{}, Handle: p.with("other_person_id", Records.MergePersons, false)},
		{Name: "splitPerson", Method: post, Pattern: person + "/split", Permission: auth.PersonUpdate, Summary: "Undo a merge within 30 days: answers the person who is there again",
			In: request.OtherPersonIn{}, Refusals: []int{http.StatusNotFound}, Out: wire.Person{}, Handle: p.with("other_person_id", Records.SplitPerson, true)},
		{Name: "movePerson", Method: post, Pattern: person + "/move", Permission: auth.PersonUpdate, Summary: "Move a person to another collection of the same company",
			In: request.MoveIn{}, Refusals: []int{http.StatusNotFound}, Out: wire.Person{}, Handle: p.with("collection_id", Records.MovePerson, false)},
	}}
}

// with answers a call that does something to a person with what a field of the body names,
// and gives that person, or the other.
func (p Calls) with(field string, do func(Records, context.Context, bonafide.Scope, bonafide.ID, bonafide.ID) error, other bool) rest.Handler {
	return func(c *rest.Call) (*rest.Answer, error) {
		collection, err := c.ID("collection_id", "Collection")
		if err != nil {
			return nil, err
		}
		found, err := rest.Find(c, "person_id", "Person", p.Records.Person)
		if err != nil {
			return nil, err
		}
		if found.CollectionID != collection {
			return nil, bonafide.Errorf(bonafide.CodeNotFound, "Person not found")
		}
		named, err := rest.Body(c, func(f request.Fields) (bonafide.ID, error) { return request.ReadIdentifier(f, field) })
		if err != nil {
			return nil, err
		}
		if err := do(p.Records, c.Context(), c.Scope, found.ID, named); err != nil {
			return nil, err
		}
		id := found.ID
		if other {
			id = named
		}
		now, err := p.Records.Person(c.Context(), c.Scope, id)
		if err != nil {
			return nil, err
		}
		images, err := p.Records.ImagesOf(c.Context(), id)
		if err != nil {
			return nil, err
		}
		return rest.OK(wire.ViewPerson(now, images[id], c.Links()))
	}
}
