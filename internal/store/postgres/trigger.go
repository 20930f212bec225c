package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/rows/watch"
)

// hook is a trigger with the function that it calls, which has its name.
type hook struct {
	name, table string
	when        string // BEFORE or AFTER, and the event
	each        string // ROW or STATEMENT
	body        string // of the function, PL/pgSQL
}

// trigger gives the statements and what the database tells of it. The function looks for
// tables in the schema alone, whatever whoever changes a row has set, and the trigger fires
// also for those who replicate.
func (h hook) trigger(schema string) watch.Trigger {
	on := ident(schema) + "." + ident(h.table)
	path := ident(schema) + ", pg_temp"
	create := fmt.Sprintf("CREATE TRIGGER %s %s ON %s FOR EACH %s EXECUTE FUNCTION ", h.name, h.when, on, h.each)
	return watch.Trigger{
		Definition: fmt.Sprintf("%s%s() A search_path=%s\n%s", create, h.name, path, h.body),
		Create: fmt.Sprintf("CREATE OR REPLACE FUNCTION %[1]s() RETURNS trigger LANGUAGE plpgsql SET search_path = %[2]s AS $hook$%[3]s$hook$;\n%[4]s%[1]s();\n"+
			"ALTER TABLE %[5]s ENABLE ALWAYS TRIGGER %[1]s", h.name, path, h.body, create, on),
		Drop: dropTrigger(h.name, h.table),
	}
}

func dropTrigger(name, table string) string {
	return "DROP TRIGGER " + ident(name) + " ON " + ident(table)
}

// ident quotes a name, where it needs quotes, as the database does.
func ident(name string) string {
	if name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_0123456789") == "" && (name[0] < '0' || name[0] > '9') {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// wantedTriggers gives all triggers that the log rests on, by name. Some of them keep
// entries from being changed.
func (b *base) wantedTriggers(ctx context.Context) (map[string]watch.Trigger, error) {
	want := map[string]watch.Trigger{}
	for event, each := range map[string]string{"UPDATE": "ROW", "DELETE": "ROW", "TRUNCATE": "STATEMENT"} {
		name := "append_only_" + strings.ToLower(event)
		want[name] = hook{name, "audit", "BEFORE " + event, each, "BEGIN RAISE EXCEPTION 'the audit log is append-only'; END"}.trigger(b.schema)
	}
	for _, a := range rows.AuditedTables() {
		var columns []string
		err := b.reader.NewRaw(`SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0
			AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`, a.Table).Scan(ctx, &columns)
		if err != nil {
			return nil, err
		}
		if len(columns) == 0 {
			continue // this version has no such table yet
		}
		for _, n := range a.Notes(columns, b, "extract(epoch FROM now())::bigint") {
			do := n.Insert + ";\n"
			if n.When != "" {
				do = "IF " + n.When + " THEN\n" + do + "END IF;\n"
			}
			want[n.Name] = hook{n.Name, n.Table, "AFTER " + n.Event, "ROW", "BEGIN\n" + do + "RETURN NULL;\nEND"}.trigger(b.schema)
		}
	}
	return want, nil
}

// auditTriggers gives all triggers that have to do with the log, and all rules, of which we
// have none: one could take the place of a change.
func (b *base) auditTriggers(ctx context.Context, db bun.IDB) (map[string]watch.Trigger, error) {
	var have []struct{ Name, Table, Definition string }
	err := db.NewRaw(`SELECT t.tgname AS name, c.relname AS "table", pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text || ' ' ||
			coalesce(array_to_string(p.proconfig, ' '), '') || E'\n' || p.prosrc AS definition
		FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
		WHERE NOT t.tgisinternal AND c.relnamespace = ?::regnamespace
			AND (t.tgname LIKE 'audit%' OR p.prosrc LIKE '%audit%' OR c.relname IN ('audit', 'audit_pending'))`, ident(b.schema)).Scan(ctx, &have)
	if err != nil {
		return nil, err
	}
	all := map[string]watch.Trigger{}
	for _, h := range have {
		t := watch.Trigger{Definition: h.Definition, Drop: dropTrigger(h.Name, h.Table)}
		name := h.Name
		if want, known := b.triggers.Wanted[name]; known && want.Drop != t.Drop { // the same name on another table
			name += " on " + h.Table
		}
		all[name] = t
	}
	var rules []struct{ Name, Table string }
	err = db.NewRaw(`SELECT rulename AS name, tablename AS "table" FROM pg_rules WHERE schemaname = ?`, b.schema).Scan(ctx, &rules)
	for _, r := range rules {
		all["rule "+r.Name+" on "+r.Table] = watch.Trigger{Definition: "RULE", Drop: "DROP RULE " + ident(r.Name) + " ON " + ident(r.Table)}
	}
	return all, err
}
