package listing

import (
	"cmp"
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// DefaultQuestion is how long a question about many rows may take where nothing else is
// set. A page of a million folders takes milliseconds by an index, a search through the
// metadata of a hundred thousand about three seconds.
const DefaultQuestion = 5 * time.Second

// Questions answers questions about many rows in turn. It is the Ask of a Dialect.
type Questions struct {
	places  *quota.Share
	longest time.Duration
}

// NewQuestions lets half of so many connections that read answer such questions at a time,
// and one company all but one of those: what reads single rows always finds one free. Each
// may take the time given, 0 for DefaultQuestion.
func NewQuestions(readers int, longest time.Duration) Questions {
	places := readers / 2
	return Questions{longest: cmp.Or(longest, DefaultQuestion),
		places: quota.New(quota.Limits{Places: places, PerKey: max(1, places-1), Waiting: 64, Patience: 30 * time.Second})}
}

// Ask implements Dialect.
func (q Questions) Ask(ctx context.Context, company bonafide.ID, question func(ctx context.Context) error) error {
	release, err := q.places.Take(ctx, string(company))
	if err != nil {
		return err
	}
	defer release()
	within, cancel := context.WithTimeout(ctx, q.longest)
	defer cancel()
	err = question(within)
	if err == nil || within.Err() == nil || ctx.Err() != nil {
		return err
	}
	busy := bonafide.Wrap(bonafide.CodeBusy, "The list takes too long to find; ask for less, by time_created or with fewer conditions on metadata", err)
	busy.RetryAfter = q.longest
	return busy
}
