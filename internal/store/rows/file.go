package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

type fileRow struct {
	bun.BaseModel `bun:"table:files,alias:file"`

	Key    string `bun:"key,pk"`
	Name   string `bun:"name"`
	Digest string `bun:"digest"`
	Size   int64  `bun:"size"`
	MIME   string `bun:"mime"`
}

func (r *fileRow) file() bonafide.File {
	return bonafide.File{Key: r.Key, Name: r.Name, Digest: r.Digest, Size: r.Size, MIME: r.MIME}
}

// FileByKey implements store.Store.
func (s *Store) FileByKey(ctx context.Context, key string) (*bonafide.File, error) {
	var row fileRow
	if err := s.Reader().NewSelect().Model(&row).Where("key = ?", printable(key)).Scan(ctx); err != nil {
		return nil, missing("File", err)
	}
	f := row.file()
	return &f, nil
}

// insertFiles makes files known by their keys.
func insertFiles(ctx context.Context, tx bun.Tx, files []bonafide.File) error {
	if len(files) == 0 {
		return nil
	}
	rows := make([]fileRow, len(files))
	for i, f := range files {
		rows[i] = fileRow{Key: f.Key, Name: f.Name, Digest: f.Digest, Size: f.Size, MIME: f.MIME}
	}
	_, err := tx.NewInsert().Model(&rows).Exec(ctx)
	return err
}
