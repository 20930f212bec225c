package analysis_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/bonafide-id/bonafide/internal/analysis"
)

func TestEachDoesAllOnceOnFewCores(t *testing.T) {
	for _, n := range []int{0, 1, 2, 100} {
		var started atomic.Int32
		aside := func(work func()) func() {
			started.Add(1)
			var done sync.WaitGroup
			done.Go(work)
			return done.Wait
		}
		for name, in := range map[string]*analysis.Input{"alone": {}, "aside": {Parallel: aside}} {
			times := make([]atomic.Int32, n)
			in.Each(n, func(i int) { times[i].Add(1) })
			for i := range times {
				if got := times[i].Load(); got != 1 {
					t.Errorf("%s: %d of %d was done %d times", name, i, n, got)
				}
			}
		}
		if most := min(max(n-1, 0), 3); int(started.Load()) != most {
			t.Errorf("%d cores asked for %d pieces of work, want %d", started.Load(), n, most)
		}
	}
}

func TestAPanicOnAnotherCoreReachesTheCaller(t *testing.T) {
	in := &analysis.Input{Parallel: func(func()) func() { return func() { panic("aside") } }}
	defer func() {
		if p := recover(); p != "aside" {
			t.Errorf("got %v", p)
		}
	}()
	in.Each(2, func(int) {})
}
