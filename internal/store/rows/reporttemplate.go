package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type reportTemplateRow struct {
	bun.BaseModel `bun:"table:report_templates,alias:report_template"`

	ID          bonafide.ID  `bun:"id,pk"`
	CompanyID   bonafide.ID  `bun:"company_id,nullzero"`
	Name        string       `bun:"name"`
	Default     bool         `bun:"is_default"`
	Title       string       `bun:"title"`
	Header      string       `bun:"header"`
	TimeCreated table.Micros `bun:"time_created"`
	TimeUpdated table.Micros `bun:"time_updated"`
}

func rowOfReportTemplate(t *bonafide.ReportTemplate) *reportTemplateRow {
	return &reportTemplateRow{ID: t.ID, CompanyID: t.CompanyID, Name: table.Printable(t.Name), Default: t.Default, Title: table.Printable(t.Title),
		Header: table.Printable(t.Header), TimeCreated: table.MicrosOf(t.TimeCreated), TimeUpdated: table.MicrosOf(t.TimeUpdated)}
}

func (r *reportTemplateRow) template() bonafide.ReportTemplate {
	return bonafide.ReportTemplate{ID: r.ID, CompanyID: r.CompanyID, Name: r.Name, Default: r.Default, Title: r.Title, Header: r.Header,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time()}
}

// CreateReportTemplate implements store.Store.
func (s *Store) CreateReportTemplate(ctx context.Context, t *bonafide.ReportTemplate) error {
	table.Stamp(&t.TimeCreated, &t.TimeUpdated)
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := tx.NewSelect().Model((*reportTemplateRow)(nil)).Where("?", table.OfCompany("company_id", t.CompanyID)).Count(ctx)
		if err != nil {
			return err
		}
		if n >= bonafide.MaxReportTemplates {
			return bonafide.Errorf(bonafide.CodeFull, "A company has at most %d report templates, delete one first", bonafide.MaxReportTemplates)
		}
		if _, err := tx.NewInsert().Model(rowOfReportTemplate(t)).Exec(ctx); err != nil {
			return err
		}
		return onlyDefault(ctx, tx, t)
	})
}

// onlyDefault makes the template the only default of its company, if it is one.
func onlyDefault(ctx context.Context, tx bun.Tx, t *bonafide.ReportTemplate) error {
	if !t.Default {
		return nil
	}
	_, err := tx.NewUpdate().Model((*reportTemplateRow)(nil)).Set("is_default = FALSE").
		Where("is_default AND ? AND id <> ?", table.OfCompany("company_id", t.CompanyID), t.ID).Exec(ctx)
	return err
}

func keptReportTemplate() table.Kept[reportTemplateRow, bonafide.ReportTemplate] {
	return table.Kept[reportTemplateRow, bonafide.ReportTemplate]{Noun: "Report template", Alias: "report_template", Owner: listing.OfCompany("report_template"), Of: (*reportTemplateRow).template, Row: rowOfReportTemplate,
		Updated: func(t *bonafide.ReportTemplate) *time.Time { return &t.TimeUpdated }, Columns: []string{"name", "is_default", "title", "header", "time_updated"}}
}

// ReportTemplate implements store.Store.
func (s *Store) ReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.ReportTemplate, error) {
	return table.Find(ctx, s.DB, keptReportTemplate(), scope, id)
}

// ChangeReportTemplate implements store.Store.
func (s *Store) ChangeReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.ReportTemplate) error) (*bonafide.ReportTemplate, error) {
	return table.Change(ctx, s.DB, keptReportTemplate(), scope, id, do, onlyDefault)
}

// ReportTemplates implements store.Store.
func (s *Store) ReportTemplates(ctx context.Context, scope bonafide.Scope) ([]bonafide.ReportTemplate, error) {
	var rows []reportTemplateRow
	q := s.Reader().NewSelect().Model(&rows).Order("report_template.row_id")
	if err := listing.OfCompany("report_template").Within(q, scope).Scan(ctx); err != nil {
		return nil, table.Failure(err)
	}
	templates := make([]bonafide.ReportTemplate, len(rows))
	for i := range rows {
		templates[i] = rows[i].template()
	}
	return templates, nil
}

// DeleteReportTemplate implements store.Store.
func (s *Store) DeleteReportTemplate(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row reportTemplateRow
		if err := listing.OfCompany("report_template").Within(tx.NewSelect().Model(&row).Where("report_template.id = ?", id), scope).Scan(ctx); err != nil {
			return table.Missing("Report template", err)
		}
		return deleteReportTemplate(ctx, tx, row.ID)
	})
}

// DeleteReportTemplatesOf implements store.Store.
func (s *Store) DeleteReportTemplatesOf(ctx context.Context, company bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var ids []bonafide.ID
		if err := tx.NewSelect().Model((*reportTemplateRow)(nil)).Column("id").Where("company_id = ?", company).Scan(ctx, &ids); err != nil {
			return err
		}
		for _, id := range ids {
			if err := deleteReportTemplate(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func deleteReportTemplate(ctx context.Context, tx bun.Tx, id bonafide.ID) error {
	if err := deleteAttachments(ctx, tx, "template_id", id); err != nil {
		return err
	}
	_, err := tx.NewDelete().Model((*reportTemplateRow)(nil)).Where("id = ?", id).Exec(ctx)
	return err
}
