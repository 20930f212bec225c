// Package merges puts persons together, apart again and into other collections.
package merges

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/reference"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Merges implements store.Merges.
type Merges struct{ table.DB }

// personRow is a person as the room of all rows has them.
type personRow struct {
	bun.BaseModel `bun:"table:persons,alias:person"`

	ID            bonafide.ID                   `bun:"id,pk"`
	CollectionID  bonafide.ID                   `bun:"collection_id"`
	CompanyID     bonafide.ID                   `bun:"company_id,nullzero"`
	Meta          table.Document[bonafide.Meta] `bun:"meta"`
	TechnicalMeta table.Document[bonafide.Meta] `bun:"technical_meta"`
	TimeCreated   table.Micros                  `bun:"time_created"`
	TimeUpdated   table.Micros                  `bun:"time_updated"`
}

// mergeRow is what is known of a person who was merged into another.
type mergeRow struct {
	bun.BaseModel `bun:"table:person_merges,alias:merge"`

	ID            bonafide.ID                   `bun:"id,pk"` // of the person who is gone
	IntoID        bonafide.ID                   `bun:"into_id"`
	CompanyID     bonafide.ID                   `bun:"company_id,nullzero"`
	Meta          table.Document[bonafide.Meta] `bun:"meta"`
	TechnicalMeta table.Document[bonafide.Meta] `bun:"technical_meta"`
	Images        table.Document[[]bonafide.ID] `bun:"images"` // that were theirs
	PersonCreated table.Micros                  `bun:"person_created"`
	TimeCreated   table.Micros                  `bun:"time_created"`
}

// heldPerson finds a person inside the scope, whom nobody else changes until the
// transaction ends.
func (s Merges) heldPerson(ctx context.Context, tx bun.Tx, scope bonafide.Scope, id bonafide.ID) (*personRow, error) {
	var row personRow
	q := listing.OfCompany("person").Within(s.Hold(tx.NewSelect()).Model(&row).Where("person.id = ?", id), scope)
	return &row, table.Missing("Person", q.Scan(ctx))
}

// MergePersons implements store.Store.
func (s Merges) MergePersons(ctx context.Context, scope bonafide.Scope, into, from bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		target, err := s.heldPerson(ctx, tx, scope, into)
		if err != nil {
			return err
		}
		gone, err := s.heldPerson(ctx, tx, scope, from)
		if err != nil {
			return err
		}
		if into == from || target.CollectionID != gone.CollectionID {
			return bonafide.Errorf(bonafide.CodeValue, "Person %s cannot be merged into person %s: two persons of one collection can", from, into)
		}
		images, err := giveImages(ctx, tx, from, into, nil)
		if err != nil {
			return err
		}
		old := table.MicrosOf(table.Now().Add(-store.KeepMerges))
		if _, err := tx.NewDelete().Model((*mergeRow)(nil)).Where("time_created < ?", old).Exec(ctx); err != nil {
			return err
		}
		row := mergeRow{ID: from, IntoID: into, CompanyID: gone.CompanyID, Meta: gone.Meta, TechnicalMeta: gone.TechnicalMeta, Images: table.DocumentOf(images),
			PersonCreated: gone.TimeCreated, TimeCreated: table.MicrosOf(table.Now())}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		// What was merged into the one who goes, and what imports know of them, follows.
		if _, err := tx.NewUpdate().Model((*mergeRow)(nil)).Set("into_id = ?", into).Where("into_id = ?", from).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Table("import_files").Set("person_id = ?", into).Where("person_id = ?", from).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.NewDelete().Model(gone).WherePK().Exec(ctx)
		return err
	})
}

// giveImages gives images of one person to another, all of them or those that are named,
// and lists them.
func giveImages(ctx context.Context, tx bun.Tx, from, to bonafide.ID, named []bonafide.ID) ([]bonafide.ID, error) {
	images := []bonafide.ID{}
	q := tx.NewSelect().Table("person_images").Column("id").Where("person_id = ?", from).Order("row_id")
	if named != nil {
		q = q.Where("id IN (?)", bun.List(named))
	}
	if err := q.Scan(ctx, &images); err != nil || len(images) == 0 {
		return images, err
	}
	if _, err := tx.NewUpdate().Table("person_images").Set("person_id = ?", to).Where("id IN (?)", bun.List(images)).Exec(ctx); err != nil {
		return nil, err
	}
	return images, reference.Note(ctx, tx, images...)
}

// SplitPerson implements store.Store.
func (s Merges) SplitPerson(ctx context.Context, scope bonafide.Scope, into, from bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		p, err := s.heldPerson(ctx, tx, scope, into)
		if err != nil {
			return err
		}
		var merged mergeRow
		err = tx.NewSelect().Model(&merged).Where("id = ? AND into_id = ? AND time_created >= ?", from, into, table.MicrosOf(table.Now().Add(-store.KeepMerges))).Scan(ctx)
		if err != nil {
			return table.Missing("Merged person", err)
		}
		again := personRow{ID: from, CollectionID: p.CollectionID, CompanyID: p.CompanyID, Meta: merged.Meta, TechnicalMeta: merged.TechnicalMeta,
			TimeCreated: merged.PersonCreated, TimeUpdated: table.MicrosOf(table.Now())}
		if _, err := tx.NewInsert().Model(&again).Exec(ctx); err != nil {
			return err
		}
		if len(merged.Images.V) > 0 {
			if _, err := giveImages(ctx, tx, into, from, merged.Images.V); err != nil {
				return err
			}
		}
		_, err = tx.NewDelete().Model(&merged).WherePK().Exec(ctx)
		return err
	})
}

// MovePerson implements store.Store.
func (s Merges) MovePerson(ctx context.Context, scope bonafide.Scope, id, collection bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		p, err := s.heldPerson(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		var company bonafide.ID
		q := tx.NewSelect().TableExpr("collections AS collection").ColumnExpr("coalesce(company_id, '')").Where("collection.id = ?", collection)
		if err := listing.OfCompany("collection").Within(q, scope).Scan(ctx, &company); err != nil {
			return table.Missing("Collection", err)
		}
		if company != p.CompanyID {
			return bonafide.Errorf(bonafide.CodeValue, "The collection %s belongs to another company than the person", collection)
		}
		p.CollectionID, p.TimeUpdated = collection, table.MicrosOf(table.Now())
		if _, err := tx.NewUpdate().Model(p).Column("collection_id", "time_updated").WherePK().Exec(ctx); err != nil {
			return err
		}
		var images []bonafide.ID
		if err := tx.NewSelect().Table("person_images").Column("id").Where("person_id = ?", id).Scan(ctx, &images); err != nil || len(images) == 0 {
			return err
		}
		if _, err := tx.NewUpdate().Table("person_images").Set("collection_id = ?", collection).Where("person_id = ?", id).Exec(ctx); err != nil {
			return err
		}
		return reference.Note(ctx, tx, images...)
	})
}

// Forget deletes what is known of those who were merged into persons whose column
// has the value.
func Forget(ctx context.Context, tx bun.Tx, column string, value bonafide.ID) error {
	_, err := tx.NewDelete().Model((*mergeRow)(nil)).Where("into_id IN (SELECT id FROM persons WHERE ? = ?)", bun.Ident(column), value).Exec(ctx)
	return err
}
