package ozapi

import (
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

func auditRoutes() []route {
	return []route{
		{"GET", "/api/audit", auth.AuditRead, "List who changed what", (*api).listAudit},
	}
}

// listAudit answers a page of the audit log, newest first where the request does
// not say.
func (a *api) listAudit(c *call) (*answer, error) {
	q, err := query.Audit(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	page, err := a.Records.AuditEntries(c.Context(), q)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Audit, len(page.Items))
	for i := range page.Items {
		views[i] = wire.ViewAudit(&page.Items[i])
	}
	return ok(wire.ViewPage(q, page.Total, views))
}
