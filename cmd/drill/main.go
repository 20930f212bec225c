// Command drill runs the drills of internal/drill against a server's binary:
//
//	go run ./cmd/drill kill --rounds 200
//	go run ./cmd/drill cluster --rounds 100
//	go run ./cmd/drill upgrade --old /tmp/bonafide-of-before
//	go run ./cmd/drill fair
//	go run ./cmd/drill soak
//	go run ./cmd/drill blacklist --photos /data/lfw --persons 1000
package main

import (
	"cmp"
	"context"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
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
	Cluster   clusterCmd   `cmd:"" help:"Kill processes of an installation of several, and restart its database and bucket, while clients upload."`
	Upgrade   upgradeCmd   `cmd:"" help:"Let an older version work, and go on with this one on its data folder."`
	Fair      fairCmd      `cmd:"" help:"Flood the server as one company and see that another can work."`
	Soak      soakCmd      `cmd:"" help:"Let clients work for long and see that the server does not grow."`
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

type upgradeCmd struct {
	Old     string        `help:"The binary of the older version, beside its models/ and lib/." required:"" type:"existingfile"`
	Photos  string        `help:"Folder of JPEG photos to upload; without it pictures without faces are drawn." type:"existingdir"`
	Rounds  int           `help:"Number of kills of the older version." default:"10"`
	Clients int           `help:"Clients at once." default:"4"`
	Longest time.Duration `help:"Longest time between start and kill." default:"2s"`
	Settle  time.Duration `help:"Longest wait for the last analyses." default:"15m"`
}

// Run runs the drill.
func (u *upgradeCmd) Run(ctx context.Context, c *cli) error {
	return drill.Upgrade{Old: u.Old, Kill: drill.Kill{Binary: c.Binary, Startup: c.Startup, Photos: u.Photos, Rounds: u.Rounds, Clients: u.Clients,
		Longest: u.Longest, Settle: u.Settle, Log: log.Default()}}.Run(ctx)
}

type clusterCmd struct {
	S3      string        `name:"s3" help:"Program of the S3 server, which 'make build/s3server' makes; without it that beside the server." type:"existingfile"`
	Photos  string        `help:"Folder of JPEG photos to upload; without it pictures without faces are drawn." type:"existingdir"`
	APIs    int           `name:"apis" help:"Processes that answer requests." default:"2"`
	Workers int           `help:"Processes that work the queue." default:"3"`
	Rounds  int           `help:"Number of kills and restarts." default:"100"`
	Clients int           `help:"Clients at once." default:"3"`
	Longest time.Duration `help:"Longest time between one round and the next." default:"2s"`
	Latest  time.Duration `help:"Longest time from an order to the end of an analysis." default:"60s"`
	Settle  time.Duration `help:"Longest wait for the last analyses and webhooks." default:"5m"`
}

// Run runs the drill.
func (k *clusterCmd) Run(ctx context.Context, c *cli) error {
	return drill.Cluster{Binary: c.Binary, S3: cmp.Or(k.S3, filepath.Join(filepath.Dir(c.Binary), "s3server")), Photos: k.Photos, APIs: k.APIs, Workers: k.Workers,
		Rounds: k.Rounds, Clients: k.Clients, Longest: k.Longest, Latest: k.Latest, Startup: c.Startup, Settle: k.Settle, Log: log.Default()}.Run(ctx)
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

type fairCmd struct {
	Photo   string        `help:"JPEG of a person; without it that of the samples beside the server." type:"existingfile"`
	Folders int           `help:"Folders of the company that floods." default:"30000"`
	Large   int           `help:"Of which so many have 60 kB of metadata." default:"400"`
	Samples int           `help:"Photos of the other company in each flood." default:"40"`
	Divisor int           `help:"Divides the connections of each flood." default:"1"`
	Longest time.Duration `help:"Longest time of one flood." default:"3m"`
	Memory  int64         `help:"Megabytes that the server and its decoders may take; 0 means what docs/run/capacity.md says for this machine." default:"0"`
	Only    []string      `help:"Floods, by name; all without it."`
	Untimed bool          `help:"Say nothing about times, for machines that are busy otherwise."`
}

// Run runs the drill.
func (f *fairCmd) Run(ctx context.Context, c *cli) error {
	photo := cmp.Or(f.Photo, filepath.Join(filepath.Dir(c.Binary), "samples", "selfie.jpg"))
	return drill.Fair{Binary: c.Binary, Startup: c.Startup, Photo: photo, Folders: f.Folders, Large: f.Large, Samples: f.Samples,
		Divisor: f.Divisor, Ahead: 2 * time.Second, Longest: f.Longest, Memory: cmp.Or(f.Memory<<20, drill.MemoryBound(runtime.NumCPU())),
		Only: f.Only, Untimed: f.Untimed, Log: log.New(os.Stderr, "", 0)}.Run(ctx)
}

type soakCmd struct {
	Photo   string        `help:"JPEG of a person; without it that of the samples beside the server." type:"existingfile"`
	Clip    string        `help:"Video of a person, for every eighth request; without it photos alone are sent." type:"existingfile"`
	Clients int           `help:"Clients at once." default:"2"`
	Last    time.Duration `help:"How long they send." default:"30m"`
	Every   time.Duration `help:"Time between two looks at memory, descriptors and temporary files." default:"30s"`
}

// Run runs the drill.
func (k *soakCmd) Run(ctx context.Context, c *cli) error {
	photo := cmp.Or(k.Photo, filepath.Join(filepath.Dir(c.Binary), "samples", "selfie.jpg"))
	return drill.Soak{Binary: c.Binary, Startup: c.Startup, Photo: photo, Clip: k.Clip, Clients: k.Clients, Last: k.Last, Every: k.Every,
		Log: log.New(os.Stderr, "", 0)}.Run(ctx)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log.SetFlags(log.Ltime)
	var c cli
	k := kong.Parse(&c, kong.Description("Drills that kill a Bonafide server and look for what is missing, or flood it and look who waits."), kong.BindTo(ctx, (*context.Context)(nil)))
	k.FatalIfErrorf(k.Run(&c))
}
