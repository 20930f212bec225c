package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river/rivertype"

	"github.com/bonafide-id/bonafide"
)

// attend notes that a worker is alive, takes over what the dead were running, and
// goes on doing both until leave is called, which waits for the end of it.
func (w *worker) attend(ctx context.Context) (leave func(), err error) {
	if err := w.beat(ctx); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // attempts under way outlive the caller's
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(w.Lease / beatsPerLease)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := w.beat(ctx); err != nil && ctx.Err() == nil {
					w.log.ErrorContext(ctx, "the queue's worker could not tell that it is alive", "error", err)
				}
			}
		}
	}()
	return func() {
		cancel()
		<-gone
		_ = w.tables.Leave(context.WithoutCancel(ctx), w.me)
	}, nil
}

func (w *worker) beat(ctx context.Context) error {
	taken, err := w.tables.Beat(ctx, w.me, w.Lease, w.turn.holding(w.Lost), w.Lost)
	if err != nil {
		return fmt.Errorf("leases: %w", err)
	}
	if len(taken) > 0 {
		w.bell.ring()
	}
	if slices.Contains(taken, string(rivertype.JobStateDiscarded)) {
		return w.failOrphans(ctx)
	}
	return nil
}

// watchOrphans ends orphans until ctx ends.
func (w *worker) watchOrphans(ctx context.Context) {
	tick := time.NewTicker(orphansEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := w.failOrphans(ctx); err != nil && ctx.Err() == nil {
				w.log.ErrorContext(ctx, "groups without a job were not ended", "error", err)
			}
		}
	}
}

// failOrphans ends groups that no job will end any more.
func (w *worker) failOrphans(ctx context.Context) error {
	groups, err := w.tables.Orphans(ctx)
	if err != nil {
		return fmt.Errorf("orphans: %w", err)
	}
	for _, id := range groups {
		if err := w.failGroup(ctx, id); err != nil {
			return fmt.Errorf("group %s: %w", id, err)
		}
		w.log.WarnContext(ctx, "group without a job ended as failed", "group", id)
	}
	return nil
}

// giveUp ends the group of a job that gets no further attempt. Where that fails,
// the group is an orphan soon.
func (w *worker) giveUp(ctx context.Context, job *rivertype.JobRow) {
	var args groupJob
	if err := json.Unmarshal(job.EncodedArgs, &args); err != nil {
		w.log.ErrorContext(ctx, "job without a group", "job", job.ID, "error", err)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), failWithin)
	defer cancel()
	err := w.failGroup(ctx, args.GroupID)
	if err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound { // else deleted
		w.log.ErrorContext(ctx, "group was not ended", "group", args.GroupID, "error", err)
	}
}

// failGroup ends as FAILED what is PROCESSING in the group.
func (w *worker) failGroup(ctx context.Context, id bonafide.ID) error {
	analyses, err := w.groups.Group(ctx, id)
	if err != nil {
		return err
	}
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: "queue"})
	results := make([]bonafide.AnalysisResult, len(analyses))
	for i, a := range analyses {
		results[i] = bonafide.AnalysisResult{
			AnalysisID:   a.ID,
			State:        bonafide.Failed,
			Resolution:   bonafide.Failed,
			ErrorCode:    bonafide.CodeUnknown,
			ErrorMessage: "The analysis could not be completed",
		}
	}
	return w.groups.FinishGroup(ctx, id, results)
}
