package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

type auditRecords interface {
	AuditEntries(ctx context.Context, q bonafide.Query) (bonafide.Page[bonafide.AuditEntry], error)
}

func (a *api) auditResource() rest.Resource {
	return rest.Resource{Component: rest.ComponentAuth, Routes: []rest.Route{
		{Name: "listAudit", Method: get, Pattern: "/api/audit", Permission: auth.AuditRead, Summary: "List who changed what",
			Query: request.Listed(query.AuditFields()), Out: wire.Page[wire.Audit]{}, Handle: a.listAudit},
	}}
}

// listAudit answers a page of the audit log, newest first where the request does
// not say.
func (a *api) listAudit(c *rest.Call) (*rest.Answer, error) {
	entries := func(ctx context.Context, _ bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.AuditEntry], error) {
		return a.Records.AuditEntries(ctx, q)
	}
	return rest.Page(c, query.Audit, entries, wire.ViewAudit)
}
