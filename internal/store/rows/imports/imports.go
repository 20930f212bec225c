// Package imports keeps the photos that are taken into collections in the background,
// until they are photos of persons.
package imports

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Keeper implements store.Imports.
type Keeper struct {
	table.DB
	// Enrol stores photos of a person within a transaction, and the person where they
	// are not there yet.
	Enrol func(ctx context.Context, tx bun.Tx, p *bonafide.Person, existing bool, images []bonafide.PersonImage) error
}

type importRow struct {
	bun.BaseModel `bun:"table:imports,alias:import"`

	ID           bonafide.ID  `bun:"id,pk"`
	CompanyID    bonafide.ID  `bun:"company_id,nullzero"`
	CollectionID bonafide.ID  `bun:"collection_id"`
	UserID       bonafide.ID  `bun:"user_id"`
	DryRun       bool         `bun:"dry_run"`
	RefuseNear   bool         `bun:"refuse_near"`
	Listed       bool         `bun:"listed"`
	Arrived      int          `bun:"arrived"` // files that came after it was made, for the audit log
	Served       table.Micros `bun:"served"`  // when a file was last leased
	TimeCreated  table.Micros `bun:"time_created"`
	TimeUpdated  table.Micros `bun:"time_updated"`
}

func (r *importRow) of() store.Import {
	return store.Import{ID: r.ID, CompanyID: r.CompanyID, CollectionID: r.CollectionID, UserID: r.UserID, DryRun: r.DryRun, RefuseNear: r.RefuseNear,
		Listed: r.Listed, TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(), Files: map[store.ImportState]int{}}
}

func rowOfImport(im *store.Import) *importRow {
	return &importRow{ID: im.ID, CompanyID: im.CompanyID, CollectionID: im.CollectionID, UserID: im.UserID, DryRun: im.DryRun, RefuseNear: im.RefuseNear,
		Listed: im.Listed, TimeCreated: table.MicrosOf(im.TimeCreated), TimeUpdated: table.MicrosOf(im.TimeUpdated)}
}

const millionths = 1e6

type fileRow struct {
	bun.BaseModel `bun:"table:import_files,alias:import_file"`

	ImportID    bonafide.ID                   `bun:"import_id"`
	Number      int                           `bun:"number"`
	Name        string                        `bun:"name"`
	PersonID    bonafide.ID                   `bun:"person_id"`
	Existing    bool                          `bun:"existing"`
	ExternalID  string                        `bun:"external_id"`
	Tags        table.Document[[]string]      `bun:"tags"`
	Meta        table.Document[bonafide.Meta] `bun:"meta"`
	FileKey     string                        `bun:"file_key,nullzero"`
	Digest      string                        `bun:"digest"`
	State       store.ImportState             `bun:"state"`
	Reason      string                        `bun:"reason"`
	Message     string                        `bun:"message"`
	NearID      bonafide.ID                   `bun:"near_id"`
	Similarity  int64                         `bun:"similarity"` // millionths
	ImageID     bonafide.ID                   `bun:"image_id"`
	Attempts    int                           `bun:"attempts"`
	LeasedUntil table.Micros                  `bun:"leased_until"`

	Photo *table.FileRow `bun:"rel:belongs-to,join:file_key=key"`
}

func (r *fileRow) of() store.ImportFile {
	f := store.ImportFile{ImportID: r.ImportID, Number: r.Number, Name: r.Name, PersonID: r.PersonID, Existing: r.Existing, ExternalID: r.ExternalID,
		Tags: r.Tags.V, Meta: r.Meta.V, Digest: r.Digest, State: r.State, Reason: r.Reason, Message: r.Message, NearID: r.NearID,
		Similarity: float64(r.Similarity) / millionths, ImageID: r.ImageID, Attempts: r.Attempts}
	if r.Photo != nil && r.FileKey != "" {
		photo := r.Photo.File()
		f.Photo = &photo
	}
	return f
}

