package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/imports"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/merges"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type collectionRow struct {
	bun.BaseModel `bun:"table:collections,alias:collection"`

	ID            bonafide.ID                   `bun:"id,pk"`
	CompanyID     bonafide.ID                   `bun:"company_id,nullzero"`
	Alias         string                        `bun:"alias"`
	Meta          table.Document[bonafide.Meta] `bun:"meta"`
	TechnicalMeta table.Document[bonafide.Meta] `bun:"technical_meta"`
	TimeCreated   table.Micros                  `bun:"time_created"`
	TimeUpdated   table.Micros                  `bun:"time_updated"`
}

func rowOfCollection(c *bonafide.PersonCollection) *collectionRow {
	return &collectionRow{
		ID: c.ID, CompanyID: c.CompanyID, Alias: table.Printable(c.Alias), Meta: table.MetaOf(c.Meta), TechnicalMeta: table.MetaOf(c.TechnicalMeta),
		TimeCreated: table.MicrosOf(c.TimeCreated), TimeUpdated: table.MicrosOf(c.TimeUpdated),
	}
}

func (r *collectionRow) collection() bonafide.PersonCollection {
	return bonafide.PersonCollection{
		ID: r.ID, CompanyID: r.CompanyID, Alias: r.Alias, Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
}

func collectionList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfCompany("collection"), Scope: scope, Tie: "collection.row_id", Key: "collection.id", Fields: map[string]listing.Field{
		"collection_id": {Column: "collection.id", Sorts: true},
		"company_id":    {Column: "collection.company_id", Sorts: true, Null: true},
		"alias":         {Column: "collection.alias", Sorts: true},
		"time_created":  {Type: listing.Instant, Column: "collection.time_created", Sorts: true},
		"time_updated":  {Type: listing.Instant, Column: "collection.time_updated", Sorts: true},
		"meta_data":     {Type: listing.Object, Column: "collection.meta"},
	}}
}

// CreateCollection implements store.Store. It writes missing times.
func (s *Store) CreateCollection(ctx context.Context, c *bonafide.PersonCollection) error {
	table.Stamp(&c.TimeCreated, &c.TimeUpdated)
	return s.Insert(ctx, rowOfCollection(c))
}

func keptCollection() table.Kept[collectionRow, bonafide.PersonCollection] {
	return table.Kept[collectionRow, bonafide.PersonCollection]{Noun: "Collection", Alias: "collection", Owner: listing.OfCompany("collection"), Of: (*collectionRow).collection, Row: rowOfCollection,
		Updated: func(t *bonafide.PersonCollection) *time.Time { return &t.TimeUpdated }, Columns: []string{"alias", "meta", "technical_meta", "time_updated"}}
}

// Collection implements store.Store.
func (s *Store) Collection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.PersonCollection, error) {
	return table.Find(ctx, s.DB, keptCollection(), scope, id)
}

// ChangeCollection implements store.Store.
func (s *Store) ChangeCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.PersonCollection) error) (*bonafide.PersonCollection, error) {
	return table.Change(ctx, s.DB, keptCollection(), scope, id, do, nil)
}

// Collections implements store.Store.
func (s *Store) Collections(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonCollection], error) {
	return table.Page(ctx, s, collectionList(scope), q, (*collectionRow).collection)
}

// DeleteCollection implements store.Store.
func (s *Store) DeleteCollection(ctx context.Context, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := imports.ForgetCollection(ctx, tx, id); err != nil {
			return err
		}
		if err := merges.Forget(ctx, tx, "collection_id", id); err != nil {
			return err
		}
		if err := deleteImages(ctx, tx, "collection_id", id); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*personRow)(nil)).Where("collection_id = ?", id).Exec(ctx); err != nil {
			return err
		}
		res, err := tx.NewDelete().Model((*collectionRow)(nil)).Where("id = ?", id).Exec(ctx)
		return table.Changed("Collection", res, err)
	})
}
