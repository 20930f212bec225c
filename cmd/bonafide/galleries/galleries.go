// Package galleries holds the commands about the search among many persons.
package galleries

import (
	"context"
	"errors"
	"os"
	"runtime"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/bench/search"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/gallery/pgvector"
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

// Run fills an index and searches it: one in memory, or, where --gallery names one, in a
// database, from which the made up templates go at the end.
func (c *Bench) Run(ctx context.Context, cfg *config.Config) error {
	if c.References < 1 || c.Dim < 1 || c.Count < 1 || c.Repeats < 1 || c.Probes < 0 {
		return bonafide.Errorf(bonafide.CodeValue, "at least 1 reference, of 1 number, 1 person and 1 repeat are needed")
	}
	b := &search.Bench{References: c.References, Dim: c.Dim, Count: c.Count,
		Repeats: c.Repeats, Probes: c.Probes, Cores: runtime.GOMAXPROCS(0)}
	if cfg.Gallery == "" {
		index := scan.New()
		b.Index, b.Sweep = index, func() { index.Sweep("bench") }
		return measure(ctx, b)
	}
	d, err := pgvector.Open(ctx, cfg.Gallery)
	if err != nil {
		return err
	}
	defer d.Close()
	b.Index = d.Index(bonafide.ModelRef{Name: "bench", Version: "1"})
	err = measure(ctx, b)
	none := func(func(bonafide.Reference) error) error { return nil }
	return errors.Join(err, b.Index.Load(context.WithoutCancel(ctx), 0, none))
}

func measure(ctx context.Context, b *search.Bench) error {
	r, err := b.Run(ctx)
	if err != nil {
		return err
	}
	return r.Table().WriteText(os.Stdout)
}
