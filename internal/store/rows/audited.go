package rows

import "time"

// Audited is a table whose rows are objects: each change of a row leaves an entry
// in the audit log, whichever way it comes about. A dialect makes the triggers that
// write rows of audit_pending.
type Audited struct {
	Table  string
	Object string // kind of object in the log
	// Company is the company of a row, %[1]s stands for OLD or NEW; empty means the
	// column company_id.
	Company string
	// Settled are columns that follow from other changes and leave no entry.
	Settled []string
	// Shown are columns of words whose new value is logged. They must never hold
	// anything about a person.
	Shown []string
	// Until is a column of microseconds: when it, and Grace after it, are over, the row
	// is old, and nothing about it is logged. Empty means that rows never are.
	Until string
	Grace time.Duration
}

// AuditedTables lists them. A table that is neither here nor in storetest.Unaudited
// fails a test.
func AuditedTables() []Audited {
	return []Audited{
		{Table: "companies", Object: "company", Company: "%[1]s.id", Settled: []string{"search"}, Shown: []string{"in_deletion", "keep_media_days", "keep_result_days"}},
		{Table: "users", Object: "user", Settled: []string{"search"}, Shown: []string{"type", "service", "active"}},
		{Table: "sessions", Object: "session", Company: "(SELECT company_id FROM users WHERE id = %[1]s.user_id)",
			Settled: []string{"expires_at", "parent_id", "family_id"}, Shown: []string{"replaced", "token"},
			Until: "expires_at"}, // old ones are forgotten
		{Table: "folders", Object: "folder", Settled: []string{"resolution_status", "system_resolution", "overall_resolution", "resolution_time"},
			Shown: []string{"operator_status", "legal_hold", "cleared"}},
		{Table: "media", Object: "media"},
		{Table: "reports", Object: "report"},
		{Table: "report_templates", Object: "report_template", Shown: []string{"is_default"}},
		{Table: "report_attachments", Object: "report_attachment"},
		{Table: "collections", Object: "collection"},
		{Table: "persons", Object: "person"},
		{Table: "person_images", Object: "person_image"},
		{Table: "webhook_secrets", Object: "webhook_secret"},
		{Table: "webhook_deliveries", Object: "webhook_delivery", // a replay moves retry_since
			Settled: []string{"state", "attempts", "next_attempt", "leased_until"}},
		{Table: "event_sessions", Object: "event_session",
			Until: "time_updated", Grace: keepEvents}, // old ones are forgotten
		{Table: "analyses", Object: "analysis", Settled: []string{"time_ended", "class"}, Shown: []string{"state", "resolution", "operator"}},
	}
}
