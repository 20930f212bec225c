// Package doctor has the command that looks at a machine and its settings before a server
// runs there.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/blob/s3"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/depot"
	"github.com/bonafide-id/bonafide/internal/doctor"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/models"
)

// within bounds the wait for another machine.
const within = 10 * time.Second

// Doctor looks at everything that a server with these settings needs.
type Doctor struct {
	config.Serve
}

// Run prints a line for each thing, and fails where one fails.
func (c *Doctor) Run(ctx context.Context, cfg *config.Config) error {
	failed := 0
	look := func(all ...doctor.Line) {
		for _, l := range all {
			if fmt.Println(l); l.State == doctor.Fail {
				failed++
			}
		}
	}
	look(doctor.Processor(), doctor.Memory(), doctor.Disk(cfg.Data, 2*cfg.Limits.BodyBytes), doctor.Flush(cfg.Data), doctor.Clock(), doctor.Files())
	look(decoding(cfg)...)
	look(sets(cfg)...)
	look(database(ctx, cfg), bucket(ctx, cfg), doctor.Address(c.Listen))
	look(c.published()...)
	if failed > 0 {
		return fmt.Errorf("%d of these keep a server from working here", failed)
	}
	return nil
}

// decoding tells how files from outside are opened.
func decoding(cfg *config.Config) []doctor.Line {
	d, err := media.New(media.DefaultLimits(), media.Options{FFmpeg: cfg.FFmpeg, FFprobe: cfg.FFprobe, Workers: 1})
	if err != nil {
		return []doctor.Line{{State: doctor.Fail, What: "decoders", Text: err.Error(), Advice: "files cannot be opened in processes of their own"}}
	}
	defer d.Close()
	s := d.Sandbox()
	sandbox := doctor.Line{State: doctor.OK, What: "sandbox", Text: s.String()}
	if !s.Full() {
		sandbox.State, sandbox.Advice = doctor.Warn, "decoders are isolated only in part; take a kernel of 5.13 or newer with Landlock and seccomp, and let a container use them"
	}
	video := doctor.Line{State: doctor.OK, What: "video", Text: cfg.FFmpeg + " and " + cfg.FFprobe + " are there"}
	if err := d.Video(); err != nil {
		video = doctor.Line{State: doctor.Warn, What: "video", Text: err.Error(), Advice: "videos are refused; install ffmpeg, or name it with --ffmpeg and --ffprobe"}
	}
	return []doctor.Line{sandbox, video}
}

