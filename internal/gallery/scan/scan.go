// Package scan is a gallery.Index in the memory of the process that compares a probe with
// every reference. A pass over vectors of one byte a number tells, for each, between which
// bounds its cosine lies; those that may be among the best are then compared exactly. So
// the answer is that of a comparison with all, for the time of a quarter of the memory.
package scan

import (
	"context"
	"runtime"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Index implements gallery.Index.
type Index struct {
	dots    kernel
	workers int // of one search

	mu   sync.RWMutex
	held *held
	mark gallery.Mark // Size is unused
}

// held is all that an index holds.
type held struct {
	dim         int
	collections map[bonafide.ID]*list
	places      map[bonafide.ID]place // by image
	words       int64                 // bytes of the ids
}

type place struct {
	list *list
	row  int
}

// New makes an empty index, which searches with all cores.
func New() *Index {
	return &Index{dots: kernels()[0], workers: runtime.GOMAXPROCS(0), held: newHeld(), mark: gallery.Mark{Last: -1}}
}

func newHeld() *held {
	return &held{collections: map[bonafide.ID]*list{}, places: map[bonafide.ID]place{}}
}

// At implements gallery.Index.
func (x *Index) At(_ context.Context, collection bonafide.ID) (gallery.Mark, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.at(collection), nil
}

func (x *Index) at(collection bonafide.ID) gallery.Mark {
	m := x.mark
	if l := x.held.collections[collection]; l != nil {
		m.Size = len(l.owners)
	}
	return m
}

// Total implements gallery.Index.
func (x *Index) Total(context.Context) (int, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.held.places), nil
}

// Load implements gallery.Index. Searches go on meanwhile in what was there.
func (x *Index) Load(_ context.Context, last int64, all func(each func(bonafide.Reference) error) error) error {
	h := newHeld()
	if err := all(h.add); err != nil {
		h.release()
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.held.release()
	x.held = h
	x.mark.Last = last
	x.mark.Withdrawn++
	return nil
}

// Apply implements gallery.Index.
func (x *Index) Apply(_ context.Context, from int64, c store.ReferenceChanges, collection bonafide.ID) (gallery.Mark, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if from != x.mark.Last {
		return x.at(collection), nil
	}
	for _, r := range c.Changed {
		if err := x.held.add(r); err != nil {
			return x.at(collection), err
		}
	}
	for _, id := range c.Foreign {
		x.held.remove(id)
	}
	for _, id := range c.Gone {
		x.held.remove(id)
	}
	for _, id := range c.Dropped {
		x.held.drop(id)
	}
	x.mark.Withdrawn += int64(len(c.Foreign))
	x.mark.Last = c.Last
	return x.at(collection), nil
}

// Remove implements gallery.Index.
func (x *Index) Remove(_ context.Context, images ...bonafide.ID) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range images {
		x.held.remove(id)
	}
	return nil
}

// add adds a reference, or replaces it.
func (h *held) add(r bonafide.Reference) error {
	if h.dim == 0 {
		h.dim = len(r.Template.Vector())
	}
	if r.Template.Empty() || len(r.Template.Vector()) != h.dim {
		return bonafide.Errorf(bonafide.CodeModel, "Templates of different models cannot be searched together")
	}
	h.remove(r.ImageID)
	l := h.collections[r.CollectionID]
	if l == nil {
		l = &list{id: r.CollectionID, dim: h.dim}
		h.collections[r.CollectionID] = l
	}
	row, err := l.add(owner{r.ImageID, r.PersonID}, r.Template.Vector())
	if err != nil {
		return err
	}
	h.places[r.ImageID] = place{l, row}
	h.words += int64(len(r.ImageID) + len(r.PersonID))
	return nil
}

// remove removes a reference. The last one of its collection takes its place.
func (h *held) remove(image bonafide.ID) {
	at, ok := h.places[image]
	if !ok {
		return
	}
	o := at.list.owners[at.row]
	h.words -= int64(len(o.image) + len(o.person))
	delete(h.places, image)
	if moved := at.list.remove(at.row); moved != "" {
		h.places[moved] = at
	}
	if len(at.list.owners) == 0 {
		delete(h.collections, at.list.id)
	}
}

// drop removes a collection.
func (h *held) drop(collection bonafide.ID) {
	l := h.collections[collection]
	if l == nil {
		return
	}
	for _, o := range l.owners {
		delete(h.places, o.image)
		h.words -= int64(len(o.image) + len(o.person))
	}
	l.release()
	delete(h.collections, collection)
}

func (h *held) release() {
	for _, l := range h.collections {
		l.release()
	}
}

// Rough sizes of what Go keeps of a reference beside vectors and ids.
const (
	placeBytes = 56 // an entry of the map by image, in a table that is two thirds full
	ownerBytes = 32
)

// Bytes implements gallery.Index.
func (x *Index) Bytes() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := x.held.words + int64(len(x.held.places))*placeBytes
	for _, l := range x.held.collections {
		n += int64(cap(l.owners)) * ownerBytes
		for _, b := range l.blocks {
			n += int64(len(b.memory))
		}
	}
	return n
}