func rowOfFile(f *store.ImportFile) fileRow {
	tags := f.Tags
	if tags == nil {
		tags = []string{}
	}
	r := fileRow{ImportID: f.ImportID, Number: f.Number, Name: table.Printable(f.Name), PersonID: f.PersonID, Existing: f.Existing, ExternalID: table.Printable(f.ExternalID),
		Tags: table.DocumentOf(tags), Meta: table.MetaOf(f.Meta), Digest: f.Digest, State: f.State, Reason: f.Reason, Message: table.Printable(f.Message),
		NearID: f.NearID, Similarity: int64(math.Round(f.Similarity * millionths)), ImageID: f.ImageID, Attempts: f.Attempts}
	if f.Photo != nil {
		r.FileKey, r.Digest = f.Photo.Key, f.Photo.Digest
	}
	return r
}

func importList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfCompany("import"), Scope: scope, Tie: "import.row_id", Key: "import.id", Fields: map[string]listing.Field{
		"import_id":     {Column: "import.id", Sorts: true},
		"collection_id": {Column: "import.collection_id"},
		"time_created":  {Type: listing.Instant, Column: "import.time_created", Sorts: true},
		"time_updated":  {Type: listing.Instant, Column: "import.time_updated", Sorts: true},
	}}
}

func fileList() listing.List {
	return listing.List{Tie: "import_file.number", Fields: map[string]listing.Field{
		"import_id": {Column: "import_file.import_id"},
		"state":     {Column: "import_file.state"},
		"reason":    {Column: "import_file.reason"},
	}}
}

// CreateImport implements store.Store.
func (s Keeper) CreateImport(ctx context.Context, im *store.Import, files []store.ImportFile) error {
	table.Stamp(&im.TimeCreated, &im.TimeUpdated)
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := forgetOld(ctx, tx); err != nil {
			return err
		}
		n, err := tx.NewSelect().Model((*importRow)(nil)).Where("collection_id = ?", im.CollectionID).Count(ctx)
		if err != nil {
			return err
		}
		if int(n) >= store.MaxImports {
			return bonafide.Errorf(bonafide.CodeFull, "There are %d imports of the collection, one of them must be deleted first", n)
		}
		if _, err := tx.NewInsert().Model(rowOfImport(im)).Exec(ctx); err != nil {
			return err
		}
		return insertFiles(ctx, tx, im.ID, 0, files)
	})
}

