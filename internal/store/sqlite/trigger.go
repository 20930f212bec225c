package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/rows/logged"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// The definition of all triggers is an object of the log, too, so that triggers of an
// older version are told from those that somebody has altered.
const (
	triggerObject = "audit_trigger"
	allTriggers   = "all"
	viaStore      = "store"
)

// appendOnly keeps entries from being changed.
func appendOnly() map[string]string {
	all := map[string]string{}
	for event, name := range map[string]string{"UPDATE": "append_only_update", "DELETE": "append_only_delete"} {
		all[name] = "CREATE TRIGGER " + name + " BEFORE " + event + ` ON audit
BEGIN
    SELECT raise(ABORT, 'the audit log is append-only');
END`
	}
	return all
}

// wantedTriggers gives the statements of all triggers that the log rests on, by name.
func (f *file) wantedTriggers(ctx context.Context) (map[string]string, error) {
	want := appendOnly()
	for _, a := range rows.AuditedTables() {
		var columns []string
		err := f.writer.NewRaw("SELECT name FROM pragma_table_info(?) ORDER BY cid", a.Table).Scan(ctx, &columns)
		if err != nil {
			return nil, err
		}
		maps.Copy(want, triggers(a, columns))
	}
	return want, nil
}

// auditTriggers gives the statements of all triggers that have to do with the log.
func auditTriggers(ctx context.Context, db bun.IDB) (map[string]string, error) {
	var have []struct{ Name, SQL string }
	err := db.NewRaw("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND (sql LIKE '%audit%' OR tbl_name IN ('audit', 'audit_pending'))").Scan(ctx, &have)
	all := make(map[string]string, len(have))
	for _, h := range have {
		all[h.Name] = h.SQL
	}
	return all, err
}

// watchChanges makes the triggers, mends them where tables have changed, and puts back
// what somebody has dropped or altered, which it warns of, and takes away what they have
// added. It gives the names of those.
func (f *file) watchChanges(ctx context.Context) ([]string, error) {
	have, err := auditTriggers(ctx, f.reader)
	if err != nil {
		return nil, err
	}
	noted, err := notedTriggers(ctx, f.reader)
	if err != nil || maps.Equal(have, f.watched) && noted == definition(f.watched) {
		return nil, err
	}
	var restored []string
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: viaStore})
	err = table.DB{Dialect: f}.Record(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		restored, err = f.mendTriggers(ctx, tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, name := range restored {
		f.log.Warn("a trigger of the audit log was dropped or altered without the server and is put back: changes since may have no entry, see bonafide audit verify", "trigger", name)
	}
	return restored, nil
}

// mendTriggers makes the triggers those that are wanted. It gives the names of those
// that were others than the log says they were.
func (f *file) mendTriggers(ctx context.Context, tx bun.Tx) ([]string, error) {
	have, err := auditTriggers(ctx, tx)
	if err != nil {
		return nil, err
	}
	noted, err := notedTriggers(ctx, tx)
	if err != nil {
		return nil, err
	}
	wrong := map[string]string{} // what became of each
	for name, statement := range f.watched {
		if have[name] == "" {
			wrong[name] = "dropped"
		} else if have[name] != statement {
			wrong[name] = "altered"
		}
	}
	for name := range have {
		if f.watched[name] == "" {
			wrong[name] = "added"
		}
	}
	for name := range wrong {
		if have[name] != "" {
			if _, err := tx.NewRaw("DROP TRIGGER ?", bun.Ident(name)).Exec(ctx); err != nil {
				return nil, err
			}
		}
		if statement := f.watched[name]; statement != "" {
			if _, err := tx.ExecContext(ctx, strings.ReplaceAll(statement, "?", "??")); err != nil {
				return nil, fmt.Errorf("%s: %w", statement, err)
			}
		}
	}
	return f.noteTriggers(ctx, tx, wrong, noted, definition(have))
}

// noteTriggers writes down what was wrong, and a definition that has changed. Triggers of
// another version are as they should be where they are as that has noted them.
func (f *file) noteTriggers(ctx context.Context, tx bun.Tx, wrong map[string]string, noted, have string) ([]string, error) {
	now := definition(f.watched)
	switch noted {
	case "", have: // the first start, or one after another version
		wrong = nil
	case now:
	default: // of what another version wanted no more is known
		wrong = map[string]string{allTriggers: "altered"}
	}
	names := slices.Sorted(maps.Keys(wrong))
	for _, name := range names {
		e := bonafide.AuditEntry{Action: bonafide.ActionRestore, Object: triggerObject, ObjectID: name, Changed: wrong[name]}
		if err := table.Pend(ctx, tx, e); err != nil {
			return nil, err
		}
	}
	if noted == now {
		return names, nil
	}
	return names, table.Pend(ctx, tx, bonafide.AuditEntry{Action: bonafide.ActionUpdate, Object: triggerObject, ObjectID: allTriggers, Changed: "definition=" + now})
}

// definition is the digest of statements by name.
func definition(statements map[string]string) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(statements)) {
		fmt.Fprintf(sum, "%s\n%s\n", name, statements[name])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// notedTriggers gives the definition that the log knows, empty for none.
func notedTriggers(ctx context.Context, db bun.IDB) (string, error) {
	var changed string
	err := db.NewRaw("SELECT changed FROM audit WHERE object_id = ? AND object = ? AND action = ? ORDER BY row_id DESC LIMIT 1",
		allTriggers, triggerObject, bonafide.ActionUpdate).Scan(ctx, &changed)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return strings.TrimPrefix(changed, "definition="), err
}

// RestoreAudit implements store.Store. It is cheap where there is nothing to do.
func (s *Store) RestoreAudit(ctx context.Context) ([]string, error) {
	names, err := s.file.watchChanges(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	return append(s.file.takeRestored(), names...), nil
}

// takeRestored gives once what the opening has put back.
func (f *file) takeRestored() []string {
	f.restoredMu.Lock()
	defer f.restoredMu.Unlock()
	names := f.restored
	f.restored = nil
	return names
}

// triggers gives the statements by the name of the trigger.
func triggers(a rows.Audited, columns []string) map[string]string {
	var watched, changed, made []string
	for _, c := range columns {
		if slices.Contains([]string{"id", "row_id", "time_created", "time_updated"}, c) || slices.Contains(a.Settled, c) {
			continue
		}
		watched = append(watched, fmt.Sprintf("OLD.%[1]s IS NOT NEW.%[1]s", c))
		word := fmt.Sprintf("' %s'", c)
		if slices.Contains(a.Shown, c) {
			word = fmt.Sprintf("' %s=' || %s", c, logged.Value("NEW."+c))
			at := word
			if initial, ok := a.Initial[c]; ok {
				at = fmt.Sprintf("iif('' || NEW.%s IS NOT '%s', %s, '')", c, initial, word)
			}
			made = append(made, at)
		}
		changed = append(changed, fmt.Sprintf("iif(OLD.%[1]s IS NOT NEW.%[1]s, %[2]s, '')", c, word))
	}
	return map[string]string{
		"audit_" + a.Table + "_create": trigger(a, "create", "INSERT", "NEW", "", listed(made)),
		"audit_" + a.Table + "_update": trigger(a, "update", "UPDATE", "NEW", strings.Join(watched, " OR "), listed(changed)),
		"audit_" + a.Table + "_delete": trigger(a, "delete", "DELETE", "OLD", "", "''"),
	}
}

// listed joins words that begin with a blank or are empty.
func listed(words []string) string {
	if len(words) == 0 {
		return "''"
	}
	return "ltrim(" + strings.Join(words, " || ") + ")"
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
