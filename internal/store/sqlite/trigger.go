package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store/rows"
)

// watchChanges makes the triggers, or mends them where tables have changed.
func (f *file) watchChanges(ctx context.Context) error {
	want := map[string]string{}
	for _, a := range rows.AuditedTables() {
		var columns []string
		err := f.writer.NewRaw("SELECT name FROM pragma_table_info(?) ORDER BY cid", a.Table).Scan(ctx, &columns)
		if err != nil {
			return err
		}
		for name, statement := range triggers(a, columns) {
			want[name] = statement
		}
	}
	var have []struct{ Name, SQL string }
	err := f.writer.NewRaw("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'audit~_%' ESCAPE '~'").Scan(ctx, &have)
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
	return f.writer.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		for _, statement := range changes {
			if _, err := tx.ExecContext(ctx, strings.ReplaceAll(statement, "?", "??")); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
}

// triggers gives the statements by the name of the trigger.
func triggers(a rows.Audited, columns []string) map[string]string {
	var watched, changed []string
	for _, c := range columns {
		if slices.Contains([]string{"id", "row_id", "time_created", "time_updated"}, c) || slices.Contains(a.Settled, c) {
			continue
		}
		watched = append(watched, fmt.Sprintf("OLD.%[1]s IS NOT NEW.%[1]s", c))
		word := fmt.Sprintf("' %s'", c)
		if slices.Contains(a.Shown, c) {
			word = fmt.Sprintf("' %[1]s=' || NEW.%[1]s", c)
		}
		changed = append(changed, fmt.Sprintf("iif(OLD.%[1]s IS NOT NEW.%[1]s, %[2]s, '')", c, word))
	}
	return map[string]string{
		"audit_" + a.Table + "_create": trigger(a, "create", "INSERT", "NEW", "", "''"),
		"audit_" + a.Table + "_update": trigger(a, "update", "UPDATE", "NEW", strings.Join(watched, " OR "), "ltrim("+strings.Join(changed, " || ")+")"),
		"audit_" + a.Table + "_delete": trigger(a, "delete", "DELETE", "OLD", "", "''"),
	}
}

func trigger(a rows.Audited, action, event, row, condition, changed string) string {
	company := a.Company
	if company == "" {
		company = "%[1]s.company_id"
	}
	if a.Until != "" {
		noted := fmt.Sprintf("%s.%s > (unixepoch() - %d) * 1000000", row, a.Until, int(a.Grace.Seconds()))
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
END`, a.Table, action, event, a.Table, when, action, a.Object, row, fmt.Sprintf(company, row), changed)
}
