package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river/rivertype"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// forgetWorkers drops the leases of all workers: whoever holds the lock of the queue
// knows that nobody else works it, and need not wait for leases to run out, nor for
// the term of a leader, which keeps retries waiting.
func (s *Store) forgetWorkers(ctx context.Context) error {
	_, err := s.file.writer.ExecContext(ctx, `DELETE FROM queue_workers; DELETE FROM river_leader`)
	return failure(err)
}

// attend notes that a worker is alive, takes over what the dead were running, and
// goes on doing both until leave is called, which waits for the end of it.
func (s *Store) attend(ctx context.Context, me bonafide.ID) (leave func(), err error) {
	if err := s.beat(ctx, me); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // attempts under way outlive the caller's
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(s.file.lease / beatsPerLease)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := s.beat(ctx, me); err != nil && ctx.Err() == nil {
					s.file.log.ErrorContext(ctx, "the queue's worker could not tell that it is alive", "error", err)
				}
			}
		}
	}()
	return func() {
		cancel()
		<-gone
		_, _ = s.file.writer.NewDelete().Table("queue_workers").Where("id = ?", me).Exec(context.WithoutCancel(ctx))
	}, nil
}

// beat prolongs a worker's lease and takes up what was running with those whose lease
// has run out. The attempt is taken back, since the crash may have another cause, and
// counted as a cut. A job that was cut maxCuts times may well be what brings
// processes down: it is discarded, and its group becomes an orphan.
func (s *Store) beat(ctx context.Context, me bonafide.ID) error {
	const cuts = `coalesce(metadata ->> '$.cuts', 0) + 1`
	now := time.Now()
	err := s.file.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO queue_workers (id, alive_until) VALUES (?0, ?1)
			ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until`, me, now.Add(s.file.lease).UnixMicro())
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM queue_workers WHERE alive_until < ?`, now.UnixMicro()); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE river_job SET
				attempt = attempt - 1,
				metadata = jsonb_set(metadata, '$.cuts', `+cuts+`),
				state = CASE WHEN `+cuts+` < ?0 THEN 'available' ELSE 'discarded' END,
				finalized_at = CASE WHEN `+cuts+` < ?0 THEN NULL ELSE datetime('now', 'subsec') END
			WHERE state = 'running' AND coalesce(attempted_by ->> '$[#-1]', '') NOT IN (SELECT id FROM queue_workers)`, maxCuts)
		return err
	})
	if err != nil {
		return fmt.Errorf("leases: %w", err)
	}
	return nil
}

// watchOrphans ends orphans until ctx ends.
func (s *Store) watchOrphans(ctx context.Context) {
	tick := time.NewTicker(orphansEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.failOrphans(ctx); err != nil && ctx.Err() == nil {
				s.file.log.ErrorContext(ctx, "groups without a job were not ended", "error", err)
			}
		}
	}
}

// failOrphans ends groups that no job will end any more.
func (s *Store) failOrphans(ctx context.Context) error {
	var groups []bonafide.ID
	err := s.file.reader.NewRaw(`SELECT DISTINCT group_id FROM analyses WHERE state = 'PROCESSING' AND group_id NOT IN (
			SELECT coalesce(args ->> '$.group_id', '') FROM river_job
			WHERE state IN ('available', 'pending', 'retryable', 'running', 'scheduled'))`).Scan(ctx, &groups)
	if err != nil {
		return fmt.Errorf("orphans: %w", failure(err))
	}
	for _, id := range groups {
		if err := s.failGroup(ctx, id); err != nil {
			return fmt.Errorf("group %s: %w", id, err)
		}
		s.file.log.WarnContext(ctx, "group without a job ended as failed", "group", id)
	}
	return nil
}

// giveUp ends the group of a job that gets no further attempt. Where that fails,
// the group is an orphan soon.
func (s *Store) giveUp(ctx context.Context, job *rivertype.JobRow) {
	var args groupJob
	if err := json.Unmarshal(job.EncodedArgs, &args); err != nil {
		s.file.log.ErrorContext(ctx, "job without a group", "job", job.ID, "error", err)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), failWithin)
	defer cancel()
	err := s.failGroup(ctx, args.GroupID)
	if err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound { // else deleted
		s.file.log.ErrorContext(ctx, "group was not ended", "group", args.GroupID, "error", err)
	}
}

// failGroup ends as FAILED what is PROCESSING in the group.
func (s *Store) failGroup(ctx context.Context, id bonafide.ID) error {
	analyses, err := s.Group(ctx, id)
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
	return s.FinishGroup(ctx, id, results)
}
