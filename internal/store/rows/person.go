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

func rowOfPerson(p *bonafide.Person) *personRow {
	return &personRow{
		ID: p.ID, CollectionID: p.CollectionID, CompanyID: p.CompanyID, Meta: table.MetaOf(p.Meta), TechnicalMeta: table.MetaOf(p.TechnicalMeta),
		TimeCreated: table.MicrosOf(p.TimeCreated), TimeUpdated: table.MicrosOf(p.TimeUpdated),
	}
}

func (r *personRow) person() bonafide.Person {
	return bonafide.Person{
		ID: r.ID, CollectionID: r.CollectionID, CompanyID: r.CompanyID, Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
}

func personList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfCompany("person"), Scope: scope, Tie: "person.row_id", Key: "person.id", Fields: map[string]listing.Field{
		"person_id":     {Column: "person.id", Sorts: true},
		"collection_id": {Column: "person.collection_id"},
		"time_created":  {Type: listing.Instant, Column: "person.time_created", Sorts: true},
		"time_updated":  {Type: listing.Instant, Column: "person.time_updated", Sorts: true},
		"meta_data":     {Type: listing.Object, Column: "person.meta"},
	}}
}

// CreatePerson implements store.Store.
func (s *Store) CreatePerson(ctx context.Context, p *bonafide.Person, images []bonafide.PersonImage) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error { return s.createPerson(ctx, tx, p, images) })
}

func (s *Store) createPerson(ctx context.Context, tx bun.Tx, p *bonafide.Person, images []bonafide.PersonImage) error {
	var c collectionRow
	if err := tx.NewSelect().Model(&c).Where("id = ?", p.CollectionID).Scan(ctx); err != nil {
		return table.Missing("Collection", err)
	}
	p.CompanyID = c.CompanyID
	table.Stamp(&p.TimeCreated, &p.TimeUpdated)
	if _, err := tx.NewInsert().Model(rowOfPerson(p)).Exec(ctx); err != nil {
		return err
	}
	return s.insertImages(ctx, tx, p, images)
}

// enrol adds images to a person of the collection, who is created where they are neither
// there nor said to be.
func (s *Store) enrol(ctx context.Context, tx bun.Tx, p *bonafide.Person, existing bool, images []bonafide.PersonImage) error {
	there, err := tx.NewSelect().Model((*personRow)(nil)).Where("id = ? AND collection_id = ?", p.ID, p.CollectionID).Exists(ctx)
	switch {
	case err != nil:
		return err
	case there:
		return s.addImages(ctx, tx, p.ID, images)
	case existing:
		return bonafide.Errorf(bonafide.CodeNotFound, "Person not found")
	}
	return s.createPerson(ctx, tx, p, images)
}

func keptPerson() table.Kept[personRow, bonafide.Person] {
	return table.Kept[personRow, bonafide.Person]{Noun: "Person", Alias: "person", Owner: listing.OfCompany("person"), Of: (*personRow).person, Row: rowOfPerson,
		Updated: func(t *bonafide.Person) *time.Time { return &t.TimeUpdated }, Columns: []string{"meta", "technical_meta", "time_updated"}}
}

// Person implements store.Store.
func (s *Store) Person(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Person, error) {
	return table.Find(ctx, s.DB, keptPerson(), scope, id)
}

// ChangePerson implements store.Store.
func (s *Store) ChangePerson(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.Person) error) (*bonafide.Person, error) {
	return table.Change(ctx, s.DB, keptPerson(), scope, id, do, nil)
}

// Persons implements store.Store.
func (s *Store) Persons(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Person], error) {
	return table.Page(ctx, s, personList(scope), q, (*personRow).person)
}

// DeletePerson implements store.Store.
func (s *Store) DeletePerson(ctx context.Context, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := deleteImages(ctx, tx, "person_id", id); err != nil {
			return err
		}
		if err := imports.ForgetPerson(ctx, tx, id); err != nil {
			return err
		}
		if err := merges.Forget(ctx, tx, "id", id); err != nil {
			return err
		}
		res, err := tx.NewDelete().Model((*personRow)(nil)).Where("id = ?", id).Exec(ctx)
		return table.Changed("Person", res, err)
	})
}
