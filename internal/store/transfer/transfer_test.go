package transfer_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/postgres"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const each = 3 // rows of each table

// snapshooter is a store of either database.
type snapshooter interface {
	storetest.Subject
	Snapshot(ctx context.Context) (*transfer.Snapshot, error)
}

// moved is what tests note in the log.
var moved = rows.Arrival{Entry: bonafide.AuditEntry{Action: bonafide.ActionCreate, Object: "database", ObjectID: "test"}}

func snapshot(t *testing.T, s any) *transfer.Snapshot {
	t.Helper()
	snap, err := s.(snapshooter).Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { snap.Close() })
	return snap
}

func linesOf(t *testing.T, s transfer.Source, table string) []string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Lines(t.Context(), table, &b); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.SplitAfter(b.String(), "\n"), func(line string) bool { return line == "" })
}

// full makes a file whose every table has rows, with every kind of value in every column.
// It asks the database what tables there are.
func full(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s := storetest.OpenIn(t, dir)
	path := filepath.Join(dir, "bonafide.db")
	schema := snapshot(t, s).Schema()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	exec := func(statement string, values ...any) {
		if _, err := db.ExecContext(t.Context(), statement, values...); err != nil {
			t.Fatal(err, statement)
		}
	}
	for _, table := range schema {
		if table.Name == "queue" {
			continue
		}
		for n := range each {
			var names, places []string
			var values []any
			for _, c := range table.Columns {
				names, places = append(names, c.Name), append(places, "?")
				values = append(values, value(t, db, table, c, n))
			}
			exec("INSERT INTO "+table.Name+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(places, ", ")+")", values...)
		}
	}
	for n, state := range []string{"running", "retryable", "available", "completed"} {
		var ended any
		if state == "completed" {
			ended = "2026-01-02 03:04:05.678"
		}
		exec(`INSERT INTO river_job (args, attempt, created_at, scheduled_at, kind, max_attempts, metadata, queue, state, finalized_at)
			VALUES (jsonb_object('group_id', ?), 2, '2026-01-02 03:04:05.678', '2026-01-02 03:04:06', 'group', 3, jsonb_object('cuts', ?), 'default', ?, ?)`,
			fmt.Sprint("group-", n), n, state, ended)
	}
	exec("INSERT INTO sessions SELECT 1 << 40, user_id, 'a', 'b', ttl, expires_at, parent_id, time_created, time_updated, family_id, time_started, replaced, token, name, address FROM sessions LIMIT 1")
	exec("DELETE FROM sessions WHERE id = 1 << 40") // its number may not come again
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// value is that of the n-th row: one of a parent where it refers to one, nothing now and
// then where that is allowed, and text that is JSON, as some columns must be.
func value(t *testing.T, db *sql.DB, table transfer.Table, c transfer.Column, n int) any {
	t.Helper()
	var parent, column string
	err := db.QueryRowContext(t.Context(), `SELECT "table", "to" FROM pragma_foreign_key_list(?) WHERE "from" = ?`, table.Name, c.Name).Scan(&parent, &column)
	if err == nil {
		var v any
		if err := db.QueryRowContext(t.Context(), "SELECT "+column+" FROM "+parent+" ORDER BY rowid DESC LIMIT 1 OFFSET ?", n).Scan(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	var required bool
	if err := db.QueryRowContext(t.Context(), `SELECT "notnull" FROM pragma_table_xinfo(?) WHERE name = ?`, table.Name, c.Name).Scan(&required); err != nil {
		t.Fatal(err)
	}
	switch {
	case !required && n == 2:
		return nil
	case c.Kind == transfer.Integer:
		return int64(1<<30 + n)
	case c.Kind == transfer.Real:
		return float64(n) + 0.1
	case c.Kind == transfer.Boolean:
		return n%2 == 0
	case c.Kind == transfer.Bytes:
		return []byte{0, byte(n), 255}
	}
	return fmt.Sprintf(`{"transaction_id": "%s %s %d ü <&> \"\\ %s"}`, table.Name, c.Name, n, "\u2028 \U0001F600")
}

// same compares all that was carried over. The log has more entries than before, and what
// was pending is in it.
func same(t *testing.T, got, want transfer.Source) {
	t.Helper()
	if err := transfer.Same(got.Schema(), want.Schema()); err != nil {
		t.Fatal(err)
	}
	for _, table := range want.Schema() {
		g, w := linesOf(t, got, table.Name), linesOf(t, want, table.Name)
		if len(w) < each {
			t.Errorf("table %s has %d rows: nothing is shown", table.Name, len(w))
		}
		switch table.Name {
		case "audit":
			g = g[:min(len(g), len(w))]
		case "audit_pending":
			w = nil
		}
		if !slices.Equal(g, w) {
			t.Errorf("table %s has\n%qwanted\n%q", table.Name, g, w)
		}
	}
	for table, last := range want.Numbers() {
		if got.Numbers()[table] < last {
			t.Errorf("numbers of %s go on after %d, %d was given out", table, got.Numbers()[table], last)
		}
	}
}

// TestEverythingComesFromSQLiteToPostgreSQLAndBack: a table or column that is added later
// is among them, or this test fails.
func TestEverythingComesFromSQLiteToPostgreSQLAndBack(t *testing.T) {
	pgtest.Need(t)
	source, err := sqlite.ReadOnly(t.Context(), full(t))
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	dir := t.TempDir()
	url, err := pgtest.Bare(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]transfer.Sum{}
	load := transfer.Load{From: source, Told: func(f transfer.Filled) { told[f.Table] = f.Sum }}
	if err := postgres.Fill(t.Context(), url, load, moved); err != nil {
		t.Fatal(err)
	}
	if len(told) != len(source.Schema()) || told["companies"].Rows != each || told["queue"].Rows != each {
		t.Errorf("told of %v", told)
	}
	there, err := pgtest.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	if restored, err := there.RestoreAudit(t.Context()); err != nil || len(restored) > 0 {
		t.Errorf("triggers of the log count as altered: %q, %v", restored, err)
	}
	same(t, snapshot(t, there), source)

	back := filepath.Join(t.TempDir(), "bonafide.db")
	if err := sqlite.Fill(t.Context(), back, transfer.Load{From: snapshot(t, there)}, moved); err != nil {
		t.Fatal(err)
	}
	again := storetest.OpenIn(t, filepath.Dir(back))
	if restored, err := again.RestoreAudit(t.Context()); err != nil || len(restored) > 0 {
		t.Errorf("triggers of the log count as altered: %q, %v", restored, err)
	}
	same(t, snapshot(t, again), source)
	worked(t, there)
}

// worked lets what waits be done: what was being run comes as if that attempt had not been.
func worked(t *testing.T, q store.Queue) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	got := map[string]int{} // attempt by group
	err := q.Work(ctx, 1, func(_ context.Context, group bonafide.ID, attempt int, _ bool) error {
		mu.Lock()
		defer mu.Unlock()
		if got[string(group)] = attempt; len(got) == each {
			cancel()
		}
		return nil
	})
	if want := map[string]int{"group-0": 2, "group-1": 3, "group-2": 3}; err != nil || !maps.Equal(got, want) {
		t.Errorf("the queue gives %v, %v", got, err)
	}
}

// TestANewerDatabaseIsRefused: by both of its version numbers.
func TestANewerDatabaseIsRefused(t *testing.T) {
	open := map[string]storetest.Opener{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.Open}
	for name, open := range open {
		t.Run(name, func(t *testing.T) {
			if name != "SQLite" {
				pgtest.Need(t)
			}
			for _, change := range []string{
				"INSERT INTO goose_db_version (version_id, is_applied) VALUES (4711, TRUE)",
				"DELETE FROM goose_db_version WHERE version_id = 4711; INSERT INTO river_migration (line, version) VALUES ('main', 4711)",
			} {
				dir := t.TempDir()
				s, err := open(t.Context(), dir)
				if err != nil {
					t.Fatal(err)
				}
				err = s.(interface {
					Write(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error
				}).Write(t.Context(), func(ctx context.Context, tx bun.Tx) error {
					_, err := tx.ExecContext(ctx, change)
					return err
				})
				if err = errors.Join(err, s.Close()); err != nil {
					t.Fatal(err)
				}
				s, err = open(t.Context(), dir)
				if err == nil || !strings.Contains(err.Error(), "The database was opened by a newer bonafide (its tables are of version 4711, this program knows ") {
					t.Errorf("%s: %v", change, err)
				}
				if err == nil {
					s.Close()
				}
			}
		})
	}
}

// failing breaks off in the middle of a table.
type failing struct{ transfer.Source }

var errBroken = errors.New("broken off")

func (f failing) Lines(ctx context.Context, table string, w io.Writer) error {
	if table != "webhook_attempts" {
		return f.Source.Lines(ctx, table, w)
	}
	return errBroken
}

func TestWhatBreaksOffLeavesNothingAndWhatIsThereIsNotWrittenOver(t *testing.T) {
	source, err := sqlite.ReadOnly(t.Context(), full(t))
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	file := filepath.Join(t.TempDir(), "bonafide.db")
	t.Run("PostgreSQL", func(t *testing.T) {
		pgtest.Need(t)
		url, err := pgtest.Bare(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		fill := func(load transfer.Load) error { return postgres.Fill(t.Context(), url, load, moved) }
		if err := fill(transfer.Load{From: failing{source}}); !errors.Is(err, errBroken) { // there are tables now
			t.Fatal(err)
		}
		db := connect(t, url)
		if _, err := db.Exec(t.Context(), `CREATE FUNCTION lie() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.mime = ''x''; RETURN NEW; END';
			CREATE TRIGGER lie BEFORE INSERT ON files FOR EACH ROW EXECUTE FUNCTION lie()`); err != nil {
			t.Fatal(err)
		}
		if err := fill(transfer.Load{From: source}); err == nil || !strings.Contains(err.Error(), "table files holds 3 rows with the digest") {
			t.Errorf("a database that stores something else: %v", err)
		}
		if _, err := db.Exec(t.Context(), "DROP TRIGGER lie ON files"); err != nil {
			t.Fatal(err)
		}
		refused(t, source, fill)
	})
	t.Run("SQLite", func(t *testing.T) {
		refused(t, source, func(load transfer.Load) error { return sqlite.Fill(t.Context(), file, load, moved) })
	})
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	db, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close(context.Background()) })
	return db
}

func refused(t *testing.T, source transfer.Source, fill func(transfer.Load) error) {
	if err := fill(transfer.Load{From: failing{source}}); !errors.Is(err, errBroken) {
		t.Fatalf("a source that breaks off: %v", err)
	}
	if err := fill(transfer.Load{From: source}); err != nil {
		t.Fatalf("after one that broke off: %v", err)
	}
	if err := fill(transfer.Load{From: source}); err == nil {
		t.Error("what is there is written over")
	}
}

// forged gives another row than the schema has room for.
type forged struct {
	transfer.Source
	line string
}

func (f forged) Lines(ctx context.Context, table string, w io.Writer) error {
	if table != "files" {
		return f.Source.Lines(ctx, table, w)
	}
	_, err := io.WriteString(w, f.line)
	return err
}

func TestLinesThatAreNoRowsAreRefused(t *testing.T) {
	source, err := sqlite.ReadOnly(t.Context(), full(t))
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	for _, line := range []string{"[]\n", "{}\n", "[1,2,3,4,5]\n", `["d","k","m","n"]` + "\n", `["d","k","m","n","9"]` + "\n", `["d","k","m","n",null]` + "\n", "\x00", `["d","k","m","n",1`} {
		err := sqlite.Fill(t.Context(), filepath.Join(t.TempDir(), "bonafide.db"), transfer.Load{From: forged{source, line}}, moved)
		if err == nil || !strings.Contains(err.Error(), "files") {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func TestWebhooksThatAreOwedAreGivenUpWhereThatIsWanted(t *testing.T) {
	path := full(t)
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "UPDATE webhook_deliveries SET state = 'PENDING'; UPDATE webhook_attempts SET failure = 'pending'"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	source, err := sqlite.ReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	for given, want := range map[bool]string{true: string(bonafide.DeliveryGivenUp) + " interrupted", false: string(bonafide.DeliveryPending) + " pending"} {
		dir := t.TempDir()
		then := rows.Arrival{Entry: moved.Entry, GiveUpDeliveries: given}
		if err := sqlite.Fill(t.Context(), filepath.Join(dir, "bonafide.db"), transfer.Load{From: source}, then); err != nil {
			t.Fatal(err)
		}
		reader := storetest.OpenIn(t, dir).(interface{ Reader() *bun.DB }).Reader()
		var got string
		err := reader.NewRaw("SELECT min(state) || ' ' || min(failure) FROM webhook_deliveries JOIN webhook_attempts ON delivery_id = webhook_deliveries.id").Scan(t.Context(), &got)
		if err != nil || got != want {
			t.Errorf("given up %v: %q, %v", given, got, err)
		}
	}
}
