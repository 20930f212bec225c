package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"text/tabwriter"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/config"
)

// companyCmd looks after companies. The server may be running.
type companyCmd struct {
	List companyListCmd `cmd:"" help:"List companies with the days for which they keep media and results; 0 is for ever."`
	Keep companyKeepCmd `cmd:"" help:"Set for how long a company keeps media and results."`
}

type companyListCmd struct{}

// Run prints a line per company.
func (companyListCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	page, err := store.Companies(ctx, bonafide.Scope{}, bonafide.Query{Sorting: []bonafide.Sort{{Field: "name"}}, Limit: -1, OmitTotal: true})
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tMEDIA DAYS\tRESULT DAYS\tNAME")
	for _, c := range page.Items {
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\n", c.ID, c.KeepMediaDays, c.KeepResultDays, c.Name)
	}
	return w.Flush()
}

type companyKeepCmd struct {
	ID         bonafide.ID `arg:"" help:"Company id."`
	MediaDays  *int        `help:"Days for media; 0 means for ever."`
	ResultDays *int        `help:"Days for folders with all that is in them; 0 means for ever."`
}

// Run changes what is given.
func (c *companyKeepCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	_, err = company.New(store, company.Options{Log: log}).Change(ctx, bonafide.Scope{}, c.ID,
		company.Change{KeepMediaDays: c.MediaDays, KeepResultDays: c.ResultDays})
	return err
}
