package rows

import (
	"context"
	"maps"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/capture"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type folderRow struct {
	bun.BaseModel `bun:"table:folders,alias:folder"`

	ID                 bonafide.ID                   `bun:"id,pk"`
	CompanyID          bonafide.ID                   `bun:"company_id,nullzero"`
	UserID             bonafide.ID                   `bun:"user_id,nullzero"`
	ResolutionStatus   bonafide.Status               `bun:"resolution_status"`
	SystemResolution   bonafide.Status               `bun:"system_resolution"`
	Overall            bonafide.Status               `bun:"overall_resolution"`
	ResolutionEndpoint string                        `bun:"resolution_endpoint"`
	OperatorStatus     bonafide.Status               `bun:"operator_status"`
	OperatorComment    string                        `bun:"operator_comment"`
	OperatorID         bonafide.ID                   `bun:"operator_id"`
	OperatorTime       table.Micros                  `bun:"operator_time"`
	ResolutionTime     table.Micros                  `bun:"resolution_time,nullzero"`
	LegalHold          bool                          `bun:"legal_hold"`
	Cleared            bool                          `bun:"cleared"`
	Meta               table.Document[bonafide.Meta] `bun:"meta"`
	TechnicalMeta      table.Document[bonafide.Meta] `bun:"technical_meta"`
	TimeCreated        table.Micros                  `bun:"time_created"`
	TimeUpdated        table.Micros                  `bun:"time_updated"`
}

func rowOfFolder(f *bonafide.Folder) *folderRow {
	return &folderRow{
		ID: f.ID, CompanyID: f.CompanyID, UserID: f.UserID,
		ResolutionStatus: f.State.ResolutionStatus, SystemResolution: f.State.SystemResolution, Overall: f.State.Overall,
		ResolutionEndpoint: table.Printable(f.ResolutionEndpoint),
		OperatorStatus:     f.OperatorStatus, OperatorComment: table.Printable(f.OperatorComment),
		OperatorID: f.OperatorID, OperatorTime: table.MicrosOf(f.OperatorTime),
		ResolutionTime: table.MicrosOf(f.ResolutionTime), LegalHold: f.LegalHold, Cleared: f.Cleared,
		Meta: table.MetaOf(f.Meta), TechnicalMeta: table.MetaOf(f.TechnicalMeta),
		TimeCreated: table.MicrosOf(f.TimeCreated), TimeUpdated: table.MicrosOf(f.TimeUpdated),
	}
}

func (r *folderRow) folder() bonafide.Folder {
	return bonafide.Folder{
		ID: r.ID, CompanyID: r.CompanyID, UserID: r.UserID, State: r.state(),
		ResolutionEndpoint: r.ResolutionEndpoint,
		OperatorStatus:     r.OperatorStatus, OperatorComment: r.OperatorComment,
		OperatorID: r.OperatorID, OperatorTime: r.OperatorTime.Time(),
		ResolutionTime: r.ResolutionTime.Time(), LegalHold: r.LegalHold, Cleared: r.Cleared,
		Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
}

func (r *folderRow) state() bonafide.FolderState {
	return bonafide.FolderState{ResolutionStatus: r.ResolutionStatus, SystemResolution: r.SystemResolution, Overall: r.Overall}
}

// CreateFolder implements store.Store. It writes state, missing times, and the
// folder's ids into what it is given.
func (s *Store) CreateFolder(ctx context.Context, f *bonafide.Folder, media []bonafide.Media, order *store.Order) error {
	return s.createFolder(ctx, f, media, order, func(context.Context, bun.Tx) error { return nil })
}

// CreateCapturedFolder implements store.Store.
func (s *Store) CreateCapturedFolder(ctx context.Context, f *bonafide.Folder, media []bonafide.Media, order *store.Order, use store.CaptureUse) error {
	return s.createFolder(ctx, f, media, order, func(ctx context.Context, tx bun.Tx) error { return capture.Spend(ctx, tx, use, f.ID) })
}

// createFolder stores a folder, and does first what else belongs to the transaction.
func (s *Store) createFolder(ctx context.Context, f *bonafide.Folder, media []bonafide.Media, order *store.Order, first func(context.Context, bun.Tx) error) error {
	table.Stamp(&f.TimeCreated, &f.TimeUpdated)
	f.State = s.settle(nil)
	row := rowOfFolder(f)
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := first(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return err
		}
		if err := s.keepMedia(ctx, tx, row, media); err != nil || order == nil {
			return err
		}
		return s.order(ctx, tx, row, order)
	})
	if err != nil {
		return err
	}
	f.State, f.ResolutionTime, f.TimeUpdated = row.state(), row.ResolutionTime.Time(), row.TimeUpdated.Time()
	if order != nil {
		s.Wake()
	}
	return nil
}

