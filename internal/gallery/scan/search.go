package scan

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
)

const (
	// piece is how many rows are compared at a time; their results stay in the cache.
	piece = 512
	// crowd is how many candidates a worker gathers before it looks through them anew.
	crowd = 4096
)

// Search implements gallery.Index.
//
// With probe p = t*r + b and reference x = s*q + a, r and q whole numbers, the cosine of p
// and x is s*t*(q·r) + p·a + b·(s*q): it lies within |p||a| + |b||s*q| of what is left
// when the last two are neglected. Who of the k best persons is the worst has a cosine of
// at least the k-th greatest lower bound of all persons, so that no reference whose upper
// bound is smaller can be the best one of one of them.
func (x *Index) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]gallery.Hit, int, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	l := x.held.collections[collection]
	if l == nil {
		return nil, 0, nil
	}
	v := probe.Vector()
	if len(v) != l.dim {
		return nil, 0, bonafide.Errorf(bonafide.CodeModel, "Templates of different models cannot be compared")
	}
	if !gallery.Finite(v) {
		return nil, 0, errors.New("the probe holds what is not a number")
	}
	s := &search{list: l, dots: x.dots, probe: newProbe(v), k: max(k, 0)}
	s.bar.Store(math.Float64bits(math.Inf(-1)))
	found, err := s.run(ctx, min(x.workers, len(l.blocks)))
	if err != nil {
		return nil, 0, err
	}
	return gallery.Best(found, k), len(l.owners), nil
}

// coded is a probe as whole numbers.
type coded struct {
	vector []float32
	codes  []int8 // filled up to lanes with zeros
	shift  int32  // what the dot product with codes of references is too large by
	scale  float64
	length float64 // of the vector, or a little more
	loss   float64 // length of what the codes miss, or a little more
}

func newProbe(v []float32) coded {
	shifted := make([]byte, width(len(v)))
	c := encode(v, shifted)
	p := coded{vector: v, codes: make([]int8, len(shifted)), scale: float64(c.scale), length: c.length + c.loss, loss: c.loss}
	for i, q := range shifted {
		p.codes[i] = int8(int(q) - 128)
		p.shift += 128 * int32(p.codes[i])
	}
	return p
}

// search is one search, made by several workers.
type search struct {
	list  *list
	dots  kernel
	probe coded
	k     int

	next atomic.Int64  // block that nobody has taken
	bar  atomic.Uint64 // float64: the greatest that a worker has found
}

// run gives the references that may be among the best, compared exactly.
func (s *search) run(ctx context.Context, workers int) ([]gallery.Scored, error) {
	all := make([]*worker, workers)
	for i := range all {
		all[i] = &worker{search: s, best: bounds{k: s.k}}
	}
	if err := together(all, func(w *worker) error { return w.sift(ctx) }); err != nil {
		return nil, err
	}
	best := bounds{k: s.k}
	for _, w := range all {
		for _, p := range w.best.persons {
			best.offer(p.person, p.lower)
		}
	}
	s.raise(best.bar())
	if err := together(all, (*worker).compare); err != nil {
		return nil, err
	}
	var found []gallery.Scored
	for _, w := range all {
		found = append(found, w.found...)
	}
	return found, nil
}

// together lets all workers work at once; the first one does so here.
func together(all []*worker, work func(*worker) error) error {
	errs := make([]error, len(all))
	var rest sync.WaitGroup
	for i, w := range all[1:] {
		rest.Go(func() { errs[i+1] = work(w) })
	}
	errs[0] = work(all[0])
	rest.Wait()
	return errors.Join(errs...)
}

// raise makes a bar known that no other worker has passed.
func (s *search) raise(to float64) {
	for {
		old := s.bar.Load()
		if to <= math.Float64frombits(old) || s.bar.CompareAndSwap(old, math.Float64bits(to)) {
			return
		}
	}
}

// worker sifts blocks.
type worker struct {
	*search
	best  bounds
	kept  []candidate
	found []gallery.Scored
}

type candidate struct {
	row   int
	upper float64
}

