package queue

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"

	"github.com/bonafide-id/bonafide"
)

// queueOf names the queue that holds the jobs of one company. River knows queues by
// name and its index of waiting jobs begins with it, so that the next job of a company
// is found without looking at those of another. Jobs of no company share a queue.
func queueOf(company bonafide.ID) string {
	if company == "" {
		return river.QueueDefault
	}
	return string(company)
}

// waiting lists the queues with jobs to claim: first those of which the fewest jobs
// are running, then those whose turn it is, which comes after the argument. It steps from
// queue to queue through the index, however many jobs a queue has. %[1]s is the argument,
// %[2]s makes a JSON array of queues.
const waiting = `WITH RECURSIVE waiting (queue) AS (
	SELECT min(queue) FROM river_job WHERE state = 'available'
	UNION ALL
	SELECT (SELECT min(queue) FROM river_job WHERE state = 'available' AND queue > waiting.queue) FROM waiting WHERE queue IS NOT NULL
), running (queue, jobs) AS (
	SELECT queue, count(*) FROM river_job WHERE state = 'running' GROUP BY queue
), sorted (queue) AS (
	SELECT waiting.queue FROM waiting LEFT JOIN running ON running.queue = waiting.queue
	WHERE waiting.queue IS NOT NULL ORDER BY coalesce(jobs, 0), waiting.queue <= %[1]s, waiting.queue
)
SELECT %[2]s FROM sorted`

// turns is the executor of River's workers, except that jobs are claimed from the
// queues of all companies in turn: River asks for those of one queue and takes them as
// they came, with which one company's thousand orders would stand before everybody's. One
// company has one job less under way than there are workers, so that another one, which
// comes later, need not wait until a long job ends.
type turns struct {
	riverdriver.Executor
	turn    *turn
	waiting string // as SQL
}

// turn remembers whose turn it was.
type turn struct {
	each int // jobs of one queue that run at once in this process

	mu      sync.Mutex
	last    string              // queue that was served last
	running map[string]int      // jobs of this process by queue, claimed and not ended
	held    map[int64]time.Time // jobs of this process, and when they have ended: zero, not yet
}

func newTurn(each int) *turn {
	return &turn{each: each, running: map[string]int{}, held: map[int64]time.Time{}}
}

// ended makes room for another job of the queue.
func (t *turn) ended(queue string, id int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running[queue]--; t.running[queue] <= 0 {
		delete(t.running, queue)
	}
	t.held[id] = time.Now()
}

// holding lists the jobs that this process runs, or has ended so shortly ago that the
// database may not know yet.
func (t *turn) holding(shortly time.Duration) []int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.held, func(_ int64, ended time.Time) bool { return !ended.IsZero() && time.Since(ended) > shortly })
	return slices.Collect(maps.Keys(t.held))
}

// room is how many more jobs of the queue may be claimed. t is locked.
func (t *turn) room(queue string) int { return t.each - t.running[queue] }

// JobGetAvailable claims jobs in one transaction: one of each company that has some
// waiting, again and again until there are enough.
func (e *turns) JobGetAvailable(ctx context.Context, p *riverdriver.JobGetAvailableParams) (*riverdriver.JobGetAvailableResult, error) {
	e.turn.mu.Lock()
	defer e.turn.mu.Unlock()
	tx, err := e.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	claimed, last, err := e.turn.claim(ctx, tx, e.waiting, p)
	if err != nil {
		return nil, err
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, err
	}
	e.turn.last = last
	for _, j := range claimed.Jobs {
		e.turn.running[j.Queue]++
		e.turn.held[j.ID] = time.Time{}
	}
	return claimed, nil
}

// claim also tells whose turn it was last. t is locked.
func (t *turn) claim(ctx context.Context, tx riverdriver.ExecutorTx, waiting string, p *riverdriver.JobGetAvailableParams) (*riverdriver.JobGetAvailableResult, string, error) {
	last := t.last
	all := &riverdriver.JobGetAvailableResult{DecodeErrors: map[int64]error{}}
	got := map[string]int{} // by queue
	var list []byte
	if err := tx.QueryRow(ctx, waiting, last).Scan(&list); err != nil {
		return nil, "", err
	}
	var queues []string
	if err := json.Unmarshal(list, &queues); err != nil {
		return nil, "", err
	}
	full := func(queue string) bool { return t.room(queue) <= got[queue] }
	queues = slices.DeleteFunc(queues, full)
	for len(queues) > 0 && len(all.Jobs) < p.MaxToLock {
		some := *p
		some.Queue, some.MaxToLock = queues[0], 1
		if len(queues) == 1 {
			some.MaxToLock = min(p.MaxToLock-len(all.Jobs), t.room(some.Queue)-got[some.Queue])
		}
		found, err := tx.JobGetAvailable(ctx, &some)
		if err != nil {
			return nil, "", err
		}
		queues = queues[1:]
		got[some.Queue] += len(found.Jobs)
		if len(found.Jobs) == some.MaxToLock && !full(some.Queue) { // there may be more
			queues = append(queues, some.Queue)
		}
		if len(found.Jobs) > 0 {
			last = some.Queue
		}
		all.Jobs = append(all.Jobs, found.Jobs...)
		maps.Copy(all.DecodeErrors, found.DecodeErrors)
	}
	return all, last, nil
}
