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

// BenchmarkClip is what the liveness of a decoded clip of 15 frames costs, beside
// the same with no more than the published pair's score: taken in turn, so that the
// ratio holds on a busy machine too.
func BenchmarkClip(b *testing.B) {
	set := modeltest.Standard(b)
	path := modeltest.Shared(b, "data", "pad", "video", "live__WOLF-huo__videos_eff17845a21796d55db31abd0579ac76.mp4")
	decoder, err := media.New(media.DefaultLimits(), media.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer decoder.Close()
	clip, err := decoder.Open(b.Context(), media.Source{Path: path})
	if err != nil {
		b.Fatal(err)
	}
	bare := modeltest.StandardWith(b, "minifasnet-pair")
	bare.Stream = nil
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
}

// decoded is an opener of one clip.
type decoded struct{ clip *media.Clip }

func (d decoded) Open(context.Context, media.Source) (*media.Clip, error) { return d.clip, nil }
