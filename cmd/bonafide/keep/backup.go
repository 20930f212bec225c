package keep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/backup"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store/postgres"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

// Backup copies an installation while its server works.
type Backup struct {
	To string `help:"Folder to make the backup in; it must be empty or not there." required:"" type:"path"`

	Version string `kong:"-"` // of this program
}

// Run makes the backup.
func (c *Backup) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	blobs, err := storage.OpenBlobs(ctx, cfg, nil)
	if err != nil {
		return err
	}
	schema, err := versions()
	if err != nil {
		return err
	}
	b, err := backup.Take(ctx, &backup.Installation{
		Snapshot: store.Snapshot, Hold: store.HoldBlobs, Blob: backup.OutOf(blobs),
		Data: cfg.Data, Skip: elsewhere, Version: c.Version, Schema: schema,
	}, c.To)
	if err != nil {
		return err
	}
	out := &printer{to: os.Stdout}
	rows := int64(0)
	for _, t := range b.Manifest.Tables {
		rows += t.Rows
	}
	digest, err := b.Digest()
	if err != nil {
		return err
	}
	out.line("%d tables with %d rows, %d files of %d bytes, %d files of the data folder", len(b.Manifest.Tables), rows, b.Manifest.Blobs.Files, b.Manifest.Blobs.Bytes, len(b.Data))
	out.line("manifest of %s: SHA-256 %s", b.Made.Format(time.RFC3339), digest)
	if err := out.lacking(b.Manifest.Blobs.Lacking); err != nil {
		return fmt.Errorf("the backup is finished, but %w", err)
	}
	return out.err
}

// elsewhere tells what of the data folder a backup holds in another form, or not at all.
func elsewhere(name string) bool {
	return strings.HasPrefix(name, storage.DatabaseFile) || name == storage.BlobsDir || name == storage.UnfinishedFile || name == "captures"
}

// The kinds of databases in manifests.
const (
	kindSQLite   = "sqlite"
	kindPostgres = "postgres"
)

// versions are those of the tables that this program makes.
func versions() (map[string]int64, error) {
	here, err := sqlite.Version()
	there, other := postgres.Version()
	return map[string]int64{kindSQLite: here, kindPostgres: there}, errors.Join(err, other)
}

// Restore gives a backup back.
type Restore struct {
	From         string `help:"Folder of a backup." required:"" type:"existingdir"`
	SendWebhooks bool   `help:"Send the webhooks that were owed when the backup was made; without it they are given up, since they may have been sent after it, and can be replayed."`
	Incomplete   bool   `help:"Restore what there is of a backup of which files are missing or damaged."`
	VerifyOnly   bool   `help:"Only read everything and compare it with the manifest."`
}

// Run restores into an empty data folder, or an empty database and an empty bucket. An
// error leaves a note in the data folder, with which no server starts; run again, it goes on.
func (c *Restore) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	b, err := backup.Open(c.From)
	if err != nil {
		return err
	}
	if err := readable(b); err != nil {
		return err
	}
	out := &printer{to: os.Stdout}
	if c.VerifyOnly {
		if err := b.Verify(ctx); err != nil {
			return err
		}
		out.line("the backup is whole")
		return out.lacking(b.Manifest.Blobs.Lacking)
	}
	if err := (&restoring{Restore: c, cfg: cfg, from: b, out: out}).run(ctx); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(cfg.Data, storage.UnfinishedFile)); err != nil {
		return err
	}
	if err := verifyLog(ctx, cfg, log, out); err != nil {
		return err
	}
	return out.lacking(b.Manifest.Blobs.Lacking)
}

// readable refuses a backup of a newer program.
func readable(b *backup.Backup) error {
	known, err := versions()
	for kind, have := range b.Manifest.Schema {
		if have > known[kind] {
			err = errors.Join(err, fmt.Errorf("the backup was made by a newer bonafide, %s: its tables are of version %d (%s), this program knows %d", b.Version, have, kind, known[kind]))
		}
	}
	return err
}

