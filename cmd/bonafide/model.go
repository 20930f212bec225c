package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/depot"
	"github.com/bonafide-id/bonafide/models"
)

// modelCmd looks after models.
type modelCmd struct {
	List   modelListCmd   `cmd:"" help:"List the known models and where they are installed, and which set is complete and in use."`
	Verify modelVerifyCmd `cmd:"" help:"Check the digest of every installed model."`
	Pull   modelPullCmd   `cmd:"" help:"Install models from their publishers, or from a folder."`
	Build  modelBuildCmd  `cmd:"" help:"Make the models of the pinned packages and those that come with the program; a step of the build."`
}

// newDepot knows the cards that the binary carries and the configured folders.
func newDepot(cfg *config.Config) (*depot.Depot, error) {
	cards, err := depot.ReadCards(models.FS)
	if err != nil {
		return nil, err
	}
	dirs, err := cfg.ModelDirs()
	if err != nil {
		return nil, err
	}
	return &depot.Depot{Cards: cards, Dirs: dirs, Own: models.FS, Advice: remedy(cfg)}, nil
}

type modelListCmd struct{}

// Run prints a line per model.
func (modelListCmd) Run(cfg *config.Config) error {
	d, err := newDepot(cfg)
	if err != nil {
		return err
	}
	entries := d.All()
	if err := printModels(entries); err != nil {
		return err
	}
	return printSets(cfg, entries)
}

type modelVerifyCmd struct{}

// Run prints a line per model and fails if an installed one is damaged.
func (modelVerifyCmd) Run(cfg *config.Config) error {
	d, err := newDepot(cfg)
	if err != nil {
		return err
	}
	entries := d.Verify()
	if err := printModels(entries); err != nil {
		return err
	}
	for _, e := range entries {
		if e.Err != nil && e.Dir != "" {
			return bonafide.Errorf(bonafide.CodeModel, "at least one model is damaged: remove its folder and install it again")
		}
	}
	return nil
}

func printModels(entries []depot.Entry) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "MODEL\tVERSION\tROLE\tLICENCE\tSERVES\tSTATE")
	for _, e := range entries {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", e.Card.Name, e.Card.Version, e.Card.Role, e.Card.License,
			strings.Join(e.Sets, " "), stateOf(e, entries))
	}
	return w.Flush()
}

func stateOf(e depot.Entry, all []depot.Entry) string {
	switch lacking := depot.Lacking(all, e.Card.Name); {
	case e.Err != nil:
		return e.Err.Error()
	case !e.NeedsGraph() && len(lacking) > 0:
		return "joins others, and lacks: " + strings.Join(lacking, "; ")
	case !e.NeedsGraph():
		return "joins others"
	case e.Dir == "":
		return "not installed"
	}
	return "in " + e.Dir
}

type modelPullCmd struct {
	Names  []string      `arg:"" optional:"" help:"Models to install; all that have a publisher's address by default."`
	From   string        `help:"Folder with the files instead of the publishers' addresses." type:"existingdir"`
	Within time.Duration `help:"Give up when a publisher stays silent for this long." default:"30s"`
}

// Run installs models into the data folder. Without network it says in one line which
// host failed, and why.
func (c *modelPullCmd) Run(ctx context.Context, cfg *config.Config) error {
	d, err := newDepot(cfg)
	if err != nil {
		return err
	}
	show := progress("models")
	err = d.Pull(ctx, c.Names, depot.PullOptions{
		Dest:     filepath.Join(cfg.Data, "models"),
		From:     c.From,
		Patience: c.Within,
		Progress: func(p depot.Progress) { show(int(p.Done), int(max(p.Total, p.Done, 1))) },
	})
	if bonafide.CodeOf(err) == bonafide.CodeExternal {
		return fmt.Errorf("%w (try again later, or give --from FOLDER; `bonafide model list` says which set is complete and in use)", err)
	}
	return err
}

type modelBuildCmd struct {
	NPM string `name:"npm" help:"Folder of the unpacked packages." required:"" type:"existingdir"`
	Out string `help:"Folder to write the models to." required:"" type:"path"`
}

// Run makes the models that come out of packages and those that the binary carries.
func (c *modelBuildCmd) Run(ctx context.Context, cfg *config.Config) error {
	d, err := newDepot(cfg)
	if err != nil {
		return err
	}
	return d.Build(ctx, c.NPM, c.Out)
}
