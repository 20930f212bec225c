package ozapi

import (
	"maps"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

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
	o, err := readOrders(body)
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
	q, err := query.FolderAnalyses(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	q.Filters = append(q.Filters, within([]bonafide.ID{f.ID}))
	page, err := a.Records.Analyses(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewAnalyses(page.Items, f, media[f.ID], a.links(c.Request)))
}

// readAnalysis answers one analysis.
func (a *api) readAnalysis(c *call) (*answer, error) {
	id, err := c.id("analyse_id", "Analysis")
	if err != nil {
		return nil, err
	}
	found, err := a.Records.Analysis(c.Context(), c.scope, id)
	if err != nil {
		return nil, err
	}
	views, err := a.viewScattered(c, []bonafide.Analysis{*found})
	if err != nil {
		return nil, err
	}
	return ok(views[0])
}

// listAnalyses answers a page of analyses of any folders.
func (a *api) listAnalyses(c *call) (*answer, error) {
	q, err := query.Analyses(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	page, err := a.Records.Analyses(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	views, err := a.viewScattered(c, page.Items)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewPage(q, page.Total, views))
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
