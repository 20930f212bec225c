package job

import (
	"context"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
)

// pollEvery is how often a waiter looks into the store, for groups that another
// process ends.
const pollEvery = 250 * time.Millisecond

// Groups tells the state of a group of analyses.
type Groups interface {
	Group(ctx context.Context, groupID bonafide.ID) ([]bonafide.Analysis, error)
}

// Waiters are the requests that wait for a group to end. It is safe for concurrent use.
type Waiters struct {
	groups Groups

	mu      sync.Mutex
	waiting map[bonafide.ID]*notice
}

// notice is shared by all who wait for one group.
type notice struct {
	ended   chan struct{}
	readers int
}

// NewWaiters returns an empty list of waiters.
func NewWaiters(groups Groups) *Waiters {
	return &Waiters{groups: groups, waiting: map[bonafide.ID]*notice{}}
}

// Announce wakes all who wait for the group.
func (w *Waiters) Announce(groupID bonafide.ID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := w.waiting[groupID]; n != nil {
		close(n.ended)
		delete(w.waiting, groupID)
	}
}

// Wait returns nil once no analysis of the group is PROCESSING, also because they
// were deleted, or ctx's error when ctx ends before.
func (w *Waiters) Wait(ctx context.Context, groupID bonafide.ID) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		// Subscribing comes before looking, so that no announcement is missed.
		n := w.subscribe(groupID)
		ended, err := w.look(ctx, groupID)
		if ended || err != nil {
			w.leave(groupID, n)
			return err
		}
		select {
		case <-n.ended:
		case <-tick.C:
		case <-ctx.Done():
		}
		w.leave(groupID, n)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (w *Waiters) look(ctx context.Context, groupID bonafide.ID) (ended bool, err error) {
	analyses, err := w.groups.Group(ctx, groupID)
	switch bonafide.CodeOf(err) {
	case bonafide.CodeNotFound:
		return true, nil
	case bonafide.CodeBusy: // the order is there, and what tells of it comes back
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, a := range analyses {
		if a.State == bonafide.Processing {
			return false, nil
		}
	}
	return true, nil
}

func (w *Waiters) subscribe(groupID bonafide.ID) *notice {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := w.waiting[groupID]
	if n == nil {
		n = &notice{ended: make(chan struct{})}
		w.waiting[groupID] = n
	}
	n.readers++
	return n
}

func (w *Waiters) leave(groupID bonafide.ID, n *notice) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n.readers--
	if n.readers == 0 && w.waiting[groupID] == n {
		delete(w.waiting, groupID)
	}
}
