package wire

import (
	"github.com/bonafide-id/bonafide"
)

// Audit is one entry of the audit log.
type Audit struct {
	TimeCreated Stamp        `json:"time_created"`
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

// ViewAudit renders an entry of the audit log.
func ViewAudit(e *bonafide.AuditEntry) Audit {
	return Audit{
		TimeCreated: Stamp(e.Time), Seq: e.Seq, ActorID: nullable(e.ActorID), Via: e.Via, Action: e.Action,
		Object: e.Object, ObjectID: nullable(e.ObjectID), CompanyID: nullable(e.CompanyID), Changed: e.Changed,
		Previous: e.Previous, Hash: e.Hash,
	}
}
