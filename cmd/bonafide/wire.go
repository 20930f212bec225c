package main

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/face"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/infer/ort"
	"github.com/bonafide-id/bonafide/internal/instant"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/liteapi"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/ozapi"
	"github.com/bonafide-id/bonafide/internal/retention"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

// analysisWithin ends an analysis as FAILED; the documented default.
const analysisWithin = 15 * time.Minute

// captureKeyFile holds the key of capture tokens where none is configured.
const captureKeyFile = "capture-key.pem"

// workers is how many analyses and decodings run at once.
func workers(cfg *config.Config) int {
	if cfg.Workers > 0 {
		return cfg.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// pipeline is the middle of the house, from media to verdict, without a server.
type pipeline struct {
	set       *model.Set
	opener    *media.Decoder
	evaluator *job.Evaluator
	runtime   *ort.Runtime
}

// openPipeline loads the models and prepares the decoder.
func openPipeline(ctx context.Context, cfg *config.Config) (*pipeline, error) {
	assets, err := cfg.AssetsDir()
	if err != nil {
		return nil, err
	}
	d, err := newDepot(cfg)
	if err != nil {
		return nil, err
	}
	rt, err := ort.Open(filepath.Join(assets, "lib", "libonnxruntime.so.1"))
	if err != nil {
		return nil, err
	}
	var cards []*model.Card
	for _, e := range d.All() {
		if e.Err == nil {
			cards = append(cards, e.Card)
		}
	}
	set, err := model.Open(cards, d.Graph, rt, cfg.Set)
	if err != nil {
		_ = rt.Close()
		return nil, err
	}
	if set, err = operate(cfg, set); err != nil {
		_ = rt.Close()
		return nil, err
	}
	p := &pipeline{set: set, runtime: rt}
	if p.opener, err = openMedia(cfg); err != nil {
		p.close()
		return nil, err
	}
	p.evaluator = &job.Evaluator{Set: set, Analyses: catalog.Analyses(), Policy: decision.Default(), Limit: analysisWithin}
	return p, nil
}

func openMedia(cfg *config.Config) (*media.Decoder, error) {
	limits := media.DefaultLimits()
	limits.MaxPixels = cfg.Limits.Pixels
	limits.MaxZipEntries = cfg.Limits.ZipEntries
	limits.MaxZipBytes = cfg.Limits.ZipBytes
	limits.MaxVideo = cfg.Limits.VideoDuration
	limits.DecodeTimeout = cfg.Limits.DecodeDuration
	return media.New(limits, media.Options{FFmpeg: cfg.FFmpeg, FFprobe: cfg.FFprobe, Workers: workers(cfg)})
}

// close gives memory and child processes back.
func (p *pipeline) close() {
	if p.opener != nil {
		_ = p.opener.Close()
	}
	_ = p.set.Close()
	_ = p.runtime.Close()
}

// server is the pipeline with everything around it.
type server struct {
	handler   http.Handler
	store     *sqlite.Store
	runner    *job.Runner
	companies *company.Register
	sweeper   *retention.Sweeper
	courier   *webhook.Courier
	workers   int
	log       *slog.Logger
}

func openStore(ctx context.Context, cfg *config.Config, log *slog.Logger) (*sqlite.Store, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, filepath.Join(cfg.Data, "bonafide.db"), sqlite.Options{Settle: decision.Folder, Logger: log})
}

// openServer joins the rooms around the pipeline.
func openServer(ctx context.Context, cfg *config.Config, serve *config.Serve, p *pipeline, log *slog.Logger) (*server, error) {
	store, err := openStore(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	s, err := joinServer(ctx, cfg, serve, p, store, log)
	if err != nil {
		_ = store.Close()
		return nil, err
	}
	return s, nil
}

func joinServer(ctx context.Context, cfg *config.Config, serve *config.Serve, p *pipeline, store *sqlite.Store, log *slog.Logger) (*server, error) {
	zone, err := serve.Zone()
	if err != nil {
		return nil, err
	}
	blobs, err := disk.Open(filepath.Join(cfg.Data, "blobs"), store.ClaimBlobs)
	if err != nil {
		return nil, err
	}
	gate, err := auth.New(store, auth.Options{TTL: serve.SessionTTL, LongTTL: serve.SessionLongTTL, Hashes: workers(cfg)})
	if err != nil {
		return nil, err
	}
	if err := bootstrap(ctx, gate, cfg); err != nil {
		return nil, err
	}
	captures, err := auth.OpenCaptureKey(cmp.Or(serve.CaptureKey, filepath.Join(cfg.Data, captureKeyFile)), serve.CaptureKey == "", time.Now)
	if err != nil {
		return nil, err
	}
	people, err := openGallery(ctx, store, p.set.Embedder.Ref(), log)
	if err != nil {
		return nil, err
	}
	evaluator := *p.evaluator
	evaluator.Gallery = searcher{people}
	evaluator.Cores = job.NewCores(workers(cfg))
	faces := &face.Reader{Opener: p.opener, Evaluator: &evaluator}
	board := job.NewBoard(store)
	guard := webhook.Guard{Allow: serve.Webhook.Allow, HTTPSOnly: serve.Webhook.HTTPSOnly}
	desk := intake.New(intake.Config{
		Store:     store,
		Blobs:     blobs,
		Examiner:  examiner{p.opener},
		Waiter:    board,
		Endpoints: guard,
		Enroller:  faces,
		Gallery:   people,
		Analyses:  evaluator.Analyses,
		MaxFiles:  cfg.Limits.FolderFiles,
		Examiners: workers(cfg),
		Reporting: intake.Reporting{Zone: zone, Name: serve.ReportName, Version: version},
	})
	companies := company.New(store, company.Options{Log: log, Steps: []company.Step{
		company.RemoveFolders(store),
		{Name: "collections", Remove: desk.DeleteCollectionsOf},
		{Name: "report templates", Remove: store.DeleteReportTemplatesOf},
	}})
	handler := ozapi.New(ozapi.Config{
		Version:        version,
		PublicURL:      serve.PublicURL,
		TrustedProxies: serve.TrustedProxies,
		Origins:        serve.CORSOrigins,
		Components:     serve.Components,
		MaxBody:        cfg.Limits.BodyBytes,
		MaxFile:        cfg.Limits.FileBytes,
		MaxFiles:       cfg.Limits.FolderFiles,
		SingleWait:     serve.SingleWait,
		Timezone:       zone.String(),
	}, ozapi.Deps{Gate: gate, Companies: companies, Desk: desk, Instant: openInstant(cfg, serve, p.opener, &evaluator, log), Records: store, Outbox: store, Captures: captures, Blobs: blobs, Log: log})
	if serve.Lite {
		handler = liteapi.New(liteapi.Config{Version: version, Key: serve.LiteKey, MaxFile: cfg.Limits.FileBytes, Bodies: 4 * workers(cfg), Log: log},
			faces, handler)
	}
	runner := &job.Runner{Store: store, Blobs: blobs, Opener: p.opener, Evaluator: &evaluator, Board: board, Log: log}
	sweeper := &retention.Sweeper{Store: store, Blobs: blobs, Log: log}
	courier := webhook.New(store, ozapi.NewRenderer(cmp.Or(serve.PublicURL, "http://"+serve.Listen), store), webhook.Options{
		Guard:      guard,
		FirstPause: serve.Webhook.FirstPause,
		Patience:   serve.Webhook.Patience,
		Agent:      "Bonafide/" + version,
		Log:        log,
	})
	return &server{handler: handler, store: store, runner: runner, companies: companies, sweeper: sweeper, courier: courier, workers: workers(cfg), log: log}, nil
}

func (s *server) close() { _ = s.store.Close() }

// openInstant makes the desk that keeps nothing.
func openInstant(cfg *config.Config, serve *config.Serve, opener *media.Decoder, evaluator *job.Evaluator, log *slog.Logger) *instant.Desk {
	return instant.New(instant.Config{
		Opener:    opener,
		Evaluator: evaluator,
		MaxFiles:  cfg.Limits.FolderFiles,
		MaxBytes:  serve.InstantBytes,
		Workers:   workers(cfg),
		Log:       log,
		Now:       time.Now,
	})
}

// openGallery loads the templates of the model in use, and warns of others.
func openGallery(ctx context.Context, store *sqlite.Store, model bonafide.ModelRef, log *slog.Logger) (*gallery.Gallery, error) {
	people, err := gallery.Open(ctx, store, model)
	if err != nil {
		return nil, err
	}
	all, err := store.PersonImages(ctx, bonafide.Scope{}, bonafide.Query{Limit: 0})
	if err != nil {
		return nil, err
	}
	if n := all.Total - people.Size(); n > 0 {
		log.Warn("templates of another model are not searched, and their collections neither; run `bonafide collection reenrol`", "templates", n)
	}
	return people, nil
}

// searcher lets analyses ask the gallery.
type searcher struct{ people *gallery.Gallery }

// Search implements analysis.Gallery.
func (s searcher) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]analysis.Hit, int, error) {
	found, size, err := s.people.Search(ctx, probe, collection, k)
	hits := make([]analysis.Hit, len(found))
	for i, h := range found {
		hits[i] = analysis.Hit{PersonID: h.PersonID, Cosine: float64(h.Cosine)}
	}
	return hits, size, err
}

// thumbSide is the longest side of a thumbnail in pixels.
const thumbSide = 320

// examiner lets the front desk ask the decoder. What it decodes stays in the
// decoder's memory for the analysis that follows.
type examiner struct{ opener *media.Decoder }

// Examine decodes a file.
func (e examiner) Examine(ctx context.Context, path, digest string) (bonafide.MediaKind, bonafide.MediaInfo, []byte, error) {
	clip, err := e.opener.Open(ctx, media.Source{Path: path, Digest: digest})
	if err != nil {
		return "", bonafide.MediaInfo{}, nil, err
	}
	thumb, err := media.Thumbnail(clip, thumbSide)
	return clip.Kind, clip.Info, thumb, err
}
