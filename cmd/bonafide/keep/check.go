package keep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/audit"
	"github.com/bonafide-id/bonafide/internal/backup"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

// orphanAge is how long a file that no row names must have lain there: it may be of rows
// that are about to be put back.
const orphanAge = 24 * time.Hour

// Storage looks after what is stored.
type Storage struct {
	Check Check `cmd:"" help:"Look for rows without files, files without rows, damaged files, templates of several models, wrong counts, and rows or a log that somebody has changed. The server may be running."`
}

// Check compares rows, files and the log of an installation.
type Check struct {
	Mend bool   `help:"Mend what can be mended without losing anything: counts, files that no row names, and with --from files that are missing or damaged."`
	From string `help:"Backup to take files from that are missing or damaged." type:"existingdir"`
}

// Run prints a line for each fault, and fails where some are left.
func (c *Check) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	blobs, err := storage.OpenBlobs(ctx, cfg, store.ClaimBlobs)
	if err != nil {
		return err
	}
	k := &checking{Check: c, store: store, blobs: blobs, out: &printer{to: os.Stdout}}
	for _, look := range []func(context.Context) error{k.file, k.files, k.orphans, k.counted, k.log, k.rows} {
		if err := look(ctx); err != nil {
			return err
		}
	}
	switch {
	case k.out.err != nil:
		return k.out.err
	case k.left > 0:
		return fmt.Errorf("%d faults are left", k.left)
	}
	k.out.line("everything is as it should be")
	return k.out.err
}

// checking is a check under way.
type checking struct {
	*Check
	store storage.Store
	blobs storage.Blobs
	out   *printer
	left  int // faults that were not mended
	named int
}

// fault prints one, unless there were too many.
func (k *checking) fault(format string, values ...any) {
	k.left++
	if k.named++; k.named <= maxNamed {
		k.out.line(format, values...)
	}
}

// file asks a database in a file whether that is intact.
func (k *checking) file(ctx context.Context) error {
	s, ok := k.store.(interface {
		Intact(ctx context.Context) ([]string, error)
	})
	if !ok {
		return nil
	}
	faults, err := s.Intact(ctx)
	for _, f := range faults {
		k.fault("database: %s", f)
	}
	return err
}

// files reads every file that rows name.
func (k *checking) files(ctx context.Context) error {
	return backup.Holding(ctx, k.store.HoldBlobs, func(ctx context.Context) error {
		snap, err := k.store.Snapshot(ctx)
		if err != nil {
			return err
		}
		defer snap.Close()
		done, err := backup.Copy(ctx, snap.Blobs, backup.OutOf(k.blobs), func(_ context.Context, _ string, from io.Reader) error {
			_, err := io.Copy(io.Discard, from)
			return err
		})
		if err != nil {
			return err
		}
		k.out.line("%d files of %d bytes are what their digests say", done.Files, done.Bytes)
		for _, lack := range done.Lacking {
			if err := k.lack(ctx, snap, lack); err != nil {
				return err
			}
		}
		models, err := snap.Models(ctx)
		if len(models) > 1 {
			k.fault("templates of persons were made by %s: analyses of collections fail until `bonafide collection reenrol` has run", strings.Join(slices.Sorted(maps.Keys(models)), ", "))
		}
		return err
	})
}

// lack takes a file from the backup, or says whose it is.
func (k *checking) lack(ctx context.Context, snap *transfer.Snapshot, l backup.Lack) error {
	if k.Mend && k.From != "" {
		mended, err := k.fetch(ctx, l.Digest)
		if err != nil || mended {
			return err
		}
	}
	owners, err := snap.Owners(ctx, l.Digest)
	k.fault("file %s: %s; %s", l.Digest, l.Why, strings.Join(owners, ", "))
	return err
}

// fetch puts a file back as it was.
func (k *checking) fetch(ctx context.Context, digest string) (bool, error) {
	b, err := backup.Open(k.From)
	if err != nil {
		return false, err
	}
	only := func(_ context.Context, each func(string, int64) error) error { return each(digest, 0) }
	done, err := backup.Copy(ctx, only, b.Blob, backup.Into(k.blobs))
	if err == nil && done.Files == 1 {
		k.out.line("file %s: taken from the backup", digest)
	}
	return done.Files == 1, err
}

// orphans looks for files that no row names.
func (k *checking) orphans(ctx context.Context) error {
	found, old := 0, 0
	unknown := func(count *int, then func(context.Context, ...string) error) func(context.Context, []string) error {
		return func(ctx context.Context, digests []string) error {
			some, err := k.store.UnknownBlobs(ctx, digests...)
			if err != nil || len(some) == 0 {
				return err
			}
			*count += len(some)
			return then(ctx, some...)
		}
	}
	none := func(context.Context, ...string) error { return nil }
	if err := k.blobs.Older(ctx, time.Now().Add(time.Hour), unknown(&found, none)); err != nil || found == 0 {
		return err
	}
	if k.Mend {
		none = k.store.ClaimBlobs
	}
	if err := k.blobs.Older(ctx, time.Now().Add(-orphanAge), unknown(&old, none)); err != nil {
		return err
	}
	k.out.line("%d files are named by no row, %d of them for more than a day, after which the server deletes them", found, old)
	switch {
	case old > 0 && k.Mend:
		k.out.line("%d files are left to the server, which deletes them in ten minutes", old)
	case old > 0:
		k.left++
	}
	return nil
}

// counted compares what triggers have counted.
func (k *checking) counted(ctx context.Context) error {
	wrong, err := k.store.Recount(ctx, k.Mend)
	for _, name := range wrong {
		if k.Mend {
			k.out.line("%s: counted anew", name)
			continue
		}
		k.fault("%s is not what is there", name)
	}
	return err
}

// log checks the chain of the audit log.
func (k *checking) log(ctx context.Context) error {
	head, err := audit.Verify(audit.Entries(ctx, k.store))
	if err != nil && ctx.Err() == nil {
		k.fault("audit log: %v", err)
		return nil
	}
	k.out.line("%d entries of the audit log, intact; head %s", head.Seq, head)
	return errors.Join(err, ctx.Err())
}

// rows compares rows with the log.
func (k *checking) rows(ctx context.Context) error {
	return k.store.Differences(ctx, func(d store.Difference) error {
		k.fault("%s", d)
		return nil
	})
}
