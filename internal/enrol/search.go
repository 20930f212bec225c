package enrol

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// MaxNearest is how many persons one search names at most.
const MaxNearest = 100

// Near is a person of a collection who is like somebody.
type Near struct {
	PersonID     bonafide.ID
	CollectionID bonafide.ID
	Similarity   float64 // calibrated for the size of the collection
	Threshold    float64 // similarity from which a person is found
}

// Reached tells whether the person is found.
func (n *Near) Reached() bool { return n.Similarity >= n.Threshold }

// Found is what a search by photo gives.
type Found struct {
	Collection *bonafide.PersonCollection
	Nearest    []Near  // most similar first
	References int     // photos of the collection that the photo was compared with
	Threshold  float64 // similarity from which a person is found
}

// Search gives the persons of a collection inside the scope who are most like the one
// on the only photo of the upload, at most count of them. Nothing is kept but a note
// in the audit log, and what cannot be noted is not answered. A photo without exactly
// one usable face is CodeValue with advice; CodeModel means that not every reference
// could be compared.
func (e *Enroller) Search(ctx context.Context, scope bonafide.Scope, collection bonafide.ID, up intake.Upload, count int) (*Found, error) {
	c, err := e.Store.Collection(ctx, scope, collection)
	if err != nil {
		return nil, fmt.Errorf("collection: %w", err)
	}
	if len(up.Files) > 1 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "A search takes one photo, not %d", len(up.Files))
	}
	images, err := e.photos(ctx, up)
	if err != nil {
		return nil, err
	}
	found := &Found{Collection: c}
	if found.Threshold, err = e.threshold(ctx, c.CompanyID); err != nil {
		return nil, err
	}
	if found.Nearest, found.References, err = e.nearest(ctx, c.ID, images[0].Template, count); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	reached := 0
	for i := range found.Nearest {
		n := &found.Nearest[i]
		if n.Threshold = found.Threshold; n.Reached() {
			reached++
		}
	}
	if err := e.Store.NoteSearch(ctx, c, reached); err != nil {
		return nil, fmt.Errorf("note of a search: %w", err)
	}
	return found, nil
}

// nearest gives the persons who are most like a template, and the number of references.
func (e *Enroller) nearest(ctx context.Context, collection bonafide.ID, probe bonafide.Template, count int) ([]Near, int, error) {
	hits, size, err := e.Gallery.Search(ctx, probe, collection, count)
	if err != nil {
		return nil, 0, err
	}
	found := make([]Near, len(hits))
	for i, h := range hits {
		found[i] = Near{PersonID: h.PersonID, CollectionID: collection, Similarity: e.Faces.Found(h.Cosine, size)}
		if math.IsNaN(found[i].Similarity) {
			return nil, 0, errors.New("the comparison with a person gave no number")
		}
	}
	return found, size, nil
}

// threshold gives the similarity from which a person is found where an order does not
// say, of collections of a company.
func (e *Enroller) threshold(ctx context.Context, company bonafide.ID) (float64, error) {
	limits, err := e.Bounds.Of(ctx, company)
	return e.Bounds.Ordinary.Within(limits).Decision, err
}

// Outlook is what searches in a collection may be expected to give.
type Outlook struct {
	References int      // photos of the collection
	Threshold  float64  // similarity from which a person is found where an order does not say
	Alarms     *float64 // part of the searches for people who are not there that name somebody; nil: not known
}

// Outlook tells what searches in a collection may be expected to give.
func (e *Enroller) Outlook(ctx context.Context, c *bonafide.PersonCollection) (*Outlook, error) {
	images, err := e.Store.PersonImages(ctx, bonafide.Scope{}, bonafide.Query{Filters: []bonafide.Filter{
		{Field: "collection_id", Op: bonafide.OpIn, Values: []any{string(c.ID)}}}})
	if err != nil {
		return nil, fmt.Errorf("outlook: %w", err)
	}
	o := &Outlook{References: images.Total}
	if o.Threshold, err = e.threshold(ctx, c.CompanyID); err != nil {
		return nil, fmt.Errorf("outlook: %w", err)
	}
	if rate, ok := e.Faces.FalseAlarms(o.Threshold, o.References); ok {
		o.Alarms = &rate
	}
	return o, nil
}
