package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
)

// as gives the context and the scope of a call for a permission that only its body
// asks for.
func (c *call) as(p auth.Permission) (context.Context, bonafide.Scope, error) {
	scope, err := c.caller.May(p)
	return bonafide.WithActor(c.Context(), bonafide.Actor{UserID: c.caller.User.ID, Via: string(p)}), scope, err
}

// decideAnalysis puts an operator's decision over what the system found.
func (a *api) decideAnalysis(c *call) (*answer, error) {
	id, err := c.id("analyse_id", "Analysis")
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
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
	if err := a.Records.DecideAnalysis(c.Context(), c.scope, id, *d); err != nil {
		return nil, err
	}
	return a.readAnalysis(c)
}

// decideFolder puts an operator's decision beside what the system found. The
// request must ask for nothing else, which operators may not do.
func (a *api) decideFolder(c *call, id bonafide.ID, d bonafide.OperatorDecision) (*bonafide.Folder, error) {
	ctx, scope, err := c.as(auth.AnalysisDecide)
	if err != nil {
		return nil, err
	}
	if err := a.Records.DecideFolder(ctx, scope, id, d); err != nil {
		return nil, err
	}
	return a.Records.Folder(ctx, c.scope, id)
}
