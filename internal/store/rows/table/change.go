package table

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

// Kept says how objects T are kept as rows R.
type Kept[R, T any] struct {
	Noun      string // in errors
	Alias     string // of the table in queries
	Owner     listing.Owner
	Relations []string
	Of        func(*R) T
	Row       func(*T) *R
	Updated   func(*T) *time.Time // nil where there is no such time
	Columns   []string            // that a change may change
}

// read finds one row inside the scope.
func (k Kept[R, T]) read(ctx context.Context, q *bun.SelectQuery, row *R, scope bonafide.Scope, id bonafide.ID) error {
	q = q.Model(row).Where("?.id = ?", bun.Ident(k.Alias), id)
	for _, name := range k.Relations {
		q = q.Relation(name)
	}
	return k.Owner.Within(q, scope).Scan(ctx)
}

// Find gives one object inside the scope.
func Find[R, T any](ctx context.Context, s DB, k Kept[R, T], scope bonafide.Scope, id bonafide.ID) (*T, error) {
	row := new(R)
	if err := k.read(ctx, s.Reader().NewSelect(), row, scope, id); err != nil {
		return nil, Missing(k.Noun, err)
	}
	t := k.Of(row)
	return &t, nil
}

// Change reads, changes and writes one object in one transaction. after, where it is
// not nil, runs in it, too.
func Change[R, T any](ctx context.Context, s DB, k Kept[R, T], scope bonafide.Scope, id bonafide.ID,
	do func(*T) error, after func(context.Context, bun.Tx, *T) error) (*T, error) {
	var t T
	var refused error
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := new(R)
		if err := k.read(ctx, s.Hold(tx.NewSelect()), row, scope, id); err != nil {
			return Missing(k.Noun, err)
		}
		t = k.Of(row)
		if refused = do(&t); refused != nil {
			return refused
		}
		if k.Updated != nil {
			*k.Updated(&t) = Now()
		}
		_, err := tx.NewUpdate().Model(k.Row(&t)).Column(k.Columns...).Where("id = ?", id).Exec(ctx)
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
