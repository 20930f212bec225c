// Package galleries holds the commands about the search among many persons.
package galleries

import (
	"context"
	"os"
	"runtime"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/bench/search"
	"github.com/bonafide-id/bonafide/internal/gallery/scan"
)

// Bench measures searches among made up templates.
type Bench struct {
	References int `help:"References that are searched." default:"1000000"`
	Dim        int `help:"Numbers of a template." default:"512"`
	Count      int `help:"Persons that a search gives." default:"10"`
	Repeats    int `help:"Searches that are timed." default:"200"`
	Probes     int `help:"Searches whose answer is compared with that of a comparison with everybody, which takes minutes for ten thousand among a million; 0 for none." default:"0"`
}

// Run fills an index and searches it.
func (c *Bench) Run(ctx context.Context) error {
	if c.References < 1 || c.Dim < 1 || c.Count < 1 || c.Repeats < 1 || c.Probes < 0 {
		return bonafide.Errorf(bonafide.CodeValue, "at least 1 reference, of 1 number, 1 person and 1 repeat are needed")
	}
	index := scan.New()
	b := &search.Bench{Index: index, Sweep: func() { index.Sweep("bench") }, References: c.References, Dim: c.Dim, Count: c.Count,
		Repeats: c.Repeats, Probes: c.Probes, Cores: runtime.GOMAXPROCS(0), Progress: func(int, int) {}}
	r, err := b.Run(ctx)
	if err != nil {
		return err
	}
	return r.Table().WriteText(os.Stdout)
}
