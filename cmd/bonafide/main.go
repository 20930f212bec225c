// Command bonafide is the whole product in one binary: the server, the same
// pipeline on the command line, the evaluation, and what looks after models and
// users. A file per command; wire.go joins the rooms.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/media"
)

// version is set by the Makefile, from VERSION and the commit.
var version = "dev"

// cli is the command line: flags that all commands share, and the commands.
type cli struct {
	File kong.ConfigFlag `name:"config" help:"Configuration file, a JSON object of flag names; the environment and flags go before it." env:"BONAFIDE_CONFIG" type:"path"`
	config.Config
	ShowVersion kong.VersionFlag `name:"version" help:"Print the version."`

	Serve      serveCmd      `cmd:"" help:"Start the server."`
	Check      checkCmd      `cmd:"" help:"Check files for liveness, and against a reference, without a server."`
	Eval       evalCmd       `cmd:"" help:"Measure error rates on a folder of labelled media."`
	Calibrate  calibrateCmd  `cmd:"" help:"Set this installation's liveness threshold from 50 or more genuine captures of its own."`
	Bench      benchCmds     `cmd:"" help:"Measure speed, as ratios taken in one run."`
	Model      modelCmd      `cmd:"" help:"Bring models onto this machine and check them."`
	User       userCmd       `cmd:"" help:"Look after the users of this installation."`
	Company    companyCmd    `cmd:"" help:"Look after the companies of this installation."`
	Audit      auditCmd      `cmd:"" help:"Export and check the log of who changed what."`
	Collection collectionCmd `cmd:"" help:"Look after the persons of collections."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

func main() {
	media.Child(os.Args)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: "command"})
	var c cli
	parser := kong.Must(&c,
		kong.Name("bonafide"),
		kong.Description("Decides from a selfie whether a living person is really there and whether it is the right person."),
		kong.UsageOnError(),
		kong.Configuration(configFile),
		kong.Vars{"version": version},
		defaults(),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&c.Config),
	)
	run, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	err = run.Run(newLogger(&c.Config, os.Stderr))
	var code exitCode
	switch {
	case errors.As(err, &code):
		os.Exit(int(code))
	case err != nil:
		fmt.Fprintln(os.Stderr, "bonafide:", err)
		os.Exit(1)
	}
}

// exitCode ends the process with that code and without a message.
type exitCode int

// Error names the code.
func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run() error {
	_, err := fmt.Println(version)
	return err
}

// newLogger writes structured lines to w.
func newLogger(cfg *config.Config, w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(cfg.LogLevel)); err != nil {
		level = slog.LevelInfo // the flag's enum lets nothing else through
	}
	options := &slog.HandlerOptions{Level: level}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// configFile reads a configuration file. Kong would let it win over the
// environment, so a flag whose variable is set is left alone here. A name that is
// no flag is an error: a misspelt limit must not be a limit that is not there.
func configFile(r io.Reader) (kong.Resolver, error) {
	values := map[string]any{}
	if err := json.NewDecoder(r).Decode(&values); err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	return fileResolver(values), nil
}

type fileResolver map[string]any

// Validate refuses names that are no flag of any command.
func (f fileResolver) Validate(app *kong.Application) error {
	known := map[string]bool{}
	_ = kong.Visit(app, func(n kong.Visitable, next kong.Next) error {
		if flag, ok := n.(*kong.Flag); ok {
			known[flag.Name] = true
		}
		return next(nil)
	})
	for name := range f {
		if !known[name] {
			return fmt.Errorf("configuration file: there is no setting %q", name)
		}
	}
	return nil
}

// Resolve gives the file's value of a flag, nil if it has none.
func (f fileResolver) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, env := range flag.Envs {
		if _, set := os.LookupEnv(env); set {
			return nil, nil
		}
	}
	return f[flag.Name], nil
}
