package sqlite

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func benchStore(b *testing.B) *Store {
	b.Helper()
	s, err := Open(b.Context(), filepath.Join(b.TempDir(), "bonafide.db"), Options{
		Settle: storetest.Settle, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// benchFolder is a folder with two media and two analyses, as a single request
// makes it.
func benchFolder() (*bonafide.Folder, []bonafide.Media, *bonafide.Order) {
	f := &bonafide.Folder{ID: bonafide.NewID(), Meta: bonafide.Meta{"transaction_id": string(bonafide.NewID())}}
	var media []bonafide.Media
	var ids []bonafide.ID
	for range 2 {
		m := bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Image, OriginalName: "a.jpg", Tags: []string{"photo_selfie"},
			Original: bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: bonafide.NewSecret(32)},
			Thumb:    &bonafide.File{Key: bonafide.NewSecret(16), Name: "t.jpg", Digest: bonafide.NewSecret(32)}}
		media, ids = append(media, m), append(ids, m.ID)
	}
	o := &bonafide.Order{GroupID: bonafide.NewID()}
	for i, typ := range []bonafide.AnalysisType{bonafide.Quality, bonafide.Biometry} {
		o.Analyses = append(o.Analyses, bonafide.Analysis{ID: bonafide.NewID(), Seq: i, Type: typ, SourceMedia: ids})
	}
	return f, media, o
}

func benchResults(o *bonafide.Order) []bonafide.AnalysisResult {
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
	s := benchStore(b)
	for b.Loop() {
		f, m, o := benchFolder()
		if err := s.CreateFolder(b.Context(), f, m, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFinishGroup(b *testing.B) {
	s := benchStore(b)
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
	s := benchStore(b)
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
	s := benchStore(b)
	var ended atomic.Int64
	stop := benchWork(b, s, 2, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		defer ended.Add(1)
		analyses, err := s.Group(ctx, group)
		if err != nil {
			return err
		}
		return s.FinishGroup(ctx, group, benchResults(&bonafide.Order{Analyses: analyses}))
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

func benchWork(b *testing.B, s *Store, workers int, run func(context.Context, bonafide.ID, int, bool) error) (stop func()) {
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

// BenchmarkNewest is the list that the console opens with: the newest 100
// folders, with media, analyses and the total.
func BenchmarkNewest(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := benchStore(b)
			company := fillUp(b, s, n)
			scope := bonafide.Scope{CompanyID: company}
			q := bonafide.Query{Sorting: []bonafide.Sort{{Field: "time_created", Desc: true}}, Limit: 100}
			for b.Loop() {
				page, err := s.Folders(b.Context(), scope, q)
				if err != nil || len(page.Items) != 100 || page.Total != n {
					b.Fatal(len(page.Items), page.Total, err)
				}
				var ids []bonafide.ID
				for _, f := range page.Items {
					ids = append(ids, f.ID)
				}
				media, err := s.MediaOf(b.Context(), ids...)
				if err != nil || len(media) != 100 {
					b.Fatal(len(media), err)
				}
				analyses, err := s.AnalysesOf(b.Context(), ids...)
				if err != nil || len(analyses) != 100 {
					b.Fatal(len(analyses), err)
				}
			}
		})
	}
}

// fillUp stores n ended folders of one company, many in a transaction.
func fillUp(b *testing.B, s *Store, n int) bonafide.ID {
	b.Helper()
	company := bonafide.NewID()
	if err := s.CreateCompany(b.Context(), &bonafide.Company{ID: company}); err != nil {
		b.Fatal(err)
	}
	const batch = 500
	for range n / batch {
		err := s.write(b.Context(), func(ctx context.Context, tx bun.Tx) error {
			var folders []folderRow
			var media []mediaRow
			var analyses []analysisRow
			var files []bonafide.File
			for range batch {
				f, ms, o := benchFolder()
				f.CompanyID = company
				f.State = bonafide.FolderState{ResolutionStatus: bonafide.Finished, SystemResolution: bonafide.Success}
				stamp(&f.TimeCreated, &f.TimeUpdated)
				folders = append(folders, *rowOfFolder(f))
				for _, m := range ms {
					m.FolderID, m.CompanyID = f.ID, company
					media, files = append(media, rowOfMedia(&m)), append(files, m.Original, *m.Thumb)
				}
				for i, r := range benchResults(o) {
					a := o.Analyses[i]
					a.FolderID, a.CompanyID, a.GroupID = f.ID, company, o.GroupID
					a.State, a.Resolution, a.Result = r.State, r.Resolution, r.Result
					analyses = append(analyses, rowOfAnalysis(&a))
				}
			}
			if err := insertFiles(ctx, tx, files); err != nil {
				return err
			}
			for _, rows := range []any{&folders, &media, &analyses} {
				if _, err := tx.NewInsert().Model(rows).Exec(ctx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return company
}
