package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"log/slog"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/queue"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

// visible asks for the columns of a table, but for those that follow from others.
const visible = `SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
		WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`

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

// Snapshot gives all rows as they are now, whatever is written meanwhile. The database
// cannot clean up after deletions until it is closed.
func (s *Store) Snapshot(ctx context.Context) (*transfer.Snapshot, error) {
	snap, err := transfer.Begin(ctx, portable{}, s.base.reader.DB, nil)
	return snap, failure(err)
}

// Fill puts all into an empty database that comes from elsewhere; then applies once that
// was proved to be equal, in the same transaction. It is all or nothing but for the tables.
func Fill(ctx context.Context, url string, load transfer.Load, then rows.Arrival) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return bonafide.Wrap(bonafide.CodeDatabase, "The address of the database cannot be read", err)
	}
	b := newBase(config, Options{Logger: slog.New(slog.DiscardHandler)})
	defer func() { _ = b.close() }()
	if err := b.connect(ctx); err != nil {
		return failure(err)
	}
	return failure(b.alone(ctx, func() error { return b.fill(ctx, load, then) }))
}

func (b *base) fill(ctx context.Context, load transfer.Load, then rows.Arrival) (err error) {
	if err := b.migrate(ctx, cmp.Or(load.Version, latest)); err != nil {
		return err
	}
	if b.triggers.Wanted, err = b.wantedTriggers(ctx); err != nil {
		return err
	}
	return table.DB{Dialect: b}.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := transfer.Fill(ctx, portable{}, tx.Tx, load); err != nil {
			return err
		}
		if err := b.triggers.Adopt(ctx, tx); err != nil {
			return err
		}
		return then.Apply(ctx, tx)
	})
}

// Tables implements transfer.Dialect.
func (portable) Tables(ctx context.Context, tx *sql.Tx) ([]transfer.Table, error) {
	const tables = "SELECT c.relname FROM pg_class AS c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace"
	names, err := transfer.List(ctx, tx, tables)
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
		t.Key, err = transfer.List(ctx, tx, `SELECT a.attname FROM pg_constraint AS c, unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
			JOIN pg_attribute AS a ON a.attnum = k.attnum
			WHERE c.contype = 'p' AND c.conrelid = $1::text::regclass AND a.attrelid = c.conrelid ORDER BY k.place`, name)
		if err != nil {
			return nil, err
		}
		t.Parents, err = transfer.List(ctx, tx, `SELECT DISTINCT p.relname FROM pg_constraint AS c JOIN pg_class AS p ON p.oid = c.confrelid
			WHERE c.contype = 'f' AND c.conrelid = $1::text::regclass`, name)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// Queue implements transfer.Dialect.
func (portable) Queue() transfer.Queue {
	return transfer.Queue{
		Group: "args ->> 'group_id'", Cuts: "coalesce((metadata ->> 'cuts')::bigint, 0)",
		Millis: "floor(extract(epoch FROM %s) * 1000)::bigint",
		Args:   "jsonb_build_object('group_id', %s::text)", Metadata: "jsonb_build_object('cuts', %s::bigint)",
		Time: "to_timestamp(%s::bigint / 1000.0)",
		Tags: "'{}'", Kind: queue.Kind,
	}
}

// Argument implements transfer.Dialect.
func (portable) Argument(n int) string { return "$" + strconv.Itoa(n) }

// sequences are what gives out numbers: the table, its column and the sequence.
const sequences = `SELECT c.relname, a.attname, s.oid::bigint FROM pg_depend AS d
	JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_class AS c ON c.oid = d.refobjid
	JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
	WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND c.relnamespace = current_schema()::regnamespace`

type sequence struct {
	table, column string
	oid           int64
}

func (portable) sequences(ctx context.Context, tx *sql.Tx) (all []sequence, err error) {
	rows, err := tx.QueryContext(ctx, sequences)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s sequence
		if err := rows.Scan(&s.table, &s.column, &s.oid); err != nil {
			return nil, err
		}
		if s.table == "river_job" || transfer.Stays(s.table) == "" {
			all = append(all, s)
		}
	}
	return all, rows.Err()
}

// name is that of the table of lines.
func (s sequence) name() string {
	if s.table == "river_job" {
		return "queue"
	}
	return s.table
}

// Numbers implements transfer.Dialect.
func (p portable) Numbers(ctx context.Context, tx *sql.Tx) (map[string]int64, error) {
	found, err := p.sequences(ctx, tx)
	if err != nil {
		return nil, err
	}
	all := map[string]int64{}
	for _, s := range found {
		var last sql.NullInt64
		if err := tx.QueryRowContext(ctx, "SELECT pg_sequence_last_value($1::bigint::regclass)", s.oid).Scan(&last); err != nil {
			return nil, err
		}
		if last.Valid {
			all[s.name()] = last.Int64
		}
	}
	return all, nil
}

// Continue implements transfer.Dialect.
func (p portable) Continue(ctx context.Context, tx *sql.Tx, numbers map[string]int64) error {
	found, err := p.sequences(ctx, tx)
	if err != nil {
		return err
	}
	for _, s := range found {
		_, err := tx.ExecContext(ctx, "SELECT setval($1::bigint::regclass, greatest($2::bigint, (SELECT coalesce(max("+ident(s.column)+"), 1) FROM "+ident(s.table)+")))",
			s.oid, max(1, numbers[s.name()]))
		if err != nil {
			return err
		}
	}
	return nil
}
