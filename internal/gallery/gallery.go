// Package gallery finds, among the templates of many people, those that are most like a
// probe: one-to-many search. A reference is a stored template,
// the gallery of a collection is all its references; the cosine of two templates
// tells how alike they are.
//
// The store is the truth, an Index what makes it fast: scan in memory, pgvector in a
// database. It is filled from the store. Each search first asks the store what has changed since, in
// whatever process, and how many references the collection has; it fails where it
// cannot know, and where the index does not hold every one of them. What it finds is
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
	index   Index
	size    int // when opened

	mu sync.Mutex // held while changes are taken over
}

// Open makes a gallery of an index of the model's references, and brings the index up to
// date: one that is kept in the process is filled.
func Open(ctx context.Context, records Records, model bonafide.ModelRef, index Index) (*Gallery, error) {
	g := &Gallery{records: records, model: model, index: index}
	_, _, err := g.current(ctx, "")
	if err == nil {
		g.size, err = index.Total(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("gallery: %w", err)
	}
	return g, nil
}

// load reads all references, as they are after the change of that number or later.
func (g *Gallery) load(ctx context.Context, last int64) error {
	return g.index.Load(ctx, last, func(each func(bonafide.Reference) error) error {
		return g.records.References(ctx, g.model, each)
	})
}

// Size is how many references there were when the gallery was opened.
func (g *Gallery) Size() int { return g.size }

// Bytes is the memory that the references take in this process.
func (g *Gallery) Bytes() int64 { return g.index.Bytes() }

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

// current takes over every change that is committed by now, and tells what the index holds
// then and how many references the store has of the collection. References of other models
// are left out of the index: Search refuses a collection that holds such.
func (g *Gallery) current(ctx context.Context, collection bonafide.ID) (Mark, store.ReferenceChanges, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	m, err := g.index.At(ctx, collection)
	if err != nil {
		return m, store.ReferenceChanges{}, err
	}
	for after, tries, loaded := m.Last, 0, false; ; after = m.Last {
		c, err := g.records.ReferenceChanges(ctx, g.model, after, collection)
		if err == nil && c.Forgotten {
			if err = g.load(ctx, c.Last); err == nil {
				m.Last, loaded = c.Last, true
				continue
			}
		}
		if err == nil {
			m, err = g.index.Apply(ctx, after, c, collection)
		}
		switch {
		case err != nil:
			return m, c, err
		case c.More || m.Last != c.Last:
		case m.Size == c.Held:
			return m, c, nil
		case tries < 2: // an index that others share may be further in what was deleted
			tries++
		case loaded:
			return m, c, fmt.Errorf("%d of the %d references of the collection can be searched", m.Size, c.Held)
		default:
			m.Last, loaded = -1, true // of that number none is known: all is read anew
		}
	}
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
		before, c, err := g.current(ctx, collection)
		if err != nil {
			return nil, 0, fmt.Errorf("gallery: %w", err)
		}
		if c.Outdated > 0 {
			return nil, 0, bonafide.Errorf(bonafide.CodeModel, "%d images of the collection were enrolled with a model that is not in use:"+
				" run `bonafide gallery reindex` on the server, which may go on running", c.Outdated)
		}
		hits, size, err := g.existing(ctx, probe, collection, k)
		if err != nil {
			return nil, 0, fmt.Errorf("gallery: %w", err)
		}
		after, err := g.index.At(ctx, collection)
		if err != nil {
			return nil, 0, fmt.Errorf("gallery: %w", err)
		}
		if before.Withdrawn == after.Withdrawn { // nothing is lost but what was deleted
			return hits, size, nil
		}
	}
	return nil, 0, errors.New("gallery: references were withdrawn again and again while they were searched")
}

// existing searches until all that is found exists.
func (g *Gallery) existing(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]Hit, int, error) {
	for {
		hits, size, err := g.index.Search(ctx, probe, collection, k)
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
		if err := g.index.Remove(ctx, gone...); err != nil {
			return nil, 0, err
		}
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
