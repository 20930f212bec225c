package gallery

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Index finds the nearest of many references, all of one model. It is safe for
// concurrent use; a search sees each change as a whole or not at all.
type Index interface {
	// At tells what the index holds.
	At(ctx context.Context, collection bonafide.ID) (Mark, error)
	// Total is how many references it holds.
	Total(ctx context.Context) (int, error)
	// Load puts all references that are given to each in place of what is there. They
	// are as after the change of that number, or later.
	Load(ctx context.Context, last int64, all func(each func(bonafide.Reference) error) error) error
	// Apply takes over changes as a whole, and tells what the index holds then. Nothing is
	// changed where from is not the number of the last change that the index has: somebody
	// else was faster.
	Apply(ctx context.Context, from int64, c store.ReferenceChanges, collection bonafide.ID) (Mark, error)
	// Remove removes references by image. Unknown ids are ignored.
	Remove(ctx context.Context, images ...bonafide.ID) error
	// Search gives the k most similar persons of the collection, best first, each with
	// the most similar image, and how many references there were. Similarity is Score;
	// of equals the smaller image id goes first. A probe or a reference that is not made
	// of finite numbers is an error.
	Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) (hits []Hit, size int, err error)
	// Bytes is the memory that the index takes in this process.
	Bytes() int64
}

// Mark is what an index holds at one moment.
type Mark struct {
	Last int64 // number of the last change that it has; -1 before it was loaded
	// Withdrawn rises with each reference that is taken out although it was not deleted.
	Withdrawn int64
	Size      int // references of the collection asked for
}

// Hit is one person whom an index found.
type Hit struct {
	ImageID  bonafide.ID
	PersonID bonafide.ID
	Cosine   float32
}

// Scored is one reference that was compared with a probe.
type Scored struct {
	ImageID  bonafide.ID
	PersonID bonafide.ID
	Score    float64
}

// Score is the cosine of two vectors of length 1. It is the same number on every
// machine: the products of two float32 are exact, and are added in a fixed order.
func Score(a, b []float32) float64 {
	b = b[:len(a)]
	var s, t, u, v float64
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s += float64(a[i]) * float64(b[i])
		t += float64(a[i+1]) * float64(b[i+1])
		u += float64(a[i+2]) * float64(b[i+2])
		v += float64(a[i+3]) * float64(b[i+3])
	}
	for ; i < len(a); i++ {
		s += float64(a[i]) * float64(b[i])
	}
	return (s + t) + (u + v)
}

// Finite tells whether all numbers of a vector are finite.
func Finite(v []float32) bool {
	return !slices.ContainsFunc(v, func(x float32) bool { return !(math.Abs(float64(x)) <= math.MaxFloat32) })
}

// Best gives the k best persons of what was compared, each by the best image.
func Best(all []Scored, k int) []Hit {
	slices.SortFunc(all, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ImageID, b.ImageID))
	})
	var hits []Hit
	named := map[bonafide.ID]bool{}
	for _, s := range all {
		if len(hits) >= k {
			break
		}
		if !named[s.PersonID] {
			named[s.PersonID] = true
			hits = append(hits, Hit{ImageID: s.ImageID, PersonID: s.PersonID, Cosine: float32(s.Score)})
		}
	}
	return hits
}
