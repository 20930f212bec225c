package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/logged"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
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
	Class      bonafide.Class        `bun:"class"`

	OperatorComment string       `bun:"operator_comment"`
	OperatorID      bonafide.ID  `bun:"operator_id"`
	OperatorTime    table.Micros `bun:"operator_time"`
	TimeEnded       table.Micros `bun:"time_ended,nullzero"`

	Params        table.Document[bonafide.Params]  `bun:"params"`
	SourceMedia   table.Document[[]bonafide.ID]    `bun:"source_media"`
	Result        table.Document[*bonafide.Result] `bun:"result"`
	Digest        string                           `bun:"digest"` // see logged.Digest
	ErrorCode     bonafide.Code                    `bun:"error_code"`
	ErrorMessage  string                           `bun:"error_message"`
	Meta          table.Document[bonafide.Meta]    `bun:"meta"`
	TechnicalMeta table.Document[bonafide.Meta]    `bun:"technical_meta"`
	TimeCreated   table.Micros                     `bun:"time_created"`
	TimeUpdated   table.Micros                     `bun:"time_updated"`
}

func rowOfAnalysis(a *bonafide.Analysis) analysisRow {
	sources := a.SourceMedia
	if sources == nil {
		sources = []bonafide.ID{}
	}
	return analysisRow{
		ID: a.ID, FolderID: a.FolderID, CompanyID: a.CompanyID, GroupID: a.GroupID, Seq: a.Seq,
		Type: a.Type, State: a.State, Resolution: a.Resolution, Operator: a.Operator, Class: decision.ClassOfAnalysis(a), OperatorComment: table.Printable(a.OperatorComment),
		OperatorID: a.OperatorID, OperatorTime: table.MicrosOf(a.OperatorTime),
		Params: table.DocumentOf(a.Params), SourceMedia: table.DocumentOf(sources), Result: table.DocumentOf(a.Result),
		ErrorCode: a.ErrorCode, ErrorMessage: table.Printable(a.ErrorMessage),
		Meta: table.MetaOf(a.Meta), TechnicalMeta: table.MetaOf(a.TechnicalMeta),
		TimeCreated: table.MicrosOf(a.TimeCreated), TimeUpdated: table.MicrosOf(a.TimeUpdated),
	}
}

func (r *analysisRow) analysis() bonafide.Analysis {
	return bonafide.Analysis{
		ID: r.ID, FolderID: r.FolderID, CompanyID: r.CompanyID, GroupID: r.GroupID, Seq: r.Seq,
		Type: r.Type, State: r.State, Resolution: r.Resolution, Operator: r.Operator, OperatorComment: r.OperatorComment,
		OperatorID: r.OperatorID, OperatorTime: r.OperatorTime.Time(),
		Params: r.Params.V, SourceMedia: r.SourceMedia.V, Result: r.Result.V,
		ErrorCode: r.ErrorCode, ErrorMessage: r.ErrorMessage, Meta: r.Meta.V, TechnicalMeta: r.TechnicalMeta.V,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
}

// seal writes down the digest of what the analysis ended with.
func (r *analysisRow) seal() error {
	text, err := r.Result.Value()
	if err != nil {
		return err
	}
	result, _ := text.(string) // nil: there is none
	r.Digest = logged.Digest(r.ErrorCode, result)
	return nil
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
		return nil, table.Missing("Analysis", err)
	}
	a := row.analysis()
	return &a, nil
}

// Analyses implements store.Store.
func (s *Store) Analyses(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Analysis], error) {
	return table.Page(ctx, s, analysisList(scope), q, (*analysisRow).analysis)
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
		return nil, table.Failure(err)
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
		return nil, table.Failure(err)
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
	return listing.List{Owner: listing.OfFolder("analysis"), Scope: scope, Tie: "analysis.row_id", Key: "analysis.id", Fields: map[string]listing.Field{
		"analyse_id":        {Column: "analysis.id", Sorts: true},
		"analysis_id":       {Column: "analysis.id", Sorts: true},
		"folder_id":         {Column: "analysis.folder_id", Sorts: true},
		"group_id":          {Column: "analysis.group_id", Sorts: true},
		"company_id":        {Column: "analysis.company_id", Sorts: true, Null: true},
		"type":              {Column: "analysis.type", Sorts: true},
		"state":             {Type: listing.EitherOf, Column: "analysis.state", Second: inForce},
		"resolution":        {Column: inForce},
		"resolution_status": {Column: inForce},
		"class":             {Column: "analysis.class"},
		"reason":            {Type: listing.Related, Column: "EXISTS (SELECT 1 FROM analysis_reasons WHERE analysis_id = analysis.id AND code IN (?))"},
		"time_created":      {Type: listing.Instant, Column: "analysis.time_created", Sorts: true},
		"time_updated":      {Type: listing.Instant, Column: "analysis.time_updated", Sorts: true},
		"meta_data":         {Type: listing.Object, Column: "analysis.meta"},
	}}
}
