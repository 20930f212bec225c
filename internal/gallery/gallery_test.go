package gallery_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/gallery/scan"
	"github.com/bonafide-id/bonafide/internal/store"
)

var model = bonafide.ModelRef{Name: "embedder", Version: "1"}

// records is a store of references.
type records struct {
	mu    sync.Mutex
	refs  map[bonafide.ID]bonafide.Reference
	log   []bonafide.ID // images of changed references
	lost  int           // how many more references of each collection there are
	fault error
}

func (r *records) ReferenceChanges(_ context.Context, model bonafide.ModelRef, after int64, collection bonafide.ID) (store.ReferenceChanges, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := store.ReferenceChanges{Last: int64(len(r.log)), Forgotten: after < 0, Held: r.lost}
	if c.Forgotten {
		return c, r.fault
	}
	for _, ref := range r.refs {
		switch {
		case ref.CollectionID != collection:
		case ref.Template.Model == model:
			c.Held++
		default:
			c.Outdated++
		}
	}
	for _, id := range r.log[after:] {
		ref, ok := r.refs[id]
		if ok && ref.Template.Model == model {
			c.Changed = append(c.Changed, ref)
			continue
		}
		if ok {
			c.Foreign = append(c.Foreign, id)
			continue
		}
		c.Gone = append(c.Gone, id)
	}
	return c, r.fault
}

func (r *records) References(_ context.Context, model bonafide.ModelRef, each func(bonafide.Reference) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, ref := range r.refs {
		if ref.Template.Model == model {
			if err := each(ref); err != nil {
				return err
			}
		}
	}
	return r.fault
}

func (r *records) PersonsOf(_ context.Context, images ...bonafide.ID) (map[bonafide.ID]bonafide.ID, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := map[bonafide.ID]bonafide.ID{}
	for _, id := range images {
		if ref, ok := r.refs[id]; ok {
			found[id] = ref.PersonID
		}
	}
	return found, nil
}

func (r *records) put(refs ...bonafide.Reference) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, ref := range refs {
		r.refs[ref.ImageID] = ref
		r.log = append(r.log, ref.ImageID)
	}
}

func (r *records) drop(image bonafide.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.refs, image)
	r.log = append(r.log, image)
}

// at is a reference in the direction of an angle.
func at(image, person, collection bonafide.ID, radians float64) bonafide.Reference {
	sin, cos := math.Sincos(radians)
	return bonafide.Reference{ImageID: image, PersonID: person, CollectionID: collection,
		Template: bonafide.NewTemplate(model, []float32{float32(cos), float32(sin)})}
}

