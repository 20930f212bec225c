package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

type analysisRow struct {
	bun.BaseModel `bun:"table:analyses,alias:analysis"`

	ID         bonafide.ID           `bun:"id,pk"`
	FolderID   bonafide.ID           `bun:"folder_id"`
	CompanyID  bonafide.ID           `bun:"company_id,nullzero"`
	GroupID    bonafide.ID           `bun:"group_id"`
	Seq        int                   `bun:"seq"`
	Type       bonafide.AnalysisType `bun:"type"`
	State      bonafide.Status       `bun:"state"`
	Resolution bonafide.Status       `bun:"resolution"`
	Operator   bonafide.Status       `bun:"operator"`

	OperatorComment string `bun:"operator_comment"`
	TimeEnded       micros `bun:"time_ended,nullzero"`

	Params        document[bonafide.Params]  `bun:"params"`
	SourceMedia   document[[]bonafide.ID]    `bun:"source_media"`
	Result        document[*bonafide.Result] `bun:"result"`
	ErrorCode     bonafide.Code              `bun:"error_code"`
	ErrorMessage  string                     `bun:"error_message"`
	Meta          document[bonafide.Meta]    `bun:"meta"`
	TechnicalMeta document[bonafide.Meta]    `bun:"technical_meta"`
	TimeCreated   micros                     `bun:"time_created"`
	TimeUpdated   micros                     `bun:"time_updated"`
}

func rowOfAnalysis(a *bonafide.Analysis) analysisRow {
	sources := a.SourceMedia
	if sources == nil {
		sources = []bonafide.ID{}
	}
	return analysisRow{
		ID: a.ID, FolderID: a.FolderID, CompanyID: a.CompanyID, GroupID: a.GroupID, Seq: a.Seq,
		Type: a.Type, State: a.State, Resolution: a.Resolution, Operator: a.Operator, OperatorComment: printable(a.OperatorComment),
		Params: documentOf(a.Params), SourceMedia: documentOf(sources), Result: documentOf(a.Result),
		ErrorCode: a.ErrorCode, ErrorMessage: printable(a.ErrorMessage),
		Meta: metaOf(a.Meta), TechnicalMeta: metaOf(a.TechnicalMeta),
		TimeCreated: microsOf(a.TimeCreated), TimeUpdated: microsOf(a.TimeUpdated),
	}
}

func (r *analysisRow) analysis() bonafide.Analysis {
	return bonafide.Analysis{
		ID: r.ID, FolderID: r.FolderID, CompanyID: r.CompanyID, GroupID: r.GroupID, Seq: r.Seq,
		Type: r.Type, State: r.State, Resolution: r.Resolution, Operator: r.Operator, OperatorComment: r.OperatorComment,
		Params: r.Params.V, SourceMedia: r.SourceMedia.V, Result: r.Result.V,
		ErrorCode: r.ErrorCode, ErrorMessage: r.ErrorMessage, Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.time(), TimeUpdated: r.TimeUpdated.time(),
	}
}

func analysesOf(rows []analysisRow) []bonafide.Analysis {
	analyses := make([]bonafide.Analysis, len(rows))
	for i := range rows {
		analyses[i] = rows[i].analysis()
	}
	return analyses
}

// Analysis implements store.Store.
func (s *Store) Analysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Analysis, error) {
	var row analysisRow
	q := s.Reader().NewSelect().Model(&row).Where("analysis.id = ?", id)
	if err := listing.OfFolder("analysis").Within(q, scope).Scan(ctx); err != nil {
		return nil, missing("Analysis", err)
	}
	a := row.analysis()
	return &a, nil
}

// Analyses implements store.Store.
func (s *Store) Analyses(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Analysis], error) {
	return page(ctx, s, analysisList(scope), q, (*analysisRow).analysis)
}

// AnalysesOf implements store.Store.
func (s *Store) AnalysesOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Analysis, error) {
	byFolder := make(map[bonafide.ID][]bonafide.Analysis, len(folderIDs))
	if len(folderIDs) == 0 {
		return byFolder, nil
	}
	var rows []analysisRow
	err := s.Reader().NewSelect().Model(&rows).Where("folder_id IN (?)", bun.List(folderIDs)).Order("row_id").Scan(ctx)
	if err != nil {
		return nil, Failure(err)
	}
	for _, a := range analysesOf(rows) {
		byFolder[a.FolderID] = append(byFolder[a.FolderID], a)
	}
	return byFolder, nil
}

// Group implements store.Store.
func (s *Store) Group(ctx context.Context, groupID bonafide.ID) ([]bonafide.Analysis, error) {
	rows, err := groupRows(ctx, s.Reader(), groupID)
	if err != nil {
		return nil, Failure(err)
	}
	return analysesOf(rows), nil
}

func groupRows(ctx context.Context, db bun.IDB, groupID bonafide.ID) ([]analysisRow, error) {
	var rows []analysisRow
	if err := db.NewSelect().Model(&rows).Where("group_id = ?", groupID).Order("row_id").Scan(ctx); err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Group of analyses not found")
	}
	return rows, nil
}

// inForce is the resolution of an analysis that clients are shown.
const inForce = "CASE WHEN analysis.operator <> '' THEN analysis.operator ELSE analysis.resolution END"

func analysisList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.OfFolder("analysis"), Scope: scope, Tie: "analysis.row_id", Fields: map[string]listing.Field{
		"analyse_id":        {Column: "analysis.id", Sorts: true},
		"analysis_id":       {Column: "analysis.id", Sorts: true},
		"folder_id":         {Column: "analysis.folder_id", Sorts: true},
		"group_id":          {Column: "analysis.group_id", Sorts: true},
		"company_id":        {Column: "analysis.company_id", Sorts: true},
		"type":              {Column: "analysis.type", Sorts: true},
		"state":             {Type: listing.EitherOf, Column: "analysis.state", Second: inForce},
		"resolution":        {Column: inForce},
		"resolution_status": {Column: inForce},
		"time_created":      {Type: listing.Instant, Column: "analysis.time_created", Sorts: true},
		"time_updated":      {Type: listing.Instant, Column: "analysis.time_updated", Sorts: true},
		"meta_data":         {Type: listing.Object, Column: "analysis.meta"},
	}}
}
