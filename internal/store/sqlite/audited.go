package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"
)

// audited is a table whose rows are objects: each change of a row leaves an entry
// in the audit log, whichever way it comes about.
type audited struct {
	table  string
	object string // kind of object in the log
	// company is the company of a row, %[1]s stands for OLD or NEW; empty means the
	// column company_id.
	company string
	// settled are columns that follow from other changes and leave no entry.
	settled []string
	// shown are columns of words whose new value is logged. They must never hold
	// anything about a person.
	shown []string
	// noted limits what is logged, as a condition on OLD or NEW.
	noted string
}

// auditedTables lists them. A table that is neither here nor in unaudited fails a
// test.
func auditedTables() []audited {
	return []audited{
		{table: "companies", object: "company", company: "%[1]s.id", settled: []string{"search"}, shown: []string{"in_deletion", "keep_media_days", "keep_result_days"}},
		{table: "users", object: "user", settled: []string{"search"}, shown: []string{"type", "service", "active"}},
		{table: "sessions", object: "session", company: "(SELECT company_id FROM users WHERE id = %[1]s.user_id)",
			settled: []string{"expires_at", "parent_id"},
			noted:   "%[1]s.expires_at > unixepoch() * 1000000"}, // old ones are forgotten
		{table: "folders", object: "folder", settled: []string{"resolution_status", "system_resolution", "resolution_time"},
			shown: []string{"operator_status", "legal_hold", "cleared"}},
		{table: "media", object: "media"},
		{table: "reports", object: "report"},
		{table: "report_templates", object: "report_template", shown: []string{"is_default"}},
		{table: "report_attachments", object: "report_attachment"},
		{table: "collections", object: "collection"},
		{table: "persons", object: "person"},
		{table: "person_images", object: "person_image"},
		{table: "webhook_secrets", object: "webhook_secret"},
		{table: "webhook_deliveries", object: "webhook_delivery", // a replay moves retry_since
			settled: []string{"state", "attempts", "next_attempt", "leased_until"}},
		{table: "event_sessions", object: "event_session",
			noted: "%[1]s.time_updated > (unixepoch() - 90 * 86400) * 1000000"}, // old ones are forgotten
		{table: "analyses", object: "analysis", settled: []string{"time_ended"}, shown: []string{"state", "resolution", "operator"}},
	}
}

// unaudited lists the other tables, each with what makes it one.
func unaudited() map[string]string {
	return map[string]string{
		"audit":            "the log itself",
		"audit_pending":    "the log itself",
		"files":            "belong to media, analyses, reports, their attachments and images of persons",
		"folder_counts":    "follow from folders",
		"media_prints":     "belong to media",
		"webhook_attempts": "are a log themselves",
		"loose_blobs":      "notes of the sweep",
	}
}

// watchChanges makes the triggers, or mends them where tables have changed.
func (s *Store) watchChanges(ctx context.Context) error {
	want := map[string]string{}
	for _, a := range auditedTables() {
		var columns []string
		err := s.writer.NewRaw("SELECT name FROM pragma_table_info(?) ORDER BY cid", a.table).Scan(ctx, &columns)
		if err != nil {
			return err
		}
		for name, statement := range a.triggers(columns) {
			want[name] = statement
		}
	}
	var have []struct{ Name, SQL string }
	err := s.writer.NewRaw("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'audit~_%' ESCAPE '~'").Scan(ctx, &have)
	if err != nil {
		return err
	}
	var changes []string
	for _, h := range have {
		if want[h.Name] == h.SQL {
			delete(want, h.Name)
			continue
		}
		changes = append(changes, "DROP TRIGGER "+h.Name)
	}
	for _, statement := range want {
		changes = append(changes, statement)
	}
	if len(changes) == 0 {
		return nil
	}
	return s.writer.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		for _, statement := range changes {
			if _, err := tx.ExecContext(ctx, strings.ReplaceAll(statement, "?", "??")); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
}

// triggers gives the statements by the name of the trigger.
func (a audited) triggers(columns []string) map[string]string {
	var watched, changed []string
	for _, c := range columns {
		if slices.Contains([]string{"id", "row_id", "time_created", "time_updated"}, c) || slices.Contains(a.settled, c) {
			continue
		}
		watched = append(watched, fmt.Sprintf("OLD.%[1]s IS NOT NEW.%[1]s", c))
		word := fmt.Sprintf("' %s'", c)
		if slices.Contains(a.shown, c) {
			word = fmt.Sprintf("' %[1]s=' || NEW.%[1]s", c)
		}
		changed = append(changed, fmt.Sprintf("iif(OLD.%[1]s IS NOT NEW.%[1]s, %[2]s, '')", c, word))
	}
	return map[string]string{
		"audit_" + a.table + "_create": a.trigger("create", "INSERT", "NEW", "", "''"),
		"audit_" + a.table + "_update": a.trigger("update", "UPDATE", "NEW", strings.Join(watched, " OR "), "ltrim("+strings.Join(changed, " || ")+")"),
		"audit_" + a.table + "_delete": a.trigger("delete", "DELETE", "OLD", "", "''"),
	}
}

func (a audited) trigger(action, event, row, condition, changed string) string {
	company := a.company
	if company == "" {
		company = "%[1]s.company_id"
	}
	if a.noted != "" {
		noted := fmt.Sprintf(a.noted, row)
		if condition != "" {
			noted += " AND (" + condition + ")"
		}
		condition = noted
	}
	when := ""
	if condition != "" {
		when = " WHEN " + condition
	}
	return fmt.Sprintf(`CREATE TRIGGER audit_%s_%s AFTER %s ON %s%s BEGIN
	INSERT INTO audit_pending (action, object, object_id, company_id, changed)
	VALUES ('%s', '%s', %s.id, coalesce(%s, ''), %s);
END`, a.table, action, event, a.table, when, action, a.object, row, fmt.Sprintf(company, row), changed)
}
