// Command bonafide is the whole product in one binary: the server, the same
// pipeline on the command line, the evaluation, and what looks after models and
// users. A file per command; wire.go joins the rooms.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/doctor"
	"github.com/bonafide-id/bonafide/cmd/bonafide/keep"
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
	Backup     keep.Backup   `cmd:"" help:"Copy this installation, whose server may be running, into a folder."`
	Restore    keep.Restore  `cmd:"" help:"Make an installation of a backup, on SQLite or PostgreSQL."`
	Doctor     doctor.Doctor `cmd:"" help:"Look at this machine and these settings before a server runs here; a line for each thing, ok, warn or fail."`
	Storage    keep.Storage  `cmd:"" help:"Check what is stored."`
	Migrate    keep.Migrate  `cmd:"" help:"Move this installation to another kind of database."`
	License    licenseCmd    `cmd:"" help:"Make the licences by which an owner narrows where captures may begin."`
	Collection collectionCmd `cmd:"" help:"Look after the persons of collections."`
	Gallery    galleryCmd    `cmd:"" name:"gallery" help:"Look after the templates that are searched."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

func main() {
	media.Child(os.Args)
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: "command"})
	os.Exit(command(ctx, os.Args[1:]))
}

// endings are the signals that end the program gracefully. The end of a terminal is one
// of them, unless the program was started to outlive it, as by nohup.
func endings() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}

// command reads the command line and runs it. What is wrong is one line on stderr.
func command(ctx context.Context, args []string) int {
	var c cli
	c.Backup.Version = version
	settings := &settings{args: args}
	parser := kong.Must(&c,
		kong.Name("bonafide"),
		kong.Description("Decides from a selfie whether a living person is really there and whether it is the right person."),
		kong.Configuration(settings.read),
		kong.Vars{"version": version},
		defaults(),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&c.Config),
	)
	if len(args) == 0 {
		args = []string{"--help"}
	}
	run, err := parser.Parse(args)
	if err == nil {
		err = checkEnvironment(parser.Model, os.Environ())
	}
	if err != nil {
		complain(settings.explain(parser.Model, err))
		return usageFault
	}
	err = run.Run(newLogger(&c.Config, os.Stderr))
	var code exitCode
	switch {
	case errors.As(err, &code):
		return int(code)
	case err != nil:
		complain(settings.explain(parser.Model, err))
		return 1
	}
	return 0
}

// usageFault is the exit code after a wrong command line or setting, EX_USAGE of the
// BSDs: 2 is the answer of checks.
const usageFault = 64

// complain prints an error in one line.
func complain(text string) {
	fmt.Fprintln(os.Stderr, "bonafide:", strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), "; "))
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
