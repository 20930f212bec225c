// Package reference keeps what galleries are filled from: the templates of photos of
// persons, and the numbered changes of them.
//
// A photo has the template of one model in its own row. While an installation goes from
// one model to another it has one of the other as well, in a table beside it, so that
// servers with either may be searched.
package reference

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

const (
	// referenceBatch is how many references, or changes of them, are read at a time.
	referenceBatch = 1000
	// keepChanges is how long changes of references are known. Whoever has not asked
	// for longer reads all references anew.
	keepChanges = time.Hour
)

// Templates implements store.References and store.Templates.
type Templates struct{ table.DB }

// changeRow is a change of references: of one image, or of a whole collection that
// was deleted.
type changeRow struct {
	bun.BaseModel `bun:"table:reference_changes,alias:change"`

	Number       int64        `bun:"number,pk"`
	ImageID      bonafide.ID  `bun:"image_id"`
	CollectionID bonafide.ID  `bun:"collection_id"` // empty unless it was deleted
	TimeCreated  table.Micros `bun:"time_created"`
}

// Note numbers changes of the references of images.
func Note(ctx context.Context, tx bun.Tx, images ...bonafide.ID) error {
	changes := make([]changeRow, len(images))
	for i, id := range images {
		changes[i].ImageID = id
	}
	return note(ctx, tx, changes...)
}

// NoteDropped numbers the deletion of a collection with all its references.
func NoteDropped(ctx context.Context, tx bun.Tx, collection bonafide.ID) error {
	return note(ctx, tx, changeRow{CollectionID: collection})
}

// note numbers changes of references. The counter is one row, which is held
// until the transaction ends: numbers rise in the order of the commits.
func note(ctx context.Context, tx bun.Tx, changes ...changeRow) error {
	if len(changes) == 0 {
		return nil
	}
	if _, err := tx.NewUpdate().Table("reference_counter").Set("number = number + ?", len(changes)).Where("TRUE").Exec(ctx); err != nil {
		return err
	}
	var last int64
	if err := tx.NewSelect().Table("reference_counter").Column("number").Scan(ctx, &last); err != nil {
		return err
	}
	at := table.Now()
	for i := range changes {
		changes[i].Number, changes[i].TimeCreated = last-int64(len(changes)-1-i), table.MicrosOf(at)
	}
	if _, err := tx.NewDelete().Model((*changeRow)(nil)).Where("time_created < ?", table.MicrosOf(at.Add(-keepChanges))).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.NewInsert().Model(&changes).Exec(ctx)
	return err
}

// referenceRow is what a gallery holds of an image.
type referenceRow struct {
	bun.BaseModel `bun:"table:person_images,alias:image"`

	RowID        int64       `bun:"row_id"`
	ID           bonafide.ID `bun:"id"`
	PersonID     bonafide.ID `bun:"person_id"`
	CollectionID bonafide.ID `bun:"collection_id"`
	Model        string      `bun:"model"`
	ModelVersion string      `bun:"model_version"`
	Template     []byte      `bun:"template"`
}

func (r *referenceRow) reference() (bonafide.Reference, error) {
	template, err := bonafide.DecodeTemplate(r.Template)
	if err != nil {
		return bonafide.Reference{}, Damaged(r.ID, err)
	}
	return bonafide.Reference{ImageID: r.ID, PersonID: r.PersonID, CollectionID: r.CollectionID, Template: template}, nil
}

// Damaged is the error of a template that cannot be read.
func Damaged(image bonafide.ID, err error) error {
	return bonafide.Wrap(bonafide.CodeDatabase, "The template of image "+string(image)+" is damaged", err)
}

// of selects images, each with the template of the model where it has one.
func of(db bun.IDB, rows *[]referenceRow, model bonafide.ModelRef) *bun.SelectQuery {
	return db.NewSelect().Model(rows).
		ColumnExpr("image.row_id, image.id, image.person_id, image.collection_id").
		ColumnExpr("coalesce(own.model, image.model) AS model, coalesce(own.model_version, image.model_version) AS model_version").
		ColumnExpr("coalesce(own.template, image.template) AS template").
		Join("LEFT JOIN person_templates AS own ON own.image_id = image.id AND own.model = ? AND own.model_version = ?", model.Name, model.Version)
}

