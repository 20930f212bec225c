package postgres_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/postgres"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

// leased is an Opener of a store whose workers count as dead after that time.
func leased(lease time.Duration) storetest.Opener {
	return func(ctx context.Context, dir string) (storetest.Subject, error) {
		s, err := pgtest.Open(ctx, dir)
		if err == nil {
			s.(*postgres.Store).Lease(lease)
		}
		return s, err
	}
}

func TestSeveralProcessesShareTheDatabase(t *testing.T) {
	pgtest.Need(t)
	storetest.Processes(t, leased(storetest.Silence))
}

func TestKillLosesNothingAcknowledged(t *testing.T) {
	pgtest.Need(t)
	storetest.Kill(t, leased(300*time.Millisecond))
}

// open opens the store of dir, until the test ends.
func open(t *testing.T, dir string) *postgres.Store {
	t.Helper()
	pgtest.Need(t)
	s, err := pgtest.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s.(*postgres.Store)
}

// ordered makes a folder with an order.
func ordered(t *testing.T, s store.Folders, endpoint string) *store.Order {
	t.Helper()
	f := &bonafide.Folder{ID: bonafide.NewID(), ResolutionEndpoint: endpoint}
	o := &store.Order{GroupID: bonafide.NewID(), Analyses: []bonafide.Analysis{{ID: bonafide.NewID(), Type: bonafide.Quality}}}
	if err := s.CreateFolder(t.Context(), f, nil, o); err != nil {
		t.Fatal(err)
	}
	return o
}

func finish(ctx context.Context, s store.Analyses, group bonafide.ID) error {
	analyses, err := s.Group(ctx, group)
	if err != nil {
		return err
	}
	return s.FinishGroup(ctx, group, []bonafide.AnalysisResult{{AnalysisID: analyses[0].ID, State: bonafide.Failed, Resolution: bonafide.Failed}})
}

// TestProcessesTellEachOther has one process that orders and delivers and another that
// works, neither of which looks by itself.
func TestProcessesTellEachOther(t *testing.T) {
	dir := t.TempDir()
	here, there := open(t, dir), open(t, dir)
	here.Poll(24 * time.Hour)
	there.Poll(24 * time.Hour)
	ran := make(chan bonafide.ID)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 2)
	go func() {
		done <- there.Work(ctx, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
			err := finish(ctx, there, group)
			ran <- group
			return err
		})
	}()
	for range 3 {
		o := ordered(t, here, "")
		if got := <-ran; got != o.GroupID {
			t.Errorf("group %s was run, want %s", got, o.GroupID)
		}
	}
	o := ordered(t, here, "https://example.org/")
	<-ran
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	// Who listens is told of what others owe from now on, and has to look for what was before.
	ctx, stop = context.WithCancel(t.Context())
	go func() { done <- there.Work(ctx, 1, func(context.Context, bonafide.ID, int, bool) error { return nil }) }()
	<-there.DeliveryBell()
	due, err := here.ClaimDeliveries(t.Context(), time.Minute, store.DeliveryLimits{Target: 1, Company: 1, All: 1})
	if err != nil || len(due) != 1 || due[0].GroupID != o.GroupID {
		t.Fatalf("%+v, %v", due, err)
	}
	for len(there.DeliveryBell()) > 0 {
		<-there.DeliveryBell()
	}
	if _, err := here.ReplayDelivery(t.Context(), bonafide.Scope{}, due[0].ID); err != nil {
		t.Fatal(err)
	}
	<-there.DeliveryBell()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestAJobThatNobodyHoldsIsTakenUp lets the database forget that a job has ended, as one
