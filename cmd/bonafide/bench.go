package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/curve"
	"github.com/bonafide-id/bonafide/cmd/bonafide/galleries"
	"github.com/bonafide-id/bonafide/internal/bench"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/pace"
)

// benchCmds are the measurements; speed is meant where none is named.
type benchCmds struct {
	Speed benchCmd      `cmd:"" default:"withargs" help:"What the server adds to the models' own time."`
	Lists benchListsCmd `cmd:"" help:"How lists grow slower with the number of folders."`
	Curve curve.Bench   `cmd:"" help:"What a running installation does for more and more clients."`

	Gallery   galleries.Bench     `cmd:"" help:"What a search among many persons takes beside a plain reading of memory."`
	Enrolment galleries.Enrolment `cmd:"" help:"How long many persons take to be stored, loaded and found."`
}

// benchCmd measures what the server adds to the models' own time.
type benchCmd struct {
	Photo     string `required:"" help:"JPEG of one face that passes the capture gate." type:"existingfile"`
	Reference string `required:"" help:"JPEG of a face to compare with." type:"existingfile"`
	Clip      string `help:"MP4 or MOV of one face, such as five seconds of 720p; without it clips are not measured." type:"existingfile"`
	Repeats   int    `help:"Measurements per time." default:"30"`
	Requests  int    `help:"Requests over which memory is watched." default:"2000"`
}

// Run starts a server with a fresh data folder in this process and measures it.
func (c *benchCmd) Run(ctx context.Context, cfg *config.Config) error {
	if c.Repeats < 1 || c.Requests < 4 {
		return bonafide.Errorf(bonafide.CodeValue, "at least 1 repeat and 4 requests are needed")
	}
	defer pace.Keep()()
	p, err := openPipeline(ctx, cfg)
	if err != nil {
		return err
	}
	defer p.close()
	if p.set.PAD == nil {
		return bonafide.Errorf(bonafide.CodeModel, "no liveness model installed: run `bonafide model pull`")
	}
	b, err := c.load(ctx, cfg, p)
	if err != nil {
		return err
	}
	busy, err := bench.LoadAverage()
	if err != nil {
		return err
	}
	// A line per request would drown the result.
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	var r *bench.Result
	narrow := *cfg
	narrow.Workers = 1
	// The models may be shared, but a decoder with a place per core would give the
	// one worker's pictures more than one thread.
	single := *p
	if single.opener, err = openMedia(&narrow); err != nil {
		return err
	}
	defer single.opener.Close()
	err = withServer(ctx, &narrow, &single, log, func(ctx context.Context, api *client.Client) error {
		b.OneWorker = api
		return withServer(ctx, cfg, p, log, func(ctx context.Context, api *client.Client) error {
			b.API = api
			r, err = b.Run(ctx)
			return err
		})
	})
	if err != nil {
		return err
	}
	return printTables(os.Stdout, r.Tables(p.set.Name, busy))
}

