// Package bench measures what the server adds to the models' own time. Every
// number is a ratio of two times taken in one run, turn by turn, so that a slow
// or busy machine slows both sides.
//
// Bare time is that of the models alone, on pictures already decoded, in one
// thread. Served time is that of a request over HTTP: upload, storing, decoding,
// queue, analyses, verdict, answer.
package bench

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// Bench is one run. The server must run on this machine and have nothing else to
// do.
type Bench struct {
	API       *client.Client
	OneWorker *client.Client // a server that does one thing at a time, for the rate of a single thread
	Photo     []byte         // JPEG with one face that passes the gate
	Reference []byte         // JPEG of a face
	Clip      []byte         // MP4 or MOV, nil to leave the clip out

	BarePhoto func(context.Context) error // the model steps of photo and reference
	BareClip  func(context.Context) error // decodes the clip natively, then the model steps
	Resident  func() (bytes int64, err error)
	Processor func() (time.Duration, error) // time that the server and its decoders have had of cores
	OneCore   func(do func() error) error   // leaves do no more than one core

	Cores    int
	Repeats  int // measurements per time
	Requests int // over which memory is watched
	// Progress is told how far the run is, from one goroutine at a time.
	Progress func(done, total int)

	mu   sync.Mutex // guards the fields below
	sent int
	done int
}

// Result is what a run found.
type Result struct {
	Photo  Times
	Clip   *Times  // nil when there was no clip
	Single float64 // requests per second of one client of the server with one worker, on one core
	Loaded float64 // requests per second of as many clients as cores
	Gain   float64 // the latter by the former
	Cores  int
	CPU    Times // processor time of a photo request under load, and of its models alone on as many cores
	Memory []Memory
}

// Times are the medians of one step.
type Times struct{ Served, Bare time.Duration }

// Ratio is served time by bare time.
func (t Times) Ratio() float64 { return float64(t.Served) / float64(t.Bare) }

// Memory is the resident memory of the server's process after a number of
// requests.
type Memory struct {
	Requests int
	Bytes    int64
}

// Scaling is the loaded rate by the rate that as many single threads would have if
// they did not disturb each other.
func (r *Result) Scaling() float64 { return r.Gain / float64(r.Cores) }

// Growth is the memory after the last request by that after the first quarter.
func (r *Result) Growth() float64 {
	return float64(r.Memory[len(r.Memory)-1].Bytes) / float64(r.Memory[0].Bytes)
}

const (
	warmUp = 2 // requests of each server that are not measured
	rounds = 8 // of single and loaded operation, turn by turn
)

// inRound is how many requests each client sends in one round: enough that the end
// of a round, when some clients have no work left, counts little.
func (b *Bench) inRound() int { return (b.Repeats + 1) / 2 }

// Run measures. An analysis without a score is an error: a refusal is faster than
// an answer and would flatter the server.
func (b *Bench) Run(ctx context.Context) (*Result, error) {
	r := &Result{Cores: b.Cores}
	for range warmUp {
		for _, api := range []*client.Client{b.API, b.OneWorker} {
			if err := b.match(ctx, api); err != nil {
				return nil, fmt.Errorf("photo: %w", err)
			}
		}
	}
	var err error
	if r.Photo, err = b.turns(ctx, b.photo, b.BarePhoto); err != nil {
		return nil, fmt.Errorf("photo: %w", err)
	}
	if b.Clip != nil {
		clip, err := b.turns(ctx, b.clip, b.BareClip)
		if err != nil {
			return nil, fmt.Errorf("clip: %w", err)
		}
		r.Clip = &clip
	}
	if err = b.throughput(ctx, r); err != nil {
		return nil, fmt.Errorf("throughput: %w", err)
	}
	if r.CPU, err = b.processor(ctx); err != nil {
		return nil, fmt.Errorf("processor time: %w", err)
	}
	if r.Memory, err = b.memory(ctx); err != nil {
		return nil, fmt.Errorf("memory: %w", err)
	}
	return r, nil
}

// turns measures two steps in turn and gives the medians.
func (b *Bench) turns(ctx context.Context, served, bare func(context.Context) error) (Times, error) {
	var times [2][]time.Duration
	for range b.Repeats {
		for i, step := range []func(context.Context) error{served, bare} {
			start := time.Now()
			if err := step(ctx); err != nil {
				return Times{}, err
			}
			times[i] = append(times[i], time.Since(start))
		}
	}
	return Times{Served: middle(times[0]), Bare: middle(times[1])}, nil
}

