package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type mediaRow struct {
	bun.BaseModel `bun:"table:media,alias:media"`

	ID            bonafide.ID                        `bun:"id,pk"`
	FolderID      bonafide.ID                        `bun:"folder_id"`
	CompanyID     bonafide.ID                        `bun:"company_id,nullzero"`
	Kind          bonafide.MediaKind                 `bun:"kind"`
	OriginalName  string                             `bun:"original_name"`
	Tags          table.Document[[]string]           `bun:"tags"`
	OriginalKey   string                             `bun:"original_key"`
	ThumbKey      string                             `bun:"thumb_key,nullzero"`
	MD5           string                             `bun:"md5"`
	Info          table.Document[bonafide.MediaInfo] `bun:"info"`
	Meta          table.Document[bonafide.Meta]      `bun:"meta"`
	TechnicalMeta table.Document[bonafide.Meta]      `bun:"technical_meta"`
	TimeCreated   table.Micros                       `bun:"time_created"`
	TimeUpdated   table.Micros                       `bun:"time_updated"`

	Original *table.FileRow `bun:"rel:belongs-to,join:original_key=key"`
	Thumb    *table.FileRow `bun:"rel:belongs-to,join:thumb_key=key"`
}

func rowOfMedia(m *bonafide.Media) *mediaRow {
	tags := m.Tags
	if tags == nil {
		tags = []string{}
	}
	row := &mediaRow{
		ID: m.ID, FolderID: m.FolderID, CompanyID: m.CompanyID, Kind: m.Kind,
		OriginalName: table.Printable(m.OriginalName), Tags: table.DocumentOf(tags),
		OriginalKey: m.Original.Key, MD5: m.MD5, Info: table.DocumentOf(m.Info),
		Meta: table.MetaOf(m.Meta), TechnicalMeta: table.MetaOf(m.TechnicalMeta),
		TimeCreated: table.MicrosOf(m.TimeCreated), TimeUpdated: table.MicrosOf(m.TimeUpdated),
	}
	if m.Thumb != nil {
		row.ThumbKey = m.Thumb.Key
	}
	return row
}

func (r *mediaRow) media() bonafide.Media {
	m := bonafide.Media{
		ID: r.ID, FolderID: r.FolderID, CompanyID: r.CompanyID, Kind: r.Kind,
		OriginalName: r.OriginalName, Tags: r.Tags.V, Original: r.Original.File(), MD5: r.MD5, Info: r.Info.V,
		Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
	if r.Thumb != nil {
		thumb := r.Thumb.File()
		m.Thumb = &thumb
	}
	return m
}

// adopt writes the folder's ids and missing times into its media.
func adopt(f *folderRow, media []bonafide.Media) {
	for i := range media {
		m := &media[i]
		m.FolderID, m.CompanyID = f.ID, f.CompanyID
		table.Stamp(&m.TimeCreated, &m.TimeUpdated)
	}
}

// insertMedia adds media with their files and prints.
func insertMedia(ctx context.Context, tx bun.Tx, media []bonafide.Media) error {
	if len(media) == 0 {
		return nil
	}
	var files []bonafide.File
	rows := make([]mediaRow, len(media))
	for i := range media {
		rows[i] = *rowOfMedia(&media[i])
		files = append(files, media[i].Original)
		if thumb := media[i].Thumb; thumb != nil {
			files = append(files, *thumb)
		}
	}
	if err := table.InsertFiles(ctx, tx, files); err != nil {
		return err
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return err
	}
	return insertPrints(ctx, tx, media)
}

func keptMedia() table.Kept[mediaRow, bonafide.Media] {
	return table.Kept[mediaRow, bonafide.Media]{Noun: "Media", Alias: "media", Owner: listing.OfFolder("media"), Relations: []string{"Original", "Thumb"}, Of: (*mediaRow).media, Row: rowOfMedia,
		Updated: func(t *bonafide.Media) *time.Time { return &t.TimeUpdated }, Columns: []string{"tags", "meta", "technical_meta", "time_updated"}}
}

// Media implements store.Store.
func (s *Store) Media(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Media, error) {
	return table.Find(ctx, s.DB, keptMedia(), scope, id)
}

// ChangeMedia implements store.Store.
func (s *Store) ChangeMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.Media) error) (*bonafide.Media, error) {
	return table.Change(ctx, s.DB, keptMedia(), scope, id, do, nil)
}

// MediaOf implements store.Store.
func (s *Store) MediaOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error) {
	byFolder := make(map[bonafide.ID][]bonafide.Media, len(folderIDs))
	if len(folderIDs) == 0 {
		return byFolder, nil
	}
	var rows []mediaRow
	err := s.Reader().NewSelect().Model(&rows).Relation("Original").Relation("Thumb").
		Where("media.folder_id IN (?)", bun.List(folderIDs)).Order("media.row_id").Scan(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	for i := range rows {
		m := rows[i].media()
		byFolder[m.FolderID] = append(byFolder[m.FolderID], m)
	}
	return byFolder, nil
}