// insertFiles stores files of an import behind so many others.
func insertFiles(ctx context.Context, tx bun.Tx, id bonafide.ID, behind int, files []store.ImportFile) error {
	if behind+len(files) > store.MaxImportFiles {
		return bonafide.Errorf(bonafide.CodeFull, "An import has at most %d files", store.MaxImportFiles)
	}
	for i := range files {
		files[i].ImportID, files[i].Number = id, behind+i+1
	}
	for some := range slices.Chunk(files, 500) {
		var photos []bonafide.File
		rows := make([]fileRow, len(some))
		for i := range some {
			rows[i] = rowOfFile(&some[i])
			if some[i].Photo != nil {
				photos = append(photos, *some[i].Photo)
			}
		}
		if err := table.InsertFiles(ctx, tx, photos); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// forgetOld deletes imports that nothing has changed of for long.
func forgetOld(ctx context.Context, tx bun.Tx) error {
	var old []bonafide.ID
	err := tx.NewSelect().Model((*importRow)(nil)).Column("id").Where("time_updated < ?", table.MicrosOf(table.Now().Add(-store.KeepImports))).Limit(10).Scan(ctx, &old)
	if err != nil {
		return err
	}
	return forget(ctx, tx, old)
}

func forget(ctx context.Context, tx bun.Tx, ids []bonafide.ID) error {
	if len(ids) == 0 {
		return nil
	}
	if err := dropFiles(ctx, tx, "import_id", ids...); err != nil {
		return err
	}
	_, err := tx.NewDelete().Model((*importRow)(nil)).Where("id IN (?)", bun.List(ids)).Exec(ctx)
	return err
}

// dropFiles deletes files of imports, with their photos, whose column has one of the
// values.
func dropFiles(ctx context.Context, tx bun.Tx, column string, values ...bonafide.ID) error {
	var keys []string
	err := tx.NewSelect().Model((*fileRow)(nil)).Column("file_key").Where("? IN (?)", bun.Ident(column), bun.List(values)).Where("file_key IS NOT NULL").Scan(ctx, &keys)
	if err != nil {
		return err
	}
	if _, err := tx.NewDelete().Model((*fileRow)(nil)).Where("? IN (?)", bun.Ident(column), bun.List(values)).Exec(ctx); err != nil {
		return err
	}
	for some := range slices.Chunk(keys, 1000) {
		if err := table.DeleteFiles(ctx, tx, some); err != nil {
			return err
		}
	}
	return nil
}

// ForgetPerson deletes what imports know of a person who is deleted.
func ForgetPerson(ctx context.Context, tx bun.Tx, id bonafide.ID) error {
	return dropFiles(ctx, tx, "person_id", id)
}

// ForgetCollection deletes the imports of a collection that is deleted.
func ForgetCollection(ctx context.Context, tx bun.Tx, id bonafide.ID) error {
	var ids []bonafide.ID
	if err := tx.NewSelect().Model((*importRow)(nil)).Column("id").Where("collection_id = ?", id).Scan(ctx, &ids); err != nil {
		return err
	}
	return forget(ctx, tx, ids)
}

func keptImport() table.Kept[importRow, store.Import] {
	return table.Kept[importRow, store.Import]{Noun: "Import", Alias: "import", Owner: listing.OfCompany("import"), Of: (*importRow).of, Row: rowOfImport,
		Updated: func(im *store.Import) *time.Time { return &im.TimeUpdated }, Columns: []string{"dry_run", "time_updated"}}
}

// Import implements store.Store.
func (s Keeper) Import(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*store.Import, error) {
	im, err := table.Find(ctx, s.DB, keptImport(), scope, id)
	if err != nil {
		return nil, err
	}
	one := []store.Import{*im}
	err = s.count(ctx, one)
	return &one[0], err
}

// count fills in how many files imports have.
func (s Keeper) count(ctx context.Context, all []store.Import) error {
	if len(all) == 0 {
		return nil
	}
	at, ids := map[bonafide.ID]int{}, make([]bonafide.ID, len(all))
	for i := range all {
		ids[i], at[all[i].ID] = all[i].ID, i
	}
	var rows []struct {
		ImportID bonafide.ID       `bun:"import_id"`
		State    store.ImportState `bun:"state"`
		Files    int               `bun:"files"`
	}
	err := s.Reader().NewSelect().Model((*fileRow)(nil)).Column("import_id", "state").ColumnExpr("count(*) AS files").
		Where("import_id IN (?)", bun.List(ids)).Group("import_id", "state").Scan(ctx, &rows)
	for _, r := range rows {
		all[at[r.ImportID]].Files[r.State] = r.Files
	}
	return table.Failure(err)
}

// Imports implements store.Store.
func (s Keeper) Imports(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[store.Import], error) {
	page, err := table.Page(ctx, s, importList(scope), q, (*importRow).of)
	if err != nil {
		return page, err
	}
	if next := page.Next; next != nil {
		page.Next = func(ctx context.Context, most int) ([]store.Import, error) {
			items, err := next(ctx, most)
			if err == nil {
				err = s.count(ctx, items)
			}
			return items, err
		}
	}
	return page, s.count(ctx, page.Items)
}

// ImportFiles implements store.Store.
func (s Keeper) ImportFiles(ctx context.Context, q bonafide.Query) (bonafide.Page[store.ImportFile], error) {
	return table.Page(ctx, s, fileList(), q, (*fileRow).of)
}

// DeleteImport implements store.Store.
func (s Keeper) DeleteImport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		there, err := listing.OfCompany("import").Within(tx.NewSelect().Model((*importRow)(nil)).Where("import.id = ?", id), scope).Exists(ctx)
		if err != nil {
			return err
		}
		if !there {
			return bonafide.Errorf(bonafide.CodeNotFound, "Import not found")
		}
		return forget(ctx, tx, []bonafide.ID{id})
	})
}