// withServer runs f beside a server on the loopback that has a fresh data folder,
// which is removed afterwards.
func withServer(ctx context.Context, cfg *config.Config, p *pipeline, log *slog.Logger, f func(context.Context, *client.Client) error) error {
	data, err := os.MkdirTemp("", "bonafide-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	fresh := *cfg
	fresh.Data = data
	return withServerOn(ctx, &fresh, p, log, f)
}

// withServerOn runs a server on the data folder of the configuration, on the
// loopback, and hands out the first administrator's client.
func withServerOn(ctx context.Context, cfg *config.Config, p *pipeline, log *slog.Logger, f func(context.Context, *client.Client) error) error {
	serve := &config.Serve{SessionTTL: time.Hour, SingleWait: 4 * time.Minute, InstantBytes: 256 << 20}
	return p.served(ctx, cfg, serve, log, func(ctx context.Context, api *client.Client, _ string) error { return f(ctx, api) })
}

// served is withServerOn with settings, and with the address of the server.
func (p *pipeline) served(ctx context.Context, cfg *config.Config, serve *config.Serve, log *slog.Logger, f func(context.Context, *client.Client, string) error) error {
	s, err := openServer(ctx, cfg, serve, p, log)
	if err != nil {
		return err
	}
	defer s.close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	secret, err := os.ReadFile(filepath.Join(cfg.Data, passwordFile))
	if err != nil {
		return err
	}
	email, password, _ := strings.Cut(strings.TrimSpace(string(secret)), "\n")
	ctx, stop := context.WithCancelCause(ctx)
	served := make(chan error, 1)
	go func() {
		err := s.serve(ctx, listener)
		stop(err) // f must not wait for a server that is gone
		served <- err
	}()
	url := "http://" + listener.Addr().String()
	api := client.New(url, nil)
	if err = api.SignIn(ctx, email, password); err == nil {
		err = f(ctx, api, url)
	}
	stop(nil)
	return errors.Join(err, <-served)
}

// load reads the media and prepares the bare steps.
func (c *benchCmd) load(ctx context.Context, cfg *config.Config, p *pipeline) (*bench.Bench, error) {
	b := &bench.Bench{
		Resident:  bench.Resident,
		Processor: bench.Processor,
		OneCore:   oneCore,
		Cores:     workers(cfg),
		Repeats:   c.Repeats,
		Requests:  c.Requests,
		Progress:  progress("bench"),
	}
	var err error
	if b.Photo, err = os.ReadFile(c.Photo); err != nil {
		return nil, err
	}
	if b.Reference, err = os.ReadFile(c.Reference); err != nil {
		return nil, err
	}
	photo, err := p.opener.Open(ctx, media.Source{Path: c.Photo})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Photo, err)
	}
	reference, err := p.opener.Open(ctx, media.Source{Path: c.Reference})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Reference, err)
	}
	b.BarePhoto = func(ctx context.Context) error { return bareMatch(ctx, p.set, photo.Frames[0], reference.Frames[0]) }
	if c.Clip == "" {
		return b, nil
	}
	if b.Clip, err = os.ReadFile(c.Clip); err != nil {
		return nil, err
	}
	clip, err := p.opener.Open(ctx, media.Source{Path: c.Clip})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Clip, err)
	}
	b.BareClip = func(ctx context.Context) error {
		out, err := exec.CommandContext(ctx, cfg.FFmpeg, "-v", "error", "-nostdin", "-i", c.Clip, "-f", "null", "-").CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w: %s", cfg.FFmpeg, err, out)
		}
		return bareLiveness(ctx, p.set, clip.Frames)
	}
	return b, nil
}

// bareMatch is what the models do for liveness of a photo and its match.
func bareMatch(ctx context.Context, set *model.Set, photo, reference media.Frame) error {
	face, a, err := bareTemplate(ctx, set, photo)
	if err != nil {
		return err
	}
	if _, err := set.PAD.Logit(ctx, photo.Image, face); err != nil {
		return err
	}
	_, b, err := bareTemplate(ctx, set, reference)
	if err != nil {
		return err
	}
	_, _, err = set.Embedder.Compare(a, b)
	return err
}

func bareTemplate(ctx context.Context, set *model.Set, f media.Frame) (model.Face, bonafide.Template, error) {
	face, mesh, err := bareFace(ctx, set, f)
	if err != nil {
		return face, bonafide.Template{}, err
	}
	t, err := set.Embedder.Embed(ctx, f.Image, mesh)
	return face, t, err
}

// bareFace finds the first face and its landmarks.
func bareFace(ctx context.Context, set *model.Set, f media.Frame) (model.Face, *model.Mesh, error) {
	faces, err := set.Detector.Detect(ctx, f.Image, model.Look{})
	if err != nil {
		return model.Face{}, nil, err
	}
	if len(faces) == 0 {
		return model.Face{}, nil, bonafide.Errorf(bonafide.CodeValue, "the bench needs media that show a face in every frame")
	}
	mesh, err := set.Landmarker.Landmarks(ctx, f.Image, faces[0])
	return faces[0], mesh, err
}

// bareLiveness is what the models do for the liveness of a clip.
func bareLiveness(ctx context.Context, set *model.Set, frames []media.Frame) error {
	for i, f := range frames {
		face, _, err := bareFace(ctx, set, f)
		if err != nil {
			return err
		}
		if i >= set.Gate.MaxFrames {
			continue
		}
		if _, err := set.PAD.Logit(ctx, f.Image, face); err != nil {
			return err
		}
	}
	return nil
}
