package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/blob/s3/s3test"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

func TestMain(m *testing.M) {
	media.Child(os.Args)
	if os.Getenv(serveEnv) != "" {
		main()
		return
	}
	pgtest.Main(m)
}

// served runs the whole server over a set of real models and hands out a signed-in
// client.
func served(t *testing.T, set *model.Set, f func(context.Context, *client.Client)) {
	t.Helper()
	servedOn(t, set, dataOf(t), f)
}

// dataOf gives a test a data folder. Where tests are to run on the stores of a cluster, a
// database and a bucket of its own go with it, for every server and command of the test.
func dataOf(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	if !pgtest.Asked() {
		return data
	}
	pgtest.Need(t)
	db, err := pgtest.URL(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("BONAFIDE_DB", db)
	t.Setenv("BONAFIDE_BLOBS", s3test.Start(t).URL("media"))
	return data
}

// onOneMachine skips a test of what lies in the data folder where tests are to run on the
// stores of a cluster.
func onOneMachine(t *testing.T) {
	t.Helper()
	if pgtest.Asked() {
		t.Skip("about the stores of one machine")
	}
}

// configOn is the default configuration with a data folder.
func configOn(data string) *config.Config {
	cfg := &config.Config{Data: data, DB: os.Getenv("BONAFIDE_DB"), Blobs: os.Getenv("BONAFIDE_BLOBS"), FFmpeg: "ffmpeg", FFprobe: "ffprobe", Limits: config.Limits{FolderFiles: 10}}
	d := media.DefaultLimits()
	cfg.Limits.Pixels, cfg.Limits.ZipEntries, cfg.Limits.ZipBytes = d.MaxPixels, d.MaxZipEntries, d.MaxZipBytes
	cfg.Limits.ZipPixels = d.MaxZipPixels
	cfg.Limits.VideoDuration, cfg.Limits.DecodeDuration = d.MaxVideo, d.DecodeTimeout
	return cfg
}

// servedOn is served on a data folder that may hold something already.
func servedOn(t *testing.T, set *model.Set, data string, f func(context.Context, *client.Client)) {
	t.Helper()
	servedAs(t, set, configOn(data), f)
}

// servedAs is served with a configuration.
func servedAs(t *testing.T, set *model.Set, cfg *config.Config, f func(context.Context, *client.Client)) {
	t.Helper()
	opener, err := openMedia(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = opener.Close() })
	servedThrough(t, set, opener, cfg, f)
}

