package sqlite

import (
	"context"
	"runtime"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// DefaultQuestion is how long a question about many rows may take where nothing else is
// set. A page of a million folders takes milliseconds by an index, a search through the
// metadata of a hundred thousand about three seconds.
const DefaultQuestion = 5 * time.Second

// newQuestions lets half of the connections that read answer such questions at a time,
// and one company all but one of those: what reads single rows always finds one free.
func newQuestions() *quota.Share {
	places := readers() / 2
	return quota.New(quota.Limits{Places: places, PerKey: max(1, places-1), Waiting: 64, Patience: 30 * time.Second})
}

// readers is the number of connections that read.
func readers() int { return max(4, 2*runtime.NumCPU()) }

// Ask implements listing.Dialect.
func (f *file) Ask(ctx context.Context, company bonafide.ID, question func(ctx context.Context) error) error {
	release, err := f.questions.Take(ctx, string(company))
	if err != nil {
		return err
	}
	defer release()
	within, cancel := context.WithTimeout(ctx, f.question)
	defer cancel()
	err = question(within)
	if err == nil || within.Err() == nil || ctx.Err() != nil {
		return err
	}
	busy := bonafide.Wrap(bonafide.CodeBusy, "The list takes too long to find; ask for less, by time_created or with fewer conditions on metadata", err)
	busy.RetryAfter = f.question
	return busy
}
