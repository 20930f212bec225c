package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// ran works the queue with one worker, and the one more that other companies have, until n
// groups were run, and gives all that were, in order. Each begins with a call of before.
func ran(t *testing.T, w *world, n int, before func(group bonafide.ID)) (got []bonafide.ID) {
	t.Helper()
	done := make(chan struct{})
	var mu sync.Mutex
	stop := working(t, w, 1, func(ctx context.Context, group bonafide.ID, attempt int, last bool) error {
		if attempt != 1 || last {
			t.Errorf("attempt %d, last %v", attempt, last)
		}
		before(group)
		mu.Lock()
		defer mu.Unlock()
		if got = append(got, group); len(got) == n {
			close(done)
		}
		return finish(ctx, w, group, bonafide.Success)
	})
	<-done
	stop()
	return got
}

// atOnce is a before that does nothing.
func atOnce(bonafide.ID) {}

// finish ends all analyses of a group alike.
func finish(ctx context.Context, s store.Store, group bonafide.ID, resolution bonafide.Status) error {
	analyses, err := s.Group(ctx, group)
	if err != nil {
		return err
	}
	return s.FinishGroup(ctx, group, results(&store.Order{Analyses: analyses}, resolution))
}

// ended tells whether no analysis of the group is PROCESSING.
func ended(t *testing.T, s store.Store, group bonafide.ID) bool {
	analyses, err := s.Group(context.Background(), group)
	if err != nil {
		t.Errorf("group %s: %v", group, err)
		return true
	}
	return !slices.ContainsFunc(analyses, func(a bonafide.Analysis) bool { return a.State == bonafide.Processing })
}

// attempts notes the calls of a run by group.
type attempts struct {
	mu    sync.Mutex
	calls map[bonafide.ID][]string
}

func (a *attempts) note(group bonafide.ID, attempt int, last bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls[group] = append(a.calls[group], fmt.Sprint(attempt, last))
}

// of is how many calls there were of a group.
func (a *attempts) of(group bonafide.ID) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.calls[group])
}

func queue(t *testing.T, w *world) {
	t.Run("orders are run in turn, also those made before", func(t *testing.T) {
		var groups []bonafide.ID
		for range 3 {
			_, _, o := w.stored(t)
			groups = append(groups, o.GroupID)
		}
		same(t, "the order of runs", ran(t, w, len(groups), atOnce), groups)
	})
	t.Run("a company waits for one order of another, not for all of them", func(t *testing.T) {
		groups := make([]bonafide.ID, 138)
		for i := range groups {
			_, _, o := w.stored(t)
			groups[i] = o.GroupID
		}
		f, o := w.folder(), newOrder()
		f.CompanyID, f.UserID = w.other, w.stranger
		ok(t, w.CreateFolder(t.Context(), f, nil, o))
		// The second order waits, which is for ever unless the other company's is run beside it.
		begun := make(chan struct{})
		got := ran(t, w, len(groups)+1, func(group bonafide.ID) {
			switch group {
			case o.GroupID:
				close(begun)
			case groups[1]:
				<-begun
			}
		})
		if slices.Index(got, o.GroupID) > 2 { // beside the second at the latest
			t.Error("the only order of a company was not run first or second")
		}
		same(t, "the order within a company", slices.DeleteFunc(got, func(g bonafide.ID) bool { return g == o.GroupID }), groups)
	})
	t.Run("stopping waits for the run and does not disturb it", func(t *testing.T) {
		_, _, o := w.stored(t)
		begun, proceed := make(chan struct{}), make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			done <- w.Work(ctx, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
				close(begun)
				<-proceed
				return finish(ctx, w, group, bonafide.Success)
			})
		}()
		<-begun
		cancel()
		select {
		case err := <-done:
			t.Errorf("Work ended with %v while a group was run", err)
		default:
		}
		close(proceed)
		ok(t, <-done)
		if !ended(t, w, o.GroupID) {
			t.Error("the group has not ended")
		}
	})
	t.Run("as many groups are run at once as there are workers", func(t *testing.T) {
		const workers = 3
		for range workers {
			w.stored(t)
		}
		var together sync.WaitGroup
		together.Add(workers)
		var all sync.WaitGroup
		all.Add(workers)
		stop := working(t, w, workers, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
			defer all.Done()
			together.Done()
			together.Wait() // holds for ever unless all are run at once
			return finish(ctx, w, group, bonafide.Success)
		})
		all.Wait()
		stop()
	})
	t.Run("a company whose groups take long leaves a worker to another", func(t *testing.T) { longGroups(t, w) })
	t.Run("what fails is tried three times and then ends", func(t *testing.T) { failing(t, w) })
}

func longGroups(t *testing.T, w *world) {
	const workers, orders = 2, 4
	for range orders {
		w.stored(t)
	}
	begun, proceed := make(chan bonafide.ID, orders+1), make(chan struct{})
	stop := working(t, w, workers, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		begun <- group
		<-proceed
		return finish(ctx, w, group, bonafide.Success)
	})
	for range workers {
		<-begun
	}
	f, o := w.folder(), newOrder()
	f.CompanyID, f.UserID = w.other, w.stranger
	ok(t, w.CreateFolder(t.Context(), f, nil, o))
	if next := <-begun; next != o.GroupID {
		t.Error("the company has more groups under way than there are workers")
	}
	close(proceed)
	for range orders - workers { // the others must not wait for anything else
		<-begun
	}
	stop()
}

