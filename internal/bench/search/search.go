// Package search measures an index of references: what a search takes beside a plain
// reading of the memory that it goes through, and whether it finds what comparing with
// everybody finds.
package search

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/viterin/vek/vek32"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/gallery"
)

// Bench is one run. Templates are made up: cosines of strangers lie around 0.5, as those
// of the networks for faces do, and every second probe is like one reference.
type Bench struct {
	Index      gallery.Index
	Sweep      func() // reads the memory that a search goes through; nil leaves the comparison out
	References int
	Dim        int // numbers of a template
	Count      int // persons that a search gives
	Repeats    int // searches that are timed
	Probes     int // searches that are compared with the exact answer
	Cores      int
}

// Result is what a run found.
type Result struct {
	Bench  *Bench
	Fill   time.Duration
	Bytes  int64           // of the index in this process
	Search []time.Duration // sorted
	Sweeps []time.Duration // sorted
	Right  int             // probes whose most similar person was that of the exact answer, by the same cosine
}

// collection is the one that is searched.
const collection = bonafide.ID("bench")

// vector makes the i-th template of a kind. It is the same each time.
func (b *Bench) vector(kind, i uint64, like []float32) []float32 {
	rng := rand.New(rand.NewPCG(kind, i))
	v, sum := make([]float32, b.Dim), 0.0
	for j := range v {
		x := rng.NormFloat64()
		if like == nil {
			x += 1 - 2*float64(j%2) // what all faces have in common
		} else {
			x += 2 * float64(like[j]) * math.Sqrt(float64(2*b.Dim))
		}
		v[j] = float32(x)
		sum += x * x
	}
	for j := range v {
		v[j] = float32(float64(v[j]) / math.Sqrt(sum))
	}
	return v
}

// Kinds of vectors.
const (
	references = iota
	strangers
	listed
)

// Reference makes the i-th reference.
func (b *Bench) Reference(i int) bonafide.Reference {
	id := fmt.Sprintf("%08x-0000-4000-8000-%012x", i, i)
	return bonafide.Reference{ImageID: bonafide.ID(id), PersonID: bonafide.ID("9" + id[1:]), CollectionID: collection,
		Template: bonafide.NewTemplate(Model(), b.vector(references, uint64(i), nil))}
}

// Model is the model of all templates.
func Model() bonafide.ModelRef { return bonafide.ModelRef{Name: "bench", Version: "1"} }

// Probe makes the i-th probe.
func (b *Bench) Probe(i int) bonafide.Template {
	if i%2 == 0 {
		return bonafide.NewTemplate(Model(), b.vector(strangers, uint64(i), nil))
	}
	like := b.vector(references, uint64(i*7919%b.References), nil)
	return bonafide.NewTemplate(Model(), b.vector(listed, uint64(i), like))
}

