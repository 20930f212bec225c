package rows

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/reference"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type imageRow struct {
	bun.BaseModel `bun:"table:person_images,alias:image"`

	ID            bonafide.ID                        `bun:"id,pk"`
	PersonID      bonafide.ID                        `bun:"person_id"`
	CollectionID  bonafide.ID                        `bun:"collection_id"`
	CompanyID     bonafide.ID                        `bun:"company_id,nullzero"`
	OriginalName  string                             `bun:"original_name"`
	Tags          table.Document[[]string]           `bun:"tags"`
	OriginalKey   string                             `bun:"original_key"`
	ThumbKey      string                             `bun:"thumb_key,nullzero"`
	MD5           string                             `bun:"md5"`
	Info          table.Document[bonafide.MediaInfo] `bun:"info"`
	Model         string                             `bun:"model"`
	ModelVersion  string                             `bun:"model_version"`
	Template      []byte                             `bun:"template"`
	Meta          table.Document[bonafide.Meta]      `bun:"meta"`
	TechnicalMeta table.Document[bonafide.Meta]      `bun:"technical_meta"`
	TimeCreated   table.Micros                       `bun:"time_created"`
	TimeUpdated   table.Micros                       `bun:"time_updated"`

	Original *table.FileRow `bun:"rel:belongs-to,join:original_key=key"`
	Thumb    *table.FileRow `bun:"rel:belongs-to,join:thumb_key=key"`
}

func rowOfImage(p *bonafide.PersonImage) (imageRow, error) {
	template, err := p.Template.Encode()
	if err != nil {
		return imageRow{}, err
	}
	tags := p.Tags
	if tags == nil {
		tags = []string{}
	}
	row := imageRow{
		ID: p.ID, PersonID: p.PersonID, CollectionID: p.CollectionID, CompanyID: p.CompanyID,
		OriginalName: table.Printable(p.OriginalName), Tags: table.DocumentOf(tags),
		OriginalKey: p.Original.Key, MD5: p.MD5, Info: table.DocumentOf(p.Info),
		Model: p.Template.Model.Name, ModelVersion: p.Template.Model.Version, Template: template,
		Meta: table.MetaOf(p.Meta), TechnicalMeta: table.MetaOf(p.TechnicalMeta),
		TimeCreated: table.MicrosOf(p.TimeCreated), TimeUpdated: table.MicrosOf(p.TimeUpdated),
	}
	if p.Thumb != nil {
		row.ThumbKey = p.Thumb.Key
	}
	return row, nil
}

func (r *imageRow) image() (bonafide.PersonImage, error) {
	template, err := bonafide.DecodeTemplate(r.Template)
	if err != nil {
		return bonafide.PersonImage{}, reference.Damaged(r.ID, err)
	}
	p := bonafide.PersonImage{
		ID: r.ID, PersonID: r.PersonID, CollectionID: r.CollectionID, CompanyID: r.CompanyID,
		OriginalName: r.OriginalName, Tags: r.Tags.V, Original: r.Original.File(), MD5: r.MD5, Info: r.Info.V,
		Template: template, Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
	if r.Thumb != nil {
		thumb := r.Thumb.File()
		p.Thumb = &thumb
	}
	return p, nil
}

func imageList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfCompany("image"), Scope: scope, Tie: "image.row_id", Key: "image.id", Fields: map[string]listing.Field{
		"person_image_id": {Column: "image.id", Sorts: true},
		"person_id":       {Column: "image.person_id"},
		"collection_id":   {Column: "image.collection_id"},
		"time_created":    {Type: listing.Instant, Column: "image.time_created", Sorts: true},
		"time_updated":    {Type: listing.Instant, Column: "image.time_updated", Sorts: true},
		"meta_data":       {Type: listing.Object, Column: "image.meta"},
	}}
}

// insertImages adds images, with their files, to a person, as far as the company may
// have them. It writes ids and missing times into images.
func (s *Store) insertImages(ctx context.Context, tx bun.Tx, p *bonafide.Person, images []bonafide.PersonImage) error {
	if len(images) == 0 {
		return nil
	}
	var files []bonafide.File
	rows, ids := make([]imageRow, len(images)), make([]bonafide.ID, len(images))
	for i := range images {
		im := &images[i]
		ids[i] = im.ID
		im.PersonID, im.CollectionID, im.CompanyID = p.ID, p.CollectionID, p.CompanyID
		table.Stamp(&im.TimeCreated, &im.TimeUpdated)
		var err error
		if rows[i], err = rowOfImage(im); err != nil {
			return err
		}
		files = append(files, im.Original)
		if im.Thumb != nil {
			files = append(files, *im.Thumb)
		}
	}
	if err := table.InsertFiles(ctx, tx, files); err != nil {
		return err
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return err
	}
	if err := reference.Note(ctx, tx, ids...); err != nil {
		return err
	}
	return s.quotas.CheckBytes(ctx, tx, p.CompanyID)
}