func open(t testing.TB, r *records) *gallery.Gallery {
	t.Helper()
	g, err := gallery.Open(t.Context(), r, model, scan.New())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func found(t *testing.T, g *gallery.Gallery, collection bonafide.ID, k int) []bonafide.ID {
	t.Helper()
	hits, _, err := g.Search(t.Context(), at("", "", "", 0).Template, collection, k)
	if err != nil {
		t.Fatal(err)
	}
	persons := []bonafide.ID{}
	for _, h := range hits {
		persons = append(persons, h.PersonID)
	}
	return persons
}

func TestTheMostSimilarPersonsComeFirstEachOnce(t *testing.T) {
	r := &records{refs: map[bonafide.ID]bonafide.Reference{}}
	r.put(at("1", "ada", "list", 0.3), at("2", "bob", "list", 0.2), at("3", "ada", "list", 0.1), at("4", "eve", "list", 2), at("5", "mallory", "other", 0))
	g := open(t, r)
	if got := found(t, g, "list", 2); !slices.Equal(got, []bonafide.ID{"ada", "bob"}) {
		t.Errorf("found %v", got)
	}
	if got := found(t, g, "list", 10); !slices.Equal(got, []bonafide.ID{"ada", "bob", "eve"}) {
		t.Errorf("found %v", got)
	}
	hits, size, err := g.Search(t.Context(), at("", "", "", 0).Template, "list", 1)
	if err != nil || size != 4 || len(hits) != 1 || hits[0].ImageID != "3" || math.Abs(float64(hits[0].Cosine)-math.Cos(0.1)) > 1e-6 {
		t.Errorf("%v of %d, %v", hits, size, err)
	}
	if got := found(t, g, "empty", 3); len(got) != 0 {
		t.Errorf("an empty collection holds %v", got)
	}
}

func TestASearchThatCannotCompareWithEveryReferenceFails(t *testing.T) {
	r := &records{refs: map[bonafide.ID]bonafide.Reference{}}
	r.put(at("1", "ada", "list", 0))
	g := open(t, r)
	r.refs["2"] = at("2", "bob", "list", 0.1) // and no change says so
	if got := found(t, g, "list", 2); !slices.Equal(got, []bonafide.ID{"ada", "bob"}) {
		t.Errorf("a reference that was not told of: found %v", got)
	}
	r.lost = 1 // the store has one more than it gives out
	if hits, _, err := g.Search(t.Context(), at("", "", "", 2).Template, "list", 1); err == nil {
		t.Errorf("a reference that cannot be read: %v", hits)
	}
	if hits, _, err := g.Search(t.Context(), at("", "", "", 2).Template, "other", 1); err == nil {
		t.Errorf("a collection of which nothing can be read: %v", hits)
	}
}

func TestWhoWasDeletedIsNeverFoundAgain(t *testing.T) {
	r := &records{refs: map[bonafide.ID]bonafide.Reference{}}
	r.put(at("1", "ada", "list", 0), at("2", "bob", "list", 0.5), at("3", "eve", "list", 1))
	g := open(t, r)
	delete(r.refs, "1") // and no change says so
	if got := found(t, g, "list", 1); !slices.Equal(got, []bonafide.ID{"bob"}) {
		t.Errorf("deleted behind the back of the gallery: found %v", got)
	}
	r.drop("2")
	if got := found(t, g, "list", 3); !slices.Equal(got, []bonafide.ID{"eve"}) {
		t.Errorf("removed: found %v", got)
	}
	if got := found(t, open(t, r), "list", 3); !slices.Equal(got, []bonafide.ID{"eve"}) {
		t.Errorf("after a restart: found %v", got)
	}
	r.drop("3")
	r.drop("unknown")
	if got := found(t, g, "list", 3); len(got) != 0 {
		t.Errorf("removed as well: found %v", got)
	}
}

func TestNobodyPassesForNotFoundWhoWasNotLookedFor(t *testing.T) {
	old := at("1", "ada", "list", 0)
	old.Template = bonafide.NewTemplate(bonafide.ModelRef{Name: "embedder", Version: "0"}, []float32{1, 0})
	r := &records{refs: map[bonafide.ID]bonafide.Reference{}}
	r.put(old, at("2", "bob", "other", 0))
	g := open(t, r)
	if g.Size() != 1 {
		t.Errorf("%d references loaded", g.Size())
	}
	probe := at("", "", "", 0).Template
	if _, _, err := g.Search(t.Context(), probe, "list", 1); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("references of another model: %v", err)
	}
	if _, _, err := g.Search(t.Context(), old.Template, "other", 1); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("a probe of another model: %v", err)
	}
	r.put(at("3", "eve", "nan", math.NaN()))
	if hits, _, err := g.Search(t.Context(), probe, "nan", 1); err == nil {
		t.Errorf("what is not a number: %v", hits)
	}
	r.fault = errors.New("disk")
	if _, _, err := g.Search(t.Context(), probe, "other", 1); !errors.Is(err, r.fault) {
		t.Errorf("a store that cannot tell what has changed: %v", err)
	}
	if _, err := gallery.Open(t.Context(), r, model, scan.New()); !errors.Is(err, r.fault) {
		t.Errorf("a store that fails: %v", err)
	}
}

