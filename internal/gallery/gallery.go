// Package gallery holds the templates of many people in memory and finds those
// that are most like a probe: one-to-many search. A reference is a stored template,
// the gallery of a collection is all its references; the cosine of two templates
// tells how alike they are.
//
// The store is the truth, the gallery what makes it fast. It is filled from the
// store at the start. Each search first asks the store what has changed since, in
// whatever process, and how many references the collection has; it fails where it
// cannot know, and where memory does not hold every one of them. What it finds is
// looked up in the store before anybody sees it, so that nobody who was deleted is
// ever found.
package gallery

import (
	"context"
	"errors"
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
	// Size is how many references of the collection there are.
	Size(collection bonafide.ID) int
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
	ReferenceChanges(ctx context.Context, model bonafide.ModelRef, after int64, collectionID bonafide.ID) (store.ReferenceChanges, error)
	PersonsOf(ctx context.Context, imageIDs ...bonafide.ID) (map[bonafide.ID]bonafide.ID, error)
}

// followEvery is how long a gallery that nobody searches holds what was deleted.
const followEvery = time.Second

// searchTries is how often a search is begun anew because references were withdrawn
// while it ran.
const searchTries = 10

// Gallery searches among the references of one model. It is safe for concurrent
// use.
type Gallery struct {
	records Records
	model   bonafide.ModelRef
	size    int // when opened

	mu    sync.Mutex // held while changes are taken over
	index Index      // replaced as a whole where changes are forgotten
	seen  int64      // number of the last change that the index has
	// foreign counts references that were taken out because they got a template of
	// another model.
	foreign int
}

// Open loads all references of the model into memory.
func Open(ctx context.Context, records Records, model bonafide.ModelRef) (*Gallery, error) {
	g := &Gallery{records: records, model: model}
	c, err := records.ReferenceChanges(ctx, model, -1, "") // no change has that number: the last one is told
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
			if _, _, err := g.current(ctx, ""); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "changes of references were not taken over", "error", err)
			}
		}
	}
}

// current gives the index with every change that is committed by now, and how many
// references the store has of the collection. References of other models are left out
// of the index: Search refuses a collection that holds such.
func (g *Gallery) current(ctx context.Context, collection bonafide.ID) (view, store.ReferenceChanges, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	after := g.seen
	for loaded := false; ; {
		c, err := g.records.ReferenceChanges(ctx, g.model, after, collection)
		switch {
		case err != nil:
			return view{}, c, err
		case c.Forgotten:
			if after, err = c.Last, g.reload(ctx, c.Last); err != nil {
				return view{}, c, err
			}
			loaded = true
			continue
		}
		if err := g.apply(c); err != nil {
			return view{}, c, err
		}
		after = c.Last
		if c.More {
			continue
		}
		held := g.index.Size(collection)
		switch {
		case held == c.Held:
			return view{g.index, g.foreign}, c, nil
		case loaded:
			return view{}, c, fmt.Errorf("%d of the %d references of the collection are in memory", held, c.Held)
		}
		after, loaded = -1, true // of that number none is known: all is read anew
	}
}

// view is the index and the count of references that it had lost to other models.
type view struct {
	Index
	foreign int
}

// reload reads all references anew. An index that was given out stays as it is.
func (g *Gallery) reload(ctx context.Context, last int64) error {
	g.foreign++ // the old one takes over no more changes
	_, err := g.load(ctx, last)
	return err
}

// apply takes over changes.
func (g *Gallery) apply(c store.ReferenceChanges) error {
	if err := g.index.Add(c.Changed...); err != nil {
		return err
	}
	g.foreign += len(c.Foreign)
	g.index.Remove(c.Foreign...)
	g.index.Remove(c.Gone...)
	for _, collection := range c.Dropped {
		g.index.Drop(collection)
	}
	g.seen = c.Last
	return nil
}

// Search gives the k persons of a collection who are most like the probe, best
// first, and how many references there were. A probe of another model, and a
// collection with references of another model, are CodeModel. It is an error as well
// where not every reference that the store has can be compared: nobody may pass for
// not found who was not looked for.
func (g *Gallery) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]Hit, int, error) {
	if probe.Model != g.model {
		return nil, 0, bonafide.Errorf(bonafide.CodeModel, "Templates of different models cannot be compared")
	}
	for range searchTries {
		index, c, err := g.current(ctx, collection)
		if err != nil {
			return nil, 0, fmt.Errorf("gallery: %w", err)
		}
		if c.Outdated > 0 {
			return nil, 0, bonafide.Errorf(bonafide.CodeModel, "%d images of the collection were enrolled with a model that is not in use:"+
				" run `bonafide collection reenrol` on the server, which may go on running", c.Outdated)
		}
		hits, size, err := g.existing(ctx, index, probe, collection, k)
		if err != nil {
			return nil, 0, fmt.Errorf("gallery: %w", err)
		}
		if g.complete(index) {
			return hits, size, nil
		}
	}
	return nil, 0, errors.New("gallery: references were withdrawn again and again while they were searched")
}

// complete says whether the index has lost nothing but what was deleted.
func (g *Gallery) complete(v view) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return v.foreign == g.foreign
}

// existing searches until all that is found exists.
func (g *Gallery) existing(ctx context.Context, index Index, probe bonafide.Template, collection bonafide.ID, k int) ([]Hit, int, error) {
	for {
		hits, size, err := index.Search(probe, collection, k)
		if err != nil {
			return nil, 0, err
		}
		gone, err := g.gone(ctx, hits)
		if err != nil {
			return nil, 0, err
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