// does that loses power.
func TestAJobThatNobodyHoldsIsTakenUp(t *testing.T) {
	s := open(t, t.TempDir())
	s.Lease(300 * time.Millisecond)
	s.Lost(100 * time.Millisecond)
	ran := make(chan bonafide.ID, 100)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- s.Work(ctx, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
			ran <- group
			return nil
		})
	}()
	o := ordered(t, s, "")
	<-ran
	for {
		res, err := s.Writer().ExecContext(t.Context(), `UPDATE river_job SET state = 'running', finalized_at = NULL, attempted_at = now() - interval '1 hour' WHERE state = 'completed'`)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := res.RowsAffected(); err == nil && n == 1 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if got := <-ran; got != o.GroupID {
		t.Errorf("group %s was run, want %s", got, o.GroupID)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestTablesAreThoseOfSQLite compares both stores, whose rows are the same code. The rows
// are compared with the tables of SQLite elsewhere.
func TestTablesAreThoseOfSQLite(t *testing.T) {
	columns := func(s any, query string) (all []string) {
		err := s.(interface{ Reader() *bun.DB }).Reader().NewRaw(query).Scan(t.Context(), &all)
		if err != nil {
			t.Fatal(err)
		}
		all = slices.DeleteFunc(all, func(c string) bool {
			return strings.HasPrefix(c, "river_") || strings.HasPrefix(c, "goose_") || strings.HasPrefix(c, "sqlite_")
		})
		slices.Sort(all)
		return all
	}
	want := columns(storetest.Open(t), `SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'`)
	got := columns(open(t, t.TempDir()), `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND is_generated = 'NEVER'`)
	if !slices.Equal(got, want) {
		t.Errorf("there are\n%q,\nwant\n%q", got, want)
	}
}

// TestAnyMetadataCanBeSearched stores what jsonb cannot hold beside what is looked for.
func TestAnyMetadataCanBeSearched(t *testing.T) {
	s := open(t, t.TempDir())
	for _, meta := range []bonafide.Meta{
		{"a": "x\x00y", "b": "zero"}, {"a": json.Number("1e999999"), "b": "large"}, {"a": json.Number("1e-99999")},
		{"a": "x", "b": "found"}, {"a": strings.Repeat("[", 9)}, {"a": []any{"x"}, "b": "list"},
	} {
		if err := s.CreateFolder(t.Context(), &bonafide.Folder{ID: bonafide.NewID(), Meta: meta}, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	for value, want := range map[string]string{"x": "found", "\uFFFDy": "", "x\uFFFDy": "zero"} {
		page, err := s.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1, Filters: []bonafide.Filter{
			{Field: "meta_data", Path: []string{"a"}, Op: bonafide.OpEqual, Values: []any{value}},
			{Field: "meta_data", Path: []string{"a"}, Op: bonafide.OpNotEqual, Values: []any{"y"}}}})
		if err != nil {
			t.Fatal(err)
		}
		found := ""
		for _, f := range page.Items {
			found += f.Meta["b"].(string)
		}
		if found != want {
			t.Errorf("%q is in %q, want %q", value, found, want)
		}
	}
	_, err := s.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1, Filters: []bonafide.Filter{
		{Field: "meta_data", Path: []string{"a"}, Op: bonafide.OpMinNumber, Values: []any{"1"}}}})
	if err != nil {
		t.Errorf("as numbers: %v", err)
	}
}

// TestALostConnectionIsNoLastWord cuts all connections, as a restart of the database does.
func TestALostConnectionIsNoLastWord(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.CreateCompany(t.Context(), &bonafide.Company{ID: bonafide.NewID()}); err != nil {
		t.Fatal(err)
	}
	_, err := s.Writer().ExecContext(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	if err != nil {
		t.Fatal(err)
	}
	for {
		err := s.CreateCompany(t.Context(), &bonafide.Company{ID: bonafide.NewID()})
		if err == nil {
			break
		}
		if bonafide.CodeOf(err) != bonafide.CodeBusy {
			t.Fatal(err)
		}
	}
	// What reads is cut off, too.
	for {
		_, err := s.Companies(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
		if err == nil {
			break
		}
		if e := new(bonafide.Error); !errors.As(err, &e) || e.Code != bonafide.CodeBusy || e.RetryAfter <= 0 {
			t.Fatal(err)
		}
	}
}

// TestWhileTheDatabaseIsAwayReadsAreToldToComeBack asks a server that is not there.
func TestWhileTheDatabaseIsAwayReadsAreToldToComeBack(t *testing.T) {
	away, err := pgx.ParseConfig("postgres://bonafide@127.0.0.1:1/none?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	s := postgres.Away(away)
	t.Cleanup(func() { s.Close() })
	for what, read := range map[string]func() error{
		"a row": func() error { _, err := s.Company(t.Context(), "a"); return err },
		"a list": func() error {
			_, err := s.Companies(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
			return err
		},
		"rows of several": func() error { _, err := s.AnalysesOf(t.Context(), "a"); return err },
		"a change": func() error {
			_, err := s.ChangeCompany(t.Context(), bonafide.Scope{}, "a", func(*bonafide.Company) error { return nil })
			return err
		},
	} {
		if e := new(bonafide.Error); !errors.As(read(), &e) || e.Code != bonafide.CodeBusy || e.RetryAfter <= 0 {
			t.Errorf("%s: %v", what, read())
		}
	}
}
