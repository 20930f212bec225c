package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

type noteRow struct {
	bun.BaseModel `bun:"table:notes,alias:note"`

	ID          bonafide.ID `bun:"id,pk"`
	CompanyID   bonafide.ID `bun:"company_id,nullzero"`
	Text        string      `bun:"text"`
	TimeCreated micros      `bun:"time_created"`
}

func (r *noteRow) note() bonafide.Note {
	return bonafide.Note{ID: r.ID, CompanyID: r.CompanyID, Text: r.Text, TimeCreated: r.TimeCreated.time()}
}

// CreateCompanyNote implements store.Store.
func (s *Store) CreateCompanyNote(ctx context.Context, n *bonafide.Note) error {
	if n.TimeCreated.IsZero() {
		n.TimeCreated = now()
	}
	row := noteRow{ID: n.ID, CompanyID: n.CompanyID, Text: printable(n.Text), TimeCreated: microsOf(n.TimeCreated)}
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// CompanyNote implements store.Store.
func (s *Store) CompanyNote(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Note, error) {
	var row noteRow
	if err := listing.OfCompany("note").Within(s.Reader().NewSelect().Model(&row).Where("note.id = ?", id), scope).Scan(ctx); err != nil {
		return nil, missing("Note", err)
	}
	n := row.note()
	return &n, nil
}

// CompanyNotes implements store.Store.
func (s *Store) CompanyNotes(ctx context.Context, companyID bonafide.ID) ([]bonafide.Note, error) {
	var rows []noteRow
	err := s.Reader().NewSelect().Model(&rows).Where("company_id IS NOT DISTINCT FROM ?", nullable(companyID)).Order("row_id").Scan(ctx)
	notes := make([]bonafide.Note, len(rows))
	for i := range rows {
		notes[i] = rows[i].note()
	}
	return notes, Failure(err)
}

// DeleteCompanyNote implements store.Store.
func (s *Store) DeleteCompanyNote(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	if _, err := s.CompanyNote(ctx, scope, id); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewDelete().Model((*noteRow)(nil)).Where("id = ?", id).Exec(ctx)
		return changed("Note", res, err)
	})
}
