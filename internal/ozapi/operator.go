package ozapi

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

const maxComment = 4096 // characters of an operator

// as gives the context and the scope of a call for a permission that only its body
// asks for.
func (c *call) as(p auth.Permission) (context.Context, bonafide.Scope, error) {
	scope, err := c.caller.May(p)
	return bonafide.WithActor(c.Context(), bonafide.Actor{UserID: c.caller.User.ID, Via: string(p)}), scope, err
}

// readDecision reads an operator's decision, whose word stands under the given
// name; nil where there is none in the request.
func readDecision(f fields, name string) (*bonafide.OperatorDecision, error) {
	var d bonafide.OperatorDecision
	if _, given := f[name]; given {
		word, err := f.text(name)
		if err != nil {
			return nil, err
		}
		status := bonafide.Status(strings.ToUpper(word))
		if status != "" && status != bonafide.Success && status != bonafide.Declined {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, SUCCESS, DECLINED or null is needed", name)
		}
		d.Status = &status
	}
	if _, given := f["operator_comment"]; given {
		comment, err := f.text("operator_comment")
		if err != nil {
			return nil, err
		}
		if utf8.RuneCountInString(comment) > maxComment {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field operator_comment, at most %d characters", maxComment)
		}
		d.Comment = &comment
	}
	if d.Status == nil && d.Comment == nil {
		return nil, nil
	}
	return &d, nil
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
	d, err := readDecision(body, "resolution_operator")
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, body.need("", "resolution_operator")
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