func middle[T int64 | float64 | time.Duration](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

// throughput compares a single thread with as many clients as there are cores. The
// gain is the median over rounds: other work on the machine, which comes and goes,
// then spoils the rounds that it falls into.
func (b *Bench) throughput(ctx context.Context, r *Result) error {
	rate := func(api *client.Client, clients int) (float64, error) {
		start, requests := time.Now(), clients*b.inRound()
		err := b.load(ctx, clients, requests, func(ctx context.Context, _ int) error { return b.match(ctx, api) })
		return float64(requests) / time.Since(start).Seconds(), err
	}
	var single, loaded, gain []float64
	for range rounds {
		var one float64
		err := b.OneCore(func() (err error) {
			one, err = rate(b.OneWorker, 1)
			return err
		})
		if err != nil {
			return err
		}
		all, err := rate(b.API, b.Cores)
		if err != nil {
			return err
		}
		single, loaded, gain = append(single, one), append(loaded, all), append(gain, all/one)
	}
	r.Single, r.Loaded, r.Gain = middle(single), middle(loaded), middle(gain)
	return nil
}

// processor compares what a photo request takes of cores, in whatever process, with what
// its models take: both on all cores at once, in turn, since cores share caches. The
// client's part counts as the server's.
func (b *Bench) processor(ctx context.Context) (Times, error) {
	requests := b.Cores * b.inRound()
	taken := func(ask func(context.Context, int) error) (time.Duration, error) {
		before, err := b.Processor()
		if err != nil {
			return 0, err
		}
		if err := b.load(ctx, b.Cores, requests, ask); err != nil {
			return 0, err
		}
		after, err := b.Processor()
		return (after - before) / time.Duration(requests), err
	}
	var served, bare []time.Duration
	for range rounds / 2 {
		s, err := taken(func(ctx context.Context, _ int) error { return b.photo(ctx) })
		if err != nil {
			return Times{}, err
		}
		m, err := taken(func(ctx context.Context, _ int) error { return b.BarePhoto(ctx) })
		if err != nil {
			return Times{}, err
		}
		served, bare = append(served, s), append(bare, m)
	}
	return Times{Served: middle(served), Bare: middle(bare)}, nil
}

// clipEvery is how many requests there are to each that is for a clip while memory is
// watched.
const clipEvery = 8

// memory watches the process over the requests, after each quarter.
func (b *Bench) memory(ctx context.Context) ([]Memory, error) {
	sent := 0 // before this quarter
	ask := func(ctx context.Context, i int) error {
		if b.Clip != nil && (sent+i)%clipEvery == clipEvery-1 {
			return b.clip(ctx)
		}
		return b.photo(ctx)
	}
	var seen []Memory
	for quarter := 1; quarter <= 4; quarter++ {
		if err := b.load(ctx, b.Cores, b.Requests/4, ask); err != nil {
			return nil, err
		}
		resident, err := b.Resident()
		if err != nil {
			return nil, err
		}
		sent = quarter * (b.Requests / 4)
		seen = append(seen, Memory{sent, resident})
	}
	return seen, nil
}

// load has several clients ask, so many times together, and waits for all.
func (b *Bench) load(ctx context.Context, clients, requests int, ask func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	left := make(chan int, requests)
	for i := range requests {
		left <- i
	}
	close(left)
	var wait sync.WaitGroup
	for range clients {
		wait.Go(func() {
			for i := range left {
				if err := ask(ctx, i); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	wait.Wait()
	return context.Cause(ctx)
}

// photo is one single request for liveness and match.
func (b *Bench) photo(ctx context.Context) error { return b.match(ctx, b.API) }

func (b *Bench) match(ctx context.Context, api *client.Client) error {
	return b.ask(ctx, api,
		[]client.Order{{Type: "quality", SourceMedia: []string{"photo"}}, {Type: "biometry"}},
		file{"photo", b.Photo}, file{"reference", b.Reference})
}

// clip is one single request for liveness.
func (b *Bench) clip(ctx context.Context) error {
	return b.ask(ctx, b.API, []client.Order{{Type: "quality"}}, file{"clip", b.Clip})
}

type file struct {
	key     string
	content []byte
}

// ask sends a single request with files that no request before has sent, so that
// nothing can be answered from a cache, and wants scores.
func (b *Bench) ask(ctx context.Context, api *client.Client, orders []client.Order, files ...file) error {
	b.mu.Lock()
	b.sent++
	n := b.sent
	b.mu.Unlock()
	var upload []client.File
	for _, f := range files {
		content, err := unique(f.content, n)
		if err != nil {
			return fmt.Errorf("%s: %w", f.key, err)
		}
		upload = append(upload, client.File{Key: f.key, Name: f.key, Content: bytes.NewReader(content)})
	}
	folder, err := api.CreateFolder(ctx, client.Payload{Analyses: orders}, upload...)
	if err != nil {
		return err
	}
	if len(folder.Analyses) != len(orders) {
		return fmt.Errorf("%d analyses ordered, %d answered", len(orders), len(folder.Analyses))
	}
	for _, a := range folder.Analyses {
		if !scored(a) {
			return noScore(a)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	if b.Progress != nil {
		b.Progress(b.done, b.total())
	}
	return nil
}

func scored(a client.Analysis) bool {
	if a.Type == bonafide.Quality {
		return a.Results.ConfidenceSpoofing != nil
	}
	return a.Results.MinConfidence != nil
}

func noScore(a client.Analysis) error {
	why := []string{string(a.State), a.ErrorMessage}
	for _, r := range a.Technical.Reasons {
		why = append(why, r.Code)
	}
	return bonafide.Errorf(bonafide.CodeValue, "%s gave no score (%s): the bench needs media that pass the gate",
		a.Type, strings.TrimSpace(strings.Join(why, " ")))
}

// total is how many requests a run sends.
func (b *Bench) total() int {
	n := 2*warmUp + b.Repeats + rounds*b.inRound()*(1+b.Cores) + rounds/2*b.inRound()*b.Cores + b.Requests/4*4
	if b.Clip != nil {
		n += b.Repeats
	}
	return n
}
