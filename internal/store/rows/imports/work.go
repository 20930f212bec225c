package imports

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// AddImportFiles implements store.Store.
func (s Keeper) AddImportFiles(ctx context.Context, id bonafide.ID, files []store.ImportFile) (added int, err error) {
	err = s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		added = 0
		im := importRow{ID: id, TimeUpdated: table.MicrosOf(table.Now())}
		res, err := tx.NewUpdate().Model(&im).Column("time_updated").WherePK().Exec(ctx) // held until the end: files are numbered one by one
		if err := table.Changed("Import", res, err); err != nil {
			return err
		}
		if err := tx.NewSelect().Model(&im).WherePK().Scan(ctx); err != nil {
			return err
		}
		known, err := byName(ctx, tx, id, files)
		if err != nil {
			return err
		}
		var fresh []store.ImportFile
		for i := range files {
			f := files[i]
			f.ImportID = id
			old, there := known[table.Printable(f.Name)]
			switch {
			case !there:
				if im.Listed {
					f.State, f.Photo, f.Reason, f.Message = store.ImportRefused, nil, store.ImportNotListed, "The list does not name the file"
				}
				fresh, known[table.Printable(f.Name)] = append(fresh, f), nil
			case old == nil, old.Reason == store.ImportNotListed: // twice in this very request, or still not wanted
			case old.State == store.ImportMissing, old.State == store.ImportRefused:
				if err := arrive(ctx, tx, old, &f); err != nil {
					return err
				}
				added++
			}
		}
		added += len(fresh)
		var last int
		if err := tx.NewSelect().Model((*fileRow)(nil)).ColumnExpr("coalesce(max(number), 0)").Where("import_id = ?", id).Scan(ctx, &last); err != nil {
			return err
		}
		if err := insertFiles(ctx, tx, id, last, fresh); err != nil || added == 0 {
			return err
		}
		_, err = tx.NewUpdate().Model(&im).Set("arrived = arrived + ?", added).WherePK().Exec(ctx)
		return err
	})
	return added, err
}

// byName finds files of an import by the names of others.
func byName(ctx context.Context, tx bun.Tx, id bonafide.ID, files []store.ImportFile) (map[string]*fileRow, error) {
	known := map[string]*fileRow{}
	for some := range slices.Chunk(files, 500) {
		var names []string
		for i := range some {
			names = append(names, table.Printable(some[i].Name))
		}
		var rows []fileRow
		if err := tx.NewSelect().Model(&rows).Where("import_id = ? AND name IN (?)", id, bun.List(names)).Scan(ctx); err != nil {
			return nil, err
		}
		for i := range rows {
			known[rows[i].Name] = &rows[i]
		}
	}
	return known, nil
}

// arrive gives a file that was missing or refused what has come.
func arrive(ctx context.Context, tx bun.Tx, old *fileRow, f *store.ImportFile) error {
	if f.Photo != nil {
		if err := table.InsertFiles(ctx, tx, []bonafide.File{*f.Photo}); err != nil {
			return err
		}
	}
	row := rowOfFile(f)
	row.Number = old.Number
	_, err := tx.NewUpdate().Model(&row).Column("file_key", "digest", "state", "reason", "message", "near_id", "similarity", "attempts", "leased_until").
		Where("import_id = ? AND number = ?", old.ImportID, old.Number).Exec(ctx)
	return err
}

// StartImport implements store.Store.
func (s Keeper) StartImport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	_, err := table.Change(ctx, s.DB, keptImport(), scope, id, func(im *store.Import) error {
		im.DryRun = false
		return nil
	}, func(ctx context.Context, tx bun.Tx, _ *store.Import) error {
		_, err := tx.NewUpdate().Model((*fileRow)(nil)).Set("state = ?, attempts = 0, leased_until = 0", store.ImportWaiting).
			Where("import_id = ? AND state = ?", id, store.ImportReady).Exec(ctx)
		return err
	})
	return err
}