// Run fills the index and measures.
func (b *Bench) Run(ctx context.Context) (*Result, error) {
	r := &Result{Bench: b}
	start := time.Now()
	making := time.Duration(0)
	err := b.Index.Load(ctx, 1, func(each func(bonafide.Reference) error) error {
		for i := range b.References {
			began := time.Now()
			ref := b.Reference(i)
			making += time.Since(began)
			if err := each(ref); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	r.Fill, r.Bytes = time.Since(start)-making, b.Index.Bytes()
	for i := range b.Repeats {
		if b.Sweep != nil {
			began := time.Now()
			b.Sweep()
			r.Sweeps = append(r.Sweeps, time.Since(began))
		}
		probe := b.Probe(i)
		began := time.Now()
		if _, _, err := b.Index.Search(ctx, probe, collection, b.Count); err != nil {
			return nil, err
		}
		r.Search = append(r.Search, time.Since(began))
	}
	slices.Sort(r.Search)
	slices.Sort(r.Sweeps)
	if b.Probes > 0 {
		r.Right, err = b.compare(ctx)
	}
	return r, err
}

// compare counts the probes for which the index finds what comparing with everybody finds.
func (b *Bench) compare(ctx context.Context) (right int, err error) {
	probes := make([]bonafide.Template, b.Probes)
	for i := range probes {
		probes[i] = b.Probe(i)
	}
	want, err := b.everybody(ctx, probes)
	if err != nil {
		return 0, err
	}
	for i, probe := range probes {
		hits, size, err := b.Index.Search(ctx, probe, collection, 1)
		if err != nil {
			return 0, err
		}
		if size == b.References && len(hits) == 1 && hits[0].ImageID == want[i].ImageID && hits[0].Cosine == float32(want[i].Score) {
			right++
		}
	}
	return right, nil
}

const (
	batch = 256 // references that lie in the cache while probes pass by
	// near is more than a sum in float32 is off, for vectors of length 1.
	near = 1e-4
)

// everybody gives the most similar reference of each probe by the plainest of searches.
func (b *Bench) everybody(ctx context.Context, probes []bonafide.Template) ([]gallery.Scored, error) {
	var next atomic.Int64
	var all sync.WaitGroup
	found := make([][]gallery.Scored, b.Cores)
	batches := (b.References + batch - 1) / batch
	for c := range b.Cores {
		found[c] = make([]gallery.Scored, len(probes))
		all.Go(func() {
			for n := int(next.Add(1) - 1); n < batches && ctx.Err() == nil; n = int(next.Add(1) - 1) {
				b.batch(n, probes, found[c])
			}
		})
	}
	all.Wait()
	for _, other := range found[1:] {
		for i, s := range other {
			found[0][i] = better(found[0][i], s)
		}
	}
	return found[0], ctx.Err()
}

// batch compares all probes with the references of a batch.
func (b *Bench) batch(n int, probes []bonafide.Template, best []gallery.Scored) {
	refs := make([]bonafide.Reference, 0, batch)
	for i := n * batch; i < min((n+1)*batch, b.References); i++ {
		refs = append(refs, b.Reference(i))
	}
	for i, p := range probes {
		for _, r := range refs {
			if best[i].ImageID != "" && float64(vek32.Dot(p.Vector(), r.Template.Vector())) < best[i].Score-near {
				continue
			}
			best[i] = better(best[i], gallery.Scored{ImageID: r.ImageID, PersonID: r.PersonID, Score: gallery.Score(p.Vector(), r.Template.Vector())})
		}
	}
}

func better(a, b gallery.Scored) gallery.Scored {
	if a.ImageID == "" || b.ImageID != "" && (b.Score > a.Score || b.Score == a.Score && b.ImageID < a.ImageID) {
		return b
	}
	return a
}

// at gives a part of sorted times.
func at(times []time.Duration, part float64) time.Duration {
	return times[min(int(part*float64(len(times))), len(times)-1)]
}

// Table puts it all in lines.
func (r *Result) Table() eval.Table {
	b := r.Bench
	ms := func(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }
	t := eval.Table{
		Title:   fmt.Sprintf("Search for %d persons among %d references of %d numbers, %d cores, n=%d", b.Count, b.References, b.Dim, b.Cores, b.Repeats),
		Columns: []string{"what", "value"},
		Rows: [][]string{
			{"filling", r.Fill.Round(time.Millisecond).String()},
			{"memory of this process", fmt.Sprintf("%.1f MiB, %d bytes a reference", float64(r.Bytes)/(1<<20), r.Bytes/int64(b.References))},
			{"search, p50", ms(at(r.Search, 0.5))},
			{"search, p99", ms(at(r.Search, 0.99))},
		},
	}
	if len(r.Sweeps) > 0 {
		sweep := at(r.Sweeps, 0.5)
		t.Rows = append(t.Rows, []string{"plain reading of the codes, p50", ms(sweep)},
			[]string{"search by reading", fmt.Sprintf("%.2f", float64(at(r.Search, 0.5))/float64(sweep))})
	}
	if b.Probes > 0 {
		t.Rows = append(t.Rows, []string{"recall@1 against comparing with everybody in float32", fmt.Sprintf("%.4f (%d of %d)", float64(r.Right)/float64(b.Probes), r.Right, b.Probes)})
	}
	return t
}
