package reference

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// templateRow is a template beside the one in the row of its image. There is none of the
// same model as that.
type templateRow struct {
	bun.BaseModel `bun:"table:person_templates,alias:own"`

	ImageID      bonafide.ID `bun:"image_id,pk"`
	Model        string      `bun:"model,pk"`
	ModelVersion string      `bun:"model_version,pk"`
	Template     []byte      `bun:"template"`
}

// replace puts a template into the row of its image.
func replace(ctx context.Context, tx bun.Tx, t templateRow) error {
	res, err := tx.NewUpdate().Table("person_images").Set("model = ?, model_version = ?, template = ?, time_updated = ?", t.Model, t.ModelVersion, t.Template, table.MicrosOf(table.Now())).
		Where("id = ?", t.ImageID).Exec(ctx)
	return table.Changed("Image", res, err)
}

func rowOf(image bonafide.ID, t bonafide.Template) (templateRow, error) {
	raw, err := t.Encode()
	return templateRow{ImageID: image, Model: t.Model.Name, ModelVersion: t.Model.Version, Template: raw}, err
}

// ReplaceTemplate implements store.Store.
func (s Templates) ReplaceTemplate(ctx context.Context, imageID bonafide.ID, t bonafide.Template) error {
	row, err := rowOf(imageID, t)
	if err != nil {
		return err
	}
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := replace(ctx, tx, row); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*templateRow)(nil)).Where("image_id = ?", imageID).Exec(ctx); err != nil {
			return err
		}
		return Note(ctx, tx, imageID)
	})
}

// AddTemplate implements store.Store.
func (s Templates) AddTemplate(ctx context.Context, imageID bonafide.ID, t bonafide.Template) error {
	row, err := rowOf(imageID, t)
	if err != nil {
		return err
	}
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var there templateRow
		err := tx.NewSelect().Table("person_images").Column("model", "model_version").Where("id = ?", imageID).Scan(ctx, &there.Model, &there.ModelVersion)
		if err != nil {
			return table.Missing("Image", err)
		}
		if there.Model == row.Model && there.ModelVersion == row.ModelVersion {
			err = replace(ctx, tx, row)
		} else {
			_, err = tx.NewInsert().Model(&row).On("CONFLICT (image_id, model, model_version) DO UPDATE").Set("template = EXCLUDED.template").Exec(ctx)
		}
		if err != nil {
			return err
		}
		return Note(ctx, tx, imageID)
	})
}

// WithoutTemplate implements store.Store.
func (s Templates) WithoutTemplate(ctx context.Context, model bonafide.ModelRef, after bonafide.ID, limit int) ([]bonafide.ID, error) {
	var ids []bonafide.ID
	err := s.Reader().NewSelect().TableExpr("person_images AS image").Column("image.id").
		Where("image.id > ? AND NOT (image.model = ? AND image.model_version = ?)", after, model.Name, model.Version).
		Where("NOT EXISTS (SELECT 1 FROM person_templates AS own WHERE own.image_id = image.id AND own.model = ? AND own.model_version = ?)", model.Name, model.Version).
		Order("image.id").Limit(int64(limit)).Scan(ctx, &ids)
	return ids, table.Failure(err)
}

// KeepTemplates implements store.Store: first it puts templates of the model into the rows
// of their images, then it deletes what others made of such images.
func (s Templates) KeepTemplates(ctx context.Context, model bonafide.ModelRef, limit int) (done int, err error) {
	err = s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var rows []templateRow
		err := tx.NewSelect().Model(&rows).Where("own.model = ? AND own.model_version = ?", model.Name, model.Version).Limit(int64(limit)).Scan(ctx)
		if err != nil {
			return err
		}
		ids := make([]bonafide.ID, len(rows))
		for i, r := range rows {
			ids[i] = r.ImageID
			if err := replace(ctx, tx, r); err != nil {
				return err
			}
		}
		if len(rows) == 0 {
			err := tx.NewSelect().TableExpr("person_templates AS own").ColumnExpr("DISTINCT own.image_id").Join("JOIN person_images AS image ON image.id = own.image_id").
				Where("image.model = ? AND image.model_version = ?", model.Name, model.Version).Limit(int64(limit)).Scan(ctx, &ids)
			if err != nil {
				return err
			}
		}
		if done = len(ids); done == 0 {
			return nil
		}
		if _, err := tx.NewDelete().Model((*templateRow)(nil)).Where("image_id IN (?)", bun.List(ids)).Exec(ctx); err != nil {
			return err
		}
		return Note(ctx, tx, ids...)
	})
	return done, err
}

// PersonsOf implements store.Store.
func (s Templates) PersonsOf(ctx context.Context, imageIDs ...bonafide.ID) (map[bonafide.ID]bonafide.ID, error) {
	persons := make(map[bonafide.ID]bonafide.ID, len(imageIDs))
	if len(imageIDs) == 0 {
		return persons, nil
	}
	var rows []referenceRow
	if err := s.Reader().NewSelect().Model(&rows).Column("id", "person_id").Where("id IN (?)", bun.List(imageIDs)).Scan(ctx); err != nil {
		return nil, table.Failure(err)
	}
	for _, r := range rows {
		persons[r.ID] = r.PersonID
	}
	return persons, nil
}
