// Command drill runs the drills of internal/drill against a server's binary:
//
//	go run ./cmd/drill kill --rounds 200
//	go run ./cmd/drill blacklist --photos /data/lfw --persons 1000
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/bonafide-id/bonafide/internal/drill"
)

// cli is the command line.
type cli struct {
	Binary  string        `help:"The server's binary." default:"build/bonafide" type:"existingfile"`
	Startup time.Duration `help:"Longest wait for the server to start." default:"5m"`

	Kill      killCmd      `cmd:"" help:"Kill the server while clients upload, and look for what it acknowledged and lost."`
	Blacklist blacklistCmd `cmd:"" help:"Enrol, search, delete, kill, and search again."`
}

type killCmd struct {
	Photos  string        `help:"Folder of JPEG photos to upload; without it pictures without faces are drawn." type:"existingdir"`
	Rounds  int           `help:"Number of kills." default:"200"`
	Clients int           `help:"Clients at once." default:"4"`
	Longest time.Duration `help:"Longest time between start and kill." default:"700ms"`
	Settle  time.Duration `help:"Longest wait for the last analyses." default:"15m"`
}

// Run runs the drill.
func (k *killCmd) Run(ctx context.Context, c *cli) error {
	return drill.Kill{Binary: c.Binary, Startup: c.Startup, Photos: k.Photos, Rounds: k.Rounds, Clients: k.Clients,
		Longest: k.Longest, Settle: k.Settle, Log: log.Default()}.Run(ctx)
}

type blacklistCmd struct {
	Photos  string  `help:"Folder of JPEG photos, named after their person, such as Ada_Lovelace_0002.jpg." required:"" type:"existingdir"`
	Persons int     `help:"Persons to enrol." default:"1000"`
	Probes  int     `help:"Enrolled persons to look for, and as many strangers." default:"50"`
	Misses  float64 `help:"Share of enrolled persons that may be missed." default:"0.2"`
	Alarms  float64 `help:"Share of strangers that may be declined." default:"0.05"`
}

// Run runs the drill.
func (b *blacklistCmd) Run(ctx context.Context, c *cli) error {
	return drill.Blacklist{Binary: c.Binary, Startup: c.Startup, Photos: b.Photos, Persons: b.Persons, Probes: b.Probes,
		Misses: b.Misses, Alarms: b.Alarms, Log: log.Default()}.Run(ctx)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log.SetFlags(log.Ltime)
	var c cli
	k := kong.Parse(&c, kong.Description("Drills that kill a Bonafide server and look for what is missing."), kong.BindTo(ctx, (*context.Context)(nil)))
	k.FatalIfErrorf(k.Run(&c))
}
