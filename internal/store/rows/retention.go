package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

const day = table.Micros(24 * time.Hour / time.Microsecond)

// Aged implements store.Store.
func (s *Store) Aged(ctx context.Context, at time.Time, limit int) ([]store.Aged, error) {
	const free = " AND NOT folder.legal_hold AND folder.resolution_status <> 'PROCESSING' LIMIT ?2"
	var aged []store.Aged
	for _, query := range []string{
		`SELECT folder.id, 0 AS media_before FROM companies AS company
			JOIN folders AS folder ON folder.company_id = company.id AND folder.time_created < ?0 - company.keep_result_days * ?1
			WHERE company.keep_result_days > 0` + free,
		`SELECT DISTINCT folder.id, ?0 - company.keep_media_days * ?1 AS media_before FROM companies AS company
			JOIN media ON media.company_id = company.id AND media.time_created < ?0 - company.keep_media_days * ?1
			JOIN folders AS folder ON folder.id = media.folder_id
			WHERE company.keep_media_days > 0` + free,
	} {
		var rows []struct {
			ID          bonafide.ID
			MediaBefore table.Micros
		}
		if err := s.Reader().NewRaw(query, table.MicrosOf(at), day, limit-len(aged)).Scan(ctx, &rows); err != nil {
			return nil, table.Failure(err)
		}
		for _, r := range rows {
			aged = append(aged, store.Aged{FolderID: r.ID, MediaBefore: r.MediaBefore.Time()})
		}
	}
	return aged, nil
}

// ClearFolder implements store.Store.
func (s *Store) ClearFolder(ctx context.Context, id bonafide.ID, before time.Time) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		f, err := deletableFolder(ctx, tx, bonafide.Scope{}, id)
		if err != nil {
			return err
		}
		var media []mediaRow
		if err := tx.NewSelect().Model(&media).Where("folder_id = ? AND time_created < ?", id, table.MicrosOf(before)).Scan(ctx); err != nil {
			return err
		}
		if err := deleteMedia(ctx, tx, f, media); err != nil {
			return err
		}
		f.Cleared, f.TimeUpdated = true, table.MicrosOf(table.Now())
		_, err = tx.NewUpdate().Model(f).Column("cleared", "time_updated").WherePK().Exec(ctx)
		return err
	})
}
