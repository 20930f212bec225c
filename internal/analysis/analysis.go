// Package analysis is the contract of analyses: each takes samples and writes
// down findings. Below it lies one folder per type. No analysis knows HTTP, SQL,
// files, other analyses, or what is accepted and rejected.
package analysis

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Input is what one analysis works on. Samples are in the order of the media and
// shared with the other analyses of the group.
type Input struct {
	Samples []*sample.Sample
	Params  bonafide.Params
	Gallery Gallery // nil where nobody is enrolled, as on the command line
	// Spread runs work on an idle core, or at once where there is none, and gives what
	// waits for its end. nil means that there is none.
	Spread func(work func()) (wait func())
}

// Aside calls Spread, where there is one.
func (in *Input) Aside(work func()) (wait func()) {
	if in.Spread == nil {
		work()
		return func() {}
	}
	return in.Spread(work)
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
	Type() bonafide.AnalysisType
	// Accepts tells whether a media takes part when the order names no media.
	Accepts(m *bonafide.Media) bool
	// Check refuses an order that could never be run on these media (CodeValue).
	Check(media []bonafide.Media, p bonafide.Params) error
	Run(ctx context.Context, in Input) ([]bonafide.Finding, error)
}
