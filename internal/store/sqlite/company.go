package sqlite

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

type companyRow struct {
	bun.BaseModel `bun:"table:companies,alias:company"`

	ID            bonafide.ID             `bun:"id,pk"`
	Name          string                  `bun:"name"`
	InDeletion    bool                    `bun:"in_deletion"`
	TechnicalMeta document[bonafide.Meta] `bun:"technical_meta"`
}

// CreateCompany implements bonafide.Store.
func (s *Store) CreateCompany(ctx context.Context, c *bonafide.Company) error {
	row := companyRow{ID: c.ID, Name: printable(c.Name), InDeletion: c.InDeletion, TechnicalMeta: metaOf(c.TechnicalMeta)}
	return s.insert(ctx, &row)
}

// Company implements bonafide.Store.
func (s *Store) Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error) {
	var row companyRow
	if err := s.reader.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, missing("Company", err)
	}
	return &bonafide.Company{ID: row.ID, Name: row.Name, InDeletion: row.InDeletion, TechnicalMeta: row.TechnicalMeta.V}, nil
}
