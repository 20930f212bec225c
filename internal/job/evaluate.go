package job

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Evaluator runs analyses and decides, for the server and the command line
// alike. It stores nothing. It may be used from many goroutines.
type Evaluator struct {
	Set      *model.Set
	Analyses []analysis.Analysis // the catalogue
	Policy   decision.Policy
	Gallery  analysis.Gallery // may be nil
	Limit    time.Duration    // wall clock of one analysis; it FAILS when this is over
	Cores    *Cores           // nil runs the analyses of a group one after the other
	Places   *quota.Share     // of what is evaluated at once, by payer; nil means any number
	// Begun hears of each analysis that begins, and gives the context that it runs in and
	// what hears of its end; nil for nobody.
	Begun func(ctx context.Context, a *bonafide.Analysis) (context.Context, func(*bonafide.AnalysisResult))
}

// Place waits for a place to work in on the account of the context's payer. It fails when
// ctx ends before. release gives the place back.
func (e *Evaluator) Place(ctx context.Context) (release func(), err error) {
	if e.Places == nil {
		return func() {}, nil
	}
	return e.Places.Take(ctx, quota.PayerOf(ctx))
}

// SetWithin gives the set for media of somebody with limits of their own: its gate is as
// strict as the limits ask, and never laxer than before.
func (e *Evaluator) SetWithin(l bound.Limits) *model.Set {
	g := e.Set.Gate
	if share, ok := l[bound.MaxFaceShare]; ok {
		g.MaxFaceShare = min(g.MaxFaceShare, share)
	}
	if pixels, ok := l[bound.MinEyeDistance]; ok {
		g.MinEyeDistancePx = max(g.MinEyeDistancePx, pixels)
	}
	if g == e.Set.Gate {
		return e.Set
	}
	c := *e.Set
	c.Gate = g
	return &c
}

// Cores counts how many are in use. It hands out only what is idle, so that a group
// which spreads over two cores never slows another down.
type Cores struct {
	all  int32
	busy atomic.Int32
}

// NewCores counts up to n cores.
func NewCores(n int) *Cores { return &Cores{all: int32(n)} }

// take reserves an idle core, if there is one; give hands it back.
func (c *Cores) take() bool {
	if c == nil {
		return false
	}
	if c.busy.Add(1) > c.all {
		c.busy.Add(-1)
		return false
	}
	return true
}

func (c *Cores) give() { c.busy.Add(-1) }

// start runs work on an idle core, or at once where there is none. wait returns when
// it has ended, and panics where it did.
func (c *Cores) start(work func()) (wait func()) {
	if !c.take() {
		work()
		return func() {}
	}
	var panicked any
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer c.give()
		defer func() {
			if p := recover(); p != nil {
				panicked = fmt.Sprintf("%v\n%s", p, debug.Stack())
			}
		}()
		work()
	}()
	return func() {
		if <-done; panicked != nil {
			panic(panicked)
		}
	}
}

// use counts the core of the caller, idle or not, until done is called.
func (c *Cores) use() (done func()) {
	if c == nil {
		return func() {}
	}
	c.busy.Add(1)
	return c.give
}

// Outcome is one analysis that ended.
type Outcome struct {
	bonafide.AnalysisResult
	Err   error // why it FAILED, for the log; nil when FINISHED
	Retry bool  // another attempt may end better
}

// Evaluate runs the ordered analyses over the samples, which they share, side by
// side where cores are idle. Each takes the samples of its source media. There is
// one outcome per order, in the same sequence. ended, which may be nil, gets each
// of them as soon as it is there, while other analyses run, and may change it.
func (e *Evaluator) Evaluate(ctx context.Context, orders []bonafide.Analysis, samples []*sample.Sample, ended func(*Outcome)) []Outcome {
	out := make([]Outcome, len(orders))
	release, err := e.Place(ctx)
	if err != nil {
		for i := range orders {
			out[i] = failed(orders[i].ID, err)
		}
		return out
	}
	defer release()
	defer e.Cores.use()()
	var told sync.WaitGroup
	var waits []func()
	for i := range orders {
		work := func() {
			out[i] = e.evaluate(ctx, &orders[i], samples)
			if ended != nil {
				told.Go(func() { ended(&out[i]) })
			}
		}
		if i < len(orders)-1 {
			waits = append(waits, e.Cores.start(work))
			continue
		}
		work()
	}
	for _, wait := range waits {
		wait()
	}
	told.Wait()
	return out
}

