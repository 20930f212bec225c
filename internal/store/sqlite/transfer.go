package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/queue"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

// visible asks for the columns of a table, but for those that follow from others.
const visible = "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0"

// portable implements transfer.Dialect.
type portable struct{}

// Version is that of the tables that this program makes.
func Version() (int64, error) {
	p, err := provider(&sql.DB{}) // nothing is asked
	if err != nil {
		return 0, err
	}
	all := p.ListSources()
	return all[len(all)-1].Version, nil
}

// Snapshot gives all rows as they are now, whatever is written meanwhile. The file grows
// until it is closed.
func (s *Store) Snapshot(ctx context.Context) (*transfer.Snapshot, error) {
	snap, err := transfer.Begin(ctx, portable{}, s.file.reader.DB, nil)
	return snap, failure(err)
}

// ReadOnly gives all rows of a file that nobody works on, which it does not change. Nobody
// can work on it until the snapshot is closed.
func ReadOnly(ctx context.Context, path string) (*transfer.Snapshot, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	unlock, err := lock(path + ".lock")
	if err != nil {
		return nil, err
	}
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: "mode=ro&_pragma=busy_timeout(10000)&_pragma=query_only(1)"}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, errors.Join(err, unlock())
	}
	end := func() error { return errors.Join(db.Close(), unlock()) }
	if err := current(ctx, db); err != nil {
		return nil, errors.Join(err, end())
	}
	snap, err := transfer.Begin(ctx, portable{}, db, end)
	return snap, failure(err)
}

// current refuses tables of another version than this program's.
func current(ctx context.Context, db *sql.DB) error {
	known, err := Version()
	if err != nil {
		return err
	}
	var have int64
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&have); err != nil {
		return failure(err)
	}
	if have < known {
		return bonafide.Errorf(bonafide.CodeDatabase, "The database was opened by an older bonafide (its tables are of version %d, this program makes %d): "+
			"start the server of this version on it once, and stop it", have, known)
	}
	return table.Newer(have, known)
}

// Fill makes a file with all that comes from elsewhere; then applies once that was proved
// to be equal, in the same transaction. It is all or nothing: the file is not there before
// it is whole.
func Fill(ctx context.Context, path string, load transfer.Load, then rows.Arrival) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s is there already", path)
	}
	part := path + ".part"
	for _, left := range []string{part, part + "-wal", part + "-shm"} {
		if err := os.Remove(left); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := create(part); err != nil {
		return err
	}
	f := newFile(part, Options{Logger: slog.New(slog.DiscardHandler)})
	err := f.fill(ctx, load, then)
	if err = errors.Join(err, f.close()); err != nil {
		return failure(err)
	}
	return settle(part, path)
}

func (f *file) fill(ctx context.Context, load transfer.Load, then rows.Arrival) (err error) {
	if err := f.connect(); err != nil {
		return err
	}
	if err := f.migrate(ctx, cmp.Or(load.Version, latest)); err != nil {
		return err
	}
	if f.triggers.Wanted, err = f.wantedTriggers(ctx); err != nil {
		return err
	}
	return table.DB{Dialect: f}.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := transfer.Fill(ctx, portable{}, tx.Tx, load); err != nil {
			return err
		}
		if err := f.triggers.Adopt(ctx, tx); err != nil {
			return err
		}
		return then.Apply(ctx, tx)
	})
}

// settle gives a flushed file its name.
func settle(part, path string) error {
	file, err := os.Open(part)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close(), os.Rename(part, path)); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Tables implements transfer.Dialect.
func (portable) Tables(ctx context.Context, tx *sql.Tx) ([]transfer.Table, error) {
	names, err := transfer.List(ctx, tx, "SELECT name FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		return nil, err
	}
	var all []transfer.Table
	for _, name := range names {
		if transfer.Stays(name) != "" {
			continue
		}
		t := transfer.Table{Name: name}
		if t.Columns, err = transfer.Columns(ctx, tx, visible, name); err != nil {
			return nil, err
		}
		if t.Key, err = transfer.List(ctx, tx, "SELECT name FROM pragma_table_xinfo(?) WHERE pk > 0 ORDER BY pk", name); err != nil {
			return nil, err
		}
		if t.Parents, err = transfer.List(ctx, tx, `SELECT DISTINCT "table" FROM pragma_foreign_key_list(?)`, name); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// Queue implements transfer.Dialect. River's times have milliseconds.
func (portable) Queue() transfer.Queue {
	return transfer.Queue{
		Group: "args ->> '$.group_id'", Cuts: "coalesce(metadata ->> '$.cuts', 0)",
		Millis: "CAST(round(unixepoch(%s, 'subsec') * 1000) AS INTEGER)",
		Args:   "jsonb(json_object('group_id', %s))", Metadata: "jsonb(json_object('cuts', %s))",
		Time: "strftime('%%Y-%%m-%%d %%H:%%M:%%f', %s / 1000.0, 'unixepoch')",
		Tags: "jsonb('[]')", Kind: queue.Kind,
	}
}

// Argument implements transfer.Dialect.
func (portable) Argument(int) string { return "?" }

// jobs is the table of the queue.
const jobs = "river_job"

// Numbers implements transfer.Dialect.
func (portable) Numbers(ctx context.Context, tx *sql.Tx) (map[string]int64, error) {
	rows, err := tx.QueryContext(ctx, "SELECT name, seq FROM sqlite_sequence")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var last int64
		if err := rows.Scan(&name, &last); err != nil {
			return nil, err
		}
		switch {
		case name == jobs:
			all["queue"] = last
		case transfer.Stays(name) == "":
			all[name] = last
		}
	}
	return all, rows.Err()
}

// Continue implements transfer.Dialect. Tables that may give out a number again need
// nothing.
func (portable) Continue(ctx context.Context, tx *sql.Tx, numbers map[string]int64) error {
	names, err := transfer.List(ctx, tx, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
	if err != nil {
		return err
	}
	for _, name := range names {
		last, known := numbers[name]
		if name == jobs {
			last, known = numbers["queue"]
		}
		if !known {
			continue
		}
		res, err := tx.ExecContext(ctx, "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", last, name)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", name, last); err != nil {
			return err
		}
	}
	return nil
}
