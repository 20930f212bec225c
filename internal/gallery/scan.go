package gallery

import (
	"slices"
	"sync"

	"github.com/viterin/vek/vek32"

	"github.com/bonafide-id/bonafide"
)

// blockRows is how many vectors lie in one piece of memory: a collection grows
// without being copied.
const blockRows = 1024

// scan is an Index that compares the probe with every reference. It is exact: at
// 100,000 references of 384 numbers a search takes some milliseconds.
type scan struct {
	dim int

	mu          sync.RWMutex
	collections map[bonafide.ID]*shelf
	home        map[bonafide.ID]bonafide.ID // of an image: its collection
}

// shelf holds the references of one collection. Row i of the vectors belongs to
// owners[i].
type shelf struct {
	blocks [][]float32
	owners []owner
	rows   map[bonafide.ID]int // by image
}

type owner struct{ image, person bonafide.ID }

func newScan() *scan {
	return &scan{collections: map[bonafide.ID]*shelf{}, home: map[bonafide.ID]bonafide.ID{}}
}

// Add implements Index.
func (s *scan) Add(refs ...bonafide.Reference) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range refs {
		if s.dim == 0 {
			s.dim = len(r.Template.Vector())
		}
		if r.Template.Empty() || len(r.Template.Vector()) != s.dim {
			return bonafide.Errorf(bonafide.CodeModel, "Templates of different models cannot be searched together")
		}
		s.remove(r.ImageID)
		at := s.collections[r.CollectionID]
		if at == nil {
			at = &shelf{rows: map[bonafide.ID]int{}}
			s.collections[r.CollectionID] = at
		}
		at.add(r, s.dim)
		s.home[r.ImageID] = r.CollectionID
	}
	return nil
}

func (c *shelf) add(r bonafide.Reference, dim int) {
	i := len(c.owners)
	if i == len(c.blocks)*blockRows {
		c.blocks = append(c.blocks, make([]float32, blockRows*dim))
	}
	c.owners = append(c.owners, owner{r.ImageID, r.PersonID})
	c.rows[r.ImageID] = i
	copy(c.row(i, dim), r.Template.Vector())
}

func (c *shelf) row(i, dim int) []float32 {
	at := i % blockRows * dim
	return c.blocks[i/blockRows][at : at+dim]
}

// Remove implements Index.
func (s *scan) Remove(images ...bonafide.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range images {
		s.remove(id)
	}
}

// remove puts the last row in the place of the removed one.
func (s *scan) remove(image bonafide.ID) {
	collection, ok := s.home[image]
	if !ok {
		return
	}
	delete(s.home, image)
	c := s.collections[collection]
	i, last := c.rows[image], len(c.owners)-1
	c.owners[i] = c.owners[last]
	c.rows[c.owners[i].image] = i
	copy(c.row(i, s.dim), c.row(last, s.dim))
	clear(c.row(last, s.dim)) // no template outlives its person
	delete(c.rows, image)
	c.owners = c.owners[:last]
	if len(c.owners) <= (len(c.blocks)-1)*blockRows {
		c.blocks = c.blocks[:len(c.blocks)-1]
	}
	if last == 0 {
		delete(s.collections, collection)
	}
}

// Drop implements Index.
func (s *scan) Drop(collection bonafide.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.collections[collection]
	if c == nil {
		return
	}
	for image := range c.rows {
		delete(s.home, image)
	}
	delete(s.collections, collection)
}

// Size implements Index.
func (s *scan) Size(collection bonafide.ID) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := s.collections[collection]
	if c == nil {
		return 0
	}
	return len(c.owners)
}

// Search implements Index.
func (s *scan) Search(probe bonafide.Template, collection bonafide.ID, k int) ([]Hit, int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := s.collections[collection]
	if c == nil {
		return nil, 0, nil
	}
	v := probe.Vector()
	if len(v) != s.dim {
		return nil, 0, bonafide.Errorf(bonafide.CodeModel, "Templates of different models cannot be compared")
	}
	best := ranking{k: k}
	for i, o := range c.owners {
		best.offer(Hit{ImageID: o.image, PersonID: o.person, Cosine: vek32.Dot(v, c.row(i, s.dim))})
	}
	return best.hits, len(c.owners), nil
}

// ranking keeps the k best persons, best first, each by the best image.
type ranking struct {
	k    int
	hits []Hit
}

func (r *ranking) offer(h Hit) {
	// What is not a number is not below anything and gets in, so that it is noticed.
	if len(r.hits) == r.k && h.Cosine <= r.hits[r.k-1].Cosine {
		return
	}
	if i := slices.IndexFunc(r.hits, func(o Hit) bool { return o.PersonID == h.PersonID }); i >= 0 {
		if h.Cosine <= r.hits[i].Cosine {
			return
		}
		r.hits = slices.Delete(r.hits, i, i+1)
	}
	at, _ := slices.BinarySearchFunc(r.hits, h, func(o, h Hit) int {
		if o.Cosine >= h.Cosine {
			return -1
		}
		return 1
	})
	r.hits = slices.Insert(r.hits, at, h)
	if len(r.hits) > r.k {
		r.hits = r.hits[:r.k]
	}
}
