// Package links keeps hosted links to captures.
package links

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// KeepLinks is how long hosted links are kept after they are too old to be used.
const KeepLinks = 90 * 24 * time.Hour

// Links implements store.CaptureLinks.
type Links struct{ table.DB }

type captureLinkRow struct {
	bun.BaseModel `bun:"table:capture_links,alias:capture_link"`

	ID          bonafide.ID                        `bun:"id,pk"`
	CompanyID   bonafide.ID                        `bun:"company_id,nullzero"`
	UserID      bonafide.ID                        `bun:"user_id"`
	Actions     table.Document[[]string]           `bun:"actions"`
	Draw        int                                `bun:"draw"`
	Meta        table.Document[bonafide.Meta]      `bun:"meta"`
	Lang        string                             `bun:"lang"`
	Brand       table.Document[store.CaptureBrand] `bun:"brand"`
	Endpoint    string                             `bun:"endpoint"`
	ExpiresAt   table.Micros                       `bun:"expires_at"`
	UsedAt      table.Micros                       `bun:"used_at"`
	FolderID    bonafide.ID                        `bun:"folder_id"`
	TimeCreated table.Micros                       `bun:"time_created"`
}

func (r *captureLinkRow) link() store.CaptureLink {
	return store.CaptureLink{ID: r.ID, CompanyID: r.CompanyID, UserID: r.UserID, Actions: r.Actions.V, Draw: r.Draw, Meta: r.Meta.V,
		Lang: r.Lang, Brand: r.Brand.V, Endpoint: r.Endpoint, ExpiresAt: r.ExpiresAt.Time(), UsedAt: r.UsedAt.Time(), FolderID: r.FolderID,
		TimeCreated: r.TimeCreated.Time()}
}

func rowOfCaptureLink(l *store.CaptureLink) *captureLinkRow {
	return &captureLinkRow{ID: l.ID, CompanyID: l.CompanyID, UserID: l.UserID, Actions: table.DocumentOf(l.Actions), Draw: l.Draw, Meta: table.MetaOf(l.Meta),
		Lang: l.Lang, Brand: table.DocumentOf(l.Brand), Endpoint: l.Endpoint, ExpiresAt: table.MicrosOf(l.ExpiresAt), UsedAt: table.MicrosOf(l.UsedAt),
		FolderID: l.FolderID, TimeCreated: table.MicrosOf(l.TimeCreated)}
}

// captureLinkOwner owns rows with a company_id and a user_id.
func captureLinkOwner() listing.Owner {
	return listing.Owner{Company: "capture_link.company_id = ?", User: "capture_link.user_id = ?"}
}

// CreateCaptureLink implements store.Store. It forgets those that are too old.
func (s Links) CreateCaptureLink(ctx context.Context, l *store.CaptureLink) error {
	table.Stamp(&l.TimeCreated, &l.TimeCreated)
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		forgotten := table.MicrosOf(table.Now().Add(-KeepLinks))
		if _, err := tx.NewDelete().Model((*captureLinkRow)(nil)).Where("expires_at < ?", forgotten).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(rowOfCaptureLink(l)).Exec(ctx)
		return err
	})
}

// CaptureLink implements store.Store.
func (s Links) CaptureLink(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*store.CaptureLink, error) {
	var row captureLinkRow
	if err := captureLinkOwner().Within(s.Reader().NewSelect().Model(&row).Where("capture_link.id = ?", id), scope).Scan(ctx); err != nil {
		return nil, table.Missing("Link", err)
	}
	l := row.link()
	return &l, nil
}

// SpendCaptureLink implements store.Store.
func (s Links) SpendCaptureLink(ctx context.Context, id bonafide.ID, at time.Time) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		done, err := tx.NewUpdate().Model((*captureLinkRow)(nil)).Set("used_at = ?", table.MicrosOf(at)).
			Where("id = ? AND used_at = 0 AND expires_at > ?", id, table.MicrosOf(at)).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return bonafide.Wrap(bonafide.CodeExists, "The link has been used or is too old", err)
		}
		return nil
	})
}

// EndCaptureLink implements store.Store.
func (s Links) EndCaptureLink(ctx context.Context, id, folder bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := tx.NewUpdate().Model((*captureLinkRow)(nil)).Set("folder_id = ?", folder).Where("id = ? AND folder_id = ''", id)
		if folder == "" {
			q = q.Set("used_at = 0")
		}
		_, err := q.Exec(ctx)
		return err
	})
}