// restoring is a restore under way.
type restoring struct {
	*Restore
	cfg  *config.Config
	from *backup.Backup
	out  *printer
}

// run restores rows last, and all of them at once: where there is a database, all is there.
func (r *restoring) run(ctx context.Context) error {
	again, err := r.begin(ctx)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(r.cfg.Data, storage.DatabaseFile)); err == nil {
		if again && r.cfg.DB == "" {
			return nil // it was killed just before the end
		}
		return fmt.Errorf("%s holds a database already: restore into a new folder", r.cfg.Data)
	}
	if err := r.files(ctx); err != nil {
		return err
	}
	return r.rows(ctx)
}

// begin makes sure that nothing is written over, unless this is the same restore again.
func (r *restoring) begin(ctx context.Context) (again bool, err error) {
	digest, err := r.from.Digest()
	if err != nil {
		return false, err
	}
	path := filepath.Join(r.cfg.Data, storage.UnfinishedFile)
	note, err := os.ReadFile(path)
	switch {
	case err == nil && strings.TrimSpace(string(note)) == digest:
		return true, nil
	case err == nil:
		return false, fmt.Errorf("%s: another backup was being restored here: begin with a new folder", path)
	case !errors.Is(err, fs.ErrNotExist):
		return false, err
	}
	if _, err := os.Lstat(filepath.Join(r.cfg.Data, storage.DatabaseFile)); err == nil {
		return false, nil // which is refused
	}
	if err := os.MkdirAll(r.cfg.Data, 0o700); err != nil {
		return false, err
	}
	blobs, err := storage.OpenBlobs(ctx, r.cfg, nil)
	if err != nil {
		return false, err
	}
	some := errors.New("there are media already where they would be restored: name an empty place")
	if err := blobs.Older(ctx, time.Now().AddDate(1000, 0, 0), func(context.Context, []string) error { return some }); err != nil {
		return false, err
	}
	return false, os.WriteFile(path, []byte(digest+"\n"), 0o600)
}

// files restores those that rows name, and those of the data folder.
func (r *restoring) files(ctx context.Context) error {
	blobs, err := storage.OpenBlobs(ctx, r.cfg, nil)
	if err != nil {
		return err
	}
	done, err := backup.Copy(ctx, r.from.Blobs, r.from.Blob, backup.Into(blobs))
	if err != nil {
		return err
	}
	r.out.line("%d files of %d bytes, each with the digest that the rows name", done.Files, done.Bytes)
	if err := r.out.lacking(done.Lacking); err != nil && !r.Incomplete {
		return fmt.Errorf("the backup is damaged, --incomplete restores the rest: %w", err)
	}
	kept, err := r.from.PutData(r.cfg.Data)
	for _, path := range kept {
		r.out.line("%s was there and stays as it is", path)
	}
	return err
}

// rows restores all rows at once.
func (r *restoring) rows(ctx context.Context) error {
	sums := &tally{out: r.out}
	then := rows.Arrival{GiveUpDeliveries: !r.SendWebhooks, Entry: bonafide.AuditEntry{
		Action: bonafide.ActionCreate, Object: "database", ObjectID: "backup", Changed: "restored made=" + r.from.Made.Format(time.RFC3339)}}
	load := transfer.Load{From: r.from, Told: sums.table}
	var err error
	if r.cfg.DB == "" {
		load.Version = r.from.Manifest.Schema[kindSQLite]
		err = sqlite.Fill(ctx, filepath.Join(r.cfg.Data, storage.DatabaseFile), load, then)
	} else {
		load.Version = r.from.Manifest.Schema[kindPostgres]
		err = postgres.Fill(ctx, r.cfg.DB, load, then)
	}
	if err != nil {
		return err
	}
	sums.say("are those of the backup")
	return nil
}
