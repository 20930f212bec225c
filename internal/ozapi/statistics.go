package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
	"github.com/bonafide-id/bonafide/internal/store"
)

type statisticsRecords interface {
	FolderStatistics(ctx context.Context, scope bonafide.Scope, filters []bonafide.Filter) (*store.FolderStatistics, error)
}

func (a *api) statisticsResource() rest.Resource {
	return rest.Resource{Component: rest.ComponentStateful, Routes: []rest.Route{
		{Name: "countFolders", Method: get, Pattern: "/api/statistic/folders", Permission: auth.StatisticsRead,
			Summary: "Count folders by verdict, company and day, and analyses by type, in a window of time",
			Query:   request.Filters(query.StatisticsFields()), Out: wire.Statistics{}, Handle: a.folderStatistics},
	}}
}

func (a *api) folderStatistics(c *rest.Call) (*rest.Answer, error) {
	filters, err := query.Statistics(c.Values(), c.Now())
	if err != nil {
		return nil, err
	}
	st, err := a.Records.FolderStatistics(c.Context(), c.Scope, filters)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewStatistics(st))
}
