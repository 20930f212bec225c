package sqlite

import (
	"context"
	"encoding/json"
	"maps"
	"sync"

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
// are running, then those whose turn it is, which comes after ?1. It steps from queue
// to queue through the index, however many jobs a queue has.
const waiting = `WITH RECURSIVE waiting (queue) AS (
	SELECT min(queue) FROM river_job WHERE state = 'available'
	UNION ALL
	SELECT (SELECT min(queue) FROM river_job WHERE state = 'available' AND queue > waiting.queue) FROM waiting WHERE queue IS NOT NULL
), running (queue, jobs) AS (
	SELECT queue, count(*) FROM river_job WHERE state = 'running' GROUP BY queue
), sorted (queue) AS (
	SELECT waiting.queue FROM waiting LEFT JOIN running ON running.queue = waiting.queue
	WHERE waiting.queue IS NOT NULL ORDER BY coalesce(jobs, 0), waiting.queue <= ?1, waiting.queue
)
SELECT json_group_array(queue) FROM sorted`

// turns is the executor of River's workers, except that jobs are claimed from the
// queues of all companies in turn: River asks for those of one queue and takes them as
// they came, with which one company's thousand orders would stand before everybody's.
type turns struct {
	riverdriver.Executor
	turn *turn
}

// turn remembers whose turn it was.
type turn struct {
	mu   sync.Mutex
	last string // queue that was served last
}

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
	claimed, last, err := claim(ctx, tx, p, e.turn.last)
	if err != nil {
		return nil, err
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, err
	}
	e.turn.last = last
	return claimed, nil
}

// claim also tells whose turn it was last.
func claim(ctx context.Context, tx riverdriver.ExecutorTx, p *riverdriver.JobGetAvailableParams, last string) (*riverdriver.JobGetAvailableResult, string, error) {
	all := &riverdriver.JobGetAvailableResult{DecodeErrors: map[int64]error{}}
	var list []byte
	if err := tx.QueryRow(ctx, waiting, last).Scan(&list); err != nil {
		return nil, "", err
	}
	var queues []string
	if err := json.Unmarshal(list, &queues); err != nil {
		return nil, "", err
	}
	for len(queues) > 0 && len(all.Jobs) < p.MaxToLock {
		some := *p
		some.Queue, some.MaxToLock = queues[0], 1
		if len(queues) == 1 {
			some.MaxToLock = p.MaxToLock - len(all.Jobs)
		}
		got, err := tx.JobGetAvailable(ctx, &some)
		if err != nil {
			return nil, "", err
		}
		queues = queues[1:]
		if len(got.Jobs) == some.MaxToLock { // there may be more
			queues = append(queues, some.Queue)
		}
		if len(got.Jobs) > 0 {
			last = some.Queue
		}
		all.Jobs = append(all.Jobs, got.Jobs...)
		maps.Copy(all.DecodeErrors, got.DecodeErrors)
	}
	return all, last, nil
}
