// Package table is what all tables have in common: columns, the reading, changing and
// writing of rows in one transaction, the audit log of what has changed, and the files
// that rows name.
package table

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

// Dialect is what differs between databases: how they are written, locked and asked.
type Dialect interface {
	listing.Dialect
	// Write runs do in a transaction of its own, which is on disk when Write returns
	// nil. do must use tx alone. Errors that have no code get one: CodeExists for an
	// object that is there already, CodeValue for a reference to one that is not,
	// CodeDatabase for all else.
	Write(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error
	// Note is Write without waiting for the disk, for what may be lost when the machine
	// loses power.
	Note(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error
	// Mine is a condition on rows of audit_pending: this transaction has written them,
	// not one that was committed since it began.
	Mine() string
	// Word is the SQL of a column as the audit log spells its value: a word without
	// blanks, truth as 1 and 0.
	Word(column string) string
	// Hold lets a query within a transaction keep others from changing the rows that it
	// gives until the transaction ends.
	Hold(q *bun.SelectQuery) *bun.SelectQuery
	Queue
}

// Queue takes groups of analyses in, within the transaction that stores them.
type Queue interface {
	// Enqueue adds a group of a company, empty for none.
	Enqueue(ctx context.Context, tx bun.Tx, company, group bonafide.ID) error
	// Dequeue takes groups off, except for what is being run: that finds nothing left
	// to end. Jobs of ended groups vanish by themselves.
	Dequeue(ctx context.Context, tx bun.Tx, groups []bonafide.ID) error
	// Wake tells the workers that a group has been committed.
	Wake()
}

// DB is a database whose changes are logged. It implements store.Files and
// store.Audit.
type DB struct{ Dialect }

// Record is Dialect.Write, after which the audit log has what do has changed, in the
// name of the context's actor.
func (s DB) Record(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	return s.Write(ctx, func(ctx context.Context, tx bun.Tx) error {
		return s.recorded(ctx, tx, func() error { return do(ctx, tx) })
	})
}

// Insert writes one row.
func (s DB) Insert(ctx context.Context, row any) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(row).Exec(ctx)
		return err
	})
}

// Page reads one page of rows R.
func Page[R, T any](ctx context.Context, d Dialect, l listing.List, q bonafide.Query, convert func(*R) T) (bonafide.Page[T], error) {
	p, err := listing.Read(ctx, d, l, q, convert)
	if next := p.Next; next != nil {
		p.Next = func(ctx context.Context, most int) ([]T, error) {
			items, err := next(ctx, most)
			return items, Failure(err)
		}
	}
	return p, Failure(err)
}

// Resolved makes a page of objects of a page of their keys. find gives objects in the
// order of keys, but for those that were deleted just now.
func Resolved[K, T any](ctx context.Context, keys bonafide.Page[K], find func(context.Context, []K) ([]T, error)) (bonafide.Page[T], error) {
	page := bonafide.Page[T]{Total: keys.Total}
	if keys.Next != nil {
		page.Next = func(ctx context.Context, most int) ([]T, error) {
			for {
				run, err := keys.Next(ctx, most)
				if err != nil || len(run) == 0 {
					return nil, err
				}
				if found, err := find(ctx, run); err != nil || len(found) > 0 {
					return found, err
				}
			}
		}
	}
	var err error
	page.Items, err = find(ctx, keys.Items)
	return page, err
}

// Failure gives an error the code of the database, and that of a database which cannot be
// reached CodeBusy. Errors that have a code, and those of an ended context, stay as they are.
func Failure(err error) error {
	var coded *bonafide.Error
	if err == nil || errors.As(err, &coded) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if away(err) {
		e := bonafide.Wrap(bonafide.CodeBusy, "The database cannot be reached at the moment", err)
		e.RetryAfter = retryAfter
		return e
	}
	return bonafide.Wrap(bonafide.CodeDatabase, "Database error", err)
}

// Newer refuses a database whose tables are of a later version than this program knows:
// what it would write, the other could not read.
func Newer(have, known int64) error {
	if have <= known {
		return nil
	}
	return bonafide.Errorf(bonafide.CodeDatabase, "The database was opened by a newer bonafide (its tables are of version %d, this program knows %d): "+
		"start that one again, or restore a backup from before it", have, known)
}

// Missing is Failure for the reading of one row.
func Missing(noun string, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return bonafide.Errorf(bonafide.CodeNotFound, "%s not found", noun)
	}
	return Failure(err)
}

// Changed turns an update that met no row into an error. Other errors get their
// code from Dialect.Write.
func Changed(noun string, res sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return bonafide.Errorf(bonafide.CodeNotFound, "%s not found", noun)
	}
	return nil
}

// Now is the time as it comes back from the store.
func Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Stamp fills in the times of a new object that the caller left open.
func Stamp(created, updated *time.Time) {
	if created.IsZero() {
		*created = Now()
	}
	if updated.IsZero() {
		*updated = *created
	}
}
