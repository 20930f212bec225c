package sqlite_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
)

// twoProcesses opens one file twice, with quotas, and makes two companies in it.
func twoProcesses(t *testing.T, q table.Quotas) (processes [2]*sqlite.Store, companies [2]bonafide.ID) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bonafide.db")
	for i := range processes {
		s, err := sqlite.Open(t.Context(), path, sqlite.Options{Settle: decision.Folder, Quotas: q, Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		processes[i] = s
	}
	for i := range companies {
		companies[i] = bonafide.NewID()
		if err := processes[0].CreateCompany(t.Context(), &bonafide.Company{ID: companies[i], Name: "Company"}); err != nil {
			t.Fatal(err)
		}
	}
	return processes, companies
}

// until runs do in both processes at once until one error has come in each, and tells
// how often it succeeded.
func until(processes [2]*sqlite.Store, do func(*sqlite.Store) error) (done int, errs [2]error) {
	var all sync.WaitGroup
	var n atomic.Int64
	for i, s := range processes {
		all.Go(func() {
			for errs[i] == nil && n.Load() < 1000 {
				if errs[i] = do(s); errs[i] == nil {
					n.Add(1)
				}
			}
		})
	}
	all.Wait()
	return int(n.Load()), errs
}

func TestACompanyHasSoManyAnalysesWaitingOverAllProcesses(t *testing.T) {
	ctx := t.Context()
	processes, companies := twoProcesses(t, table.Quotas{Unfinished: 21})
	var mu sync.Mutex
	var last *store.Order
	done, errs := until(processes, func(s *sqlite.Store) error {
		f, m, o := benchFolder() // of two analyses
		f.CompanyID = companies[0]
		err := s.CreateFolder(ctx, f, m, o)
		if err == nil {
			mu.Lock()
			last = o
			mu.Unlock()
		}
		return err
	})
	if done != 10 {
		t.Errorf("%d orders of two analyses were taken, with 21 allowed", done)
	}
	for _, err := range errs {
		var e *bonafide.Error
		if !errors.As(err, &e) || e.Code != bonafide.CodeThrottled || e.RetryAfter < time.Second {
			t.Errorf("one order too many: %v", err)
		}
	}
	page, err := processes[1].Folders(ctx, bonafide.Scope{CompanyID: companies[0]}, bonafide.Query{Limit: -1})
	if err != nil || len(page.Items) != done {
		t.Errorf("%d folders, %v: what was refused has left something", len(page.Items), err)
	}
	for name, company := range map[string]bonafide.ID{"another company": companies[1], "no company": ""} {
		f, m, o := benchFolder()
		f.CompanyID = company
		if err := processes[0].CreateFolder(ctx, f, m, o); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := processes[0].FinishGroup(ctx, last.GroupID, benchResults(last)); err != nil {
		t.Fatal(err)
	}
	f, m, o := benchFolder()
	f.CompanyID = companies[0]
	if err := processes[1].CreateFolder(ctx, f, m, o); err != nil {
		t.Errorf("an analysis has ended, and the next is refused: %v", err)
	}
}

// photo is a media of 70 bytes with a thumb of 30.
func photo() bonafide.Media {
	file := func(size int64) bonafide.File {
		return bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: bonafide.NewSecret(32), Size: size}
	}
	thumb := file(30)
	return bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Image, Original: file(70), Thumb: &thumb}
}

func TestACompanyStoresSoManyBytesOverAllProcesses(t *testing.T) {
	ctx := t.Context()
	processes, companies := twoProcesses(t, table.Quotas{Bytes: 1050})
	create := func(ctx context.Context, s *sqlite.Store, company bonafide.ID) (*bonafide.Folder, error) {
		f := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: company}
		return f, s.CreateFolder(ctx, f, []bonafide.Media{photo()}, nil)
	}
	kept, err := create(ctx, processes[0], companies[0])
	if err != nil {
		t.Fatal(err)
	}
	done, errs := until(processes, func(s *sqlite.Store) error {
		return s.AddToFolder(ctx, kept.ID, store.Addition{Media: []bonafide.Media{photo()}})
	})
	if done != 9 {
		t.Errorf("%d media of 100 bytes were taken besides the first, with 1050 allowed", done)
	}
	for _, err := range errs {
		if bonafide.CodeOf(err) != bonafide.CodeFull {
			t.Errorf("one media too many: %v", err)
		}
	}
	if _, err := create(ctx, processes[1], companies[1]); err != nil {
		t.Errorf("another company: %v", err)
	}
	if _, err := create(ctx, processes[1], companies[0]); bonafide.CodeOf(err) != bonafide.CodeFull {
		t.Errorf("a folder with a media too many: %v", err)
	}
	if err := processes[0].DeleteFolder(ctx, bonafide.Scope{}, kept.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := create(ctx, processes[1], companies[0]); err != nil {
		t.Errorf("all was deleted, and the next is refused: %v", err)
	}
	var bytes int64
	if err := processes[0].Reader().NewRaw("SELECT bytes FROM stored_bytes WHERE company_id = ?", companies[0]).Scan(ctx, &bytes); err != nil || bytes != 100 {
		t.Errorf("%d bytes are counted, %v, want 100", bytes, err)
	}
}