// References implements store.Store. It reads a batch at a time, so that no reader
// stays open while each works.
func (s Templates) References(ctx context.Context, model bonafide.ModelRef, each func(bonafide.Reference) error) error {
	last := int64(0)
	for {
		var rows []referenceRow
		// The models are spelled so that no index on them is taken in place of the order.
		err := of(s.Reader(), &rows, model).
			Where("image.row_id > ? AND (own.image_id IS NOT NULL OR image.model || '' = ? AND image.model_version || '' = ?)", last, model.Name, model.Version).
			Order("image.row_id").Limit(referenceBatch).Scan(ctx)
		if err != nil {
			return table.Failure(err)
		}
		for i := range rows {
			last = rows[i].RowID
			ref, err := rows[i].reference()
			if err != nil {
				return err
			}
			if err := each(ref); err != nil {
				return err
			}
		}
		if len(rows) < referenceBatch {
			return nil
		}
	}
}

// ReferenceChanges implements store.Store. All is read in one transaction, as it was
// at one moment.
func (s Templates) ReferenceChanges(ctx context.Context, model bonafide.ModelRef, after int64, collectionID bonafide.ID) (store.ReferenceChanges, error) {
	var c store.ReferenceChanges
	err := s.Reader().RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		if c, err = changesAfter(ctx, tx, model, after); err != nil {
			return err
		}
		return countReferences(ctx, tx, &c, model, collectionID)
	})
	return c, table.Failure(err)
}

func changesAfter(ctx context.Context, tx bun.Tx, model bonafide.ModelRef, after int64) (store.ReferenceChanges, error) {
	c := store.ReferenceChanges{Last: after}
	var last int64
	if err := tx.NewSelect().Table("reference_counter").Column("number").Scan(ctx, &last); err != nil || last == after {
		return c, err
	}
	var rows []changeRow
	err := tx.NewSelect().Model(&rows).Where("number > ?", after).Order("number").Limit(referenceBatch).Scan(ctx)
	if err != nil {
		return c, err
	}
	if len(rows) == 0 || rows[0].Number != after+1 {
		return store.ReferenceChanges{Forgotten: true, Last: last}, nil
	}
	c.Last = rows[len(rows)-1].Number
	c.More = c.Last < last
	var touched []bonafide.ID
	for _, r := range rows {
		if r.CollectionID != "" {
			c.Dropped = append(c.Dropped, r.CollectionID)
			continue
		}
		touched = append(touched, r.ImageID)
	}
	return c, lookAt(ctx, tx, &c, model, touched)
}

// lookAt tells what has become of images.
func lookAt(ctx context.Context, tx bun.Tx, c *store.ReferenceChanges, model bonafide.ModelRef, images []bonafide.ID) error {
	if len(images) == 0 {
		return nil
	}
	var rows []referenceRow
	if err := of(tx, &rows, model).Where("image.id IN (?)", bun.List(images)).Scan(ctx); err != nil {
		return err
	}
	there := map[bonafide.ID]bool{}
	for i := range rows {
		there[rows[i].ID] = true
		if rows[i].Model != model.Name || rows[i].ModelVersion != model.Version {
			c.Foreign = append(c.Foreign, rows[i].ID)
			continue
		}
		ref, err := rows[i].reference()
		if err != nil {
			return err
		}
		c.Changed = append(c.Changed, ref)
	}
	for _, id := range images {
		if !there[id] {
			there[id] = true
			c.Gone = append(c.Gone, id)
		}
	}
	return nil
}

// countReferences counts those of a collection. Every search asks for it: what other
// models made is found in the gaps of the index. Templates beside the rows are looked up in
// the table of those, which is empty but while models change.
func countReferences(ctx context.Context, tx bun.Tx, c *store.ReferenceChanges, model bonafide.ModelRef, collectionID bonafide.ID) error {
	const of = "(SELECT count(*) FROM person_images WHERE collection_id = ?0 AND "
	var beside int
	err := tx.NewRaw("SELECT "+of+"model = ?1 AND model_version = ?2), "+
		of+"model < ?1) + "+of+"model > ?1) + "+
		of+"model = ?1 AND model_version < ?2) + "+of+"model = ?1 AND model_version > ?2), "+
		"(SELECT count(*) FROM person_templates AS own CROSS JOIN person_images AS image"+
		" WHERE own.model = ?1 AND own.model_version = ?2 AND image.id = own.image_id AND image.collection_id = ?0)",
		collectionID, model.Name, model.Version).Scan(ctx, &c.Held, &c.Outdated, &beside)
	c.Held, c.Outdated = c.Held+beside, c.Outdated-beside
	return err
}
