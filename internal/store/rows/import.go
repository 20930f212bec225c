package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// ImportFolders stores ended folders as they are, in one transaction. Nothing is
// queued, settled or owed. It writes missing times, and the folders' ids, into what
// it is given.
func (s *Store) ImportFolders(ctx context.Context, all []store.Whole) error {
	if len(all) == 0 {
		return nil
	}
	var folders []folderRow
	var media []bonafide.Media
	var analyses []analysisRow
	for i := range all {
		f := &all[i].Folder
		table.Stamp(&f.TimeCreated, &f.TimeUpdated)
		row := rowOfFolder(f)
		folders = append(folders, *row)
		adopt(row, all[i].Media)
		media = append(media, all[i].Media...)
		for j := range all[i].Analyses {
			a := &all[i].Analyses[j]
			a.FolderID, a.CompanyID = f.ID, f.CompanyID
			table.Stamp(&a.TimeCreated, &a.TimeUpdated)
			row := rowOfAnalysis(a)
			if err := row.seal(); err != nil {
				return err
			}
			analyses = append(analyses, row)
		}
	}
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewInsert().Model(&folders).Exec(ctx); err != nil {
			return err
		}
		if err := insertMedia(ctx, tx, media); err != nil || len(analyses) == 0 {
			return err
		}
		if _, err := tx.NewInsert().Model(&analyses).Exec(ctx); err != nil {
			return err
		}
		return insertReasons(ctx, tx, analyses...)
	})
}
