package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type reportRow struct {
	bun.BaseModel `bun:"table:reports,alias:report"`

	ID          bonafide.ID  `bun:"id,pk"`
	FolderID    bonafide.ID  `bun:"folder_id"`
	CompanyID   bonafide.ID  `bun:"company_id,nullzero"`
	UserID      bonafide.ID  `bun:"user_id"`
	Name        string       `bun:"name"`
	FileKey     string       `bun:"file_key"`
	TimeCreated table.Micros `bun:"time_created"`

	File *table.FileRow `bun:"rel:belongs-to,join:file_key=key"`
}

func (r *reportRow) report() bonafide.Report {
	return bonafide.Report{ID: r.ID, FolderID: r.FolderID, CompanyID: r.CompanyID, UserID: r.UserID, Name: r.Name,
		File: r.File.File(), TimeCreated: r.TimeCreated.Time()}
}

// CreateReport implements store.Store.
func (s *Store) CreateReport(ctx context.Context, r *bonafide.Report, asOf time.Time) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var f folderRow
		if err := tx.NewSelect().Model(&f).Where("id = ?", r.FolderID).Scan(ctx); err != nil {
			return table.Missing("Folder", err)
		}
		if f.TimeUpdated != table.MicrosOf(asOf) {
			return bonafide.Errorf(bonafide.CodeExists, "The folder has changed in the meantime")
		}
		n, err := tx.NewSelect().Model((*reportRow)(nil)).Where("folder_id = ?", f.ID).Count(ctx)
		if err != nil {
			return err
		}
		if n >= bonafide.MaxReports {
			return bonafide.Errorf(bonafide.CodeFull, "A folder has at most %d reports, delete one first", bonafide.MaxReports)
		}
		if err := table.InsertFiles(ctx, tx, []bonafide.File{r.File}); err != nil {
			return err
		}
		r.CompanyID = f.CompanyID
		if r.TimeCreated.IsZero() {
			r.TimeCreated = table.Now()
		}
		_, err = tx.NewInsert().Model(&reportRow{ID: r.ID, FolderID: f.ID, CompanyID: f.CompanyID, UserID: r.UserID,
			Name: table.Printable(r.Name), FileKey: r.File.Key, TimeCreated: table.MicrosOf(r.TimeCreated)}).Exec(ctx)
		return err
	})
}

// Report implements store.Store.
func (s *Store) Report(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Report, error) {
	var row reportRow
	q := s.Reader().NewSelect().Model(&row).Relation("File").Where("report.id = ?", id)
	if err := listing.OfFolder("report").Within(q, scope).Scan(ctx); err != nil {
		return nil, table.Missing("Report", err)
	}
	r := row.report()
	return &r, nil
}

// ReportsOf implements store.Store.
func (s *Store) ReportsOf(ctx context.Context, folderID bonafide.ID) ([]bonafide.Report, error) {
	var rows []reportRow
	err := s.Reader().NewSelect().Model(&rows).Relation("File").Where("report.folder_id = ?", folderID).Order("report.row_id").Scan(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	reports := make([]bonafide.Report, len(rows))
	for i := range rows {
		reports[i] = rows[i].report()
	}
	return reports, nil
}

// DeleteReport implements store.Store.
func (s *Store) DeleteReport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row reportRow
		if err := listing.OfFolder("report").Within(tx.NewSelect().Model(&row).Where("report.id = ?", id), scope).Scan(ctx); err != nil {
			return table.Missing("Report", err)
		}
		if _, err := deletableFolder(ctx, tx, bonafide.Scope{}, row.FolderID); err != nil {
			return err
		}
		return deleteReports(ctx, tx, "id", row.ID)
	})
}

// deleteReports deletes reports with their files, by id or folder_id.
func deleteReports(ctx context.Context, tx bun.Tx, column string, value bonafide.ID) error {
	var keys []string
	err := tx.NewSelect().Model((*reportRow)(nil)).Column("file_key").Where("? = ?", bun.Ident(column), value).Scan(ctx, &keys)
	if err != nil {
		return err
	}
	if _, err := tx.NewDelete().Model((*reportRow)(nil)).Where("? = ?", bun.Ident(column), value).Exec(ctx); err != nil {
		return err
	}
	return table.DeleteFiles(ctx, tx, keys)
}
