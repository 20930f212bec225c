package ozapi

import (
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

func statisticsRoutes() []route {
	return []route{
		{"GET", "/api/statistic/folders", auth.StatisticsRead, "Count folders by verdict, company and day, and analyses by type, in a window of time", (*api).folderStatistics},
	}
}

func (a *api) folderStatistics(c *call) (*answer, error) {
	filters, err := query.Statistics(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	st, err := a.Records.FolderStatistics(c.Context(), c.scope, filters)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewStatistics(st))
}
