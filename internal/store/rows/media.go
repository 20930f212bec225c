package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

type mediaRow struct {
	bun.BaseModel `bun:"table:media,alias:media"`

	ID            bonafide.ID                  `bun:"id,pk"`
	FolderID      bonafide.ID                  `bun:"folder_id"`
	CompanyID     bonafide.ID                  `bun:"company_id,nullzero"`
	Kind          bonafide.MediaKind           `bun:"kind"`
	OriginalName  string                       `bun:"original_name"`
	Tags          document[[]string]           `bun:"tags"`
	OriginalKey   string                       `bun:"original_key"`
	ThumbKey      string                       `bun:"thumb_key,nullzero"`
	MD5           string                       `bun:"md5"`
	Info          document[bonafide.MediaInfo] `bun:"info"`
	Meta          document[bonafide.Meta]      `bun:"meta"`
	TechnicalMeta document[bonafide.Meta]      `bun:"technical_meta"`
	TimeCreated   micros                       `bun:"time_created"`
	TimeUpdated   micros                       `bun:"time_updated"`

	Original *fileRow `bun:"rel:belongs-to,join:original_key=key"`
	Thumb    *fileRow `bun:"rel:belongs-to,join:thumb_key=key"`
}

func rowOfMedia(m *bonafide.Media) *mediaRow {
	tags := m.Tags
	if tags == nil {
		tags = []string{}
	}
	row := &mediaRow{
		ID: m.ID, FolderID: m.FolderID, CompanyID: m.CompanyID, Kind: m.Kind,
		OriginalName: printable(m.OriginalName), Tags: documentOf(tags),
		OriginalKey: m.Original.Key, MD5: m.MD5, Info: documentOf(m.Info),
		Meta: metaOf(m.Meta), TechnicalMeta: metaOf(m.TechnicalMeta),
		TimeCreated: microsOf(m.TimeCreated), TimeUpdated: microsOf(m.TimeUpdated),
	}
	if m.Thumb != nil {
		row.ThumbKey = m.Thumb.Key
	}
	return row
}

func (r *mediaRow) media() bonafide.Media {
	m := bonafide.Media{
		ID: r.ID, FolderID: r.FolderID, CompanyID: r.CompanyID, Kind: r.Kind,
		OriginalName: r.OriginalName, Tags: r.Tags.V, Original: r.Original.file(), MD5: r.MD5, Info: r.Info.V,
		Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.time(), TimeUpdated: r.TimeUpdated.time(),
	}
	if r.Thumb != nil {
		thumb := r.Thumb.file()
		m.Thumb = &thumb
	}
	return m
}

// adopt writes the folder's ids and missing times into its media.
func adopt(f *folderRow, media []bonafide.Media) {
	for i := range media {
		m := &media[i]
		m.FolderID, m.CompanyID = f.ID, f.CompanyID
		stamp(&m.TimeCreated, &m.TimeUpdated)
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
	if err := insertFiles(ctx, tx, files); err != nil {
		return err
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return err
	}
	return insertPrints(ctx, tx, media)
}

func keptMedia() kept[mediaRow, bonafide.Media] {
	return kept[mediaRow, bonafide.Media]{noun: "Media", alias: "media", owner: listing.OfFolder("media"), relations: []string{"Original", "Thumb"}, of: (*mediaRow).media, row: rowOfMedia,
		updated: func(t *bonafide.Media) *time.Time { return &t.TimeUpdated }, columns: []string{"tags", "meta", "technical_meta", "time_updated"}}
}

// Media implements store.Store.
func (s *Store) Media(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Media, error) {
	return find(ctx, s, keptMedia(), scope, id)
}

// ChangeMedia implements store.Store.
func (s *Store) ChangeMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.Media) error) (*bonafide.Media, error) {
	return change(ctx, s, keptMedia(), scope, id, do, nil)
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
		return nil, Failure(err)
	}
	for i := range rows {
		m := rows[i].media()
		byFolder[m.FolderID] = append(byFolder[m.FolderID], m)
	}
	return byFolder, nil
}
