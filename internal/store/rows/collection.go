package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

type collectionRow struct {
	bun.BaseModel `bun:"table:collections,alias:collection"`

	ID            bonafide.ID             `bun:"id,pk"`
	CompanyID     bonafide.ID             `bun:"company_id,nullzero"`
	Alias         string                  `bun:"alias"`
	Meta          document[bonafide.Meta] `bun:"meta"`
	TechnicalMeta document[bonafide.Meta] `bun:"technical_meta"`
	TimeCreated   micros                  `bun:"time_created"`
	TimeUpdated   micros                  `bun:"time_updated"`
}

func rowOfCollection(c *bonafide.PersonCollection) *collectionRow {
	return &collectionRow{
		ID: c.ID, CompanyID: c.CompanyID, Alias: printable(c.Alias), Meta: metaOf(c.Meta), TechnicalMeta: metaOf(c.TechnicalMeta),
		TimeCreated: microsOf(c.TimeCreated), TimeUpdated: microsOf(c.TimeUpdated),
	}
}

func (r *collectionRow) collection() bonafide.PersonCollection {
	return bonafide.PersonCollection{
		ID: r.ID, CompanyID: r.CompanyID, Alias: r.Alias, Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.time(), TimeUpdated: r.TimeUpdated.time(),
	}
}

func collectionList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfCompany("collection"), Scope: scope, Tie: "collection.row_id", Fields: map[string]listing.Field{
		"collection_id": {Column: "collection.id", Sorts: true},
		"company_id":    {Column: "collection.company_id", Sorts: true},
		"alias":         {Column: "collection.alias", Sorts: true},
		"time_created":  {Type: listing.Instant, Column: "collection.time_created", Sorts: true},
		"time_updated":  {Type: listing.Instant, Column: "collection.time_updated", Sorts: true},
		"meta_data":     {Type: listing.Object, Column: "collection.meta"},
	}}
}

// CreateCollection implements store.Store. It writes missing times.
func (s *Store) CreateCollection(ctx context.Context, c *bonafide.PersonCollection) error {
	stamp(&c.TimeCreated, &c.TimeUpdated)
	return s.insert(ctx, rowOfCollection(c))
}

func keptCollection() kept[collectionRow, bonafide.PersonCollection] {
	return kept[collectionRow, bonafide.PersonCollection]{noun: "Collection", alias: "collection", owner: listing.OfCompany("collection"), of: (*collectionRow).collection, row: rowOfCollection,
		updated: func(t *bonafide.PersonCollection) *time.Time { return &t.TimeUpdated }, columns: []string{"alias", "meta", "technical_meta", "time_updated"}}
}

// Collection implements store.Store.
func (s *Store) Collection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.PersonCollection, error) {
	return find(ctx, s, keptCollection(), scope, id)
}

// ChangeCollection implements store.Store.
func (s *Store) ChangeCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.PersonCollection) error) (*bonafide.PersonCollection, error) {
	return change(ctx, s, keptCollection(), scope, id, do, nil)
}

// Collections implements store.Store.
func (s *Store) Collections(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonCollection], error) {
	return page(ctx, s, collectionList(scope), q, (*collectionRow).collection)
}

// DeleteCollection implements store.Store.
func (s *Store) DeleteCollection(ctx context.Context, id bonafide.ID) error {
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := deleteImages(ctx, tx, "collection_id", id); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*personRow)(nil)).Where("collection_id = ?", id).Exec(ctx); err != nil {
			return err
		}
		res, err := tx.NewDelete().Model((*collectionRow)(nil)).Where("id = ?", id).Exec(ctx)
		return changed("Collection", res, err)
	})
}
