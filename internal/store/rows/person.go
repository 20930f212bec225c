package rows

import (
	"context"

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

// Person implements store.Store.
func (s *Store) Person(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Person, error) {
	var row personRow
	q := s.Reader().NewSelect().Model(&row).Where("person.id = ?", id)
	if err := listing.OfCompany("person").Within(q, scope).Scan(ctx); err != nil {
		return nil, missing("Person", err)
	}
	p := row.person()
	return &p, nil
}

// Persons implements store.Store.
func (s *Store) Persons(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Person], error) {
	return page(ctx, s, personList(scope), q, (*personRow).person)
}

// UpdatePerson implements store.Store.
func (s *Store) UpdatePerson(ctx context.Context, p *bonafide.Person) error {
	p.TimeUpdated = now()
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewUpdate().Model(rowOfPerson(p)).Column("meta", "technical_meta", "time_updated").WherePK().Exec(ctx)
		return changed("Person", res, err)
	})
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