// AddToFolder implements store.Store. It writes missing times and states, and the
// folder's ids, into media and analyses.
func (s *Store) AddToFolder(ctx context.Context, id bonafide.ID, a store.Addition) error {
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := new(folderRow)
		if err := s.Hold(tx.NewSelect().Model(row)).Where("id = ?", id).Scan(ctx); err != nil {
			return table.Missing("Folder", err)
		}
		if err := s.addMedia(ctx, tx, row, a); err != nil {
			return err
		}
		maps.Copy(row.Meta.V, a.Meta)
		if a.Endpoint != "" {
			row.ResolutionEndpoint = table.Printable(a.Endpoint)
		}
		row.TimeUpdated = table.MicrosOf(table.Now())
		_, err := tx.NewUpdate().Model(row).Column("meta", "resolution_endpoint", "time_updated").WherePK().Exec(ctx)
		if err != nil || a.Order == nil {
			return err
		}
		return s.order(ctx, tx, row, a.Order)
	})
	if err == nil && a.Order != nil {
		s.Wake()
	}
	return err
}

// addMedia adds media to a folder that may have no more than so many.
func (s *Store) addMedia(ctx context.Context, tx bun.Tx, f *folderRow, a store.Addition) error {
	if a.MaxMedia > 0 && len(a.Media) > 0 {
		n, err := tx.NewSelect().Model((*mediaRow)(nil)).Where("folder_id = ?", f.ID).Count(ctx)
		if err != nil {
			return err
		}
		if int(n)+len(a.Media) > a.MaxMedia {
			return bonafide.Errorf(bonafide.CodeTooLarge, "Too many files in one folder, at most %d", a.MaxMedia)
		}
	}
	return s.keepMedia(ctx, tx, f, a.Media)
}

// keepMedia adds media to a folder, as far as its company may have them.
func (s *Store) keepMedia(ctx context.Context, tx bun.Tx, f *folderRow, media []bonafide.Media) error {
	adopt(f, media)
	if err := insertMedia(ctx, tx, media); err != nil {
		return err
	}
	return s.quotas.CheckBytes(ctx, tx, f.CompanyID)
}

func folderByID(ctx context.Context, db bun.IDB, id bonafide.ID) (*folderRow, error) {
	row := new(folderRow)
	if err := db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, table.Missing("Folder", err)
	}
	return row, nil
}

func keptFolder() table.Kept[folderRow, bonafide.Folder] {
	return table.Kept[folderRow, bonafide.Folder]{Noun: "Folder", Alias: "folder", Owner: folderOwner(), Of: (*folderRow).folder, Row: rowOfFolder,
		Updated: func(t *bonafide.Folder) *time.Time { return &t.TimeUpdated }, Columns: []string{"resolution_endpoint", "legal_hold", "meta", "technical_meta", "time_updated"}}
}

// Folder implements store.Store.
func (s *Store) Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error) {
	return table.Find(ctx, s.DB, keptFolder(), scope, id)
}

// ChangeFolder implements store.Store.
func (s *Store) ChangeFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*bonafide.Folder) error) (*bonafide.Folder, error) {
	return table.Change(ctx, s.DB, keptFolder(), scope, id, do, nil)
}

// Folders implements store.Store.
func (s *Store) Folders(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Folder], error) {
	return table.Page(ctx, s, folderList(scope), q, (*folderRow).folder)
}

func folderOwner() listing.Owner {
	return listing.Owner{Company: "folder.company_id = ?", User: "folder.user_id = ?"}
}

func folderList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: folderOwner(), Scope: scope, Count: table.CountFolders, Tie: "folder.row_id", Key: "folder.id", Fields: map[string]listing.Field{
		"folder_id":             {Column: "folder.id", Sorts: true},
		"company_id":            {Column: "folder.company_id", Sorts: true, Null: true},
		"user_id":               {Column: "folder.user_id", Sorts: true, Null: true},
		"resolution_status":     {Type: listing.ByValue, Column: "folder.resolution_status", Second: "folder.system_resolution", InFirst: lifecycle},
		"system_resolution":     {Column: "folder.system_resolution"},
		"system_resolution_all": {Column: "folder.overall_resolution"},
		"class":                 {Type: listing.Related, Column: "EXISTS (SELECT 1 FROM analyses WHERE folder_id = folder.id AND class IN (?))"},
		"reason":                {Type: listing.Related, Column: "EXISTS (SELECT 1 FROM analysis_reasons WHERE folder_id = folder.id AND code IN (?))"},
		"time_created":          {Type: listing.Instant, Column: "folder.time_created", Sorts: true},
		"time_updated":          {Type: listing.Instant, Column: "folder.time_updated", Sorts: true},
		"meta_data":             {Type: listing.Object, Column: "folder.meta"},
	}}
}

// lifecycle tells the words that a folder's resolution_status may hold; the
// others are verdicts.
func lifecycle(s bonafide.Status) bool {
	switch s {
	case bonafide.Initial, bonafide.Processing, bonafide.Failed, bonafide.Finished:
		return true
	}
	return false
}
