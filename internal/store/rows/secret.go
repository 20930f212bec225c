package rows

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type keyRow struct {
	bun.BaseModel `bun:"table:secrets,alias:secret"`

	Name  string `bun:"name,pk"`
	Value []byte `bun:"value"`
}

// Secret implements store.Store.
func (s *Store) Secret(ctx context.Context, name string, create func() ([]byte, error)) ([]byte, error) {
	row := &keyRow{}
	err := s.Reader().NewSelect().Model(row).Where("name = ?", name).Scan(ctx)
	if err == nil {
		return row.Value, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, table.Failure(err)
	}
	value, err := create()
	if err != nil {
		return nil, err
	}
	err = s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		made := &keyRow{Name: name, Value: value}
		if _, err := tx.NewInsert().Model(made).On("CONFLICT (name) DO NOTHING").Exec(ctx); err != nil {
			return err
		}
		return tx.NewSelect().Model(row).Where("name = ?", name).Scan(ctx)
	})
	return row.Value, err
}

// ForgetSecrets implements store.Store.
func (s *Store) ForgetSecrets(ctx context.Context, prefix string, kept ...string) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := tx.NewDelete().Model((*keyRow)(nil)).Where("substr(name, 1, ?) = ?", len(prefix), prefix)
		if len(kept) > 0 {
			q = q.Where("name NOT IN (?)", bun.List(kept))
		}
		_, err := q.Exec(ctx)
		return err
	})
}