func failing(t *testing.T, w *world) {
	_, _, errs := w.stored(t)
	_, _, panics := w.stored(t)
	_, _, recovers := w.stored(t)
	_, _, waits := w.stored(t)
	seen := &attempts{calls: map[bonafide.ID][]string{}}
	stop := working(t, w, 2, func(ctx context.Context, group bonafide.ID, attempt int, last bool) error {
		seen.note(group, attempt, last)
		switch {
		case group == panics.GroupID:
			panic("a fault in an analysis")
		case group == recovers.GroupID && attempt == 2:
			return finish(ctx, w, group, bonafide.Declined)
		case group == waits.GroupID && seen.of(group) == 4:
			return finish(ctx, w, group, bonafide.Success)
		case group == waits.GroupID:
			return bonafide.Errorf(bonafide.CodeBusy, "the bucket is away")
		}
		return errors.New("the disk is full")
	})
	eventually(func() bool {
		return ended(t, w, errs.GroupID) && ended(t, w, panics.GroupID) && ended(t, w, recovers.GroupID) && ended(t, w, waits.GroupID)
	})
	stop()
	all := []string{"1 false", "2 false", "3 true"}
	for name, c := range map[string]struct {
		order *store.Order
		calls []string
		end   bonafide.Status
	}{
		"errors":            {errs, all, bonafide.Failed},
		"panics":            {panics, all, bonafide.Failed},
		"error, then a run": {recovers, all[:2], bonafide.Declined},
		"away":              {waits, []string{"1 false", "1 false", "1 false", "1 false"}, bonafide.Success},
	} {
		if got := seen.calls[c.order.GroupID]; !slices.Equal(got, c.calls) {
			t.Errorf("%s: attempts %v, want %v", name, got, c.calls)
		}
		group, err := w.Group(t.Context(), c.order.GroupID)
		ok(t, err)
		for _, a := range group {
			if a.Resolution != c.end || c.end == bonafide.Failed && a.ErrorMessage == "" {
				t.Errorf("%s: ended as %s %s %q", name, a.State, a.Resolution, a.ErrorMessage)
			}
		}
	}
}

// reopening proves that orders outlive a restart, and that a group which its run
// forgot to end does not stay PROCESSING for ever.
func reopening(t *testing.T, w *world) {
	forgotten, _, lost := w.stored(t)
	run := make(chan struct{})
	stop := working(t, w, 1, func(context.Context, bonafide.ID, int, bool) error {
		close(run)
		return nil // without an end
	})
	<-run
	stop()
	_, _, kept := w.stored(t)
	w.reopen(t)
	same(t, "the order of runs", ran(t, w, 1, atOnce), []bonafide.ID{kept.GroupID})
	group, err := w.Group(t.Context(), lost.GroupID)
	ok(t, err)
	if got := names(group, func(a bonafide.Analysis) string { return string(a.State) }); got != "FAILED FAILED" {
		t.Errorf("the forgotten group ended as %s", got)
	}
	f, err := w.Folder(t.Context(), bonafide.Scope{}, forgotten.ID)
	ok(t, err)
	if f.State.SystemResolution != bonafide.Failed {
		t.Errorf("its folder is %v", f.State)
	}
}

// writers proves that concurrent orders neither get lost nor in each other's way
// while the queue is worked.
func writers(t *testing.T, w *world) {
	const writers, each = 8, 6
	var mu sync.Mutex
	runs := map[bonafide.ID]int{}
	var all sync.WaitGroup
	all.Add(writers * each)
	stop := working(t, w, 2, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		defer all.Done()
		mu.Lock()
		runs[group]++
		mu.Unlock()
		return finish(ctx, w, group, bonafide.Success)
	})
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for range each {
				f, m := w.folder(), []bonafide.Media{newMedia(), newMedia()}
				if err := w.CreateFolder(t.Context(), f, m[:1], newOrder(m[0].ID)); err != nil {
					t.Error(err)
				}
				if err := w.AddToFolder(t.Context(), f.ID, store.Addition{Media: m[1:], Meta: bonafide.Meta{"x": "y"}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	all.Wait()
	stop()
	page, err := w.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	ok(t, err)
	for _, f := range page.Items {
		if f.State.SystemResolution != bonafide.Success || f.Meta["x"] != "y" {
			t.Errorf("folder %s: %v %v", f.ID, f.State, f.Meta)
		}
	}
	if len(page.Items) != writers*each || len(runs) != writers*each {
		t.Errorf("%d folders and %d groups, want %d", len(page.Items), len(runs), writers*each)
	}
	for group, n := range runs {
		if n != 1 {
			t.Errorf("group %s was run %d times", group, n)
		}
	}
}
