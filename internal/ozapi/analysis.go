package ozapi

import (
	"context"
	"maps"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
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

func analysisResource() resource {
	const inFolder, analysis = "/api/folders/{folder_id}/analyses", "/api/analyses/{analyse_id}"
	n := noun{"analyse_id", "Analysis", auth.AnalysisRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Records.Analysis(c.Context(), s, id))
	}}
	return resource{component: ComponentStateful, noun: n, routes: append([]route{
		{Name: "orderAnalyses", Method: post, Pattern: inFolder, Permission: auth.AnalysisOrder, Summary: "Order analyses on a folder",
			In: request.OrdersIn{}, Status: made, Out: []wire.Analysis{}, handle: (*api).orderAnalyses},
		{Name: "listFolderAnalyses", Method: get, Pattern: inFolder, Permission: auth.AnalysisRead, Summary: "List the analyses of a folder",
			Query: request.Listed(query.AnalysisFields(catalog.Types())), Out: []wire.Analysis{}, handle: (*api).folderAnalyses},
		{Name: "listAnalyses", Method: get, Pattern: "/api/analyses", Permission: auth.AnalysisRead, Summary: "List analyses",
			Query: request.Listed(query.AnalysisFields(catalog.Types())), Out: wire.Page[wire.Analysis]{}, handle: (*api).listAnalyses},
		{Name: "readAnalysis", Method: get, Pattern: analysis, Permission: auth.AnalysisRead, Summary: "Read an analysis",
			Out: wire.Analysis{}, handle: (*api).readAnalysis},
		{Name: "decideAnalysis", Method: patch, Pattern: analysis, Permission: auth.AnalysisDecide,
			Summary: "Decide on an analysis as operator; null takes the decision back", In: request.AnalysisDecisionIn{}, Out: wire.Analysis{}, handle: (*api).decideAnalysis},
		{Name: "deleteAnalysis", Method: del, Pattern: analysis, Permission: auth.AnalysisDelete, Summary: "Delete an analysis",
			Out: wire.Deleted{}, handle: (*api).deleteAnalysis},
	}, metaRoutes(analysis, n, bonafide.KindAnalysis, auth.AnalysisUpdate)...)}
}

// orderAnalyses orders a group. The answer is a bare array in the order asked.
func (a *api) orderAnalyses(c *call) (*answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	o, err := request.ReadOrders(body)
	if err != nil {
		return nil, err
	}
	analyses, err := a.Desk.Order(c.Context(), &c.caller.User, c.scope, f.ID, o)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	return created(wire.ViewAnalyses(analyses, f, media[f.ID], a.links(c.Request)))
}

// folderAnalyses answers a bare array.
func (a *api) folderAnalyses(c *call) (*answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	q, err := query.FolderAnalyses(c.values(), a.Now(), catalog.Types())
	if err != nil {
		return nil, err
	}
	q.Filters = append(q.Filters, within([]bonafide.ID{f.ID}))
	q.Runs = true
	page, err := a.Records.Analyses(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	return stream(a, c, []wire.Analysis{}, page.Next, func(run []bonafide.Analysis) ([]wire.Analysis, error) {
		return wire.ViewAnalyses(run, f, media[f.ID], a.links(c.Request)), nil
	})
}

// readAnalysis answers one analysis.
func (a *api) readAnalysis(c *call) (*answer, error) {
	found, err := find(c, "analyse_id", "Analysis", a.Records.Analysis)
	if err != nil {
		return nil, err
	}
	views, err := a.viewScattered(c, []bonafide.Analysis{*found})
	if err != nil {
		return nil, err
	}
	return ok(views[0])
}

func (a *api) deleteAnalysis(c *call) (*answer, error) {
	return c.delete("analyse_id", "Analysis", a.Records.DeleteAnalysis)
}

// listAnalyses answers a page of analyses of any folders.
func (a *api) listAnalyses(c *call) (*answer, error) {
	q, err := query.Analyses(c.values(), a.Now(), catalog.Types())
	if err != nil {
		return nil, err
	}
	q.Runs = true
	page, err := a.Records.Analyses(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	return stream(a, c, wire.ViewPage(q, page.Total, []wire.Analysis{}), page.Next, func(run []bonafide.Analysis) ([]wire.Analysis, error) {
		return a.viewScattered(c, run)
	})
}

// viewScattered renders analyses of several folders.
func (a *api) viewScattered(c *call, analyses []bonafide.Analysis) ([]wire.Analysis, error) {
	if len(analyses) == 0 {
		return []wire.Analysis{}, nil
	}
	folders := map[bonafide.ID]*bonafide.Folder{}
	for i := range analyses {
		folders[analyses[i].FolderID] = nil
	}
	ids := slices.Collect(maps.Keys(folders))
	page, err := a.Records.Folders(c.Context(), c.scope, bonafide.Query{Filters: []bonafide.Filter{within(ids)}, Limit: -1, OmitTotal: true})
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
			views = append(views, wire.ViewAnalysis(&analyses[i], f, media[id], a.links(c.Request)))
		}
	}
	return views, nil
}

func within(folders []bonafide.ID) bonafide.Filter {
	f := bonafide.Filter{Field: "folder_id", Op: bonafide.OpIn}
	for _, id := range folders {
		f.Values = append(f.Values, string(id))
	}
	return f
}
