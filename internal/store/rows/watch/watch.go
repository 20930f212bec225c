// Package watch keeps the triggers that write the audit log what they should be: it makes
// them, mends them where tables have changed, and puts back what somebody has dropped or
// altered.
package watch

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// The definition of all triggers is an object of the log, too, so that triggers of an
// older version are told from those that somebody has altered.
const (
	triggerObject = "audit_trigger"
	allTriggers   = "all"
	viaStore      = "store"
)

// Trigger is one of them.
type Trigger struct {
	Definition string // as the database tells it
	Create     string // the statements that make it
	Drop       string // those that take it away
}

// Guard keeps the triggers. Wanted may be set anew while nobody else uses it.
type Guard struct {
	DB     table.DB
	Wanted map[string]Trigger // by name
	// Have gives all triggers that have to do with the log, by name.
	Have func(ctx context.Context, db bun.IDB) (map[string]Trigger, error)
	Log  *slog.Logger

	mu       sync.Mutex
	restored []string // what Open has put back and nobody asked for yet
}

// Open makes the triggers what they should be, for the first time in this process.
func (g *Guard) Open(ctx context.Context) error {
	restored, err := g.watch(ctx)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.restored = restored
	return err
}

// RestoreAudit implements store.Audit. It is cheap where there is nothing to do.
func (g *Guard) RestoreAudit(ctx context.Context) ([]string, error) {
	names, err := g.watch(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	names, g.restored = append(g.restored, names...), nil
	return names, nil
}

// watch makes the triggers, mends them where tables have changed, and puts back what
// somebody has dropped or altered, which it warns of, and takes away what they have added.
// It gives the names of those.
func (g *Guard) watch(ctx context.Context) ([]string, error) {
	have, err := g.Have(ctx, g.DB.Reader())
	if err != nil {
		return nil, err
	}
	noted, err := notedTriggers(ctx, g.DB.Reader())
	if err != nil || maps.EqualFunc(have, g.Wanted, same) && noted == definition(g.Wanted) {
		return nil, err
	}
	var restored []string
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: viaStore})
	err = g.DB.Record(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		restored, err = g.mend(ctx, tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, name := range restored {
		g.Log.Warn("a trigger of the audit log was dropped or altered without the server and is put back: changes since may have no entry, see bonafide audit verify", "trigger", name)
	}
	return restored, nil
}

func same(a, b Trigger) bool { return a.Definition == b.Definition }

// mend makes the triggers those that are wanted. It gives the names of those that were
// others than the log says they were.
func (g *Guard) mend(ctx context.Context, tx bun.Tx) ([]string, error) {
	have, err := g.Have(ctx, tx)
	if err != nil {
		return nil, err
	}
	noted, err := notedTriggers(ctx, tx)
	if err != nil {
		return nil, err
	}
	wrong, err := g.replace(ctx, tx, have)
	if err != nil {
		return nil, err
	}
	return g.note(ctx, tx, wrong, noted, definition(have))
}

// Adopt makes the triggers in a database that was filled with rows from another, and so
// with a log that knows those of the other. Nobody has altered any. What was changed in the
// other without the store, and has no entry yet, gets one.
func (g *Guard) Adopt(ctx context.Context, tx bun.Tx) error {
	if err := table.RecordOutside(ctx, tx); err != nil {
		return err
	}
	have, err := g.Have(ctx, tx)
	if err != nil {
		return err
	}
	if _, err := g.replace(ctx, tx, have); err != nil {
		return err
	}
	noted, err := notedTriggers(ctx, tx)
	if now := definition(g.Wanted); err == nil && noted != now {
		err = table.Pend(ctx, tx, defined(now))
	}
	return err
}

// replace takes away and makes what is not as it should be, and tells what became of each.
func (g *Guard) replace(ctx context.Context, tx bun.Tx, have map[string]Trigger) (map[string]string, error) {
	wrong := map[string]string{}
	for name, want := range g.Wanted {
		if now, there := have[name]; !there {
			wrong[name] = "dropped"
		} else if !same(now, want) {
			wrong[name] = "altered"
		}
	}
	for name := range have {
		if _, wanted := g.Wanted[name]; !wanted {
			wrong[name] = "added"
		}
	}
	for name := range wrong {
		for _, statement := range []string{have[name].Drop, g.Wanted[name].Create} {
			if statement == "" {
				continue
			}
			if _, err := tx.Tx.ExecContext(ctx, statement); err != nil {
				return nil, fmt.Errorf("%s: %w", statement, err)
			}
		}
	}
	return wrong, nil
}

// note writes down what was wrong, and a definition that has changed. Triggers of another
// version are as they should be where they are as that has noted them.
func (g *Guard) note(ctx context.Context, tx bun.Tx, wrong map[string]string, noted, have string) ([]string, error) {
	now := definition(g.Wanted)
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
	return names, table.Pend(ctx, tx, defined(now))
}

// defined is the entry of a definition.
func defined(now string) bonafide.AuditEntry {
	return bonafide.AuditEntry{Action: bonafide.ActionUpdate, Object: triggerObject, ObjectID: allTriggers, Changed: "definition=" + now}
}

// definition is the digest of triggers by name.
func definition(all map[string]Trigger) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(sum, "%s\n%s\n", name, all[name].Definition)
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
