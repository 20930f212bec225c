package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type attachmentRow struct {
	bun.BaseModel `bun:"table:report_attachments,alias:attachment"`

	ID          bonafide.ID  `bun:"id,pk"`
	TemplateID  bonafide.ID  `bun:"template_id"`
	CompanyID   bonafide.ID  `bun:"company_id,nullzero"`
	Name        string       `bun:"name"`
	FileKey     string       `bun:"file_key"`
	PictureKey  string       `bun:"picture_key"`
	TimeCreated table.Micros `bun:"time_created"`

	File    *table.FileRow `bun:"rel:belongs-to,join:file_key=key"`
	Picture *table.FileRow `bun:"rel:belongs-to,join:picture_key=key"`
}

func (r *attachmentRow) attachment() bonafide.ReportAttachment {
	return bonafide.ReportAttachment{ID: r.ID, TemplateID: r.TemplateID, CompanyID: r.CompanyID, Name: r.Name,
		File: r.File.File(), Picture: r.Picture.File(), TimeCreated: r.TimeCreated.Time()}
}

// AddReportAttachments implements store.Store.
func (s *Store) AddReportAttachments(ctx context.Context, template bonafide.ID, all []bonafide.ReportAttachment) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var t reportTemplateRow
		if err := tx.NewSelect().Model(&t).Where("id = ?", template).Scan(ctx); err != nil {
			return table.Missing("Report template", err)
		}
		n, err := tx.NewSelect().Model((*attachmentRow)(nil)).Where("template_id = ?", t.ID).Count(ctx)
		if err != nil {
			return err
		}
		if int(n)+len(all) > bonafide.MaxReportAttachments {
			return bonafide.Errorf(bonafide.CodeFull, "A report template has at most %d attachments, delete one first", bonafide.MaxReportAttachments)
		}
		for i := range all {
			a := &all[i]
			a.TemplateID, a.CompanyID = t.ID, t.CompanyID
			if a.TimeCreated.IsZero() {
				a.TimeCreated = table.Now()
			}
			if err := table.InsertFiles(ctx, tx, []bonafide.File{a.File, a.Picture}); err != nil {
				return err
			}
			row := attachmentRow{ID: a.ID, TemplateID: t.ID, CompanyID: t.CompanyID, Name: table.Printable(a.Name),
				FileKey: a.File.Key, PictureKey: a.Picture.Key, TimeCreated: table.MicrosOf(a.TimeCreated)}
			if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReportAttachment implements store.Store.
func (s *Store) ReportAttachment(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.ReportAttachment, error) {
	var row attachmentRow
	q := s.Reader().NewSelect().Model(&row).Relation("File").Relation("Picture").Where("attachment.id = ?", id)
	if err := listing.OfCompany("attachment").Within(q, scope).Scan(ctx); err != nil {
		return nil, table.Missing("Attachment", err)
	}
	a := row.attachment()
	return &a, nil
}

// ReportAttachments implements store.Store.
func (s *Store) ReportAttachments(ctx context.Context, template bonafide.ID) ([]bonafide.ReportAttachment, error) {
	var rows []attachmentRow
	err := s.Reader().NewSelect().Model(&rows).Relation("File").Relation("Picture").
		Where("attachment.template_id = ?", template).Order("attachment.row_id").Scan(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	all := make([]bonafide.ReportAttachment, len(rows))
	for i := range rows {
		all[i] = rows[i].attachment()
	}
	return all, nil
}

// DeleteReportAttachment implements store.Store.
func (s *Store) DeleteReportAttachment(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row attachmentRow
		if err := listing.OfCompany("attachment").Within(tx.NewSelect().Model(&row).Where("attachment.id = ?", id), scope).Scan(ctx); err != nil {
			return table.Missing("Attachment", err)
		}
		return deleteAttachments(ctx, tx, "id", row.ID)
	})
}

// deleteAttachments deletes attachments with their files, by id or template_id.
func deleteAttachments(ctx context.Context, tx bun.Tx, column string, value bonafide.ID) error {
	var rows []attachmentRow
	if err := tx.NewSelect().Model(&rows).Where("? = ?", bun.Ident(column), value).Scan(ctx); err != nil || len(rows) == 0 {
		return err
	}
	if _, err := tx.NewDelete().Model((*attachmentRow)(nil)).Where("? = ?", bun.Ident(column), value).Exec(ctx); err != nil {
		return err
	}
	var keys []string
	for _, r := range rows {
		keys = append(keys, r.FileKey, r.PictureKey)
	}
	return table.DeleteFiles(ctx, tx, keys)
}
