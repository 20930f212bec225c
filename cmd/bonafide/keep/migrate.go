package keep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/backup"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store/postgres"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

// Migrate moves a whole installation.
type Migrate struct {
	SQLiteToPostgres SQLiteToPostgres `cmd:"" name:"sqlite-to-postgres" help:"Move the installation in the data folder, whose server is stopped, into the empty PostgreSQL database of --db, and its media into the bucket of --blobs where that is given. What is in the data folder is not changed."`
}

// SQLiteToPostgres moves rows, and files where a bucket is named.
type SQLiteToPostgres struct{}

// Run copies everything, proves that it is the same, and says so. An error leaves the
// database empty, and files that were copied where they are: it can be run again.
func (SQLiteToPostgres) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	if cfg.DB == "" {
		return errors.New("--db: want the database to move to, postgres://user@host/name")
	}
	path := filepath.Join(cfg.Data, storage.DatabaseFile)
	from, err := sqlite.ReadOnly(ctx, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer from.Close()
	out := &printer{to: os.Stdout}
	if cfg.Blobs != "" {
		if err := moveBlobs(ctx, cfg, from, out); err != nil {
			return err
		}
	}
	sums := &tally{out: out}
	then := rows.Arrival{Entry: bonafide.AuditEntry{Action: bonafide.ActionCreate, Object: "database", ObjectID: "postgres", Changed: "moved"}}
	if err := postgres.Fill(ctx, cfg.DB, transfer.Load{From: from, Told: sums.table}, then); err != nil {
		return fmt.Errorf("--db: %w", err)
	}
	sums.say("are the same in both databases")
	if err := verifyLog(ctx, cfg, log, out); err != nil {
		return err
	}
	out.line("Start the server with this --db from now on, never without it again: %s stays as it is and knows nothing of what comes.", path)
	return out.err
}

// moveBlobs copies all files that rows name. One that is not in the data folder may be in
// the bucket already.
func moveBlobs(ctx context.Context, cfg *config.Config, from *transfer.Snapshot, out *printer) error {
	here := *cfg
	here.Blobs = ""
	local, err := storage.OpenBlobs(ctx, &here, nil)
	if err != nil {
		return err
	}
	remote, err := storage.OpenBlobs(ctx, cfg, nil)
	if err != nil {
		return err
	}
	m := &mover{local: local, remote: remote}
	files, err := backup.Copy(ctx, from.Blobs, m.get, m.put)
	if err != nil {
		return err
	}
	out.line("%d files of %d bytes are in the bucket, each with the digest that the rows name", files.Files, files.Bytes)
	return out.lacking(files.Lacking)
}

// mover takes files from the bucket where they are there, and need not be stored again, or
// from the data folder.
type mover struct {
	local, remote blob.Store
	there         sync.Map // digests in the bucket
}

func (m *mover) get(ctx context.Context, digest string) (io.ReadCloser, error) {
	r, err := m.remote.Open(ctx, digest)
	if err == nil {
		m.there.Store(digest, true)
		return r, nil
	}
	if _, damaged := errors.AsType[*blob.DamagedError](err); damaged || bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return m.local.Open(ctx, digest)
	}
	return nil, err
}

func (m *mover) put(ctx context.Context, digest string, from io.Reader) error {
	if _, there := m.there.Load(digest); there {
		_, err := io.Copy(io.Discard, from)
		return err
	}
	return backup.Into(m.remote)(ctx, digest, from)
}
