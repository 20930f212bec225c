// Package postgres keeps everything but blobs in a PostgreSQL database, and hands out
// ordered groups of analyses from a queue in the same database.
//
// The rows are those of package rows. Any number of processes may open a database and work
// its queue. Whoever writes holds a lock of the database until the end of their
// transaction, over all processes: the audit log is a chain, of which each entry needs the
// one before. Reads never wait for a write. What the store has acknowledged is on disk.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/store/queue"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
	"github.com/bonafide-id/bonafide/internal/store/rows/watch"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Locks of the database that this package takes: the first is the name of the system.
const (
	writeLock   = 0x626f6e6166696465 // of who writes
	migrateLock = writeLock + 1
	leaseLock   = writeLock + 2
)

const (
	oldest = 140000 // server_version_num that the SQL needs
	// workConns are the connections that write, and those of the queue.
	workConns = 8
)

// Options say what the store cannot know by itself.
type Options struct {
	// Settle tells what the analyses of a folder add up to. Required.
	Settle rows.Settle
	// Quotas bound what one company may have.
	Quotas table.Quotas
	// Begin is asked before tables are made in a database that has none; its error ends
	// the opening. Nil means yes.
	Begin func() error
	// Question is how long a question about many rows may take; 0 is listing.DefaultQuestion.
	Question time.Duration
	// Logger gets warnings and errors of the queue; nil means slog.Default.
	Logger *slog.Logger
}

// Store implements store.Store and store.Queue.
type Store struct {
	*rows.Store
	base *base
}

// base is the open database. It implements table.Dialect.
type base struct {
	config *pgx.ConnConfig
	begin  func() error // see Options
	schema string       // that the tables are in
	writer *bun.DB
	reader *bun.DB // sees all of a transaction as it was at one moment
	log    *slog.Logger

	triggers *watch.Guard // of the audit log
	writes   *quota.Share // the one place of who writes, in turn between payers
	listing.Questions
	*queue.Queue
}

// Open opens the database of a URL or a list of key=value pairs, and brings its tables up to
// date.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	if o.Settle == nil {
		return nil, errors.New("postgres: Options.Settle is required")
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeDatabase, "The address of the database cannot be read", err)
	}
	b := newBase(config, o)
	if err := b.open(ctx); err != nil {
		_ = b.close()
		return nil, bonafide.Wrap(bonafide.CodeDatabase, "The database cannot be opened", err)
	}
	return &Store{Store: rows.New(b, o.Settle, o.Quotas), base: b}, nil
}

func newBase(config *pgx.ConnConfig, o Options) *base {
	b := &base{config: config, begin: o.Begin, log: o.Logger, Questions: listing.NewQuestions(readers(), o.Question),
		writes: quota.New(quota.Limits{Places: 1, PerKey: 1, Waiting: quota.Unlimited})}
	b.triggers = &watch.Guard{DB: table.DB{Dialect: b}, Have: b.auditTriggers, Log: o.Logger}
	return b
}

// readers is the number of connections that read.
func readers() int { return max(4, 2*runtime.NumCPU()) }

func (b *base) open(ctx context.Context) error {
	if err := b.connect(ctx); err != nil {
		return err
	}
	err := b.alone(ctx, func() error {
		if err := b.migrate(ctx, latest); err != nil {
			return err
		}
		return b.watch(ctx)
	})
	if err != nil {
		return err
	}
	b.Queue, err = queue.New(b, b.log)
	return err
}

func (b *base) connect(ctx context.Context) error {
	// bun writes arguments into the SQL: no statement comes twice, and none is worth keeping.
	b.config.DefaultQueryExecMode = pgx.QueryExecModeExec
	params := b.config.RuntimeParams
	for name, value := range map[string]string{
		"standard_conforming_strings": "on", // as bun quotes
		"TimeZone":                    "UTC",
		"synchronous_commit":          "off", // see Write
		// A process whose machine has vanished must not hold the lock of who writes.
		"idle_in_transaction_session_timeout": "60s",
		"tcp_keepalives_idle":                 "10",
		"tcp_keepalives_interval":             "5",
		"tcp_keepalives_count":                "4",
	} {
		params[name] = value
	}
	if params["application_name"] == "" {
		params["application_name"] = "bonafide"
	}
	b.writer = connect(b.config, workConns)
	reads := b.config.Copy()
	reads.RuntimeParams["default_transaction_read_only"] = "on"
	reads.RuntimeParams["default_transaction_isolation"] = "repeatable read"
	b.reader = connect(reads, readers())
	return b.check(ctx)
}

