package galleries

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/bench"
	"github.com/bonafide-id/bonafide/internal/bench/search"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/eval"
)

// Enrolment measures how long many persons take to be stored, loaded and found.
type Enrolment struct {
	Persons int `help:"Persons of one photo each, whose templates are made up." default:"100000"`
	Dim     int `help:"Numbers of a template." default:"512"`
	Clients int `help:"Persons that are stored at once." default:"32"`
	Repeats int `help:"Searches that are timed." default:"100"`
}

// Run fills a database in a temporary folder, or the empty one of --db, opens it anew and
// searches.
func (c *Enrolment) Run(ctx context.Context, cfg *config.Config) error {
	if c.Persons < 1 || c.Dim < 1 || c.Clients < 1 || c.Repeats < 1 {
		return bonafide.Errorf(bonafide.CodeValue, "at least 1 person, of 1 number, 1 client and 1 repeat are needed")
	}
	data, err := os.MkdirTemp("", "bonafide-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	own := *cfg
	own.Data = data
	b := &search.Bench{References: c.Persons, Dim: c.Dim}
	list := bonafide.PersonCollection{ID: bonafide.NewID(), Alias: "bench"}
	stored, err := c.enrol(ctx, &own, b, &list)
	if err != nil {
		return err
	}
	began, before := time.Now(), resident()
	s, err := storage.Open(ctx, &own, search.Model(), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer s.Store.Close()
	opened := time.Since(began)
	var times []time.Duration
	for i := range c.Repeats {
		began := time.Now()
		if _, size, err := s.People.Search(ctx, b.Probe(i), list.ID, 10); err != nil || size != c.Persons {
			return fmt.Errorf("%d references were searched: %w", size, err)
		}
		times = append(times, time.Since(began))
	}
	first := times[0]
	slices.Sort(times)
	ms := func(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }
	return eval.Table{
		Title:   fmt.Sprintf("%d persons of one photo, templates of %d numbers", c.Persons, c.Dim),
		Columns: []string{"what", "value"},
		Rows: [][]string{
			{"storing them", fmt.Sprintf("%s, %.0f a second", stored.Round(time.Millisecond), float64(c.Persons)/stored.Seconds())},
			{"start with them", opened.Round(time.Millisecond).String()},
			{"first search", ms(first)},
			{"search, p50", ms(times[len(times)/2])},
			{"memory of the references", fmt.Sprintf("%.1f MiB", float64(s.People.Bytes())/(1<<20))},
			{"resident memory, before and after", fmt.Sprintf("%.1f and %.1f MiB", float64(before)/(1<<20), float64(resident())/(1<<20))},
		},
	}.WriteText(os.Stdout)
}

func resident() int64 {
	n, err := bench.Resident()
	if err != nil {
		return 0
	}
	return n
}

// enrol stores the persons in a collection of its own.
func (c *Enrolment) enrol(ctx context.Context, cfg *config.Config, b *search.Bench, list *bonafide.PersonCollection) (time.Duration, error) {
	store, err := storage.OpenStore(ctx, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		return 0, err
	}
	defer store.Close()
	if err := store.CreateCollection(ctx, list); err != nil {
		return 0, err
	}
	began := time.Now()
	var next atomic.Int64
	all, ctx := errgroup.WithContext(ctx)
	for range c.Clients {
		all.Go(func() error {
			for i := int(next.Add(1) - 1); i < c.Persons; i = int(next.Add(1) - 1) {
				r := b.Reference(i)
				p := &bonafide.Person{ID: r.PersonID, CollectionID: list.ID}
				im := bonafide.PersonImage{ID: r.ImageID, Template: r.Template, Original: bonafide.File{Key: bonafide.NewSecret(16), Digest: bonafide.NewSecret(32), Size: 1}}
				if err := store.CreatePerson(ctx, p, []bonafide.PersonImage{im}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err = all.Wait()
	return time.Since(began), err
}
