// Package keep has the commands that keep an installation safe: it is backed up, restored,
// checked, and moved from one database to another.
package keep

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/audit"
	"github.com/bonafide-id/bonafide/internal/backup"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

// maxNamed is how many files are named; the others are counted.
const maxNamed = 100

// printer writes lines until it fails.
type printer struct {
	to  io.Writer
	err error
}

func (p *printer) line(format string, values ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.to, format+"\n", values...)
	}
}

// lacking names files that could not be had, and makes an error of them.
func (p *printer) lacking(all []backup.Lack) error {
	for _, l := range all[:min(len(all), maxNamed)] {
		p.line("file %s: %s", l.Digest, l.Why)
	}
	if len(all) > 0 {
		return fmt.Errorf("%d files that rows name are missing or damaged", len(all))
	}
	return nil
}

// tally prints what tables hold and adds it up.
type tally struct {
	out    *printer
	tables int
	rows   int64
}

func (t *tally) table(f transfer.Filled) {
	t.out.line("%-20s %10d rows  SHA-256 %s", f.Table, f.Rows, f.SHA256)
	t.tables, t.rows = t.tables+1, t.rows+f.Rows
}

func (t *tally) say(what string) { t.out.line("%d tables with %d rows %s", t.tables, t.rows, what) }

// verifyLog opens the database that was filled, as the server does, and checks the chain of
// its audit log.
func verifyLog(ctx context.Context, cfg *config.Config, log *slog.Logger, out *printer) error {
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	head, err := audit.Verify(audit.Entries(ctx, store))
	if err != nil {
		return fmt.Errorf("the audit log is not intact: %w", err)
	}
	out.line("%d entries of the audit log, intact; head %s", head.Seq, head)
	return nil
}
