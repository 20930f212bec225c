package ozapi

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// decideAnalysis puts an operator's decision over what the system found.
func (a *api) decideAnalysis(c *rest.Call) (*rest.Answer, error) {
	id, err := c.ID("analyse_id", "Analysis")
	if err != nil {
		return nil, err
	}
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	d, err := request.ReadDecision(body, "resolution_operator")
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, body.Need("", "resolution_operator")
	}
	if err := a.Records.DecideAnalysis(c.Context(), c.Scope, id, *d); err != nil {
		return nil, err
	}
	return a.readAnalysis(c)
}

// decideFolder puts an operator's decision beside what the system found. The
// request must ask for nothing else, which operators may not do.
func (a *api) decideFolder(c *rest.Call, id bonafide.ID, d bonafide.OperatorDecision) (*bonafide.Folder, error) {
	ctx, scope, err := c.As(auth.AnalysisDecide)
	if err != nil {
		return nil, err
	}
	if err := a.Records.DecideFolder(ctx, scope, id, d); err != nil {
		return nil, err
	}
	return a.Records.Folder(ctx, c.Scope, id)
}
