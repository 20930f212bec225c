package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/capture"
	"github.com/bonafide-id/bonafide/internal/store/rows/links"
	"github.com/bonafide-id/bonafide/internal/store/rows/logged"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

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
	// Initial are the values of shown columns, as text, that a new row is taken to have
	// where its entry tells nothing else.
	Initial map[string]string
	// Later are shown columns that were added when there were rows, and change with
	// another, by that one: what a migration put into them no entry tells.
	Later map[string][]string
	// Made is a condition on rows t that migrations made, before there was a log.
	Made string
	// Until is a column of microseconds: when it, and Grace after it, are over, the row
	// is old, and nothing about it is logged. Empty means that rows never are.
	Until string
	Grace time.Duration
}

// AuditedTables lists them. A table that is neither here nor in storetest.Unaudited
// fails a test.
func AuditedTables() []Audited {
	return []Audited{
		{Table: "companies", Object: "company", Company: "%[1]s.id", Settled: []string{"search"},
			Shown:   []string{"in_deletion", "keep_media_days", "keep_result_days", "technical_meta"}, // settings of ours alone
			Initial: map[string]string{"in_deletion": "0", "keep_media_days": "0", "keep_result_days": "0", "technical_meta": "{}"}},
		{Table: "users", Object: "user", Settled: []string{"search"}, Shown: []string{"type", "service", "active"}},
		{Table: "sessions", Object: "session", Company: "(SELECT company_id FROM users WHERE id = %[1]s.user_id)",
			Settled: []string{"expires_at", "parent_id", "family_id"}, Shown: []string{"replaced", "token"},
			Initial: map[string]string{"replaced": "0", "token": "0"},
			Until:   "expires_at"}, // old ones are forgotten
		{Table: "folders", Object: "folder", Settled: []string{"resolution_status", "system_resolution", "overall_resolution", "resolution_time"},
			Shown:   []string{"operator_status", "operator_id", "operator_time", "legal_hold", "cleared"},
			Initial: map[string]string{"operator_status": "", "operator_id": "", "operator_time": "0", "legal_hold": "0", "cleared": "0"},
			Later:   map[string][]string{"operator_status": {"operator_id", "operator_time"}}},
		{Table: "media", Object: "media"},
		{Table: "reports", Object: "report"},
		{Table: "report_templates", Object: "report_template", Shown: []string{"is_default"}, Initial: map[string]string{"is_default": "0"}},
		{Table: "report_attachments", Object: "report_attachment"},
		{Table: "collections", Object: "collection", Made: "t.company_id IS NULL AND t.alias = 'blacklist'"},
		{Table: "persons", Object: "person"},
		{Table: "person_images", Object: "person_image"},
		{Table: "webhook_secrets", Object: "webhook_secret"},
		{Table: "webhook_deliveries", Object: "webhook_delivery", // a replay moves retry_since
			Settled: []string{"state", "attempts", "next_attempt", "leased_until"}},
		{Table: "capture_links", Object: "capture_link",
			Until: "expires_at", Grace: links.KeepLinks}, // old ones are forgotten
		{Table: "event_sessions", Object: "event_session",
			Until: "time_updated", Grace: keepEvents}, // old ones are forgotten
		{Table: "capture_sessions", Object: capture.Object, Shown: []string{"outcome"}, Initial: map[string]string{"outcome": ""},
			Until: "expires_at", Grace: capture.Keep}, // old ones are forgotten
		{Table: "analyses", Object: "analysis", Settled: []string{"time_ended", "class"},
			Shown:   []string{"state", "resolution", "digest", "operator", "operator_id", "operator_time"},
			Initial: map[string]string{"state": "PROCESSING", "resolution": "PROCESSING", "digest": "", "operator": "", "operator_id": "", "operator_time": "0"},
			Later:   map[string][]string{"operator": {"operator_id", "operator_time"}}},
	}
}

// Differences implements store.Store. Where a row is old and nothing is logged about it,
// there is nothing to compare.
func (s *Store) Differences(ctx context.Context, each func(store.Difference) error) error {
	var compared []logged.Table
	for _, a := range AuditedTables() {
		if a.Until == "" {
			company := "company_id"
			if a.Object == "company" {
				company = "id"
			}
			compared = append(compared, logged.Table{Name: a.Table, Object: a.Object, Company: company, Shown: a.Shown, Initial: a.Initial, Later: a.Later, Made: a.Made})
		}
	}
	// What was changed without the store has no entry yet.
	if err := s.Record(ctx, func(context.Context, bun.Tx) error { return nil }); err != nil {
		return err
	}
	return table.Failure(s.Reader().RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		return logged.Comparison{DB: tx, Tables: compared, Settle: s.settle, Each: each}.Run(ctx)
	}))
}
