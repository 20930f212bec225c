package ozapi

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// analysisRecords reads, decides and deletes analyses.
type analysisRecords interface {
	Analysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Analysis, error)
	Analyses(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Analysis], error)
	DecideAnalysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID, d bonafide.OperatorDecision) error
	DeleteAnalysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func (a *api) analysisResource() rest.Resource {
	const inFolder, analysis = "/api/folders/{folder_id}/analyses", "/api/analyses/{analyse_id}"
	n := rest.Noun{Param: "analyse_id", Name: "Analysis", Read: auth.AnalysisRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Records.Analysis(c.Context(), s, id))
	}}
	return rest.Resource{Component: rest.ComponentStateful, Noun: n, Routes: append([]rest.Route{
		{Name: "orderAnalyses", Method: post, Pattern: inFolder, Permission: auth.AnalysisOrder, Summary: "Order analyses on a folder",
			In: request.OrdersIn{}, Status: made, Out: []wire.Analysis{}, Handle: a.orderAnalyses},
		{Name: "listFolderAnalyses", Method: get, Pattern: inFolder, Permission: auth.AnalysisRead, Summary: "List the analyses of a folder",
			Query: request.Listed(query.AnalysisFields(catalog.Types())), Out: []wire.Analysis{}, Handle: a.folderAnalyses},
		{Name: "listAnalyses", Method: get, Pattern: "/api/analyses", Permission: auth.AnalysisRead, Summary: "List analyses",
			Query: request.Listed(query.AnalysisFields(catalog.Types())), Out: wire.Page[wire.Analysis]{}, Handle: a.listAnalyses},
		{Name: "readAnalysis", Method: get, Pattern: analysis, Permission: auth.AnalysisRead, Summary: "Read an analysis",
			Out: wire.Analysis{}, Handle: a.readAnalysis},
		{Name: "decideAnalysis", Method: patch, Pattern: analysis, Permission: auth.AnalysisDecide,
			Summary: "Decide on an analysis as operator; null takes the decision back", In: request.AnalysisDecisionIn{}, Out: wire.Analysis{}, Handle: a.decideAnalysis},
		{Name: "deleteAnalysis", Method: del, Pattern: analysis, Permission: auth.AnalysisDelete, Summary: "Delete an analysis",
			Out: wire.Deleted{}, Handle: a.deleteAnalysis},
	}, a.metaRoutes(analysis, n, bonafide.KindAnalysis, auth.AnalysisUpdate)...)}
}

// orderAnalyses orders a group. The answer is a bare array in the order asked.
func (a *api) orderAnalyses(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	o, err := rest.Body(c, request.ReadOrders)
	if err != nil {
		return nil, err
	}
	views, err := a.order(c, f, o)
	if err != nil {
		return nil, err
	}
	return rest.Created(views)
}

// order orders analyses on a folder.
func (a *api) order(c *rest.Call, f *bonafide.Folder, o intake.Orders) ([]wire.Analysis, error) {
	analyses, err := a.Desk.Order(c.Context(), &c.Caller.User, c.Scope, f.ID, o)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	return wire.ViewAnalyses(analyses, f, media[f.ID], c.Links()), nil
}

// folderAnalyses answers a bare array.
func (a *api) folderAnalyses(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	_, page, err := rest.Runs(c, ofTypes(query.FolderAnalyses), a.Records.Analyses, among("folder_id", f.ID))
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	return rest.Stream(c, []wire.Analysis{}, page.Next, func(run []bonafide.Analysis) ([]wire.Analysis, error) {
		return wire.ViewAnalyses(run, f, media[f.ID], c.Links()), nil
	})
}

// readAnalysis answers one analysis.
func (a *api) readAnalysis(c *rest.Call) (*rest.Answer, error) {
	found, err := rest.Find(c, "analyse_id", "Analysis", a.Records.Analysis)
	if err != nil {
		return nil, err
	}
	views, err := a.viewScattered(c, []bonafide.Analysis{*found})
	if err != nil {
		return nil, err
	}
	return rest.OK(views[0])
}

func (a *api) deleteAnalysis(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("analyse_id", "Analysis", a.Records.DeleteAnalysis)
}

// listAnalyses answers a page of analyses of any folders.
func (a *api) listAnalyses(c *rest.Call) (*rest.Answer, error) {
	q, page, err := rest.Runs(c, ofTypes(query.Analyses), a.Records.Analyses)
	if err != nil {
		return nil, err
	}
	return rest.Stream(c, wire.ViewPage(q, page.Total, []wire.Analysis{}), page.Next, func(run []bonafide.Analysis) ([]wire.Analysis, error) {
		return a.viewScattered(c, run)
	})
}

// viewScattered renders analyses of several folders.
func (a *api) viewScattered(c *rest.Call, analyses []bonafide.Analysis) ([]wire.Analysis, error) {
	if len(analyses) == 0 {
		return []wire.Analysis{}, nil
	}
	folders := map[bonafide.ID]*bonafide.Folder{}
	for i := range analyses {
		folders[analyses[i].FolderID] = nil
	}
	ids := slices.Collect(maps.Keys(folders))
	page, err := a.Records.Folders(c.Context(), c.Scope, bonafide.Query{Filters: []bonafide.Filter{among("folder_id", ids...)}, Limit: -1, OmitTotal: true})
	if err != nil {
		return nil, err
	}
	for i := range page.Items {
		folders[page.Items[i].ID] = &page.Items[i]
	}
	media, err := a.Records.MediaOf(c.Context(), ids...)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Analysis, 0, len(analyses))
	for i := range analyses {
		id := analyses[i].FolderID
		if f := folders[id]; f != nil { // else deleted since
			views = append(views, wire.ViewAnalysis(&analyses[i], f, media[id], c.Links()))
		}
	}
	return views, nil
}

// ofTypes reads the query of a list of analyses, which may name their types.
func ofTypes(parse func(url.Values, time.Time, []bonafide.AnalysisType) (bonafide.Query, error)) rest.Parser {
	return func(v url.Values, now time.Time) (bonafide.Query, error) { return parse(v, now, catalog.Types()) }
}

// among finds what has one of the identifiers in a field.
func among(field string, ids ...bonafide.ID) bonafide.Filter {
	f := bonafide.Filter{Field: field, Op: bonafide.OpIn}
	for _, id := range ids {
		f.Values = append(f.Values, string(id))
	}
	return f
}
