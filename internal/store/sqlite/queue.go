package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

const (
	maxAttempts = 3  // that fail
	maxCuts     = 10 // attempts that the end of the process cut short
	// attemptTimeout ends an attempt's context; rescueAfter gives an attempt up that
	// has not returned even then.
	attemptTimeout = 5 * time.Minute
	rescueAfter    = 10 * time.Minute
	retryPause     = time.Second // times the attempts so far
	keepJobs       = time.Hour   // ended jobs are of no use, the analyses tell what happened
	pollEvery      = time.Second // for retries, and for orders from other processes
	fetchPause     = river.FetchCooldownMin
	orphansEvery   = time.Minute
	failWithin     = 10 * time.Second
	// leaseFor is how long a worker that is not heard of counts as alive; it tells
	// beatsPerLease times that it is.
	leaseFor      = 15 * time.Second
	beatsPerLease = 5
)

// groupJob is River's job of one group of analyses.
type groupJob struct {
	GroupID bonafide.ID `json:"group_id"`
}

// Kind implements river.JobArgs.
func (groupJob) Kind() string { return "group" }

// Enqueue implements table.Queue.
func (f *file) Enqueue(ctx context.Context, tx bun.Tx, company, group bonafide.ID) error {
	_, err := f.queue.InsertTx(ctx, tx.Tx, groupJob{group}, &river.InsertOpts{MaxAttempts: maxAttempts, Queue: queueOf(company)})
	return err
}

// Dequeue implements table.Queue.
func (f *file) Dequeue(ctx context.Context, tx bun.Tx, groups []bonafide.ID) error {
	_, err := tx.NewDelete().Table("river_job").
		Where("kind = ? AND state <> 'running' AND args ->> '$.group_id' IN (?)", groupJob{}.Kind(), bun.List(groups)).Exec(ctx)
	return err
}

// Wake implements table.Queue.
func (f *file) Wake() { f.bell.ring() }

// Claim makes this process the one that may work the queue of the file, until Close, and
// fails where another one does: a server finds out before it says that it is ready.
// Work claims by itself where this was not called. With Options.Shared it does nothing.
func (s *Store) Claim() error {
	if s.file.shared || s.file.claimed != nil {
		return nil
	}
	unlock, err := lock(s.file.path + ".lock")
	s.file.claimed = unlock
	return err
}

// Work implements store.Queue. Unless Options.Shared is set, it fails at once where
// another process works the queue of this file. A group whose job has ended without
// ending it, by a panic on its last attempt or by too many crashes, ends as FAILED.
func (s *Store) Work(ctx context.Context, workers int, run func(ctx context.Context, groupID bonafide.ID, attempt int, last bool) error) error {
	// Who is told to end while it begins has not failed, and attempts under way outlive
	// ctx: Stop lets them end.
	detached := context.WithoutCancel(ctx)
	if !s.file.shared {
		if s.file.claimed == nil {
			unlock, err := lock(s.file.path + ".lock")
			if err != nil {
				return err
			}
			defer unlock()
		}
		if err := s.forgetWorkers(detached); err != nil {
			return fmt.Errorf("queue: %w", err)
		}
	}
	me := bonafide.NewID()
	leave, err := s.attend(detached, me)
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	defer leave()
	if err := s.failOrphans(detached); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	client, err := s.worker(me, workers, run)
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	if err := client.Start(detached); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	s.watchOrphans(ctx)
	if err := client.Stop(detached); err != nil {
		return fmt.Errorf("queue: stop: %w", err)
	}
	return nil
}

// worker makes the client that runs jobs: so many of one company, and one more of others.
func (s *Store) worker(me bonafide.ID, workers int, run func(context.Context, bonafide.ID, int, bool) error) (*river.Client[*sql.Tx], error) {
	kinds, turn := river.NewWorkers(), newTurn(workers)
	err := river.AddWorkerSafely(kinds, river.WorkFunc(func(ctx context.Context, job *river.Job[groupJob]) error {
		defer s.file.bell.ring() // there may be a job that had to wait for this one
		defer turn.ended(job.Queue)
		return run(ctx, job.Args.GroupID, job.Attempt, job.Attempt >= job.MaxAttempts)
	}))
	if err != nil {
		return nil, err
	}
	return river.NewClient(newDriver(s.file.writer.DB, s.file.bell, turn), s.workerConfig(me, workers+1, kinds))
}

// workerConfig holds River's settings of a process that works. Indices are never built
// anew: River would look for those that it has on another database, every midnight, and
// warn that they are missing.
func (s *Store) workerConfig(me bonafide.ID, workers int, kinds *river.Workers) *river.Config {
	return &river.Config{
		ID:                          string(me),
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		Workers:                     kinds,
		ErrorHandler:                failedAttempt{s},
		RetryPolicy:                 retryPolicy{},
		JobTimeout:                  attemptTimeout,
		RescueStuckJobsAfter:        rescueAfter,
		FetchCooldown:               fetchPause,
		FetchPollInterval:           s.file.poll,
		CompletedJobRetentionPeriod: keepJobs,
		DiscardedJobRetentionPeriod: keepJobs,
		ReindexerSchedule:           river.NeverSchedule(),
		ReindexerIndexNames:         []string{},
		Logger:                      quiet(s.file.log),
	}
}

type retryPolicy struct{}

// NextRetry implements river.ClientRetryPolicy.
func (retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(time.Duration(job.Attempt) * retryPause)
}

// failedAttempt logs attempts that failed, and ends the group of a job whose last
// attempt has failed without ending it. River calls it before it discards the job.
type failedAttempt struct{ s *Store }

// HandleError implements river.ErrorHandler.
func (f failedAttempt) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	f.s.file.log.WarnContext(ctx, "attempt failed", "job", job.ID, "attempt", job.Attempt, "error", err)
	if job.Attempt >= job.MaxAttempts {
		f.s.giveUp(ctx, job)
	}
	return nil
}

// HandlePanic implements river.ErrorHandler.
func (f failedAttempt) HandlePanic(ctx context.Context, job *rivertype.JobRow, panicked any, trace string) *river.ErrorHandlerResult {
	return f.HandleError(ctx, job, fmt.Errorf("panic: %v\n%s", panicked, trace))
}

// quiet passes warnings and errors on; River reports every few seconds otherwise.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(warnings{log.Handler()}) }

type warnings struct{ slog.Handler }

// Enabled implements slog.Handler.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}