func (e *Evaluator) evaluate(ctx context.Context, order *bonafide.Analysis, samples []*sample.Sample) (out Outcome) {
	if e.Begun != nil {
		var ended func(*bonafide.AnalysisResult)
		ctx, ended = e.Begun(ctx, order)
		defer func() { ended(&out.AnalysisResult) }()
	}
	start := time.Now()
	limited, cancel := context.WithTimeout(ctx, e.Limit)
	defer cancel()
	findings, err := e.run(limited, order, samples)
	if err != nil {
		out := failed(order.ID, err)
		if limited.Err() != nil && ctx.Err() == nil {
			out.ErrorMessage, out.Retry = "The analysis took too long", false
		}
		return out
	}
	v, err := e.Policy.Resolve(order.SourceMedia, findings, order.Params)
	if err != nil {
		return failed(order.ID, err)
	}
	return Outcome{AnalysisResult: bonafide.AnalysisResult{
		AnalysisID: order.ID,
		State:      bonafide.Finished,
		Resolution: v.Resolution,
		Result: &bonafide.Result{
			Findings:   findings,
			Thresholds: v.Thresholds,
			Reasons:    v.Reasons,
			Models:     e.Set.Refs(),
			Profile:    e.Set.Profile(),
			TookMS:     time.Since(start).Milliseconds(),
		},
	}}
}

// run asks one analysis. A panic in it becomes an error, so that a picture that
// trips one analysis harms no other.
func (e *Evaluator) run(ctx context.Context, order *bonafide.Analysis, samples []*sample.Sample) (_ []bonafide.Finding, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	asked := e.find(order.Type)
	if asked == nil {
		return nil, bonafide.Errorf(bonafide.CodeUnsupported, "Analysis type %s is not available", order.Type)
	}
	if len(order.SourceMedia) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "There is no media for this analysis")
	}
	in := analysis.Input{Params: order.Params, Gallery: e.Gallery, Parallel: e.Cores.start}
	for _, id := range order.SourceMedia {
		s := pick(samples, id)
		if s == nil {
			return nil, bonafide.Errorf(bonafide.CodeNotFound, "A media of this analysis has been deleted")
		}
		in.Samples = append(in.Samples, s)
	}
	return asked.Run(ctx, in)
}

func (e *Evaluator) find(t bonafide.AnalysisType) analysis.Analysis {
	for _, a := range e.Analyses {
		if a.Spec().Type == t {
			return a
		}
	}
	return nil
}

func pick(samples []*sample.Sample, id bonafide.ID) *sample.Sample {
	for _, s := range samples {
		if s.Media.ID == id {
			return s
		}
	}
	return nil
}

// failed ends an analysis with the client-safe part of err. What the order, the
// media or the installation makes impossible stays so; anything else may pass.
func failed(id bonafide.ID, err error) Outcome {
	out := Outcome{
		AnalysisResult: bonafide.AnalysisResult{
			AnalysisID:   id,
			State:        bonafide.Failed,
			Resolution:   bonafide.Failed,
			ErrorCode:    bonafide.CodeOf(err),
			ErrorMessage: "The analysis failed because of an internal fault",
		},
		Err: err,
	}
	switch out.ErrorCode {
	case bonafide.CodeUnsupported, bonafide.CodeModel, bonafide.CodeValue, bonafide.CodeStructure, bonafide.CodeTooLarge, bonafide.CodeNotFound:
		var e *bonafide.Error
		errors.As(err, &e)
		out.ErrorMessage = e.Message
	default:
		out.Retry = true
	}
	if damaged(err) {
		out.ErrorMessage, out.Retry = "A stored file of the folder is damaged", false
	}
	return out
}
