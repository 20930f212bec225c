package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestSQLiteKeepsEverythingButBlobs(t *testing.T) { storetest.Run(t, storetest.SQLite) }

func openTemp(t testing.TB) *sqlite.Store {
	t.Helper()
	return storetest.Open(t).(*sqlite.Store)
}

func TestWritersOfOneCompanyLetAnotherInBetween(t *testing.T) {
	s := openTemp(t)
	held, proceed := make(chan struct{}), make(chan struct{})
	var served []string
	var writers sync.WaitGroup
	write := func(payer string, do func()) {
		writers.Go(func() {
			err := s.Write(quota.WithPayer(context.Background(), payer), func(context.Context, bun.Tx) error {
				do()
				served = append(served, payer)
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	write("a", func() { close(held); <-proceed })
	<-held
	for range 20 {
		write("a", func() {})
	}
	time.Sleep(50 * time.Millisecond) // they wait
	write("b", func() {})
	time.Sleep(50 * time.Millisecond)
	close(proceed)
	writers.Wait()
	if at := slices.Index(served, "b"); at > 2 {
		t.Errorf("b wrote after %d others", at)
	}
}

func TestAnEndedGroupWakesTheNextOfItsCompanyWithoutPolling(t *testing.T) {
	s := openTemp(t)
	s.Poll(24 * time.Hour)
	for range 6 {
		f := &bonafide.Folder{ID: bonafide.NewID(), Meta: bonafide.Meta{}}
		a := bonafide.Analysis{ID: bonafide.NewID(), GroupID: bonafide.NewID(), Type: bonafide.Quality, State: bonafide.Processing, Resolution: bonafide.Processing}
		if err := s.CreateFolder(t.Context(), f, nil, &store.Order{GroupID: a.GroupID, Analyses: []bonafide.Analysis{a}}); err != nil {
			t.Fatal(err)
		}
	}
	var ran sync.WaitGroup
	ran.Add(6)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- s.Work(ctx, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
			defer ran.Done()
			analyses, err := s.Group(ctx, group)
			if err != nil {
				return err
			}
			return s.FinishGroup(ctx, group, []bonafide.AnalysisResult{{AnalysisID: analyses[0].ID, State: bonafide.Failed, Resolution: bonafide.Failed}})
		})
	}()
	ran.Wait()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestAnOrderWakesTheWorkersWithoutPolling(t *testing.T) {
	s := openTemp(t)
	s.Poll(24 * time.Hour)
	groups := make(chan bonafide.ID)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- s.Work(ctx, 2, func(_ context.Context, group bonafide.ID, _ int, _ bool) error {
			groups <- group
			return nil
		})
	}()
	for range 5 {
		f, m, o := benchFolder()
		if err := s.CreateFolder(ctx, f, m, o); err != nil {
			t.Fatal(err)
		}
		if got := <-groups; got != o.GroupID {
			t.Errorf("group %s was run, want %s", got, o.GroupID)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestAWorkerThatIsToldToEndWhileItBeginsHasNotFailed(t *testing.T) {
	s := openTemp(t)
	for d := range 10 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(d)*time.Millisecond)
		if err := s.Work(ctx, 1, nil); err != nil {
			t.Errorf("after %d ms: %v", d, err)
		}
		cancel()
	}
}

func TestWritesAreFlushedAndNotesOfTheQueueAreNot(t *testing.T) {
	s := openTemp(t)
	level := func(db bun.IDB) (level int) {
		if err := db.NewRaw("PRAGMA synchronous").Scan(t.Context(), &level); err != nil {
			t.Fatal(err)
		}
		return level
	}
	const normal, full = 1, 2
	refused := errors.New("refused")
	for _, want := range []error{nil, refused} {
		err := s.Write(t.Context(), func(_ context.Context, tx bun.Tx) error {
			if got := level(tx); got != full {
				t.Errorf("within a write the level is %d", got)
			}
			return want
		})
		if !errors.Is(err, want) {
			t.Errorf("write gives %v, want %v", err, want)
		}
		if got := level(s.Writer()); got != normal {
			t.Errorf("after a write the level is %d", got)
		}
	}
	var mode string
	if err := s.Reader().NewRaw("PRAGMA journal_mode").Scan(t.Context(), &mode); err != nil || mode != "wal" {
		t.Errorf("journal mode %s, %v", mode, err)
	}
	if _, err := s.Reader().ExecContext(t.Context(), "DELETE FROM folders"); err == nil {
		t.Error("a reader may write")
	}
}

func TestOneProcessWorksTheQueue(t *testing.T) {
	s := openTemp(t)
	ctx, cancel := context.WithCancel(t.Context())
	begun, done := make(chan struct{}), make(chan error, 1)
	go func() {
		done <- s.Work(ctx, 1, func(context.Context, bonafide.ID, int, bool) error {
			close(begun)
			return nil
		})
	}()
	second, err := storetest.SQLite(ctx, filepath.Dir(s.Path()))
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	// The order is made by the second process; the first runs it.
	f, m, o := benchFolder()
	if err := second.CreateFolder(ctx, f, m, o); err != nil {
		t.Fatal(err)
	}
	<-begun
	if err := second.Work(ctx, 1, nil); bonafide.CodeOf(err) != bonafide.CodeDatabase {
		t.Errorf("a second worker gets %v", err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestTheFilesAreForTheOwnerAlone(t *testing.T) {
	s := openTemp(t)
	f, m, o := benchFolder()
	if err := s.CreateFolder(t.Context(), f, m, o); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(s.Path() + "*")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(name), info.Mode())
		}
	}
}

func TestAPathMayHoldAnyCharacter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a?b=c&d#e %41 ж")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := storetest.SQLite(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if info, err := os.Stat(filepath.Join(dir, "bonafide.db")); err != nil || info.Size() == 0 {
		t.Errorf("the file lies elsewhere: %v", err)
	}
}

// spy remembers the last query.
type spy struct{ query string }

func (s *spy) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }
func (s *spy) AfterQuery(_ context.Context, e *bun.QueryEvent)                    { s.query = e.Query }

func TestListsUseTheirIndices(t *testing.T) {
	s := openTemp(t)
	asked := &spy{}
	//lint:ignore SA1019 the store itself is to be watched; WithQueryHook makes a copy that it does not use
	s.Reader().AddQueryHook(asked)
	newest := []bonafide.Sort{{Field: "time_created", Desc: true}}
	company := bonafide.Scope{CompanyID: bonafide.NewID()}
	for fact, c := range map[string]struct {
		scope   bonafide.Scope
		filters []bonafide.Filter
		sorting []bonafide.Sort
		index   string
	}{
		"newest of all":          {bonafide.Scope{}, nil, newest, "folders_time_created"},
		"newest of a company":    {company, nil, newest, "folders_company_created"},
		"newest of a user":       {bonafide.Scope{UserID: bonafide.NewID()}, nil, newest, "folders_user_created"},
		"changed of a company":   {company, nil, []bonafide.Sort{{Field: "time_updated"}}, "folders_company_updated"},
		"running":                {company, []bonafide.Filter{{Field: "resolution_status", Op: bonafide.OpIn, Values: []any{"PROCESSING"}}}, newest, "folders_company_status"},
		"declined":               {company, []bonafide.Filter{{Field: "resolution_status", Op: bonafide.OpIn, Values: []any{"DECLINED"}}}, newest, "folders_company_resolution"},
		"declined in any group":  {company, []bonafide.Filter{{Field: "system_resolution_all", Op: bonafide.OpIn, Values: []any{"DECLINED"}}}, newest, "folders_company_overall"},
		"transaction":            {company, []bonafide.Filter{{Field: "meta_data", Path: []string{"transaction_id"}, Op: bonafide.OpEqual, Values: []any{"x"}}}, newest, "folders_transaction_id"},
		"attacks of a company":   {company, []bonafide.Filter{{Field: "reason", Op: bonafide.OpIn, Values: []any{"presentation_attack"}}}, newest, "analysis_reasons_folder"},
		"transaction of anybody": {bonafide.Scope{}, []bonafide.Filter{{Field: "meta_data", Path: []string{"transaction_id"}, Op: bonafide.OpEqual, Values: []any{"x"}}}, newest, "folders_transaction_id"},
	} {
		asked.query = ""
		if _, err := s.Folders(t.Context(), c.scope, bonafide.Query{Filters: c.filters, Sorting: c.sorting, Limit: 100, OmitTotal: true}); err != nil {
			t.Fatal(err)
		}
		var plan []map[string]any
		if err := s.Reader().NewRaw("EXPLAIN QUERY PLAN ?", bun.Safe(asked.query)).Scan(t.Context(), &plan); err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprint(plan)
		if !strings.Contains(text, c.index) || strings.Contains(text, "TEMP B-TREE") != (c.index == "folders_transaction_id") {
			t.Errorf("%s: %s", fact, text)
		}
	}
}

func TestKillLosesNothingAcknowledged(t *testing.T) { storetest.Kill(t, storetest.SQLite) }

// TestAnUpgradeFindsTheReasonsOfOldAnalyses goes back to the tables before reasons had
// one, and forward again.
func TestAnUpgradeFindsTheReasonsOfOldAnalyses(t *testing.T) {
	s := openTemp(t)
	ctx := t.Context()
	// Reasons that came later have a class from the start.
	later := slices.Concat([]string{bonafide.ReasonCut, bonafide.ReasonBorder}, bonafide.GestureReasons(), bonafide.InjectionReasons())
	codes := append(slices.DeleteFunc(bonafide.ReasonCodes(), func(c string) bool { return slices.Contains(later, c) }), "")
	for _, resolution := range []bonafide.Status{bonafide.Success, bonafide.Declined, bonafide.OperatorRequired, bonafide.Failed} {
		for _, code := range codes {
			f, m, o := benchFolder()
			if err := s.CreateFolder(ctx, f, m, o); err != nil {
				t.Fatal(err)
			}
			var ends []bonafide.AnalysisResult
			for _, a := range o.Analyses {
				end := bonafide.AnalysisResult{AnalysisID: a.ID, State: bonafide.Finished, Resolution: resolution, Result: &bonafide.Result{}}
				if resolution == bonafide.Failed {
					end.State = bonafide.Failed
				}
				if code != "" && resolution != bonafide.Success {
					end.Result.Reasons = []bonafide.Reason{{Code: bonafide.ReasonBlurred}, {Code: code}}
				}
				ends = append(ends, end)
			}
			if err := s.FinishGroup(ctx, o.GroupID, ends); err != nil {
				t.Fatal(err)
			}
		}
	}
	classes := func() (found []string) {
		if err := s.Reader().NewRaw("SELECT id || class FROM analyses ORDER BY 1").Scan(ctx, &found); err != nil {
			t.Fatal(err)
		}
		return found
	}
	reasons := func() (found []string) {
		if err := s.Reader().NewRaw("SELECT analysis_id || code || folder_id || time_created FROM analysis_reasons ORDER BY 1").Scan(ctx, &found); err != nil {
			t.Fatal(err)
		}
		return found
	}
	wantClasses, wantReasons := classes(), reasons()
	if err := s.MigrateTo(ctx, 2); err != nil {
		t.Fatal(err)
	}
	if err := s.MigrateTo(ctx, 3); err != nil {
		t.Fatal(err)
	}
	if got := classes(); !slices.Equal(got, wantClasses) {
		t.Error("classes differ after the upgrade")
	}
	if got := reasons(); len(got) < 100 || !slices.Equal(got, wantReasons) {
		t.Errorf("%d reasons after the upgrade, %d before", len(got), len(wantReasons))
	}
}
