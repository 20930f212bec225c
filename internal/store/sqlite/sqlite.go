// Package sqlite keeps everything but blobs in one SQLite file, and hands out
// ordered groups of analyses from a queue in the same file.
//
// The rows are those of package rows. Writes go through one connection, one transaction at a time; reads go through
// a pool of others and never wait for a write (write-ahead log). What the store
// has acknowledged is on disk (synchronous=FULL).
//
// Several processes may open the file. One at a time may work its queue unless all of
// them say that it is shared.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the driver "sqlite"

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

// Options say what the store cannot know by itself.
type Options struct {
	// Settle tells what the analyses of a folder add up to. Required.
	Settle rows.Settle
	// Quotas bound what one company may have.
	Quotas table.Quotas
	// Question is how long a question about many rows may take; 0 is listing.DefaultQuestion.
	Question time.Duration
	// Shared lets several processes work the queue. A process that ends without notice
	// keeps its jobs until its lease has run out; otherwise the next one has them at once.
	Shared bool
	// Logger gets warnings and errors of the queue; nil means slog.Default.
	Logger *slog.Logger
}

// Store implements store.Store and store.Queue.
type Store struct {
	*rows.Store
	file *file
}

// file is the open database. It implements table.Dialect.
type file struct {
	path   string
	writer *bun.DB // one connection
	reader *bun.DB
	log    *slog.Logger
	shared bool // see Options

	triggers *watch.Guard // of the audit log

	writes *quota.Share // the one place of who writes, in turn between payers
	listing.Questions
	*queue.Queue

	claimed func() error // gives back what Claim took
}

// Open opens the file, makes it where it is missing, and brings its tables up to
// date. The folder must exist.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Settle == nil {
		return nil, errors.New("sqlite: Options.Settle is required")
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	if err := create(path); err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	f := newFile(path, o)
	if err := f.open(ctx); err != nil {
		f.close()
		return nil, bonafide.Wrap(bonafide.CodeDatabase, "The database cannot be opened", fmt.Errorf("%s: %w", path, err))
	}
	return &Store{Store: rows.New(f, o.Settle, o.Quotas), file: f}, nil
}

func newFile(path string, o Options) *file {
	f := &file{path: path, log: o.Logger, shared: o.Shared,
		writes: quota.New(quota.Limits{Places: 1, PerKey: 1, Waiting: quota.Unlimited}), Questions: listing.NewQuestions(readers(), o.Question)}
	f.triggers = &watch.Guard{DB: table.DB{Dialect: f}, Have: auditTriggers, Log: o.Logger}
	return f
}

func (f *file) open(ctx context.Context) error {
	if err := f.connect(); err != nil {
		return err
	}
	if err := f.migrate(ctx, latest); err != nil {
		return err
	}
	if err := f.watch(ctx); err != nil {
		return err
	}
	var err error
	f.Queue, err = queue.New(f, f.log)
	return err
}

func (f *file) connect() error {
	w, err := connect(f.path, 1, "_txlock=immediate")
	if err != nil {
		return err
	}
	f.writer = bun.NewDB(w, sqlitedialect.New())
	r, err := connect(f.path, readers(), "_pragma=query_only(1)")
	if err != nil {
		return err
	}
	f.reader = bun.NewDB(r, sqlitedialect.New())
	return nil
}

// readers is the number of connections that read.
func readers() int { return max(4, 2*runtime.NumCPU()) }

// create makes the file before SQLite does, because SQLite would let others read
// it. The files beside it get the same mode.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// connect opens a pool of n connections that stay open.
func connect(path string, n int, parameter string) (*sql.DB, error) {
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: strings.Join([]string{
		"_pragma=busy_timeout(10000)", // for other processes; in this one nobody waits for a lock
		"_pragma=journal_mode(WAL)",
		"_pragma=synchronous(NORMAL)", // see Write
		"_pragma=foreign_keys(1)",
		parameter,
	}, "&")}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// provider runs the migrations of our own tables.
func provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return p, nil
}

// latest is the version of tables that this program knows.
const latest = math.MaxInt64

// migrate brings the tables up to a version.
func (f *file) migrate(ctx context.Context, version int64) error {
	ours, err := provider(f.writer.DB)
	if err != nil {
		return err
	}
	have, known, err := ours.GetVersions(ctx)
	if err == nil {
		err = table.Newer(have, known)
	}
	if err != nil {
		return err
	}
	if _, err := ours.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return queue.Migrate(ctx, f.Driver(), f.log)
}

// watch makes the triggers of the audit log.
func (f *file) watch(ctx context.Context) (err error) {
	if f.triggers.Wanted, err = f.wantedTriggers(ctx); err == nil {
		err = f.triggers.Open(ctx)
	}
	if err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	return nil
}

// RestoreAudit implements store.Audit.
func (s *Store) RestoreAudit(ctx context.Context) ([]string, error) {
	return s.file.triggers.RestoreAudit(ctx)
}

// Close closes the file. Nothing may be under way, Work included.
func (s *Store) Close() error { return s.file.close() }

func (f *file) close() error {
	var errs []error
	for _, db := range []*bun.DB{f.reader, f.writer} { // the writer last: it folds the log into the file
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if f.claimed != nil {
		errs = append(errs, f.claimed())
	}
	return errors.Join(errs...)
}

// Reader implements table.Dialect.
func (f *file) Reader() *bun.DB { return f.reader }

// Write implements table.Dialect. Anything but tx would wait for this transaction for
// ever.
//
// The connection does not flush otherwise: what Note and the queue write down, such
// as the start of an attempt, may be lost when the machine loses power, and is on
// disk with the next Write at the latest.
func (f *file) Write(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	release, err := f.writes.Take(ctx, quota.PayerOf(ctx))
	if err != nil {
		return failure(err)
	}
	defer release()
	conn, err := f.writer.Conn(ctx)
	if err != nil {
		return failure(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "PRAGMA synchronous = FULL"); err != nil {
		return failure(err)
	}
	err = conn.RunInTx(ctx, nil, do)
	// Where this fails, the connection flushes more than it needs to.
	_, _ = conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA synchronous = NORMAL")
	return failure(err)
}

// Note implements table.Dialect.
func (f *file) Note(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	release, err := f.writes.Take(ctx, quota.PayerOf(ctx))
	if err != nil {
		return failure(err)
	}
	defer release()
	return failure(f.writer.RunInTx(ctx, nil, do))
}

// Mine implements table.Dialect: nobody else writes meanwhile.
func (f *file) Mine() string { return "TRUE" }

// Word implements table.Dialect.
func (f *file) Word(column string) string {
	return "replace('' || " + column + ", ' ', '\\u0020')"
}

// Hold implements table.Dialect: there is one writer at a time anyway.
func (f *file) Hold(q *bun.SelectQuery) *bun.SelectQuery { return q }

// Intact asks the database to look through its file, and gives what it finds wrong.
func (s *Store) Intact(ctx context.Context) (faults []string, err error) {
	if err := s.file.reader.NewRaw("PRAGMA quick_check").Scan(ctx, &faults); err != nil {
		return nil, failure(err)
	}
	return slices.DeleteFunc(faults, func(f string) bool { return f == "ok" }), nil
}
