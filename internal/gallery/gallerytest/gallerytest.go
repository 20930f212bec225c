// Package gallerytest is the suite that every gallery.Index passes.
package gallerytest

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
	"github.com/bonafide-id/bonafide/internal/store"
)

// Model is the model of all templates of the suite.
func Model() bonafide.ModelRef { return bonafide.ModelRef{Name: "embedder", Version: "1"} }

// Opener gives a test an empty index.
type Opener func(t testing.TB) gallery.Index

// Index is the suite. rows is how many references the larger galleries have.
func Index(t *testing.T, open Opener, rows int) {
	t.Run("random vectors", func(t *testing.T) {
		for _, dim := range []int{1, 2, 16, 65, 384, 512} {
			exact(t, open(t), Random(uint64(dim), rows, dim), Random(3, 5, dim))
		}
	})
	t.Run("vectors that are hard to tell apart", func(t *testing.T) {
		for name, refs := range hard(rows / 4) {
			t.Run(name, func(t *testing.T) { exact(t, open(t), refs, slices.Concat(refs[:3], Random(9, 3, 96))) })
		}
	})
	t.Run("what is not finite", func(t *testing.T) { notFinite(t, open) })
	t.Run("changes in any order", func(t *testing.T) { anyChanges(t, open(t), rows) })
	t.Run("what an index holds", func(t *testing.T) { marks(t, open(t)) })
	t.Run("templates of other models", func(t *testing.T) { otherModels(t, open(t)) })
	t.Run("a change is seen as a whole", func(t *testing.T) { whole(t, open(t)) })
}

// Reference makes a reference of the collection "list". The id of the person is of one of
// half as many persons as there are images.
func Reference(i int, v []float32) bonafide.Reference {
	return bonafide.Reference{ImageID: bonafide.ID(fmt.Sprintf("image %06d", i)), PersonID: bonafide.ID(fmt.Sprintf("person %06d", i/2)),
		CollectionID: "list", Template: bonafide.NewTemplate(Model(), v)}
}

// Random gives n references of length 1 in any direction.
func Random(seed uint64, n, dim int) []bonafide.Reference {
	rng := rand.New(rand.NewPCG(seed, 0))
	refs := make([]bonafide.Reference, n)
	for i := range refs {
		v, sum := make([]float32, dim), 0.0
		for j := range v {
			v[j] = float32(rng.NormFloat64())
			sum += float64(v[j]) * float64(v[j])
		}
		for j := range v {
			v[j] /= float32(math.Sqrt(sum))
		}
		refs[i] = Reference(i, v)
	}
	return refs
}

// hard gives galleries of 96 numbers a template that a careless search gets wrong.
func hard(n int) map[string][]bonafide.Reference {
	make1 := func(f func(i, j int) float32) []bonafide.Reference {
		refs := make([]bonafide.Reference, n)
		for i := range refs {
			v := make([]float32, 96)
			for j := range v {
				v[j] = f(i, j)
			}
			refs[i] = Reference(i, v)
		}
		return refs
	}
	rng := rand.New(rand.NewPCG(7, 0))
	base := Random(5, 1, 96)[0].Template.Vector()
	return map[string][]bonafide.Reference{
		"equal":              make1(func(_, j int) float32 { return base[j] }),
		"nearly equal":       make1(func(i, j int) float32 { return base[j] * (1 + float32(i%97)*1e-6) }),
		"in the last bit":    make1(func(i, j int) float32 { return math.Float32frombits(math.Float32bits(base[j]) ^ uint32(rng.IntN(2))) }),
		"antipodal":          make1(func(i, j int) float32 { return base[j] * float32(1-2*(i%2)) }),
		"zero":               make1(func(_, _ int) float32 { return 0 }),
		"some zero":          make1(func(i, j int) float32 { return base[j] * float32(i%3) }),
		"one number":         make1(func(i, j int) float32 { return float32(1-2*(i%2)) * unit(i/2%96 == j) }),
		"one great number":   make1(func(i, j int) float32 { return 3e4*unit(i%96 == j) + base[j] }),
		"denormal":           make1(func(i, j int) float32 { return math.Float32frombits(uint32(rng.IntN(4))) }),
		"of lengths far off": make1(func(i, j int) float32 { return base[j] * float32(math.Pow(10, float64(i%60-30))) }),
		"halves of a step":   make1(func(i, j int) float32 { return float32(2*((i*31+j*17)%127)+1)/254 - 0.5 + 0.5*unit(j == 0) }),
	}
}

func unit(is bool) float32 {
	if is {
		return 1
	}
	return 0
}

