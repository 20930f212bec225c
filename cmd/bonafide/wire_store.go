package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
)

// storage is what lasts: rows, media and, read from the rows, the gallery.
type storage struct {
	store  *sqlite.Store
	blobs  *disk.Blobs
	people *gallery.Gallery
}

// openStorage opens what a server needs; model made the templates that are searched.
func openStorage(ctx context.Context, cfg *config.Config, model bonafide.ModelRef, log *slog.Logger) (*storage, error) {
	store, err := openStore(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	s := &storage{store: store}
	if s.blobs, err = openBlobs(cfg, store); err == nil {
		s.people, err = openGallery(ctx, store, model, log)
	}
	if err != nil {
		_ = store.Close()
		return nil, err
	}
	return s, nil
}

func openStore(ctx context.Context, cfg *config.Config, log *slog.Logger) (*sqlite.Store, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(cfg.Data, databaseFile)
	if err := mayBegin(cfg, path); err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, path, sqlite.Options{
		Settle:   decision.Folder,
		Question: cfg.Limits.ListDuration,
		Quotas:   table.Quotas{Unfinished: cfg.Limits.CompanyUnfinished, Bytes: cfg.Limits.CompanyBytes},
		Logger:   log,
	})
}

// databaseFile and blobsDir lie in the data folder.
const (
	databaseFile = "bonafide.db"
	blobsDir     = "blobs"
)

// mayBegin refuses to begin a new database where media tell that there was one.
func mayBegin(cfg *config.Config, path string) error {
	if info, err := os.Stat(path); err == nil && info.Size() > 0 || cfg.New {
		return nil
	}
	dir := filepath.Join(cfg.Data, blobsDir)
	some, err := filepath.Glob(filepath.Join(dir, "[0-9a-f][0-9a-f]", "*"))
	if err != nil || len(some) == 0 {
		return err
	}
	return fmt.Errorf("%s is missing, but media are in %s: put the database back where it was, or begin a new one with --new-database, which gives these media up", path, dir)
}

func openBlobs(cfg *config.Config, store *sqlite.Store) (*disk.Blobs, error) {
	return disk.Open(filepath.Join(cfg.Data, blobsDir), store.ClaimBlobs)
}

// openGallery loads the templates of the model in use, and warns of others.
func openGallery(ctx context.Context, store *sqlite.Store, model bonafide.ModelRef, log *slog.Logger) (*gallery.Gallery, error) {
	people, err := gallery.Open(ctx, store, model)
	if err != nil {
		return nil, err
	}
	all, err := store.PersonImages(ctx, bonafide.Scope{}, bonafide.Query{Limit: 0})
	if err != nil {
		return nil, err
	}
	if n := all.Total - people.Size(); n > 0 {
		log.Warn("templates of another model are not searched: analyses against their collections fail until `bonafide collection reenrol` has run, beside this server or without it",
			"templates", n, "model", model)
	}
	return people, nil
}

// searcher lets analyses ask the gallery.
type searcher struct{ people *gallery.Gallery }

// Search implements analysis.Gallery.
func (s searcher) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]analysis.Hit, int, error) {
	found, size, err := s.people.Search(ctx, probe, collection, k)
	hits := make([]analysis.Hit, len(found))
	for i, h := range found {
		hits[i] = analysis.Hit{PersonID: h.PersonID, Cosine: float64(h.Cosine)}
	}
	return hits, size, err
}
