// Package analysis is the contract of analyses: each declares itself by a Spec, takes
// samples and writes down findings. Below it lies one folder per type. No analysis knows HTTP, SQL,
// files, other analyses, or what is accepted and rejected.
package analysis

import (
	"context"
	"sync/atomic"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Input is what one analysis works on. Samples are in the order of the media and
// shared with the other analyses of the group.
type Input struct {
	Samples []*sample.Sample
	Params  bonafide.Params
	Gallery Gallery // nil where nobody is enrolled, as on the command line
	// Parallel runs work on an idle core, or at once where there is none, and gives what
	// waits for its end. nil does all work at once.
	Parallel func(work func()) (wait func())
}

// Start runs work by Parallel, where there is one.
func (in *Input) Start(work func()) (wait func()) {
	if in.Parallel == nil {
		work()
		return func() {}
	}
	return in.Parallel(work)
}

// helpers is how many cores beside its own one analysis has at most.
const helpers = 3

// Each does work for all numbers below n, side by side where cores are idle, and returns
// when all of it is done. work may be called from several goroutines at once.
func (in *Input) Each(n int, work func(i int)) {
	var next atomic.Int64
	rest := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			work(i)
		}
	}
	for range min(n-1, helpers) {
		defer in.Start(rest)()
	}
	rest()
}

// Gallery finds people among those enrolled. It is safe for concurrent use.
type Gallery interface {
	// Search gives the k persons of a collection who are most like the probe, best
	// first, and the number of references that the probe was compared with. CodeModel
	// means that not all of them could be compared.
	Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) (hits []Hit, size int, err error)
}

// Hit is one person whom a search found.
type Hit struct {
	PersonID bonafide.ID
	Cosine   float64
}

// Analysis asks samples questions. Run may be called from many goroutines. What
// a picture lacks is a finding with a failure; what the machine lacks is an
// error: CodeUnsupported and CodeModel end the analysis as FAILED at once, any
// other error is retried.
type Analysis interface {
	Spec() Spec
	Run(ctx context.Context, in Input) ([]bonafide.Finding, error)
}
