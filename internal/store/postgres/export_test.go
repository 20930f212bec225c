package postgres

import (
	"time"

	"github.com/uptrace/bun"
)

// Writer gives tests the connections that write.
func (s *Store) Writer() *bun.DB { return s.base.writer }

// Poll sets how often the queue is asked for work without having been woken.
func (s *Store) Poll(every time.Duration) { s.base.Queue.Poll = every }

// Lease sets how long a worker of the queue counts as alive without being heard of.
func (s *Store) Lease(d time.Duration) { s.base.Queue.Lease = d }
