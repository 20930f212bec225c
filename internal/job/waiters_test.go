package job_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/job"
)

func TestWaitersWakeWhenTheGroupEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(scripted{"ONE", lively})
		const waiters = 3
		ended := make(chan error, waiters)
		start := time.Now()
		for range waiters {
			go func() { ended <- b.runner.Waiters.Wait(t.Context(), "g") }()
		}
		synctest.Wait()
		if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
			t.Fatal(err)
		}
		for range waiters {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("the announcement was not heard: %s", took)
		}
	})
}

func TestWaitersFindWhatAnotherProcessEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(scripted{"ONE", lively})
		ended := make(chan error)
		go func() { ended <- b.runner.Waiters.Wait(t.Context(), "g") }()
		synctest.Wait()
		other := *b.runner
		other.Waiters = job.NewWaiters(b.shelf)
		if err := other.Run(t.Context(), "g", 1, false); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// away is a store that is being restarted while it is asked for a group.
type away struct {
	job.Groups
	asked, until int
}

func (a *away) Group(ctx context.Context, id bonafide.ID) ([]bonafide.Analysis, error) {
	if a.asked++; a.asked < a.until {
		return nil, bonafide.Errorf(bonafide.CodeBusy, "The database cannot be reached at the moment")
	}
	return a.Groups.Group(ctx, id)
}

func TestWaitersOutwaitTheRestartOfTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(scripted{"ONE", lively})
		b.shelf.analyses[0].State = bonafide.Finished
		groups := &away{Groups: b.shelf, until: 5}
		if err := job.NewWaiters(groups).Wait(t.Context(), "g"); err != nil || groups.asked != groups.until {
			t.Errorf("%v after %d questions", err, groups.asked)
		}
	})
}

func TestWaitingForAnEndedGroupReturnsAtOnce(t *testing.T) {
	b := newBench(scripted{"ONE", lively})
	b.shelf.analyses[0].State = bonafide.Finished
	if err := b.runner.Waiters.Wait(t.Context(), "g"); err != nil {
		t.Error(err)
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(scripted{"ONE", lively})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := b.runner.Waiters.Wait(ctx, "g"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}
