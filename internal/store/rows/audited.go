package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/capture"
	"github.com/bonafide-id/bonafide/internal/store/rows/links"
	"github.com/bonafide-id/bonafide/internal/store/rows/logged"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
	"github.com/bonafide-id/bonafide/internal/store/rows/watch"
)

// AuditedTables lists them. A table that is neither here nor in storetest.Unaudited
// fails a test.
func AuditedTables() []watch.Audited {
	return []watch.Audited{
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
		{Table: "imports", Object: "import", Settled: []string{"served"},
			Until: "time_updated", Grace: store.KeepImports}, // old ones are forgotten
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
		return logged.Comparison{DB: tx, Tables: compared, Word: s.Word, Settle: s.settle, Each: each}.Run(ctx)
	}))
}
