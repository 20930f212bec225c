package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/audit"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store"
)

const (
	// auditPage is how many entries are read at a time.
	auditPage = 1000
	// headEvery is the time between two notes of the audit log's head.
	headEvery = time.Hour
)

// auditCmd reads the audit log. The server may be running.
type auditCmd struct {
	Export auditExportCmd `cmd:"" help:"Write the audit log to standard output, a JSON object a line."`
	Verify auditVerifyCmd `cmd:"" help:"Check that no entry of the audit log was changed, removed or inserted, and print its head."`
}

type auditExportCmd struct{}

// Run writes all entries.
func (auditExportCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	store, err := openStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	return audit.Write(os.Stdout, auditEntries(ctx, store))
}

type auditVerifyCmd struct {
	File string   `arg:"" optional:"" help:"An export, - for standard input; without it the log of this installation is checked."`
	Head []string `help:"A head that an earlier run or the server's log has printed, NUMBER:HASH; shows whether the end was cut off or forged since."`
}

// Run checks the chain and prints its head.
func (c *auditVerifyCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	var noted []audit.Head
	for _, s := range c.Head {
		h, err := audit.ParseHead(s)
		if err != nil {
			return err
		}
		noted = append(noted, h)
	}
	entries, done, err := c.entries(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer done()
	head, err := audit.Verify(entries, noted...)
	if err != nil {
		return fmt.Errorf("the audit log is not intact: %w", err)
	}
	_, err = fmt.Printf("%d entries, intact; head %s\n", head.Seq, head)
	return err
}

// entries gives the entries to check; done ends their reading.
func (c *auditVerifyCmd) entries(ctx context.Context, cfg *config.Config, log *slog.Logger) (_ iter.Seq2[bonafide.AuditEntry, error], done func() error, err error) {
	switch c.File {
	case "":
		store, err := openStore(ctx, cfg, log)
		if err != nil {
			return nil, nil, err
		}
		return auditEntries(ctx, store), store.Close, nil
	case "-":
		return audit.Read(os.Stdin), io.NopCloser(os.Stdin).Close, nil
	}
	f, err := os.Open(c.File)
	if err != nil {
		return nil, nil, err
	}
	return audit.Read(f), f.Close, nil
}

// auditEntries reads the whole log in order, page by page.
func auditEntries(ctx context.Context, log store.Audit) iter.Seq2[bonafide.AuditEntry, error] {
	return func(yield func(bonafide.AuditEntry, error) bool) {
		last := int64(0)
		for {
			page, err := log.AuditEntries(ctx, bonafide.Query{
				Filters: []bonafide.Filter{{Field: "seq", Op: bonafide.OpGreater, Values: []any{last}}},
				Sorting: []bonafide.Sort{{Field: "seq"}}, Limit: auditPage, OmitTotal: true,
			})
			if err != nil {
				yield(bonafide.AuditEntry{}, err)
				return
			}
			for _, e := range page.Items {
				if !yield(e, nil) {
					return
				}
				last = e.Seq
			}
			if len(page.Items) < auditPage {
				return
			}
		}
	}
}

// reportHead notes the head of the audit log in the server's own, which usually is
// kept on another machine, at once and every hour until ctx ends.
func reportHead(ctx context.Context, records store.Audit, log *slog.Logger) {
	tick := time.NewTicker(headEvery)
	defer tick.Stop()
	for {
		page, err := records.AuditEntries(ctx, bonafide.Query{Sorting: []bonafide.Sort{{Field: "seq", Desc: true}}, Limit: 1, OmitTotal: true})
		switch {
		case err != nil && ctx.Err() == nil:
			log.ErrorContext(ctx, "audit log cannot be read", "error", err)
		case err == nil && len(page.Items) > 0:
			log.InfoContext(ctx, "audit log", "head", audit.Head{Seq: page.Items[0].Seq, Hash: page.Items[0].Hash}.String())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
