// Package gallery holds the templates of many people in memory and finds those
// that are most like a probe: one-to-many search. A reference is a stored template,
// the gallery of a collection is all its references; the cosine of two templates
// tells how alike they are.
//
// The store is the truth, the gallery what makes it fast. It is filled from the
// store at the start and told of every change after the store has it; what it
// finds is looked up in the store before anybody sees it, so that nobody who was
// deleted is ever found, however the deletion came about.
package gallery

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
)

// Index finds the nearest of many references. It is safe for concurrent use; a
// search sees each change as a whole or not at all.
type Index interface {
	// Add adds references, all of one model. One that is there already is replaced.
	Add(refs ...bonafide.Reference) error
	// Remove removes references by image. Unknown ids are ignored.
	Remove(images ...bonafide.ID)
	// Drop removes a collection with all its references.
	Drop(collection bonafide.ID)
	// Search gives the k most similar persons of the collection, best first, each with
	// the most similar image, and how many references there were.
	Search(probe bonafide.Template, collection bonafide.ID, k int) (hits []Hit, size int, err error)
}

// Hit is one person whom an index found.
type Hit struct {
	ImageID  bonafide.ID
	PersonID bonafide.ID
	Cosine   float32
}

// Records is the part of store.Store that a gallery needs.
type Records interface {
	References(ctx context.Context, model bonafide.ModelRef, each func(bonafide.Reference) error) error
	Outdated(ctx context.Context, collectionID bonafide.ID, model bonafide.ModelRef) (int, error)
	PersonsOf(ctx context.Context, imageIDs ...bonafide.ID) (map[bonafide.ID]bonafide.ID, error)
}

// Gallery searches among the references of one model. It is safe for concurrent
// use.
type Gallery struct {
	records Records
	index   Index
	model   bonafide.ModelRef
	size    int // when opened
}

// Open loads all references of the model into memory.
func Open(ctx context.Context, records Records, model bonafide.ModelRef) (*Gallery, error) {
	g := &Gallery{records: records, index: newScan(), model: model}
	err := records.References(ctx, model, func(r bonafide.Reference) error {
		g.size++
		return g.index.Add(r)
	})
	if err != nil {
		return nil, fmt.Errorf("gallery: %w", err)
	}
	return g, nil
}

// Size is how many references were loaded when the gallery was opened.
func (g *Gallery) Size() int { return g.size }

// Add makes references findable which the store has. Those of another model are
// left out: Search refuses a collection that holds such.
func (g *Gallery) Add(refs ...bonafide.Reference) error {
	for _, r := range refs {
		if r.Template.Model != g.model {
			continue
		}
		if err := g.index.Add(r); err != nil {
			return fmt.Errorf("gallery: %w", err)
		}
	}
	return nil
}

// Remove forgets references which the store no longer has.
func (g *Gallery) Remove(images ...bonafide.ID) { g.index.Remove(images...) }

// Drop forgets a collection which the store no longer has.
func (g *Gallery) Drop(collection bonafide.ID) { g.index.Drop(collection) }

// Search gives the k persons of a collection who are most like the probe, best
// first, and how many references there were. A probe of another model, and a
// collection with references of another model, are CodeModel: nobody may pass for
// not found who was not looked for.
func (g *Gallery) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]Hit, int, error) {
	if probe.Model != g.model {
		return nil, 0, bonafide.Errorf(bonafide.CodeModel, "Templates of different models cannot be compared")
	}
	outdated, err := g.records.Outdated(ctx, collection, g.model)
	if err != nil {
		return nil, 0, fmt.Errorf("gallery: %w", err)
	}
	if outdated > 0 {
		return nil, 0, bonafide.Errorf(bonafide.CodeModel,
			"%d images of the collection were enrolled with another model: run `bonafide collection reenrol` on the server", outdated)
	}
	for {
		hits, size, err := g.index.Search(probe, collection, k)
		if err != nil {
			return nil, 0, fmt.Errorf("gallery: %w", err)
		}
		gone, err := g.gone(ctx, hits)
		if err != nil {
			return nil, 0, fmt.Errorf("gallery: %w", err)
		}
		if len(gone) == 0 {
			return hits, size, nil
		}
		g.index.Remove(gone...)
	}
}

// gone gives the images that the store no longer has.
func (g *Gallery) gone(ctx context.Context, hits []Hit) ([]bonafide.ID, error) {
	ids := make([]bonafide.ID, len(hits))
	for i, h := range hits {
		if math.IsNaN(float64(h.Cosine)) {
			return nil, fmt.Errorf("the reference of image %s gives what is not a number", h.ImageID)
		}
		ids[i] = h.ImageID
	}
	persons, err := g.records.PersonsOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var gone []bonafide.ID
	for _, h := range hits {
		if persons[h.ImageID] != h.PersonID {
			gone = append(gone, h.ImageID)
		}
	}
	return gone, nil
}
