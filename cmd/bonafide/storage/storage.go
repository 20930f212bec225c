// Package storage opens what lasts: rows, media and, read from the rows, the gallery.
package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/blob/s3"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/gallery/pgvector"
	"github.com/bonafide-id/bonafide/internal/gallery/scan"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/postgres"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

// Store is a database with what the command line needs of it besides.
type Store interface {
	store.Store
	store.Queue
	// Claim makes this process the one that works the queue, where there may be one alone.
	Claim() error
	// Snapshot gives all rows as they are now, whatever is written meanwhile.
	Snapshot(ctx context.Context) (*transfer.Snapshot, error)
	// Recount compares what triggers have counted with what is there, and mends it.
	Recount(ctx context.Context, mend bool) (wrong []string, err error)
	// ImportFolders stores ended folders as they are.
	ImportFolders(ctx context.Context, all []store.Whole) error
}

// Storage is what lasts.
type Storage struct {
	Store  Store
	Blobs  Blobs
	People *gallery.Gallery
}

// Blobs are the media of an installation.
type Blobs interface {
	blob.Store
	// Older calls each with digests of blobs that have lain there unchanged since before
	// a time.
	Older(ctx context.Context, before time.Time, each func(ctx context.Context, digests []string) error) error
	// Damaged is how often content was found to be another than its digest says.
	Damaged() int64
}

// Open opens what a server needs; model made the templates that are searched.
func Open(ctx context.Context, cfg *config.Config, model bonafide.ModelRef, log *slog.Logger) (*Storage, error) {
	kept, err := OpenStore(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	s := &Storage{Store: kept}
	if s.Blobs, err = OpenBlobs(ctx, cfg, kept.ClaimBlobs); err == nil {
		s.People, err = openGallery(ctx, cfg, kept, model, log)
	}
	if err != nil {
		_ = kept.Close()
		return nil, err
	}
	return s, nil
}

// OpenStore opens the rows: the file in the data folder, or the database of --db.
func OpenStore(ctx context.Context, cfg *config.Config, log *slog.Logger) (Store, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(filepath.Join(cfg.Data, UnfinishedFile)); err == nil {
		return nil, errors.New("a backup was being restored into " + cfg.Data + " and that did not end: run bonafide restore again")
	}
	quotas := table.Quotas{Unfinished: cfg.Limits.CompanyUnfinished, Bytes: cfg.Limits.CompanyBytes}
	if cfg.DB != "" {
		return openPostgres(ctx, cfg, quotas, log)
	}
	path := filepath.Join(cfg.Data, DatabaseFile)
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		if err := mayBegin(ctx, cfg, path); err != nil {
			return nil, err
		}
	}
	s, err := sqlite.Open(ctx, path, sqlite.Options{Settle: decision.Folder, Question: cfg.Limits.ListDuration, Quotas: quotas, Logger: log})
	if err != nil {
		return nil, err // and not a store that is none
	}
	return s, nil
}

func openPostgres(ctx context.Context, cfg *config.Config, quotas table.Quotas, log *slog.Logger) (Store, error) {
	if !strings.HasPrefix(cfg.DB, "postgres://") && !strings.HasPrefix(cfg.DB, "postgresql://") {
		return nil, errors.New("--db wants postgres://user@host/name, or nothing for the file in the data folder")
	}
	s, err := postgres.Open(ctx, cfg.DB, postgres.Options{Settle: decision.Folder, Question: cfg.Limits.ListDuration, Quotas: quotas, Logger: log,
		Begin: func() error { return mayBegin(ctx, cfg, "what was in the database of --db") }})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// DatabaseFile and BlobsDir lie in the data folder, and UnfinishedFile while a backup is
// restored into it.
const (
	UnfinishedFile = "restore-unfinished"
	DatabaseFile   = "bonafide.db"
	BlobsDir       = "blobs"
)

// mayBegin refuses to begin a new database, in place of what is missing, where media tell
// that there was one.
func mayBegin(ctx context.Context, cfg *config.Config, missing string) error {
	if cfg.New {
		return nil
	}
	blobs, err := OpenBlobs(ctx, cfg, nil)
	if err != nil {
		return err
	}
	where := cfg.Blobs
	if where == "" {
		where = filepath.Join(cfg.Data, BlobsDir)
	}
	some := errors.New(missing + " is missing, but media are in " + where + ": put the database back where it was, or begin a new one with --new-database, which gives these media up")
	ever := time.Now().AddDate(1000, 0, 0)
	return blobs.Older(ctx, ever, func(context.Context, []string) error { return some })
}

// OpenBlobs opens the media. claim may be nil where nothing is kept.
func OpenBlobs(ctx context.Context, cfg *config.Config, claim blob.Claim) (Blobs, error) {
	local, err := disk.Open(filepath.Join(cfg.Data, BlobsDir), claim)
	if err != nil || cfg.Blobs == "" {
		return local, err
	}
	remote, err := s3.Open(ctx, s3.Config{URL: cfg.Blobs, Local: local, Claim: claim})
	if err != nil {
		return nil, fmt.Errorf("--blobs: %w", err)
	}
	return remote, nil
}

// openGallery loads the templates of the model in use, and warns of others.
func openGallery(ctx context.Context, cfg *config.Config, s Store, model bonafide.ModelRef, log *slog.Logger) (*gallery.Gallery, error) {
	index, err := openIndex(ctx, cfg, model)
	if err != nil {
		return nil, err
	}
	people, err := gallery.Open(ctx, s, model, index)
	if err != nil {
		return nil, err
	}
	log.Info("persons can be searched", "references", people.Size(), "bytes", people.Bytes())
	all, err := s.PersonImages(ctx, bonafide.Scope{}, bonafide.Query{Limit: 0})
	if err != nil {
		return nil, err
	}
	if n := all.Total - people.Size(); n > 0 {
		log.Warn("templates of another model are not searched: analyses against their collections fail until `bonafide gallery reindex` has run, beside this server or without it",
			"templates", n, "model", model)
	}
	return people, nil
}

// openIndex makes an index in memory, or opens the one in the database of --gallery until
// ctx ends.
func openIndex(ctx context.Context, cfg *config.Config, model bonafide.ModelRef) (gallery.Index, error) {
	if cfg.Gallery == "" {
		return scan.New(), nil
	}
	if !strings.HasPrefix(cfg.Gallery, "postgres://") && !strings.HasPrefix(cfg.Gallery, "postgresql://") {
		return nil, errors.New("--gallery wants postgres://user@host/name, a PostgreSQL with pgvector, or nothing for memory")
	}
	d, err := pgvector.Open(ctx, cfg.Gallery)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, d.Close)
	return d.Index(model), nil
}

// KeepIndex deletes what the database of --gallery, where there is one, has of other models.
func KeepIndex(ctx context.Context, cfg *config.Config, model bonafide.ModelRef) error {
	if cfg.Gallery == "" {
		return nil
	}
	d, err := pgvector.Open(ctx, cfg.Gallery)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Keep(ctx, model)
}
