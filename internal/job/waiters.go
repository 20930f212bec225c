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

// Board is where those who wait for a group learn that it has ended. It is safe
// for concurrent use.
type Board struct {
	groups Groups

	mu      sync.Mutex
	waiting map[bonafide.ID]*notice
}

// notice is shared by all who wait for one group.
type notice struct {
	ended   chan struct{}
	readers int
}

// NewBoard returns a board without waiters.
func NewBoard(groups Groups) *Board {
	return &Board{groups: groups, waiting: map[bonafide.ID]*notice{}}
}

// Announce wakes all who wait for the group.
func (b *Board) Announce(groupID bonafide.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := b.waiting[groupID]; n != nil {
		close(n.ended)
		delete(b.waiting, groupID)
	}
}

// Wait returns nil once no analysis of the group is PROCESSING, also because they
// were deleted, or ctx's error when ctx ends before.
func (b *Board) Wait(ctx context.Context, groupID bonafide.ID) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		// Subscribing comes before looking, so that no announcement is missed.
		n := b.subscribe(groupID)
		ended, err := b.look(ctx, groupID)
		if ended || err != nil {
			b.leave(groupID, n)
			return err
		}
		select {
		case <-n.ended:
		case <-tick.C:
		case <-ctx.Done():
		}
		b.leave(groupID, n)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (b *Board) look(ctx context.Context, groupID bonafide.ID) (ended bool, err error) {
	analyses, err := b.groups.Group(ctx, groupID)
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return true, nil
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

func (b *Board) subscribe(groupID bonafide.ID) *notice {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.waiting[groupID]
	if n == nil {
		n = &notice{ended: make(chan struct{})}
		b.waiting[groupID] = n
	}
	n.readers++
	return n
}

func (b *Board) leave(groupID bonafide.ID, n *notice) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n.readers--
	if n.readers == 0 && b.waiting[groupID] == n {
		delete(b.waiting, groupID)
	}
}
