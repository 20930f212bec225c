package table

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// FileRow is a file that rows name by its key.
type FileRow struct {
	bun.BaseModel `bun:"table:files,alias:file"`

	Key    string `bun:"key,pk"`
	Name   string `bun:"name"`
	Digest string `bun:"digest"`
	Size   int64  `bun:"size"`
	MIME   string `bun:"mime"`
}

// File gives the file.
func (r *FileRow) File() bonafide.File {
	return bonafide.File{Key: r.Key, Name: r.Name, Digest: r.Digest, Size: r.Size, MIME: r.MIME}
}

// FileByKey implements store.Store.
func (s DB) FileByKey(ctx context.Context, key string) (*bonafide.File, error) {
	var row FileRow
	if err := s.Reader().NewSelect().Model(&row).Where("key = ?", Printable(key)).Scan(ctx); err != nil {
		return nil, Missing("File", err)
	}
	f := row.File()
	return &f, nil
}

// InsertFiles makes files known by their keys.
func InsertFiles(ctx context.Context, tx bun.Tx, files []bonafide.File) error {
	if len(files) == 0 {
		return nil
	}
	rows := make([]FileRow, len(files))
	for i, f := range files {
		rows[i] = FileRow{Key: f.Key, Name: f.Name, Digest: f.Digest, Size: f.Size, MIME: f.MIME}
	}
	_, err := tx.NewInsert().Model(&rows).Exec(ctx)
	return err
}
