package drill

import (
	"context"
	"errors"
	"fmt"
	"log"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fair proves that one company cannot stop the others: company B sends a photo and
// waits for its verdict again and again, first alone and then while company A floods the
// server, with one kind of requests after the other.
type Fair struct {
	Binary  string        // the server's
	Photo   string        // JPEG of a person, which B sends
	Folders int           // of A, made before the server starts
	Large   int           // of which so many have as much metadata as is allowed
	Samples int           // photos of B, alone and in each flood
	Divisor int           // of each flood's connections; 1 is a whole flood
	Ahead   time.Duration // how long a flood goes on before B sends its first photo
	Longest time.Duration // of one flood, even where B has sent fewer photos by then
	Memory  int64         // bytes that the server and its decoders may take together
	Only    []string      // floods by name; empty means all
	Untimed bool          // nothing is said about B's times: for machines with much other work
	Refused string        // a flood that goes on until a request was refused, however slow the machine
	Startup time.Duration // longest wait for the server to start
	Log     *log.Logger
}

// B's times in a flood may be so many times the median without one, or what is bearable
// anyway.
const (
	slower   = 3
	bearable = time.Second
)

// MemoryBound is how many bytes the server and its decoders may take together on a
// machine with so many cores, see docs/run/capacity.md.
func MemoryBound(cores int) int64 { return 1536<<20 + int64(cores+1)*512<<20 }

// times are those of one kind of B's requests.
type times []time.Duration

// at gives a quantile, the nearest rank.
func (t times) at(q float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// round is what was seen during one flood.
type round struct {
	name     string
	a        tally
	photo    times // of B, to the verdict
	signIn   times // of B
	webhook  times // of B, from the verdict to the delivery
	failures []error
	peak     int64 // bytes of memory of the server and its decoders
}

// Run fails where B is kept waiting or fails, A is refused without being told until when
// or meets a fault of the server, or more memory is taken than is allowed.
func (f Fair) Run(ctx context.Context) error {
	floods, err := f.floods()
	if err != nil {
		return err
	}
	s, err := f.settle(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	quiet := s.round(ctx, flood{name: "none"})
	f.Log.Print(header)
	f.Log.Print(quiet.line(quiet))
	var faults []error
	for _, fl := range floods {
		if err := s.rest(ctx); err != nil {
			return err
		}
		r := s.round(ctx, fl)
		f.Log.Print(r.line(quiet))
		faults = append(faults, f.judge(r, quiet)...)
	}
	if err := s.rest(ctx); err != nil {
		return err
	}
	f.Log.Print(s.round(ctx, flood{name: "none, afterwards"}).line(quiet))
	return errors.Join(append(faults, ctx.Err())...)
}

// floods are those that are wanted.
func (f Fair) floods() ([]flood, error) {
	all := floods()
	if len(f.Only) == 0 {
		return all, nil
	}
	var some []flood
	for _, name := range f.Only {
		at := slices.IndexFunc(all, func(fl flood) bool { return fl.name == name })
		if at < 0 {
			return nil, fmt.Errorf("there is no flood %q", name)
		}
		some = append(some, all[at])
	}
	return some, nil
}

// round lets A flood the server and B send its photos meanwhile.
func (s *siege) round(ctx context.Context, fl flood) *round {
	r := &round{name: fl.name}
	send, clean, err := fl.begin(ctx, s)
	if err != nil {
		s.Log.Print(fl.name, " could not begin: ", err)
		r.failures = append(r.failures, fmt.Errorf("the flood could not begin: %w", err))
		return r
	}
	ctx, stop := context.WithTimeout(ctx, s.Longest)
	defer stop()
	flooding, end := context.WithCancel(ctx)
	var working sync.WaitGroup
	working.Go(func() { r.peak = s.server.watch(flooding) })
	for i := range fl.connections / s.Divisor {
		working.Go(func() { r.a.repeat(flooding, i, send) })
	}
	s.samples(ctx, r, fl.connections > 0)
	for fl.name == s.Refused && !r.a.turnedAway() && ctx.Err() == nil {
		pause(ctx, again)
	}
	end()
	working.Wait()
	clean()
	return r
}

// samples sends B's photos.
func (s *siege) samples(ctx context.Context, r *round, flooded bool) {
	if flooded {
		pause(ctx, s.Ahead)
	}
	for range s.Samples {
		if ctx.Err() != nil {
			r.failures = append(r.failures, fmt.Errorf("only %d photos in %s", len(r.photo), s.Longest))
			return
		}
		err := s.sample(ctx, r)
		if err != nil && ctx.Err() == nil {
			s.Log.Print(r.name, ": B failed: ", err)
			r.failures = append(r.failures, err)
		}
	}
}

// pause waits, unless ctx ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// judge gives what is wrong with a round.
func (f Fair) judge(r, quiet *round) []error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf(r.name+": "+format, args...))
	}
	for _, err := range r.failures {
		fault("B failed: %w", err)
	}
	longest := max(slower*quiet.photo.at(0.5), bearable)
	for _, kind := range []struct {
		name  string
		times times
	}{{"photo", r.photo}, {"sign-in", r.signIn}, {"webhook", r.webhook}} {
		if took := kind.times.at(0.95); took > longest && !f.Untimed {
			fault("B's %s takes %s at the 95th percentile, more than %s", kind.name, took.Round(time.Millisecond), longest.Round(time.Millisecond))
		}
	}
	if r.a.silent > 0 {
		fault("%d refusals say not when to come again", r.a.silent)
	}
	for what, n := range r.a.faults {
		fault("A was answered %s, %d times", what, n)
	}
	if r.peak > f.Memory {
		fault("%d MB of memory are more than %d", r.peak>>20, f.Memory>>20)
	}
	if r.a.made == 0 {
		fault("A sent nothing, so that nothing is proven")
	}
	return faults
}

// header names the columns of line.
const header = "| flood | A made | answered | refused | not told when | cut | B's photo p50 | p95 | ratio | sign-in p95 | webhook p95 | n | B failed | peak MB | answers by status |\n" +
	"|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|"

// line is a round as a row of a table.
func (r *round) line(quiet *round) string {
	ratio := float64(r.photo.at(0.5)) / float64(max(quiet.photo.at(0.5), 1))
	ms := func(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) }
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %d | %s | %s | %.1f | %s | %s | %d | %d | %d | %s |",
		r.name, r.a.made, r.a.answered, r.a.refused, r.a.silent, r.a.cut, ms(r.photo.at(0.5)), ms(r.photo.at(0.95)), ratio,
		ms(r.signIn.at(0.95)), ms(r.webhook.at(0.95)), len(r.photo), len(r.failures), r.peak>>20, strings.TrimPrefix(fmt.Sprint(r.a.statuses), "map"))
}
