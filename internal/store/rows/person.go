package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

type personRow struct {
	bun.BaseModel `bun:"table:persons,alias:person"`

	ID            bonafide.ID             `bun:"id,pk"`
	CollectionID  bonafide.ID             `bun:"collection_id"`
	CompanyID     bonafide.ID             `bun:"company_id,nullzero"`
	Meta          document[bonafide.Meta] `bun:"meta"`
	TechnicalMeta document[bonafide.Meta] `bun:"technical_meta"`
	TimeCreated   micros                  `bun:"time_created"`
	TimeUpdated   micros                  `bun:"time_updated"`
}

func rowOfPerson(p *bonafide.Person) *personRow {
	return &personRow{
		ID: p.ID, CollectionID: p.CollectionID, CompanyID: p.CompanyID, Meta: metaOf(p.Meta), TechnicalMeta: metaOf(p.TechnicalMeta),
		TimeCreated: microsOf(p.TimeCreated), TimeUpdated: microsOf(p.TimeUpdated),
	}
}

func (r *personRow) person() bonafide.Person {
	return bonafide.Person{
		ID: r.ID, CollectionID: r.CollectionID, CompanyID: r.CompanyID, Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.time(), TimeUpdated: r.TimeUpdated.time(),
	}
}

func personList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfCompany("person"), Scope: scope, Tie: "person.row_id", Fields: map[string]listing.Field{
		"person_id":     {Column: "person.id", Sorts: true},
		"collection_id": {Column: "person.collection_id"},
		"time_created":  {Type: listing.Instant, Column: "person.time_created", Sorts: true},
		"time_updated":  {Type: listing.Instant, Column: "person.time_updated", Sorts: true},
		"meta_data":     {Type: listing.Object, Column: "person.meta"},
	}}
}

// CreatePerson implements store.Store.
func (s *Store) CreatePerson(ctx context.Context, p *bonafide.Person, images []bonafide.PersonImage) error {
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var c collectionRow
		if err := tx.NewSelect().Model(&c).Where("id = ?", p.CollectionID).Scan(ctx); err != nil {
			return missing("Collection", err)
		}
		p.CompanyID = c.CompanyID
		stamp(&p.TimeCreated, &p.TimeUpdated)
		if _, err := tx.NewInsert().Model(rowOfPerson(p)).Exec(ctx); err != nil {
			return err
		}
		return insertImages(ctx, tx, p, images)
	})
}

func keptPerson() kept[personRow, bonafide.Person] {
	return kept[personRow, bonafide.Person]{noun: "Person", alias: "person", owner: listing.OfCompany("person"), of: (*personRow).person, row: rowOfPerson,
		updated: func(t *bonafide.Person) *time.Time { return &t.TimeUpdated }, columns: []string{"meta", "technical_meta", "time_updated"}}
}

// Person implements store.Store.
func (s *Store) Person(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Person, error) {
	return find(ctx, s, keptPerson(), scope, id)
}

// ChangePerson implements store.Store.
func (s *Store) ChangePerson(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.Person) error) (*bonafide.Person, error) {
	return change(ctx, s, keptPerson(), scope, id, do, nil)
}

// Persons implements store.Store.
func (s *Store) Persons(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Person], error) {
	return page(ctx, s, personList(scope), q, (*personRow).person)
}

// DeletePerson implements store.Store.
func (s *Store) DeletePerson(ctx context.Context, id bonafide.ID) error {
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := deleteImages(ctx, tx, "person_id", id); err != nil {
			return err
		}
		res, err := tx.NewDelete().Model((*personRow)(nil)).Where("id = ?", id).Exec(ctx)
		return changed("Person", res, err)
	})
}