// ClaimImportFile implements store.Store. That it is leased may be lost when the machine
// loses power.
func (s Keeper) ClaimImportFile(ctx context.Context, lease time.Duration) (im *store.Import, f *store.ImportFile, err error) {
	at := table.Now()
	if _, err := due(ctx, s.Reader(), at); err != nil { // most of the time there is none
		return nil, nil, none(err)
	}
	err = s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		im, f = nil, nil
		one, err := due(ctx, tx, at)
		if err != nil {
			return err
		}
		var row fileRow
		err = s.Hold(tx.NewSelect()).Model(&row).Where("import_file.import_id = ? AND import_file.state = ? AND import_file.leased_until <= ?", one.ID, store.ImportWaiting, table.MicrosOf(at)).
			Order("import_file.number").Limit(1).Scan(ctx)
		if err != nil {
			return err
		}
		res, err := tx.NewUpdate().Model((*fileRow)(nil)).Set("leased_until = ?, attempts = attempts + 1", table.MicrosOf(at.Add(lease))).
			Where("import_id = ? AND number = ? AND state = ? AND leased_until <= ?", row.ImportID, row.Number, store.ImportWaiting, table.MicrosOf(at)).Exec(ctx)
		if err := table.Changed("File", res, err); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model((*importRow)(nil)).Set("served = ?", table.MicrosOf(at)).Where("id = ?", one.ID).Exec(ctx); err != nil {
			return err
		}
		if row.FileKey != "" {
			row.Photo = &table.FileRow{Key: row.FileKey}
			if err := tx.NewSelect().Model(row.Photo).WherePK().Scan(ctx); err != nil {
				return err
			}
		}
		claimed, file := one.of(), row.of()
		file.Attempts++
		im, f = &claimed, &file
		return nil
	})
	return im, f, none(err)
}

// none takes that there is nothing, or that another was quicker, for no error.
func none(err error) error {
	if errors.Is(err, sql.ErrNoRows) || bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return nil
	}
	return table.Failure(err)
}

// due gives the import with a due file of the company that was not served for longest,
// and of several such the one that was not.
func due(ctx context.Context, db bun.IDB, at time.Time) (*importRow, error) {
	var row importRow
	err := db.NewSelect().Model(&row).
		Where("EXISTS (SELECT 1 FROM import_files WHERE import_id = import.id AND state = ? AND leased_until <= ?)", store.ImportWaiting, table.MicrosOf(at)).
		OrderExpr("(SELECT max(served) FROM imports AS b WHERE coalesce(b.company_id, '') = coalesce(import.company_id, '')), import.served, import.row_id").Limit(1).Scan(ctx)
	return &row, err
}

// EndImportFile implements store.Store.
func (s Keeper) EndImportFile(ctx context.Context, im *store.Import, f *store.ImportFile, images []bonafide.PersonImage) error {
	row := rowOfFile(f)
	row.FileKey = ""
	columns := []string{"state", "reason", "message", "near_id", "similarity", "image_id", "leased_until"}
	if f.State != store.ImportReady {
		columns = append(columns, "file_key")
	}
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewUpdate().Model(&row).Column(columns...).Where("import_id = ? AND number = ? AND state = ?", f.ImportID, f.Number, store.ImportWaiting).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return bonafide.Wrap(bonafide.CodeExists, "The file has ended before", err)
		}
		if f.State == store.ImportEnrolled {
			p := &bonafide.Person{ID: f.PersonID, CollectionID: im.CollectionID, Meta: f.Meta, TechnicalMeta: bonafide.Meta{}}
			if err := s.Enrol(ctx, tx, p, f.Existing, images); err != nil {
				return err
			}
		}
		if f.Photo == nil || f.State == store.ImportReady {
			return nil
		}
		return table.DeleteFiles(ctx, tx, []string{f.Photo.Key})
	})
}

// ReturnImportFile implements store.Store.
func (s Keeper) ReturnImportFile(ctx context.Context, f *store.ImportFile, at time.Time) error {
	return table.Failure(s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*fileRow)(nil)).Set("leased_until = ?", table.MicrosOf(at)).
			Where("import_id = ? AND number = ? AND state = ? AND attempts = ?", f.ImportID, f.Number, store.ImportWaiting, f.Attempts).Exec(ctx)
		return err
	}))
}

// KnownPhoto implements store.Store.
func (s Keeper) KnownPhoto(ctx context.Context, im *store.Import, f *store.ImportFile) (bool, error) {
	there, err := s.Reader().NewSelect().Model((*fileRow)(nil)).Where("import_id = ? AND digest = ? AND number < ? AND state <> ?", f.ImportID, f.Digest, f.Number, store.ImportRefused).Exists(ctx)
	if err != nil || there {
		return there, table.Failure(err)
	}
	there, err = s.Reader().NewSelect().Table("files").Join("JOIN person_images AS image ON image.original_key = files.key").
		Where("files.digest = ? AND image.collection_id = ?", f.Digest, im.CollectionID).Exists(ctx)
	return there, table.Failure(err)
}
