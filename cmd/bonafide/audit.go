package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/audit"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store"
)

const (
	// headEvery is the time between two notes of the audit log's head.
	headEvery = time.Hour
	// restoreEvery is the time between two looks at what notes changes.
	restoreEvery = time.Minute
	// maxNamed is how many differences between log and rows are named; the others are
	// counted.
	maxNamed = 1000
)

// auditCmd reads the audit log. The server may be running.
type auditCmd struct {
	Export auditExportCmd `cmd:"" help:"Write the audit log to standard output, a JSON object a line."`
	Verify auditVerifyCmd `cmd:"" help:"Check that no entry of the audit log was changed, removed or inserted, print its head, and compare the rows of this installation with what the log says of them."`
}

type auditExportCmd struct{}

// Run writes all entries.
func (auditExportCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	return audit.Write(os.Stdout, audit.Entries(ctx, store))
}

type auditVerifyCmd struct {
	File string   `arg:"" optional:"" help:"An export, - for standard input; without it the log of this installation is checked."`
	Head []string `help:"A head that an earlier run or the server's log has printed, NUMBER:HASH; shows whether the end was cut off or forged since."`
}

// Run checks the chain and prints its head. Where it is this installation's, the rows are
// compared with it.
func (c *auditVerifyCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	var noted []audit.Head
	for _, s := range c.Head {
		h, err := audit.ParseHead(s)
		if err != nil {
			return err
		}
		noted = append(noted, h)
	}
	switch c.File {
	case "":
		store, err := storage.OpenStore(ctx, cfg, log)
		if err != nil {
			return err
		}
		defer store.Close()
		// The comparison makes entries of what was changed without the server.
		return errors.Join(verifyRows(ctx, os.Stdout, store), verifyChain(os.Stdout, audit.Entries(ctx, store), noted))
	case "-":
		return verifyChain(os.Stdout, audit.Read(os.Stdin), noted)
	}
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	return verifyChain(os.Stdout, audit.Read(f), noted)
}

// verifyChain checks the chain and says how it is, and how often somebody has changed
// rows without the server, or touched what notes changes.
func verifyChain(w io.Writer, entries iter.Seq2[bonafide.AuditEntry, error], noted []audit.Head) error {
	outside, restored := 0, 0
	head, err := audit.Verify(func(yield func(bonafide.AuditEntry, error) bool) {
		for e, err := range entries {
			if e.Via == "outside" {
				outside++
			}
			if e.Action == bonafide.ActionRestore {
				restored++
			}
			if !yield(e, err) {
				return
			}
		}
	}, noted...)
	if err != nil {
		return fmt.Errorf("the audit log is not intact: %w", err)
	}
	_, err = fmt.Fprintf(w, "%d entries, intact; head %s\n", head.Seq, head)
	if err == nil && outside > 0 {
		_, err = fmt.Fprintf(w, "%d changes were made without the server\n", outside)
	}
	if err == nil && restored > 0 {
		_, err = fmt.Fprintf(w, "%d times a trigger of the log was put back that somebody had dropped, altered or added\n", restored)
	}
	return err
}

// verifyRows names what rows tell otherwise than the log. It puts back triggers first,
// so that nothing is missed from now on.
func verifyRows(ctx context.Context, w io.Writer, records store.Audit) error {
	restored, err := records.RestoreAudit(ctx)
	if err != nil {
		return err
	}
	for _, name := range restored {
		if _, err := fmt.Fprintf(w, "trigger %s: was dropped, altered or added, and is put back\n", name); err != nil {
			return err
		}
	}
	n := 0
	err = records.Differences(ctx, func(d store.Difference) error {
		if n++; n > maxNamed {
			return nil
		}
		_, err := fmt.Fprintln(w, d)
		return err
	})
	if err != nil {
		return err
	}
	switch {
	case n > 0:
		return fmt.Errorf("%d differences between the audit log and the rows", n)
	case len(restored) > 0:
		return fmt.Errorf("%d triggers of the audit log had been touched: changes until now may have no entry", len(restored))
	}
	_, err = fmt.Fprintln(w, "the rows are what the log says of them")
	return err
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

// guardAudit puts back what notes changes, should somebody take it away, every minute
// until ctx ends. The store logs what it has put back.
func guardAudit(ctx context.Context, records store.Audit, log *slog.Logger) {
	tick := time.NewTicker(restoreEvery)
	defer tick.Stop()
	for {
		if _, err := records.RestoreAudit(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "what notes changes for the audit log cannot be checked", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