// sift keeps the references that may be among the best.
func (w *worker) sift(ctx context.Context) error {
	var dots [piece]int32
	for {
		n := int(w.next.Add(1) - 1)
		first := n * blockRows
		if n >= len(w.list.blocks) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		b, rows := w.list.blocks[n], min(blockRows, len(w.list.owners)-first)
		for at := 0; at < rows; at += piece {
			some := dots[:min(piece, rows-at)]
			w.dots(b.codes[at*len(w.probe.codes):], w.probe.codes, some)
			w.look(b, at, first, some)
		}
		if len(w.kept) > crowd {
			w.kept = w.passing(math.Float64frombits(w.bar.Load()))
		}
		w.raise(w.best.bar())
	}
}

// look keeps those of a piece of a block.
func (w *worker) look(b *block, at, first int, dots []int32) {
	bar := max(w.best.bar(), math.Float64frombits(w.bar.Load()))
	scale, length, loss := b.scale[at:at+len(dots)], b.length[at:at+len(dots)], b.loss[at:at+len(dots)]
	for i, dot := range dots {
		middle := float64(dot-w.probe.shift) * (float64(scale[i]) * w.probe.scale)
		off := w.probe.length*float64(loss[i]) + w.probe.loss*float64(length[i])
		if middle+off < bar { // false as well for what is not a number
			continue
		}
		row := first + at + i
		w.kept = append(w.kept, candidate{row, middle + off})
		if lower := middle - off; lower >= bar {
			w.best.offer(w.list.owners[row].person, lower)
			bar = max(bar, w.best.bar())
		}
	}
}

// passing gives the candidates who may still be among the best.
func (w *worker) passing(bar float64) []candidate {
	return slices.DeleteFunc(w.kept, func(c candidate) bool { return c.upper < bar })
}

// compare compares those that are left exactly.
func (w *worker) compare() error {
	for _, c := range w.passing(math.Float64frombits(w.bar.Load())) {
		o := w.list.owners[c.row]
		score := gallery.Score(w.probe.vector, w.list.vector(c.row))
		if math.IsNaN(score) || math.IsInf(score, 0) {
			return fmt.Errorf("the reference of image %s gives what is not a number", o.image)
		}
		w.found = append(w.found, gallery.Scored{ImageID: o.image, PersonID: o.person, Score: score})
	}
	return nil
}

// bounds keeps the k persons with the greatest lower bounds, greatest first.
type bounds struct {
	k       int
	persons []bounded
}

type bounded struct {
	person bonafide.ID
	lower  float64
}

// bar is what a reference must reach to be among the best.
func (b *bounds) bar() float64 {
	if b.k == 0 {
		return math.Inf(1)
	}
	if len(b.persons) < b.k {
		return math.Inf(-1)
	}
	return b.persons[b.k-1].lower
}

// offer takes over a bound of a person.
func (b *bounds) offer(person bonafide.ID, lower float64) {
	if math.IsNaN(lower) || lower <= b.bar() && len(b.persons) == b.k {
		return
	}
	if i := slices.IndexFunc(b.persons, func(o bounded) bool { return o.person == person }); i >= 0 {
		if lower <= b.persons[i].lower {
			return
		}
		b.persons = slices.Delete(b.persons, i, i+1)
	}
	at, _ := slices.BinarySearchFunc(b.persons, lower, func(o bounded, lower float64) int {
		if o.lower >= lower {
			return -1
		}
		return 1
	})
	b.persons = slices.Insert(b.persons, at, bounded{person, lower})
	b.persons = b.persons[:min(len(b.persons), b.k)]
}

// Sweep reads every code of a collection once, as fast as memory gives them: no search
// is faster. The sum keeps the compiler from leaving the reading out.
func (x *Index) Sweep(collection bonafide.ID) (sum uint64) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	l := x.held.collections[collection]
	if l == nil {
		return 0
	}
	var next atomic.Int64
	var total atomic.Uint64
	var all sync.WaitGroup
	for range min(x.workers, len(l.blocks)) {
		all.Go(func() {
			sum := uint64(0)
			for n := next.Add(1); n <= int64(len(l.blocks)); n = next.Add(1) {
				sum += add(l.blocks[n-1].codes)
			}
			total.Add(sum)
		})
	}
	all.Wait()
	return total.Load()
}
