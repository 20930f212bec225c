package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

type auditRecords interface {
	AuditEntries(ctx context.Context, q bonafide.Query) (bonafide.Page[bonafide.AuditEntry], error)
}

func auditResource() resource {
	return resource{component: ComponentAuth, routes: []route{
		{Name: "listAudit", Method: get, Pattern: "/api/audit", Permission: auth.AuditRead, Summary: "List who changed what",
			Query: request.Listed(query.AuditFields()), Out: wire.Page[wire.Audit]{}, handle: (*api).listAudit},
	}}
}

// listAudit answers a page of the audit log, newest first where the request does
// not say.
func (a *api) listAudit(c *call) (*answer, error) {
	entries := func(ctx context.Context, _ bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.AuditEntry], error) {
		return a.Records.AuditEntries(ctx, q)
	}
	return page(a, c, query.Audit, entries, wire.ViewAudit)
}
