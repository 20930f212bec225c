package sqlite

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/rows/watch"
)

// statement is a trigger of SQLite, which keeps the statement that has made it.
func statement(name, text string) watch.Trigger {
	return watch.Trigger{Definition: text, Create: text, Drop: `DROP TRIGGER "` + strings.ReplaceAll(name, `"`, `""`) + `"`}
}

// wantedTriggers gives all triggers that the log rests on, by name. Two of them keep
// entries from being changed.
func (f *file) wantedTriggers(ctx context.Context) (map[string]watch.Trigger, error) {
	want := map[string]watch.Trigger{}
	for event, name := range map[string]string{"UPDATE": "append_only_update", "DELETE": "append_only_delete"} {
		want[name] = statement(name, "CREATE TRIGGER "+name+" BEFORE "+event+` ON audit
BEGIN
    SELECT raise(ABORT, 'the audit log is append-only');
END`)
	}
	for _, a := range rows.AuditedTables() {
		var columns []string
		err := f.writer.NewRaw("SELECT name FROM pragma_table_info(?) ORDER BY cid", a.Table).Scan(ctx, &columns)
		if err != nil {
			return nil, err
		}
		if len(columns) == 0 {
			continue // this version has no such table yet
		}
		for _, t := range a.Notes(columns, f, "unixepoch()") {
			when := ""
			if t.When != "" {
				when = " WHEN " + t.When
			}
			want[t.Name] = statement(t.Name, "CREATE TRIGGER "+t.Name+" AFTER "+t.Event+" ON "+t.Table+when+" BEGIN\n\t"+t.Insert+";\nEND")
		}
	}
	return want, nil
}

// auditTriggers gives all triggers that have to do with the log.
func auditTriggers(ctx context.Context, db bun.IDB) (map[string]watch.Trigger, error) {
	var have []struct{ Name, SQL string }
	err := db.NewRaw("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND (sql LIKE '%audit%' OR tbl_name IN ('audit', 'audit_pending'))").Scan(ctx, &have)
	all := make(map[string]watch.Trigger, len(have))
	for _, h := range have {
		all[h.Name] = statement(h.Name, h.SQL)
	}
	return all, err
}
