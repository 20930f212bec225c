package postgres

import (
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Writer gives tests the connections that write.
func (s *Store) Writer() *bun.DB { return s.base.writer }

// Poll sets how often the queue is asked for work without having been woken.
func (s *Store) Poll(every time.Duration) { s.base.Queue.Poll = every }

// Lost sets how long a job may be a living worker's that does not hold it.
func (s *Store) Lost(d time.Duration) { s.base.Queue.Lost = d }

// Lease sets how long a worker of the queue counts as alive without being heard of.
func (s *Store) Lease(d time.Duration) { s.base.Queue.Lease = d }

// Away is a store whose database cannot be reached.
func Away(config *pgx.ConnConfig) *Store {
	b := &base{config: config, writer: connect(config, 1), reader: connect(config, 1), Questions: listing.NewQuestions(readers(), 0),
		writes: quota.New(quota.Limits{Places: 1, PerKey: 1, Waiting: quota.Unlimited})}
	return &Store{Store: rows.New(b, nil, table.Quotas{}), base: b}
}