// random gives n references of 16 numbers each.
func random(seed uint64, n int) []bonafide.Reference {
	rng := rand.New(rand.NewPCG(seed, 0))
	refs := make([]bonafide.Reference, n)
	for i := range refs {
		v, sum := make([]float32, 16), 0.0
		for j := range v {
			v[j] = float32(rng.NormFloat64())
			sum += float64(v[j]) * float64(v[j])
		}
		for j := range v {
			v[j] /= float32(math.Sqrt(sum))
		}
		name := bonafide.ID(fmt.Sprint(seed, "-", i))
		refs[i] = bonafide.Reference{ImageID: name, PersonID: "person " + name, CollectionID: "list", Template: bonafide.NewTemplate(model, v)}
	}
	return refs
}

// TestTheScanIsExactAfterAnyChanges compares with the plainest search there
// is, after references came and went in any order over several blocks.
func TestTheScanIsExactAfterAnyChanges(t *testing.T) {
	refs := random(1, 5000)
	r := &records{refs: map[bonafide.ID]bonafide.Reference{}}
	g := open(t, r)
	rng := rand.New(rand.NewPCG(2, 0))
	for range 4 {
		for _, ref := range refs {
			switch _, there := r.refs[ref.ImageID]; {
			case !there && rng.IntN(2) == 0:
				r.put(ref)
			case there && rng.IntN(2) == 0:
				r.drop(ref.ImageID)
			}
		}
		for _, probe := range random(3, 20) {
			hits, size, err := g.Search(t.Context(), probe.Template, "list", 5)
			if err != nil || size != len(r.refs) {
				t.Fatalf("%d of %d references, %v", size, len(r.refs), err)
			}
			all := slices.Collect(maps.Values(r.refs))
			slices.SortFunc(all, func(a, b bonafide.Reference) int {
				return -compare(cosine(a, probe), cosine(b, probe))
			})
			for i, h := range hits {
				if h.ImageID != all[i].ImageID && math.Abs(cosine(all[i], probe)-float64(h.Cosine)) > 1e-5 {
					t.Fatalf("hit %d is %v (%v), want %v (%v)", i, h.ImageID, h.Cosine, all[i].ImageID, cosine(all[i], probe))
				}
			}
		}
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func cosine(a, b bonafide.Reference) (sum float64) {
	for i, x := range a.Template.Vector() {
		sum += float64(x) * float64(b.Template.Vector()[i])
	}
	return sum
}

func TestSearchesAndChangesGoOnTogether(t *testing.T) {
	r := &records{refs: map[bonafide.ID]bonafide.Reference{}}
	known := random(1, 300)
	r.put(known...)
	g := open(t, r)
	var changes sync.WaitGroup
	stop := make(chan struct{})
	for seed := range uint64(2) {
		changes.Go(func() {
			for {
				for _, ref := range random(10+seed, 200) {
					select {
					case <-stop:
						return
					default:
					}
					r.put(ref)
					r.drop(ref.ImageID)
				}
			}
		})
	}
	for _, ref := range known {
		hits, _, err := g.Search(t.Context(), ref.Template, "list", 1)
		if err != nil || len(hits) != 1 || hits[0].PersonID != ref.PersonID {
			t.Errorf("%s: %v, %v", ref.PersonID, hits, err)
		}
	}
	close(stop)
	changes.Wait()
}

// BenchmarkSearch searches among references of 384 numbers, as the standard set
// makes them.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := &records{refs: map[bonafide.ID]bonafide.Reference{}}
			g := open(b, r)
			rng := rand.New(rand.NewPCG(1, 0))
			var probe bonafide.Template
			for i := range n {
				v := make([]float32, 384)
				for j := range v {
					v[j] = float32(rng.NormFloat64() / math.Sqrt(384))
				}
				id := bonafide.ID(fmt.Sprint(i))
				probe = bonafide.NewTemplate(model, v)
				ref := bonafide.Reference{ImageID: id, PersonID: id, CollectionID: "list", Template: probe}
				r.put(ref)
			}
			if _, _, err := g.Search(b.Context(), probe, "list", 10); err != nil { // takes the changes over
				b.Fatal(err)
			}
			b.ResetTimer()
			for b.Loop() {
				if _, _, err := g.Search(b.Context(), probe, "list", 10); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "comparisons/s")
		})
	}
}
