package scan

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/gallery/gallerytest"
)

// with gives an index that works with a kernel and several workers, whatever this machine
// has.
func with(k kernel) gallerytest.Opener {
	return func(testing.TB) gallery.Index {
		x := New()
		x.dots, x.workers = k, 3
		return x
	}
}

func TestTheScanIsAnIndex(t *testing.T) {
	all := kernels()
	for i, k := range all {
		rows := 160
		if i == 0 {
			rows = 1200
		}
		gallerytest.Index(t, with(k), rows)
	}
	t.Logf("with %d kernels", len(all))
}

// TestTheKernelsGiveTheSame on numbers of every size, so that sums which do not fit are
// noticed.
func TestTheKernelsGiveTheSame(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for name, number := range map[string]func() (byte, int8){
		"random":         func() (byte, int8) { return byte(rng.IntN(256)), int8(rng.IntN(255) - 127) },
		"the greatest":   func() (byte, int8) { return 255, 127 },
		"the smallest":   func() (byte, int8) { return 255, -128 },
		"by turns":       func() (byte, int8) { return 255, int8(127 - 254*rng.IntN(2)) },
		"nothing at all": func() (byte, int8) { return 0, -128 },
	} {
		for _, rows := range []int{1, 2, 7, 64} {
			for _, width := range []int{lane, 3 * lane, 8192} {
				codes, probe := make([]byte, rows*width), make([]int8, width)
				for i := range codes {
					codes[i], probe[i%width] = number()
				}
				want := make([]int32, rows)
				for i := range want {
					for j, p := range probe {
						want[i] += int32(codes[i*width+j]) * int32(p)
					}
				}
				for i, k := range kernels() {
					got := make([]int32, rows)
					k(codes, probe, got)
					if !slices.Equal(got, want) {
						t.Errorf("%s, kernel %d, %d rows of %d: %v, want %v", name, i, rows, width, got, want)
					}
				}
			}
		}
	}
}

// TestCollectionsOfSeveralBlocks grow and shrink over the ends of blocks.
func TestCollectionsOfSeveralBlocks(t *testing.T) {
	refs := gallerytest.Random(1, 2*blockRows+10, 4)
	x := with(kernels()[0])(t).(*Index)
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
	full := x.Bytes()
	for _, left := range []int{len(refs), 2*blockRows + 1, 2 * blockRows, blockRows + 1, blockRows, 17, 16, 1, 0} {
		for _, r := range refs[left:] {
			if err := x.Remove(t.Context(), r.ImageID); err != nil {
				t.Fatal(err)
			}
		}
		for _, probe := range append(gallerytest.Random(2, 2, 4), refs[max(left-1, 0)]) {
			hits, size, err := x.Search(t.Context(), probe.Template, "list", 3)
			var all []gallery.Scored
			for _, r := range refs[:left] {
				all = append(all, gallery.Scored{ImageID: r.ImageID, PersonID: r.PersonID, Score: gallery.Score(probe.Template.Vector(), r.Template.Vector())})
			}
			if want := gallery.Best(all, 3); err != nil || size != left || !slices.Equal(hits, want) {
				t.Fatalf("%d left: %v of %d, %v, want %v", left, hits, size, err, want)
			}
		}
	}
	if full < int64(len(refs))*(lane+4*4) || x.Bytes() != 0 {
		t.Errorf("%d bytes with all, %d with none", full, x.Bytes())
	}
}

// BenchmarkScan compares a search among references of 512 numbers with a plain reading of
// the codes.
func BenchmarkScan(b *testing.B) {
	refs := gallerytest.Random(1, 100_000, 512)
	x := New()
	if err := x.Load(b.Context(), 1, func(each func(bonafide.Reference) error) error {
		for _, r := range refs {
			if err := each(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	for i, k := range kernels() {
		b.Run([]string{"fastest", "next", "plain"}[min(i, 2)], func(b *testing.B) {
			x.dots = k
			for b.Loop() {
				if _, _, err := x.Search(b.Context(), refs[0].Template, "list", 10); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("sweep", func(b *testing.B) {
		for b.Loop() {
			if x.Sweep("list") == 0 {
				b.Fatal("nothing is there")
			}
		}
	})
}
