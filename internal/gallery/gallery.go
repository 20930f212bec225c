// Package gallery holds the templates of many people in memory and finds those
// that are most like a probe: one-to-many search. A reference is a stored template,
// the gallery of a collection is all its references; the cosine of two templates
// tells how alike they are.
//
// The store is the truth, the gallery what makes it fast. It is filled from the
// store at the start. Each search first asks the store what has changed since, in
// whatever process, and fails where it cannot know; what it finds is looked up in the
// store before anybody sees it, so that nobody who was deleted is ever found.
package gallery

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
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
	ReferenceChanges(ctx context.Context, model bonafide.ModelRef, after int64) (store.ReferenceChanges, error)
	Outdated(ctx context.Context, collectionID bonafide.ID, model bonafide.ModelRef) (int, error)
	PersonsOf(ctx context.Context, imageIDs ...bonafide.ID) (map[bonafide.ID]bonafide.ID, error)
}

// followEvery is how long a gallery that nobody searches holds what was deleted.
const followEvery = time.Second

// Gallery searches among the references of one model. It is safe for concurrent
// use.
type Gallery struct {
	records Records
	model   bonafide.ModelRef
	size    int // when opened

	mu    sync.Mutex // held while changes are taken over
	index Index      // replaced as a whole where changes are forgotten
	seen  int64      // number of the last change that the index has
}

// Open loads all references of the model into memory.
func Open(ctx context.Context, records Records, model bonafide.ModelRef) (*Gallery, error) {
	g := &Gallery{records: records, model: model}
	c, err := records.ReferenceChanges(ctx, model, -1) // no change has that number: the last one is told
	if err != nil {
		return nil, fmt.Errorf("gallery: %w", err)
	}
	if g.size, err = g.load(ctx, c.Last); err != nil {
		return nil, err
	}
	return g, nil
}

// load reads all references, as they are after the change of that number or later.
func (g *Gallery) load(ctx context.Context, last int64) (size int, err error) {
	index := newScan()
	err = g.records.References(ctx, g.model, func(r bonafide.Reference) error {
		size++
		return index.Add(r)
	})
	if err != nil {
		return 0, fmt.Errorf("gallery: %w", err)
	}
	g.index, g.seen = index, last
	return size, nil
}

// Size is how many references were loaded when the gallery was opened.
func (g *Gallery) Size() int { return g.size }

// Follow takes over changes until ctx ends, so that templates of people who were
// deleted do not wait for the next search. Faults are logged and tried again.
func (g *Gallery) Follow(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := g.current(ctx); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "changes of references were not taken over", "error", err)
			}
		}
	}
}

// current gives the index with every change that is committed by now. The references
// of other models are left out: Search refuses a collection that holds such.
func (g *Gallery) current(ctx context.Context) (Index, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for {
		c, err := g.records.ReferenceChanges(ctx, g.model, g.seen)
		if err != nil {
			return nil, fmt.Errorf("gallery: %w", err)
		}
		if c.Forgotten {
			if _, err := g.load(ctx, c.Last); err != nil {
				return nil, err
			}
			continue
		}
		if err := g.index.Add(c.Changed...); err != nil {
			return nil, fmt.Errorf("gallery: %w", err)
		}
		g.index.Remove(c.Gone...)
		for _, collection := range c.Dropped {
			g.index.Drop(collection)
		}
		g.seen = c.Last
		if !c.More {
			return g.index, nil
		}
	}
}

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
	index, err := g.current(ctx)
	if err != nil {
		return nil, 0, err
	}
	for {
		hits, size, err := index.Search(probe, collection, k)
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
		index.Remove(gone...)
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
