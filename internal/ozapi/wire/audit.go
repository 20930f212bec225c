package wire

import (
	"github.com/bonafide-id/bonafide"
)

// Audit is one entry of the audit log.
type Audit struct {
	TimeCreated Stamp        `json:"time_created"`               // when it happened
	Seq         int64        `json:"seq"`                        // number of the entry, without gaps
	ActorID     *bonafide.ID `json:"actor_id"`                   // null: the server itself, or nobody known
	Via         string       `json:"via"`                        // what the actor was permitted to do, such as folder.delete
	Action      string       `json:"action" words:"AuditAction"` // what was done
	Object      string       `json:"object"`                     // kind of the object, such as folder
	ObjectID    *string      `json:"object_id"`                  // of the object, where it has one
	CompanyID   *bonafide.ID `json:"company_id"`                 // that the object belongs to, if any
	Changed     string       `json:"changed"`                    // names of what was updated, separated by blanks; some with =value
	Previous    string       `json:"previous"`                   // hash of the entry before, empty for the first
	Hash        string       `json:"hash"`                       // of this entry: SHA-256 in hexadecimal
}

// ViewAudit renders an entry of the audit log.
func ViewAudit(e *bonafide.AuditEntry) Audit {
	return Audit{
		TimeCreated: Stamp(e.Time), Seq: e.Seq, ActorID: nullable(e.ActorID), Via: e.Via, Action: e.Action,
		Object: e.Object, ObjectID: nullable(e.ObjectID), CompanyID: nullable(e.CompanyID), Changed: e.Changed,
		Previous: e.Previous, Hash: e.Hash,
	}
}
