package rows

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// DeleteFolder implements store.Store.
func (s *Store) DeleteFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		f, err := deletableFolder(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		media, err := mediaRows(ctx, tx, f.ID)
		if err != nil {
			return err
		}
		analyses, err := folderAnalyses(ctx, tx, f.ID)
		if err != nil {
			return err
		}
		if err := s.dequeue(ctx, tx, analyses); err != nil {
			return err
		}
		if err := deleteReports(ctx, tx, "folder_id", f.ID); err != nil {
			return err
		}
		for _, table := range []string{"analyses", "media"} {
			if _, err := tx.NewDelete().Table(table).Where("folder_id = ?", f.ID).Exec(ctx); err != nil {
				return err
			}
		}
		if _, err := tx.NewDelete().Model(f).Where("id = ?", f.ID).Exec(ctx); err != nil {
			return err
		}
		return table.DeleteFiles(ctx, tx, append(mediaKeys(media), bestShotKeys(analyses)...))
	})
}

// DeleteMedia implements store.Store.
func (s *Store) DeleteMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var m mediaRow
		if err := listing.OfFolder("media").Within(tx.NewSelect().Model(&m).Where("media.id = ?", id), scope).Scan(ctx); err != nil {
			return table.Missing("Media", err)
		}
		f, err := deletableFolder(ctx, tx, bonafide.Scope{}, m.FolderID)
		if err != nil {
			return err
		}
		if err := deleteMedia(ctx, tx, f, []mediaRow{m}); err != nil {
			return err
		}
		return touchFolder(ctx, tx, f)
	})
}

// deleteMedia deletes media of one folder with their files, takes the best shots
// that were cut out of them out of the results, and deletes the reports, which
// hold both.
func deleteMedia(ctx context.Context, tx bun.Tx, f *folderRow, media []mediaRow) error {
	if len(media) == 0 {
		return nil
	}
	if err := deleteReports(ctx, tx, "folder_id", f.ID); err != nil {
		return err
	}
	analyses, err := folderAnalyses(ctx, tx, f.ID)
	if err != nil {
		return err
	}
	ids := make([]bonafide.ID, len(media))
	for i := range media {
		ids[i] = media[i].ID
	}
	keys := mediaKeys(media)
	for i := range analyses {
		taken := takeBestShots(analyses[i].Result.V, func(id bonafide.ID) bool { return slices.Contains(ids, id) })
		if len(taken) == 0 {
			continue
		}
		if err := analyses[i].seal(); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(&analyses[i]).Column("result", "digest").Where("id = ?", analyses[i].ID).Exec(ctx); err != nil {
			return err
		}
		keys = append(keys, taken...)
	}
	if _, err := tx.NewDelete().Table("media").Where("id IN (?)", bun.List(ids)).Exec(ctx); err != nil {
		return err
	}
	return table.DeleteFiles(ctx, tx, keys)
}

// DeleteAnalysis implements store.Store.
func (s *Store) DeleteAnalysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row analysisRow
		if err := listing.OfFolder("analysis").Within(tx.NewSelect().Model(&row).Where("analysis.id = ?", id), scope).Scan(ctx); err != nil {
			return table.Missing("Analysis", err)
		}
		f, err := deletableFolder(ctx, tx, bonafide.Scope{}, row.FolderID)
		if err != nil {
			return err
		}
		if err := deleteReports(ctx, tx, "folder_id", f.ID); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Table("analyses").Where("id = ?", row.ID).Exec(ctx); err != nil {
			return err
		}
		left, err := tx.NewSelect().Table("analyses").Where("group_id = ?", row.GroupID).Count(ctx)
		if err != nil {
			return err
		}
		if left == 0 {
			if err := s.dequeue(ctx, tx, []analysisRow{row}); err != nil {
				return err
			}
		}
		if err := table.DeleteFiles(ctx, tx, bestShotKeys([]analysisRow{row})); err != nil {
			return err
		}
		return s.settleFolder(ctx, tx, f)
	})
}

// deletableFolder finds a folder inside the scope that may be deleted or lose
// something.
func deletableFolder(ctx context.Context, tx bun.Tx, scope bonafide.Scope, id bonafide.ID) (*folderRow, error) {
	f := new(folderRow)
	if err := folderOwner().Within(tx.NewSelect().Model(f).Where("folder.id = ?", id), scope).Scan(ctx); err != nil {
		return nil, table.Missing("Folder", err)
	}
	if f.LegalHold {
		return nil, bonafide.Errorf(bonafide.CodeForbidden, "The folder is under legal hold")
	}
	return f, nil
}

func touchFolder(ctx context.Context, tx bun.Tx, f *folderRow) error {
	f.TimeUpdated = table.MicrosOf(table.Now())
	_, err := tx.NewUpdate().Model(f).Column("time_updated").Where("id = ?", f.ID).Exec(ctx)
	return err
}

func mediaRows(ctx context.Context, tx bun.Tx, folder bonafide.ID) ([]mediaRow, error) {
	var rows []mediaRow
	err := tx.NewSelect().Model(&rows).Where("folder_id = ?", folder).Scan(ctx)
	return rows, err
}

func mediaIDs(ctx context.Context, tx bun.Tx, folder bonafide.ID) ([]bonafide.ID, error) {
	var ids []bonafide.ID
	err := tx.NewSelect().Table("media").Column("id").Where("folder_id = ?", folder).Scan(ctx, &ids)
	return ids, err
}

func folderAnalyses(ctx context.Context, tx bun.Tx, folder bonafide.ID) ([]analysisRow, error) {
	var rows []analysisRow
	err := tx.NewSelect().Model(&rows).Column("id", "group_id", "state", "error_code", "result").Where("folder_id = ?", folder).Scan(ctx)
	return rows, err
}

func mediaKeys(media []mediaRow) []string {
	var keys []string
	for _, m := range media {
		keys = append(keys, m.OriginalKey)
		if m.ThumbKey != "" {
			keys = append(keys, m.ThumbKey)
		}
	}
	return keys
}

func bestShotKeys(analyses []analysisRow) []string {
	var keys []string
	for _, a := range analyses {
		keys = append(keys, takeBestShots(a.Result.V, func(bonafide.ID) bool { return true })...)
	}
	return keys
}

// takeBestShots takes the best shots of such media out of the findings and gives
// their keys.
func takeBestShots(r *bonafide.Result, of func(media bonafide.ID) bool) []string {
	if r == nil {
		return nil
	}
	var keys []string
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.BestShot != nil && of(f.MediaID) {
			keys = append(keys, f.BestShot.Key)
			f.BestShot = nil
		}
	}
	return keys
}

// dequeue takes the groups of these analyses off the queue.
func (s *Store) dequeue(ctx context.Context, tx bun.Tx, analyses []analysisRow) error {
	var groups []bonafide.ID
	for _, a := range analyses {
		if a.State == bonafide.Processing && !slices.Contains(groups, a.GroupID) {
			groups = append(groups, a.GroupID)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	return s.Dequeue(ctx, tx, groups)
}
