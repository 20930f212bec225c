package ozapi

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/query"
)

func auditRoutes() []route {
	return []route{
		{"GET", "/api/audit", auth.AuditRead, "List who changed what", (*api).listAudit},
	}
}

// auditJSON is one entry of the audit log.
type auditJSON struct {
	TimeCreated stamp        `json:"time_created"`
	Seq         int64        `json:"seq"`
	ActorID     *bonafide.ID `json:"actor_id"` // null: the server itself, or nobody known
	Via         string       `json:"via"`
	Action      string       `json:"action"`
	Object      string       `json:"object"`
	ObjectID    *string      `json:"object_id"`
	CompanyID   *bonafide.ID `json:"company_id"`
	Changed     string       `json:"changed"`
	Previous    string       `json:"previous"`
	Hash        string       `json:"hash"`
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
	views := make([]auditJSON, len(page.Items))
	for i, e := range page.Items {
		views[i] = auditJSON{
			TimeCreated: stamp(e.Time), Seq: e.Seq, ActorID: nullable(e.ActorID), Via: e.Via, Action: e.Action,
			Object: e.Object, ObjectID: nullable(e.ObjectID), CompanyID: nullable(e.CompanyID), Changed: e.Changed,
			Previous: e.Previous, Hash: e.Hash,
		}
	}
	return ok(viewPage(q, page.Total, views))
}
