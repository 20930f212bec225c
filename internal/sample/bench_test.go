package sample_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
)

// BenchmarkMeasures is what a frame costs beside its models.
func BenchmarkMeasures(b *testing.B) {
	studio := sampletest.New()
	one := studio.Sample("a", sampletest.Front())
	for b.Loop() {
		s := sample.Open(one.Media, media.Source{Path: "a"}, studio, studio.Set)
		if _, err := s.Faces(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJPEG is what a best shot costs.
func BenchmarkJPEG(b *testing.B) {
	f, err := sampletest.New().Sample("a", sampletest.Front()).Best(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := f.Frame.JPEG(); err != nil {
			b.Fatal(err)
		}
	}
}
