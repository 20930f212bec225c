package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river/rivertype"

	"github.com/bonafide-id/bonafide"
)

// requeueCut takes up what was running when the process that worked the queue
// was cut off. Nobody else works the queue now, so that whatever is running runs
// nowhere. The attempt is taken back, since the crash may have another cause,
// and counted as a cut. A job that was cut maxCuts times may well be what brings
// the process down: it is discarded, and its group becomes an orphan.
func (s *Store) requeueCut(ctx context.Context) error {
	const cuts = `coalesce(metadata ->> '$.cuts', 0) + 1`
	_, err := s.file.writer.ExecContext(ctx, `UPDATE river_job SET
			attempt = attempt - 1,
			metadata = jsonb_set(metadata, '$.cuts', `+cuts+`),
			state = CASE WHEN `+cuts+` < ? THEN 'available' ELSE 'discarded' END,
			finalized_at = CASE WHEN `+cuts+` < ? THEN NULL ELSE datetime('now', 'subsec') END
		WHERE state = 'running'`, maxCuts, maxCuts)
	if err == nil {
		// Its term would keep retries waiting.
		_, err = s.file.writer.ExecContext(ctx, `DELETE FROM river_leader`)
	}
	if err != nil {
		return fmt.Errorf("leftovers: %w", failure(err))
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
