package quality_test

import (
	"context"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// BenchmarkClip is what the liveness of decoded clips of 15 frames costs, of a head
// that keeps still and of two that turn, beside the same with no more than the
// published pair's score: taken in turn, so that the ratio holds on a busy machine
// too.
func BenchmarkClip(b *testing.B) {
	set := modeltest.Standard(b)
	bare := modeltest.StandardWith(b, "minifasnet-pair")
	bare.Stream = nil
	decoder, err := media.New(media.DefaultLimits(), media.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer decoder.Close()
	for name, file := range map[string]string{
		"still":   "live__WOLF-huo__videos_eff17845a21796d55db31abd0579ac76.mp4",
		"nodding": "live__Apfol__videos_real2.webm",
		"turning": "live__ZubairCracksCode__videos_real.mov",
	} {
		b.Run(name, func(b *testing.B) {
			clip, err := decoder.Open(b.Context(), media.Source{Path: modeltest.Shared(b, "data", "pad", "video", file)})
			if err != nil {
				b.Fatal(err)
			}
			run := func(set *model.Set) time.Duration {
				s := sample.Open(bonafide.Media{ID: "a"}, media.Source{}, decoded{clip}, set)
				start := time.Now()
				no := false
				_, err := quality.Analysis{}.Run(b.Context(), analysis.Input{Samples: []*sample.Sample{s}, Params: bonafide.Params{ExtractBestShot: &no}})
				if err != nil {
					b.Fatal(err)
				}
				return time.Since(start)
			}
			var alone, whole time.Duration
			for b.Loop() {
				alone += run(bare)
				whole += run(set)
			}
			b.ReportMetric(float64(whole)/float64(alone), "whole/pair")
			b.ReportMetric(float64(alone.Milliseconds())/float64(b.N), "pair_ms")
		})
	}
}

// decoded is an opener of one clip.
type decoded struct{ clip *media.Clip }

func (d decoded) Open(context.Context, media.Source) (*media.Clip, error) { return d.clip, nil }