// load puts references into an index, as after change 1.
func load(t testing.TB, x gallery.Index, refs []bonafide.Reference) {
	t.Helper()
	err := x.Load(t.Context(), 1, func(each func(bonafide.Reference) error) error {
		for _, r := range refs {
			if err := each(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// plainest is the search that all others must equal.
func plainest(refs []bonafide.Reference, probe bonafide.Template, k int) []gallery.Hit {
	var all []gallery.Scored
	for _, r := range refs {
		all = append(all, gallery.Scored{ImageID: r.ImageID, PersonID: r.PersonID, Score: gallery.Score(probe.Vector(), r.Template.Vector())})
	}
	return gallery.Best(all, k)
}

// exact compares searches with the plainest one: the same persons by the same images with
// the same numbers.
func exact(t *testing.T, x gallery.Index, refs, probes []bonafide.Reference) {
	t.Helper()
	load(t, x, refs)
	same(t, x, refs, probes)
}

func same(t *testing.T, x gallery.Index, refs, probes []bonafide.Reference) {
	t.Helper()
	for i, probe := range probes {
		best := plainest(refs, probe.Template, 100)
		for _, k := range []int{0, 1, 5, 100} {
			hits, size, err := x.Search(t.Context(), probe.Template, "list", k)
			if err != nil || size != len(refs) {
				t.Fatalf("probe %d: %d of %d references, %v", i, size, len(refs), err)
			}
			if want := best[:min(k, len(best))]; !slices.Equal(hits, want) {
				t.Fatalf("probe %d: the best %d are\n%v, want\n%v", i, k, hits, want)
			}
		}
	}
}

func notFinite(t *testing.T, open Opener) {
	for name, bad := range map[string]float32{"NaN": float32(math.NaN()), "infinite": float32(math.Inf(1)), "infinite below": float32(math.Inf(-1))} {
		refs := Random(1, 40, 96)
		probe := refs[7].Template
		refs[3].Template.Vector()[50] = bad
		for i := range refs {
			refs[i].CollectionID = []bonafide.ID{"list", "other"}[i%2]
		}
		x := open(t)
		load(t, x, refs)
		if m, err := x.At(t.Context(), "other"); err != nil || m.Size != 20 {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
		if hits, _, err := x.Search(t.Context(), probe, "other", 1); err == nil {
			t.Errorf("%s among the references: found %v", name, hits)
		}
		if hits, _, err := x.Search(t.Context(), refs[4].Template, "list", 1); err != nil || hits[0].ImageID != refs[4].ImageID {
			t.Errorf("%s in another collection: %v, %v", name, hits, err)
		}
		if hits, _, err := x.Search(t.Context(), refs[3].Template, "list", 1); err == nil {
			t.Errorf("%s in the probe: found %v", name, hits)
		}
		if err := x.Remove(t.Context(), refs[3].ImageID); err != nil {
			t.Fatal(err)
		}
		if hits, size, err := x.Search(t.Context(), probe, "other", 1); err != nil || size != 19 || hits[0].ImageID != refs[7].ImageID {
			t.Errorf("%s removed: %v of %d, %v", name, hits, size, err)
		}
	}
}

func anyChanges(t *testing.T, x gallery.Index, rows int) {
	refs := Random(1, rows, 16)
	there := map[bonafide.ID]bonafide.Reference{}
	rng := rand.New(rand.NewPCG(2, 0))
	load(t, x, nil)
	last := int64(1)
	for round := range 4 {
		c := store.ReferenceChanges{Last: last + 5}
		for _, r := range refs {
			_, is := there[r.ImageID]
			switch {
			case rng.IntN(2) == 0:
			case is && rng.IntN(2) == 0:
				delete(there, r.ImageID)
				c.Gone = append(c.Gone, r.ImageID)
			case is && rng.IntN(2) == 0:
				delete(there, r.ImageID)
				c.Foreign = append(c.Foreign, r.ImageID)
			default: // again, too, by another template
				r.Template = refs[rng.IntN(len(refs))].Template
				there[r.ImageID] = r
				c.Changed = append(c.Changed, r)
			}
		}
		m, err := x.Apply(t.Context(), last, c, "list")
		if err != nil || m.Last != c.Last || m.Size != len(there) {
			t.Fatalf("round %d: %+v with %d references, %v", round, m, len(there), err)
		}
		last = c.Last
		same(t, x, slices.Collect(maps.Values(there)), Random(3, 5, 16))
	}
	if m, err := x.Apply(t.Context(), last, store.ReferenceChanges{Last: last + 1, Dropped: []bonafide.ID{"list", "unknown"}}, "list"); err != nil || m.Size != 0 {
		t.Errorf("a dropped collection: %+v, %v", m, err)
	}
	if hits, size, err := x.Search(t.Context(), refs[0].Template, "list", 1); err != nil || size != 0 || len(hits) != 0 {
		t.Errorf("a dropped collection: %v of %d, %v", hits, size, err)
	}
}

func marks(t *testing.T, x gallery.Index) {
	ctx, refs := t.Context(), Random(1, 5, 16)
	at := func(want gallery.Mark) {
		t.Helper()
		if m, err := x.At(ctx, "list"); err != nil || m != want {
			t.Errorf("%+v, %v, want %+v", m, err, want)
		}
	}
	m, err := x.At(ctx, "list")
	if err != nil || m.Last != -1 || m.Size != 0 {
		t.Fatalf("an index that was never loaded: %+v, %v", m, err)
	}
	refs[4].CollectionID = "other"
	load(t, x, refs)
	w := m.Withdrawn + 1
	at(gallery.Mark{Last: 1, Withdrawn: w, Size: 4})
	failed := errors.New("the store is gone")
	if err := x.Load(ctx, 9, func(func(bonafide.Reference) error) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("a load that fails: %v", err)
	}
	at(gallery.Mark{Last: 1, Withdrawn: w, Size: 4})
	// Somebody else was faster: nothing is done twice, and nothing is left out.
	if m, err := x.Apply(ctx, 0, store.ReferenceChanges{Last: 7, Gone: []bonafide.ID{refs[0].ImageID}}, "list"); err != nil || m.Last != 1 || m.Size != 4 {
		t.Errorf("changes after another number: %+v, %v", m, err)
	}
	c := store.ReferenceChanges{Last: 3, Foreign: []bonafide.ID{refs[0].ImageID}, Gone: []bonafide.ID{refs[1].ImageID, "unknown"}}
	if m, err := x.Apply(ctx, 1, c, "list"); err != nil || m != (gallery.Mark{Last: 3, Withdrawn: w + 1, Size: 2}) {
		t.Errorf("%+v, %v", m, err)
	}
	moved := refs[2]
	moved.CollectionID = "other"
	if m, err := x.Apply(ctx, 3, store.ReferenceChanges{Last: 4, Changed: []bonafide.Reference{moved}}, "list"); err != nil || m.Size != 1 {
		t.Errorf("a reference in another collection: %+v, %v", m, err)
	}
	if err := x.Remove(ctx, refs[3].ImageID, "unknown"); err != nil {
		t.Fatal(err)
	}
	at(gallery.Mark{Last: 4, Withdrawn: w + 1, Size: 0})
	if n, err := x.Total(ctx); err != nil || n != 2 {
		t.Errorf("%d references in all, %v", n, err)
	}
	load(t, x, refs[:2])
	at(gallery.Mark{Last: 1, Withdrawn: w + 2, Size: 2})
}

func otherModels(t *testing.T, x gallery.Index) {
	load(t, x, Random(1, 5, 16))
	if _, _, err := x.Search(t.Context(), Random(1, 1, 17)[0].Template, "list", 1); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("a longer probe: %v", err)
	}
	for _, v := range [][]float32{make([]float32, 17), nil} {
		c := store.ReferenceChanges{Last: 2, Changed: []bonafide.Reference{Reference(9, v)}}
		if _, err := x.Apply(t.Context(), 1, c, "list"); bonafide.CodeOf(err) != bonafide.CodeModel {
			t.Errorf("a reference of %d numbers: %v", len(v), err)
		}
	}
}

// whole moves a person between two images in one change, again and again: a search sees
// one of them.
func whole(t *testing.T, x gallery.Index) {
	refs := Random(1, 3, 16)
	a, b := refs[0], refs[1]
	b.PersonID, b.Template = a.PersonID, a.Template
	probe := a.Template
	load(t, x, []bonafide.Reference{a, refs[2]})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var changes sync.WaitGroup
	changes.Go(func() {
		for last := int64(1); ctx.Err() == nil; last++ {
			c := store.ReferenceChanges{Last: last + 1, Changed: []bonafide.Reference{b}, Gone: []bonafide.ID{a.ImageID}}
			if _, err := x.Apply(t.Context(), last, c, "list"); err != nil {
				t.Error(err)
				return
			}
			a, b = b, a
		}
	})
	for range 50 {
		hits, size, err := x.Search(t.Context(), probe, "list", 5)
		if err != nil || size != 2 || len(hits) != 2 || hits[0].PersonID != refs[0].PersonID {
			t.Errorf("%v of %d, %v", hits, size, err)
		}
	}
	stop()
	changes.Wait()
}
