package main

import (
	"context"
	"path/filepath"
	"runtime"
	"time"

	"github.com/bonafide-id/bonafide/cmd/bonafide/monitor"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/infer/ort"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
)

// analysisWithin ends an analysis as FAILED; the documented default.
const analysisWithin = 15 * time.Minute

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
	limits    bound.Limits // of the installation
	ordinary  bound.Thresholds
	runtime   *ort.Runtime
	stages    *monitor.Stages // what hears of steps; nil hears nothing
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
	stages := &monitor.Stages{}
	used, err := usedSet(cfg)
	if err != nil {
		_ = rt.Close()
		return nil, err
	}
	set, err := model.Open(cardsOf(d.All()), d.Graph, rt, model.Choice{Set: cfg.Set, Used: used, Ran: stages.Ran})
	if err != nil {
		_ = rt.Close()
		return nil, err
	}
	if set, err = operate(cfg, set); err != nil {
		_ = rt.Close()
		return nil, err
	}
	p := &pipeline{set: set, runtime: rt, stages: stages}
	if p.opener, err = openDecoder(cfg, stages.Decoded); err != nil {
		p.close()
		return nil, err
	}
	if p.limits, err = installationLimits(cfg, set.Gate); err != nil {
		p.close()
		return nil, err
	}
	policy := decision.Default()
	p.ordinary = bound.Thresholds{Spoofing: policy.ThresholdSpoofing, Max: policy.ThresholdMax, Decision: policy.DecisionThreshold}
	within := p.ordinary.Within(p.limits)
	policy.ThresholdSpoofing, policy.ThresholdMax, policy.DecisionThreshold = within.Spoofing, within.Max, within.Decision
	policy.MeasureGestures = cfg.Bounds.MeasureGestures
	p.evaluator = &job.Evaluator{Set: set, Analyses: catalog.Analyses(), Policy: policy, Limit: analysisWithin}
	return p, nil
}

func openMedia(cfg *config.Config) (*media.Decoder, error) { return openDecoder(cfg, nil) }

// openDecoder also takes what hears of decodings.
func openDecoder(cfg *config.Config, decoded func(context.Context, time.Time)) (*media.Decoder, error) {
	limits := media.DefaultLimits()
	limits.MaxPixels = cfg.Limits.Pixels
	limits.MaxZipEntries = cfg.Limits.ZipEntries
	limits.MaxZipBytes = cfg.Limits.ZipBytes
	limits.MaxZipPixels = cfg.Limits.ZipPixels
	limits.MaxVideo = cfg.Limits.VideoDuration
	limits.DecodeTimeout = cfg.Limits.DecodeDuration
	return media.New(limits, media.Options{FFmpeg: cfg.FFmpeg, FFprobe: cfg.FFprobe, Workers: workers(cfg), Decoded: decoded})
}

// close gives memory and child processes back.
func (p *pipeline) close() {
	if p.opener != nil {
		_ = p.opener.Close()
	}
	_ = p.set.Close()
	_ = p.runtime.Close()
}