// deleteImages deletes the images, with their files, whose column has the value.
func deleteImages(ctx context.Context, tx bun.Tx, column string, value bonafide.ID) error {
	var rows []imageRow
	err := tx.NewSelect().Model(&rows).Column("id", "original_key", "thumb_key").Where("? = ?", bun.Ident(column), value).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	if _, err := tx.NewDelete().Model((*imageRow)(nil)).Where("? = ?", bun.Ident(column), value).Exec(ctx); err != nil {
		return err
	}
	var keys []string
	ids := make([]bonafide.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
		keys = append(keys, r.OriginalKey)
		if r.ThumbKey != "" {
			keys = append(keys, r.ThumbKey)
		}
	}
	for some := range slices.Chunk(keys, 1000) {
		if err := table.DeleteFiles(ctx, tx, some); err != nil {
			return err
		}
	}
	if column == "collection_id" {
		return reference.NoteDropped(ctx, tx, value)
	}
	return reference.Note(ctx, tx, ids...)
}

// AddPersonImages implements store.Store.
func (s *Store) AddPersonImages(ctx context.Context, personID bonafide.ID, images []bonafide.PersonImage) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error { return s.addImages(ctx, tx, personID, images) })
}

func (s *Store) addImages(ctx context.Context, tx bun.Tx, personID bonafide.ID, images []bonafide.PersonImage) error {
	var row personRow
	if err := tx.NewSelect().Model(&row).Where("id = ?", personID).Scan(ctx); err != nil {
		return table.Missing("Person", err)
	}
	p := row.person()
	if err := s.insertImages(ctx, tx, &p, images); err != nil {
		return err
	}
	row.TimeUpdated = table.MicrosOf(table.Now())
	_, err := tx.NewUpdate().Model(&row).Column("time_updated").WherePK().Exec(ctx)
	return err
}

// PersonImages implements store.Store.
func (s *Store) PersonImages(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonImage], error) {
	rows, err := table.Page(ctx, s, imageList(scope), q, func(r *imageRow) bonafide.ID { return r.ID })
	if err != nil {
		return bonafide.Page[bonafide.PersonImage]{Total: rows.Total}, err
	}
	return table.Resolved(ctx, rows, s.imagesInOrder)
}

// imagesInOrder gives images in the order of their ids, but for what was deleted just
// now.
func (s *Store) imagesInOrder(ctx context.Context, ids []bonafide.ID) ([]bonafide.PersonImage, error) {
	images := make([]bonafide.PersonImage, 0, len(ids))
	if len(ids) == 0 {
		return images, nil
	}
	found, err := s.images(ctx, "image.id", ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[bonafide.ID]bonafide.PersonImage, len(found))
	for _, p := range found {
		byID[p.ID] = p
	}
	for _, id := range ids {
		if p, ok := byID[id]; ok {
			images = append(images, p)
		}
	}
	return images, nil
}

// ImagesOf implements store.Store.
func (s *Store) ImagesOf(ctx context.Context, personIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.PersonImage, error) {
	byPerson := make(map[bonafide.ID][]bonafide.PersonImage, len(personIDs))
	if len(personIDs) == 0 {
		return byPerson, nil
	}
	found, err := s.images(ctx, "image.person_id", personIDs)
	for _, p := range found {
		byPerson[p.PersonID] = append(byPerson[p.PersonID], p)
	}
	return byPerson, err
}

// images reads images, with their files, in order of upload.
func (s *Store) images(ctx context.Context, column string, ids []bonafide.ID) ([]bonafide.PersonImage, error) {
	var rows []imageRow
	err := s.Reader().NewSelect().Model(&rows).Relation("Original").Relation("Thumb").
		Where("? IN (?)", bun.Ident(column), bun.List(ids)).Order("image.row_id").Scan(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	images := make([]bonafide.PersonImage, len(rows))
	for i := range rows {
		if images[i], err = rows[i].image(); err != nil {
			return nil, err
		}
	}
	return images, nil
}

// DeletePersonImage implements store.Store.
func (s *Store) DeletePersonImage(ctx context.Context, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		exists, err := tx.NewSelect().Model((*imageRow)(nil)).Where("id = ?", id).Exists(ctx)
		if err != nil {
			return err
		}
		if !exists {
			return bonafide.Errorf(bonafide.CodeNotFound, "Image not found")
		}
		return deleteImages(ctx, tx, "id", id)
	})
}
