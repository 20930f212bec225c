package sqlite_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
)

// benchFolder is a folder with two media and two analyses, as a single request
// makes it.
func benchFolder() (*bonafide.Folder, []bonafide.Media, *store.Order) {
	f := &bonafide.Folder{ID: bonafide.NewID(), Meta: bonafide.Meta{"transaction_id": string(bonafide.NewID())}}
	var media []bonafide.Media
	var ids []bonafide.ID
	for range 2 {
		m := bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Image, OriginalName: "a.jpg", Tags: []string{"photo_selfie"},
			Original: bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: bonafide.NewSecret(32)},
			Thumb:    &bonafide.File{Key: bonafide.NewSecret(16), Name: "t.jpg", Digest: bonafide.NewSecret(32)}}
		media, ids = append(media, m), append(ids, m.ID)
	}
	o := &store.Order{GroupID: bonafide.NewID()}
	for i, typ := range []bonafide.AnalysisType{bonafide.Quality, bonafide.Biometry} {
		o.Analyses = append(o.Analyses, bonafide.Analysis{ID: bonafide.NewID(), Seq: i, Type: typ, SourceMedia: ids})
	}
	return f, media, o
}

func benchResults(o *store.Order) []bonafide.AnalysisResult {
	var rs []bonafide.AnalysisResult
	for _, a := range o.Analyses {
		score := 0.99
		rs = append(rs, bonafide.AnalysisResult{AnalysisID: a.ID, State: bonafide.Finished, Resolution: bonafide.Success,
			Result: &bonafide.Result{TookMS: 28, Findings: []bonafide.Finding{{Kind: bonafide.FindingLiveness, Score: &score, Frames: 1}}}})
	}
	return rs
}

// BenchmarkOrder is what a client waits for: the rows and the job on disk.
func BenchmarkOrder(b *testing.B) {
	s := openTemp(b)
	for b.Loop() {
		f, m, o := benchFolder()
		if err := s.CreateFolder(b.Context(), f, m, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFinishGroup(b *testing.B) {
	s := openTemp(b)
	for b.Loop() {
		b.StopTimer()
		f, m, o := benchFolder()
		if err := s.CreateFolder(b.Context(), f, m, o); err != nil {
			b.Fatal(err)
		}
		rs := benchResults(o)
		b.StartTimer()
		if err := s.FinishGroup(b.Context(), o.GroupID, rs); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPickup is the time from the order being on disk to the worker's start,
// of an idle queue.
func BenchmarkPickup(b *testing.B) {
	s := openTemp(b)
	begun := make(chan time.Time)
	stop := benchWork(b, s, 2, func(ctx context.Context, _ bonafide.ID, _ int, _ bool) error {
		begun <- time.Now()
		return nil
	})
	defer stop()
	var waited time.Duration
	for b.Loop() {
		f, m, o := benchFolder()
		if err := s.CreateFolder(b.Context(), f, m, o); err != nil {
			b.Fatal(err)
		}
		ordered := time.Now()
		waited += (<-begun).Sub(ordered)
	}
	b.ReportMetric(float64(waited.Microseconds())/float64(b.N)/1000, "ms-pickup")
}

// BenchmarkThroughput is groups ordered, run and ended, with as many clients as
// workers and analyses that cost nothing.
func BenchmarkThroughput(b *testing.B) {
	s := openTemp(b)
	var ended atomic.Int64
	stop := benchWork(b, s, 2, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		defer ended.Add(1)
		analyses, err := s.Group(ctx, group)
		if err != nil {
			return err
		}
		return s.FinishGroup(ctx, group, benchResults(&store.Order{Analyses: analyses}))
	})
	defer stop()
	b.SetParallelism(1)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			f, m, o := benchFolder()
			if err := s.CreateFolder(b.Context(), f, m, o); err != nil {
				b.Error(err)
			}
		}
	})
	for ended.Load() < int64(b.N) {
		time.Sleep(time.Millisecond)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "groups/s")
}

func benchWork(b *testing.B, s *sqlite.Store, workers int, run func(context.Context, bonafide.ID, int, bool) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Work(ctx, workers, run) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	}
}
