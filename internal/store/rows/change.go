package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

// kept says how objects T are kept as rows R.
type kept[R, T any] struct {
	noun      string // in errors
	alias     string // of the table in queries
	owner     listing.Owner
	relations []string
	of        func(*R) T
	row       func(*T) *R
	updated   func(*T) *time.Time // nil where there is no such time
	columns   []string            // that a change may change
}

// read finds one row inside the scope.
func (k kept[R, T]) read(ctx context.Context, q *bun.SelectQuery, row *R, scope bonafide.Scope, id bonafide.ID) error {
	q = q.Model(row).Where("?.id = ?", bun.Ident(k.alias), id)
	for _, name := range k.relations {
		q = q.Relation(name)
	}
	return k.owner.Within(q, scope).Scan(ctx)
}

// find gives one object inside the scope.
func find[R, T any](ctx context.Context, s *Store, k kept[R, T], scope bonafide.Scope, id bonafide.ID) (*T, error) {
	row := new(R)
	if err := k.read(ctx, s.Reader().NewSelect(), row, scope, id); err != nil {
		return nil, missing(k.noun, err)
	}
	t := k.of(row)
	return &t, nil
}

// change reads, changes and writes one object in one transaction. after, where it is
// not nil, runs in it, too.
func change[R, T any](ctx context.Context, s *Store, k kept[R, T], scope bonafide.Scope, id bonafide.ID,
	do func(*T) error, after func(context.Context, bun.Tx, *T) error) (*T, error) {
	var t T
	var refused error
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := new(R)
		if err := k.read(ctx, s.Hold(tx.NewSelect()), row, scope, id); err != nil {
			return missing(k.noun, err)
		}
		t = k.of(row)
		if refused = do(&t); refused != nil {
			return refused
		}
		if k.updated != nil {
			*k.updated(&t) = now()
		}
		_, err := tx.NewUpdate().Model(k.row(&t)).Column(k.columns...).Where("id = ?", id).Exec(ctx)
		if err != nil || after == nil {
			return err
		}
		return after(ctx, tx, &t)
	})
	if refused != nil {
		return nil, refused
	}
	if err != nil {
		return nil, err
	}
	return &t, nil
}
