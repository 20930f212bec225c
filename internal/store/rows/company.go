package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/capture"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/signin"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type companyRow struct {
	bun.BaseModel `bun:"table:companies,alias:company"`

	ID             bonafide.ID                   `bun:"id,pk"`
	Name           string                        `bun:"name"`
	InDeletion     bool                          `bun:"in_deletion"`
	TechnicalMeta  table.Document[bonafide.Meta] `bun:"technical_meta"`
	KeepMediaDays  int                           `bun:"keep_media_days"`
	KeepResultDays int                           `bun:"keep_result_days"`
	Search         string                        `bun:"search"` // what search_text looks in
}

func rowOfCompany(c *bonafide.Company) *companyRow {
	return &companyRow{ID: c.ID, Name: table.Printable(c.Name), InDeletion: c.InDeletion, TechnicalMeta: table.MetaOf(c.TechnicalMeta),
		KeepMediaDays: c.KeepMediaDays, KeepResultDays: c.KeepResultDays,
		Search: searchable(c.Name)}
}

func (r *companyRow) company() bonafide.Company {
	return bonafide.Company{ID: r.ID, Name: r.Name, InDeletion: r.InDeletion, TechnicalMeta: r.TechnicalMeta.V,
		KeepMediaDays: r.KeepMediaDays, KeepResultDays: r.KeepResultDays}
}

// CreateCompany implements store.Store. The company has its blacklist at once.
func (s *Store) CreateCompany(ctx context.Context, c *bonafide.Company) error {
	blacklist := bonafide.NewBlacklist(c.ID)
	table.Stamp(&blacklist.TimeCreated, &blacklist.TimeUpdated)
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewInsert().Model(rowOfCompany(c)).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(rowOfCollection(blacklist)).Exec(ctx)
		return err
	})
}

func keptCompany() table.Kept[companyRow, bonafide.Company] {
	return table.Kept[companyRow, bonafide.Company]{Noun: "Company", Alias: "company", Owner: companyOwner(), Of: (*companyRow).company, Row: rowOfCompany,
		Columns: []string{"name", "technical_meta", "keep_media_days", "keep_result_days", "search"}}
}

// Company implements store.Store.
func (s *Store) Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error) {
	return table.Find(ctx, s.DB, keptCompany(), bonafide.Scope{}, id)
}

// ChangeCompany implements store.Store.
func (s *Store) ChangeCompany(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.Company) error) (*bonafide.Company, error) {
	return table.Change(ctx, s.DB, keptCompany(), scope, id, do, nil)
}

// Companies implements store.Store.
func (s *Store) Companies(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Company], error) {
	return table.Page(ctx, s, companyList(scope), q, (*companyRow).company)
}

// CloseCompany implements store.Store.
func (s *Store) CloseCompany(ctx context.Context, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewUpdate().Table("companies").Set("in_deletion = TRUE").Where("id = ?", id).Exec(ctx)
		if err := table.Changed("Company", res, err); err != nil {
			return err
		}
		_, err = tx.NewUpdate().Table("users").Set("active = FALSE").Set("time_updated = ?", table.MicrosOf(table.Now())).
			Where("company_id = ?", id).Exec(ctx)
		if err != nil {
			return err
		}
		users := tx.NewSelect().Table("users").Column("id").Where("company_id = ?", id)
		return signin.EndSessions(ctx, tx, users, 0)
	})
}

// DeleteCompany implements store.Store.
func (s *Store) DeleteCompany(ctx context.Context, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := deleteUsers(ctx, tx, "company_id = ?", id); err != nil {
			return err
		}
		_, err := tx.NewDelete().Model((*collectionRow)(nil)).Where("company_id = ?", id).
			Where("NOT EXISTS (SELECT 1 FROM persons WHERE collection_id = collection.id)").Exec(ctx)
		if err != nil {
			return err
		}
		if err := capture.DeleteOf(ctx, tx, id); err != nil {
			return err
		}
		res, err := tx.NewDelete().Table("companies").Where("id = ?", id).Exec(ctx)
		return table.Changed("Company", res, err)
	})
}

// companyOwner lets every user see the companies of the scope.
func companyOwner() listing.Owner {
	return listing.Owner{Company: "company.id = ?", User: listing.Anyone}
}

func companyList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: companyOwner(), Scope: scope, Tie: "company.id", Fields: map[string]listing.Field{
		"company_id":  {Column: "company.id", Sorts: true},
		"name":        {Column: "company.name", Sorts: true},
		"in_deletion": {Type: listing.Flag, Column: "company.in_deletion"},
		"search_text": {Type: listing.Search, Column: "company.search"},
	}}
}