// sets tells which set of models is complete, by reading all of them.
func sets(cfg *config.Config) []doctor.Line {
	fault := func(err error) []doctor.Line {
		return []doctor.Line{{State: doctor.Fail, What: "models", Text: err.Error(), Advice: "see bonafide model list"}}
	}
	cards, err := depot.ReadCards(models.FS)
	if err != nil {
		return fault(err)
	}
	dirs, err := cfg.ModelDirs()
	if err != nil {
		return fault(err)
	}
	entries := (&depot.Depot{Cards: cards, Dirs: dirs, Own: models.FS, Advice: func(*model.Card) string { return "bonafide model pull" }}).Verify()
	used, err := os.ReadFile(filepath.Join(cfg.Data, "model-set"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault(err)
	}
	var known []*model.Card
	for _, e := range entries {
		if e.Err == nil {
			known = append(known, e.Card)
		}
	}
	return chosen(cfg.Set, strings.TrimSpace(string(used)), model.Sets(known), func(name string) []string { return depot.Lacking(entries, name) })
}

// chosen tells of each set, best first, and fails where the one to take is not complete.
func chosen(wanted, used string, all []*model.Card, lacking func(name string) []string) (lines []doctor.Line) {
	complete := false
	for _, card := range all {
		name := card.SetName()
		missing := lacking(card.Name)
		switch {
		case len(missing) == 0:
			complete = complete || wanted == model.Auto || wanted == name
			lines = append(lines, doctor.Line{State: doctor.OK, What: "models", Text: "set " + name + " is complete"})
		case name == wanted || name == used && wanted == model.Auto:
			return append(lines, doctor.Line{State: doctor.Fail, What: "models", Text: "set " + name + ", which is to be used, lacks " + missing[0], Advice: "run bonafide model pull " + name})
		default:
			lines = append(lines, doctor.Line{State: doctor.Warn, What: "models", Text: "set " + name + " is not complete", Advice: "bonafide model pull " + name + " brings it"})
		}
	}
	if !complete {
		lines = append(lines, doctor.Line{State: doctor.Fail, What: "models", Text: "no set of models is complete", Advice: "see bonafide model list"})
	}
	return lines
}

// database asks a PostgreSQL whether it can be used, and looks for the file otherwise.
func database(ctx context.Context, cfg *config.Config) doctor.Line {
	l := doctor.Line{State: doctor.OK, What: "database"}
	if cfg.DB == "" {
		path := filepath.Join(cfg.Data, storage.DatabaseFile)
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		switch {
		case err == nil:
			_ = f.Close()
			l.Text = path
		case errors.Is(err, fs.ErrNotExist):
			l.Text = path + " will be made"
		default:
			l.State, l.Text, l.Advice = doctor.Fail, err.Error(), "let the server's user read and write it"
		}
		return l
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	conn, err := pgx.Connect(ctx, cfg.DB)
	if err != nil {
		return doctor.Line{State: doctor.Fail, What: "database", Text: err.Error(), Advice: "see --db, the database's pg_hba.conf and the network between"}
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var version int
	var name, encoding, flushed string
	err = conn.QueryRow(ctx, "SELECT current_setting('server_version_num')::integer, current_setting('server_version'), current_setting('server_encoding'), current_setting('fsync')").
		Scan(&version, &name, &encoding, &flushed)
	l.Text = fmt.Sprintf("PostgreSQL %s, %s", name, encoding)
	switch {
	case err != nil:
		l.State, l.Text, l.Advice = doctor.Fail, err.Error(), "see the database's log"
	case version < 140000:
		l.State, l.Advice = doctor.Fail, "PostgreSQL 14 or newer is needed"
	case encoding != "UTF8":
		l.State, l.Advice = doctor.Fail, "make the database with --encoding UTF8 --template template0"
	case flushed != "on":
		l.State, l.Advice = doctor.Warn, "its fsync is off: what was acknowledged is lost with the machine's power"
	}
	return l
}

// bucket asks for the bucket.
func bucket(ctx context.Context, cfg *config.Config) doctor.Line {
	if cfg.Blobs == "" {
		return doctor.Line{State: doctor.OK, What: "media", Text: "in " + filepath.Join(cfg.Data, storage.BlobsDir)}
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if _, err := s3.Open(ctx, s3.Config{URL: cfg.Blobs}); err != nil {
		return doctor.Line{State: doctor.Fail, What: "media", Text: err.Error(), Advice: "see --blobs and AWS_ACCESS_KEY_ID"}
	}
	return doctor.Line{State: doctor.OK, What: "media", Text: "the bucket of --blobs is there"}
}

// published tells what those outside will meet.
func (c *Doctor) published() (lines []doctor.Line) {
	warn := func(text, advice string) {
		lines = append(lines, doctor.Line{State: doctor.Warn, What: "network", Text: text, Advice: advice})
	}
	local := loopback(c.Listen)
	if c.PublicURL == "" && !local {
		warn("links in answers begin with the host that a request names", "set --public-url")
	}
	if strings.HasPrefix(c.PublicURL, "http://") {
		warn("--public-url is not https", "browsers give no camera to such a page; put TLS before the server")
	}
	if c.PublicURL != "" && local && len(c.TrustedProxies) == 0 {
		warn("clients come through a proxy that --trusted-proxies does not name", "wrong passwords of all of them are counted together; name its network")
	}
	if c.Lite && c.LiteKey == "" && !local {
		warn("Oz API Lite is open to everybody who reaches "+c.Listen, "--no-lite, or --lite-key")
	}
	if len(lines) == 0 {
		lines = append(lines, doctor.Line{State: doctor.OK, What: "network", Text: "nothing to say"})
	}
	return lines
}

// loopback tells whether only this machine reaches an address.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip, other := netip.ParseAddr(host)
	return err == nil && (host == "localhost" || other == nil && ip.IsLoopback())
}
