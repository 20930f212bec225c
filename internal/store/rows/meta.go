package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// bearer is a table whose rows carry metadata.
type bearer struct {
	table string
	alias string // in queries
	noun  string // in errors
	owner listing.Owner
}

// bearers lists them: a new kind of object with metadata is a line here.
func bearers() map[bonafide.Kind]bearer {
	return map[bonafide.Kind]bearer{
		bonafide.KindUser:       {"users", "users", "User", userOwner()},
		bonafide.KindFolder:     {"folders", "folder", "Folder", folderOwner()},
		bonafide.KindMedia:      {"media", "media", "Media", listing.OfFolder("media")},
		bonafide.KindAnalysis:   {"analyses", "analysis", "Analysis", listing.OfFolder("analysis")},
		bonafide.KindCollection: {"collections", "collection", "Collection", listing.OfCompany("collection")},
		bonafide.KindPerson:     {"persons", "person", "Person", listing.OfCompany("person")},
	}
}

// Meta implements store.Store.
func (s *Store) Meta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID) (bonafide.Meta, error) {
	return readMeta(ctx, s.Reader(), bearers()[kind], scope, id)
}

// ChangeMeta implements store.Store.
func (s *Store) ChangeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID,
	do func(bonafide.Meta) (bonafide.Meta, error)) (bonafide.Meta, error) {
	b := bearers()[kind]
	var meta bonafide.Meta
	var refused error
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		old, err := readMeta(ctx, tx, b, scope, id)
		if err != nil {
			return err
		}
		if meta, refused = do(old); refused != nil {
			return refused
		}
		_, err = tx.NewUpdate().Table(b.table).Set("meta = ?", table.MetaOf(meta)).Set("time_updated = ?", table.MicrosOf(table.Now())).
			Where("id = ?", id).Exec(ctx)
		return err
	})
	if refused != nil {
		return nil, refused
	}
	return meta, err
}

func readMeta(ctx context.Context, db bun.IDB, b bearer, scope bonafide.Scope, id bonafide.ID) (bonafide.Meta, error) {
	var meta table.Document[bonafide.Meta]
	q := db.NewSelect().TableExpr("? AS ?", bun.Ident(b.table), bun.Ident(b.alias)).
		ColumnExpr("?.meta", bun.Ident(b.alias)).Where("?.id = ?", bun.Ident(b.alias), id)
	if err := b.owner.Within(q, scope).Scan(ctx, &meta); err != nil {
		return nil, table.Missing(b.noun, err)
	}
	return meta.V, nil
}
