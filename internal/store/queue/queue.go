// Package queue hands ordered groups of analyses to workers. It is River, in the database
// of the rows, with what River does not do: companies are served in turn, an order wakes
// workers at once, and what a worker was running that is not heard of any more goes to
// another.
package queue

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

const (
	maxAttempts = 3 // that fail
	// MaxCuts is how many attempts the end of a process may cut short.
	MaxCuts = 10
	// attemptTimeout ends an attempt's context; rescueAfter gives an attempt up that
	// has not returned even then.
	attemptTimeout = 5 * time.Minute
	rescueAfter    = 10 * time.Minute
	retryPause     = time.Second // times the attempts so far
	awayWithin     = time.Hour   // of an order: what it lacks may come back
	keepJobs       = time.Hour   // ended jobs are of no use, the analyses tell what happened
	pollEvery      = time.Second // for retries, and for orders from other processes
	fetchPause     = river.FetchCooldownMin
	orphansEvery   = time.Minute
	failWithin     = 10 * time.Second
	// leaseFor is how long a worker that is not heard of counts as alive; it tells
	// beatsPerLease times that it is.
	leaseFor      = 15 * time.Second
	beatsPerLease = 5
	// lostFor is how long a job may be a living worker's that does not hold it: its end may
	// be on the way to the database, or was lost with a connection.
	lostFor = 30 * time.Second
)

// Kind is that of River's jobs of groups, whose arguments have the group as group_id.
const Kind = "group"

// groupJob is River's job of one group of analyses.
type groupJob struct {
	GroupID bonafide.ID `json:"group_id"`
	// Trace names the span of the request that made the order, as the W3C's traceparent:
	// what works on it, in whichever process, belongs below it. Empty for none.
	Trace string `json:"trace,omitempty"`
}

// Kind implements river.JobArgs.
func (groupJob) Kind() string { return Kind }

// Tables are those of one database.
type Tables interface {
	// Driver is River's.
	Driver() riverdriver.Driver[*sql.Tx]
	// Array is the SQL of a JSON array of a column of a group, in the order of its rows.
	Array(column string) string
	// Beat prolongs a worker's lease and takes up what was running with those whose lease
	// has run out. The attempt is taken back, since the crash may have another cause, and
	// counted as a cut. A job that was cut MaxCuts times may well be what brings
	// processes down: it is discarded, and its group becomes an orphan. What is this
	// worker's longer than lost and not among the jobs that it holds is taken up, too, and no
	// cut: a connection was lost before its claim, or its end, was acknowledged. It gives the
	// states of the jobs that were taken up.
	Beat(ctx context.Context, me bonafide.ID, lease time.Duration, held []int64, lost time.Duration) ([]string, error)
	// Leave ends a worker's lease.
	Leave(ctx context.Context, me bonafide.ID) error
	// Orphans gives groups that are not ended and that no job will end any more.
	Orphans(ctx context.Context) ([]bonafide.ID, error)
}

// Groups are the analyses that are worked at.
type Groups interface {
	Group(ctx context.Context, groupID bonafide.ID) ([]bonafide.Analysis, error)
	FinishGroup(ctx context.Context, groupID bonafide.ID, results []bonafide.AnalysisResult) error
}

// Queue takes groups in and hands them out. It implements a part of table.Queue.
type Queue struct {
	// Poll is how often the queue is asked for work without having been woken, Lease how
	// long a worker that is not heard of counts as alive. Neither changes while somebody
	// works.
	Poll, Lease time.Duration
	// Lost is how long a job may be a living worker's that does not hold it.
	Lost time.Duration

	tables  Tables
	bell    bell
	log     *slog.Logger
	inserts *river.Client[*sql.Tx]
}

// New makes a queue of tables that are up to date.
func New(t Tables, log *slog.Logger) (*Queue, error) {
	q := &Queue{Poll: pollEvery, Lease: leaseFor, Lost: lostFor, tables: t, bell: make(bell, 1), log: log}
	var err error
	q.inserts, err = river.NewClient(q.driver(newTurn(1)), &river.Config{Logger: quiet(log)})
	return q, err
}

// Migrate brings River's tables up to date.
func Migrate(ctx context.Context, d riverdriver.Driver[*sql.Tx], log *slog.Logger) error {
	m, err := rivermigrate.New(d, &rivermigrate.Config{Logger: quiet(log)})
	if err == nil {
		err = known(ctx, d.GetExecutor(), m.AllVersions())
	}
	if err == nil {
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	}
	if err != nil {
		return fmt.Errorf("migrations of the queue: %w", err)
	}
	return nil
}