// servedThrough is servedAs with a decoder of its own.
func servedThrough(t *testing.T, set *model.Set, opener *media.Decoder, cfg *config.Config, f func(context.Context, *client.Client)) {
	t.Helper()
	if cfg.DB == "" {
		if err := storetest.Begin(cfg.Data); err != nil {
			t.Fatal(err)
		}
	}
	p := &pipeline{set: set, opener: opener, evaluator: &job.Evaluator{
		Set: set, Analyses: catalog.Analyses(), Policy: decision.Default(), Limit: analysisWithin,
	}}
	err := withServerOn(t.Context(), cfg, p, slog.New(slog.DiscardHandler), func(ctx context.Context, api *client.Client) error {
		f(ctx, api)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func file(t *testing.T, key, path string) client.File {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return client.File{Key: key, Name: key, Content: bytes.NewReader(raw)}
}

func TestClipAndPhotoInOneFolderGiveTheDocumentedNumbers(t *testing.T) {
	clip := modeltest.Shared(t, "data", "pad", "video", "live__Apfol__videos_real2.webm")
	photo := modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0001.jpg")
	served(t, modeltest.Standard(t), func(ctx context.Context, api *client.Client) {
		made, err := api.CreateFolder(ctx, client.Payload{
			FolderMeta: bonafide.Meta{"transaction_id": "T-1"},
			MediaTags:  map[string][]string{"clip": {"video_selfie", "video_selfie_blank"}, "id": {"photo_id", "photo_id_front"}},
			Analyses:   []client.Order{{Type: "quality"}, {Type: "biometry"}},
		}, file(t, "clip", clip), file(t, "id", photo))
		if err != nil {
			t.Fatal(err)
		}
		one, err := api.Folder(ctx, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		list, err := api.Folders(ctx, url.Values{"meta_data": {"transaction_id==T-1"}, "with_analyses": {"true"}})
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Items) != 1 {
			t.Fatalf("the list has %d folders", len(list.Items))
		}
		for _, f := range []*client.Folder{made, one, &list.Items[0]} {
			quality, biometry := f.Analyses[0], f.Analyses[1]
			if len(quality.ResultsMedia) != 1 || quality.ResultsMedia[0].Results.ConfidenceSpoofing == nil {
				t.Fatalf("QUALITY has no confidence_spoofing: %+v", quality)
			}
			if v := *quality.ResultsMedia[0].Results.ConfidenceSpoofing; !(v >= 0 && v < 0.5) || quality.Resolution != bonafide.Success {
				t.Errorf("a living person has confidence_spoofing %v, %s", v, quality.Resolution)
			}
			if len(quality.ResultsMedia[0].OutputImages) != 1 {
				t.Error("there is no best shot")
			}
			r := biometry.Results
			if r.MinConfidence == nil || r.MaxConfidence == nil || !(*r.MinConfidence < 0.85) || biometry.Resolution != bonafide.Declined {
				t.Errorf("two people have %+v, %s", r, biometry.Resolution)
			}
			if f.SystemResolution != bonafide.Declined || f.ResolutionStatus != bonafide.Finished {
				t.Errorf("the folder is %s, %s", f.ResolutionStatus, f.SystemResolution)
			}
		}
		if shot, err := api.Download(ctx, one.Analyses[0].ResultsMedia[0].OutputImages[0].OriginalURL); err != nil || !bytes.HasPrefix(shot, []byte("\xff\xd8")) {
			t.Errorf("the best shot is no JPEG: %v", err)
		}
	})
}

func TestWithoutALivenessModelQualityFails(t *testing.T) {
	photo := modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0001.jpg")
	second := modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0004.jpg")
	set := modeltest.Starter(t)
	set.PAD = nil
	served(t, set, func(ctx context.Context, api *client.Client) {
		f, err := api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "quality"}, {Type: "biometry"}}},
			file(t, "a", photo), file(t, "b", second))
		if err != nil {
			t.Fatal(err)
		}
		quality, biometry := f.Analyses[0], f.Analyses[1]
		if quality.State != bonafide.Failed || quality.Resolution != bonafide.Failed || quality.ErrorMessage == "" {
			t.Errorf("QUALITY is %s, %s: %q", quality.State, quality.Resolution, quality.ErrorMessage)
		}
		if biometry.Resolution != bonafide.Success {
			t.Errorf("one person twice is %s: %+v", biometry.Resolution, biometry.Results)
		}
		if f.SystemResolution != bonafide.Failed {
			t.Errorf("the folder is %s", f.SystemResolution)
		}
	})
}

func TestHostileFilesAreRefusedAndTheServerLivesOn(t *testing.T) {
	onOneMachine(t)
	hostile := mediatest.HostileFiles(1)
	photo := modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0001.jpg")
	// None of these has a face, which takes long to find out: the starter set needs half
	// of the time, and of what still decodes it sees three frames.
	limits := media.DefaultLimits()
	limits.SampledFrames = 3
	opener, err := media.New(limits, media.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = opener.Close() })
	servedThrough(t, modeltest.Starter(t), opener, configOn(dataOf(t)), func(ctx context.Context, api *client.Client) {
		refused := 0
		for _, h := range hostile {
			f, err := api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "quality"}}},
				client.File{Key: "media", Name: h.Name, Content: bytes.NewReader(h.Data)})
			var e *client.Error
			switch {
			case errors.As(err, &e):
				refused++
				if e.Status != 400 || e.Message == "" {
					t.Errorf("%s: HTTP %d, %q", h.Name, e.Status, e.Message)
				}
			case err != nil:
				t.Fatalf("%s: %v", h.Name, err)
			case f.SystemResolution == bonafide.Success || f.SystemResolution == bonafide.Processing:
				t.Errorf("%s ended as %s", h.Name, f.SystemResolution)
			}
		}
		t.Logf("%d of %d hostile files were refused, the others judged without success", refused, len(hostile))
		if _, err := api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "biometry"}}},
			file(t, "a", photo), file(t, "b", photo)); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}