// connect opens a pool of at most n connections, which stay open.
func connect(config *pgx.ConnConfig, n int) *bun.DB {
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return bun.NewDB(db, pgdialect.New())
}

// check refuses databases that would hold something else than what was stored.
func (b *base) check(ctx context.Context) error {
	var version int
	var encoding string
	var schema sql.NullString
	err := b.reader.NewRaw("SELECT current_setting('server_version_num')::integer, current_setting('server_encoding'), current_schema()").
		Scan(ctx, &version, &encoding, &schema)
	switch {
	case err != nil:
		return err
	case version < oldest:
		return fmt.Errorf("PostgreSQL %d or newer is needed, this is %d", oldest/10000, version/10000)
	case encoding != "UTF8":
		return fmt.Errorf("the database's encoding is %s, it must be UTF8", encoding)
	case !schema.Valid:
		return errors.New("the database has no schema to put tables in: see search_path")
	}
	b.schema = schema.String
	return nil
}

// alone keeps other processes from changing tables while do runs.
func (b *base) alone(ctx context.Context, do func() error) error {
	conn, err := b.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(?)", int64(migrateLock)); err != nil {
		return err
	}
	defer func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(?)", int64(migrateLock))
	}()
	return do()
}

// latest is the version of tables that this program knows.
const latest = math.MaxInt64

// provider runs the migrations of our own tables.
func provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return p, nil
}

// migrate brings the tables up to a version.
func (b *base) migrate(ctx context.Context, version int64) error {
	ours, err := provider(b.writer.DB)
	if err != nil {
		return err
	}
	have, known, err := ours.GetVersions(ctx)
	if err == nil {
		err = table.Newer(have, known)
	}
	if err == nil && have == 0 && b.begin != nil {
		err = b.begin()
	}
	if err != nil {
		return err
	}
	if _, err := ours.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return queue.Migrate(ctx, b.Driver(), b.log)
}

// watch makes the triggers of the audit log.
func (b *base) watch(ctx context.Context) (err error) {
	if b.triggers.Wanted, err = b.wantedTriggers(ctx); err == nil {
		err = b.triggers.Open(ctx)
	}
	if err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	return nil
}

// RestoreAudit implements store.Audit.
func (s *Store) RestoreAudit(ctx context.Context) ([]string, error) {
	return s.base.triggers.RestoreAudit(ctx)
}

// Close closes all connections. Nothing may be under way, Work included.
func (s *Store) Close() error { return s.base.close() }

func (b *base) close() error {
	var errs []error
	for _, db := range []*bun.DB{b.reader, b.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Reader implements table.Dialect.
func (b *base) Reader() *bun.DB { return b.reader }

// Write implements table.Dialect. Anything but tx would wait for this transaction for ever.
//
// The connections do not wait for the disk otherwise: what Note and the queue write down,
// such as the start of an attempt, may be lost when the database's machine loses power, and
// is on disk with the next Write at the latest.
func (b *base) Write(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	return b.write(ctx, "on", do)
}

// Note implements table.Dialect.
func (b *base) Note(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	return b.write(ctx, "off", do)
}

func (b *base) write(ctx context.Context, flushed string, do func(ctx context.Context, tx bun.Tx) error) error {
	release, err := b.writes.Take(ctx, quota.PayerOf(ctx))
	if err != nil {
		return failure(err)
	}
	defer release()
	return failure(b.writer.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		// The statements that follow see all that was committed before.
		_, err := tx.ExecContext(ctx, "SELECT set_config('synchronous_commit', ?, TRUE), pg_advisory_xact_lock(?)", flushed, int64(writeLock))
		if err != nil {
			return err
		}
		return do(ctx, tx)
	}))
}

// Mine implements table.Dialect: whoever changes rows with a tool for databases does not
// take the lock.
func (b *base) Mine() string { return "pending.xmin = pg_current_xact_id()::xid" }

// Hold implements table.Dialect: there is one writer at a time anyway.
func (b *base) Hold(q *bun.SelectQuery) *bun.SelectQuery { return q }