// known refuses tables of a later version than those that River can make.
func known(ctx context.Context, tables riverdriver.Executor, all []rivermigrate.Migration) error {
	there, err := tables.TableExists(ctx, &riverdriver.TableExistsParams{Table: "river_migration"})
	if err != nil || !there {
		return err
	}
	have, err := tables.MigrationGetByLine(ctx, &riverdriver.MigrationGetByLineParams{Line: riverdriver.MigrationLineMain})
	if err != nil || len(have) == 0 {
		return err
	}
	return table.Newer(int64(have[len(have)-1].Version), int64(all[len(all)-1].Version))
}

func (q *Queue) driver(t *turn) *bellDriver {
	d := q.tables.Driver()
	return &bellDriver{d, q.bell, t, fmt.Sprintf(waiting, d.ArgPlaceholder()+"1", q.tables.Array("queue"))}
}

// Enqueue implements table.Queue.
func (q *Queue) Enqueue(ctx context.Context, tx bun.Tx, company, group bonafide.ID) error {
	_, err := q.inserts.InsertTx(ctx, tx.Tx, groupJob{GroupID: group, Trace: traceOf(ctx)}, &river.InsertOpts{MaxAttempts: maxAttempts, Queue: queueOf(company)})
	return err
}

// Wake implements table.Queue.
func (q *Queue) Wake() { q.bell.ring() }

// Work works the queue, as store.Queue says. A group whose job has ended without ending
// it, by a panic on its last attempt or by too many crashes, ends as FAILED.
func (q *Queue) Work(ctx context.Context, groups Groups, workers int, run func(ctx context.Context, groupID bonafide.ID, attempt int, last bool) error) error {
	// Who is told to end while it begins has not failed, and attempts under way outlive
	// ctx: Stop lets them end.
	detached := context.WithoutCancel(ctx)
	w := &worker{Queue: q, groups: groups, me: bonafide.NewID(), turn: newTurn(workers)}
	leave, err := w.attend(detached)
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	defer leave()
	if err := w.failOrphans(detached); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	client, err := w.client(workers, run)
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	if err := client.Start(detached); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	w.watchOrphans(ctx)
	if err := client.Stop(detached); err != nil {
		return fmt.Errorf("queue: stop: %w", err)
	}
	return nil
}

// worker is a process that works the queue.
type worker struct {
	*Queue
	groups Groups
	me     bonafide.ID
	turn   *turn
}

// client makes what runs jobs: so many of one company, and one more of others.
func (w *worker) client(workers int, run func(context.Context, bonafide.ID, int, bool) error) (*river.Client[*sql.Tx], error) {
	kinds := river.NewWorkers()
	err := river.AddWorkerSafely(kinds, river.WorkFunc(func(ctx context.Context, job *river.Job[groupJob]) error {
		defer w.bell.ring() // there may be a job that had to wait for this one
		defer w.turn.ended(job.Queue, job.ID)
		ctx = within(ctx, job.Args.Trace)
		err := run(ctx, job.Args.GroupID, job.Attempt, job.Attempt >= job.MaxAttempts)
		if bonafide.CodeOf(err) == bonafide.CodeBusy && time.Since(job.CreatedAt) < awayWithin {
			w.log.WarnContext(ctx, "attempt put off", "job", job.ID, "error", err)
			return river.JobSnooze(retryPause)
		}
		return err
	}))
	if err != nil {
		return nil, err
	}
	return river.NewClient(w.driver(w.turn), w.config(workers+1, kinds))
}

// config holds River's settings of a process that works. Indices are never built
// anew: River would look for those that it has on another database, every midnight, and
// warn that they are missing.
func (w *worker) config(workers int, kinds *river.Workers) *river.Config {
	return &river.Config{
		ID:                          string(w.me),
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		Workers:                     kinds,
		ErrorHandler:                failedAttempt{w},
		RetryPolicy:                 retryPolicy{},
		JobTimeout:                  attemptTimeout,
		RescueStuckJobsAfter:        rescueAfter,
		FetchCooldown:               fetchPause,
		FetchPollInterval:           w.Poll,
		CompletedJobRetentionPeriod: keepJobs,
		DiscardedJobRetentionPeriod: keepJobs,
		ReindexerSchedule:           river.NeverSchedule(),
		ReindexerIndexNames:         []string{},
		Logger:                      quiet(w.log),
	}
}

type retryPolicy struct{}

// NextRetry implements river.ClientRetryPolicy.
func (retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(time.Duration(job.Attempt) * retryPause)
}

// failedAttempt logs attempts that failed, and ends the group of a job whose last
// attempt has failed without ending it. River calls it before it discards the job.
type failedAttempt struct{ w *worker }

// HandleError implements river.ErrorHandler.
func (f failedAttempt) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	f.w.log.WarnContext(ctx, "attempt failed", "job", job.ID, "attempt", job.Attempt, "error", err)
	if job.Attempt >= job.MaxAttempts {
		f.w.giveUp(ctx, job)
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
