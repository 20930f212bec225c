package sqlite_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// shared opens a file whose queue several processes may work.
func shared(ctx context.Context, dir string) (storetest.Subject, error) {
	s, err := sqlite.Open(ctx, filepath.Join(dir, "bonafide.db"),
		sqlite.Options{Settle: decision.Folder, Shared: true, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	s.Lease(storetest.Silence)
	return s, nil
}

func TestSeveralProcessesShareTheFile(t *testing.T) { storetest.Processes(t, shared) }

// TestJobsOfTheDeadAreTakenOver leaves two jobs running: one with a worker who is not
// heard of any more, one with a worker who is.
func TestJobsOfTheDeadAreTakenOver(t *testing.T) {
	ctx := t.Context()
	opened, err := shared(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := opened.(*sqlite.Store)
	t.Cleanup(func() { s.Close() })
	left := map[string]bonafide.ID{}
	for _, worker := range []string{"dead", "living"} {
		f, m, o := benchFolder()
		if err := s.CreateFolder(ctx, f, m, o); err != nil {
			t.Fatal(err)
		}
		left[worker] = o.GroupID
		if _, err := s.Writer().ExecContext(ctx, `UPDATE river_job SET state = 'running', attempt = 1, attempted_at = datetime('now', 'subsec'),
			attempted_by = jsonb_array('somebody before', ?) WHERE args ->> '$.group_id' = ?`, worker, o.GroupID); err != nil {
			t.Fatal(err)
		}
	}
	until := map[string]time.Time{"dead": time.Now().Add(300 * time.Millisecond), "living": time.Now().Add(time.Hour)}
	for worker, at := range until {
		if _, err := s.Writer().ExecContext(ctx, "INSERT INTO queue_workers VALUES (?, ?)", worker, at.UnixMicro()); err != nil {
			t.Fatal(err)
		}
	}
	type attempt struct {
		group  bonafide.ID
		number int
		at     time.Time
	}
	run := make(chan attempt, 10)
	work, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() {
		done <- s.Work(work, 2, func(_ context.Context, group bonafide.ID, number int, _ bool) error {
			run <- attempt{group, number, time.Now()}
			return nil
		})
	}()
	got := <-run
	if got.group != left["dead"] || got.number != 1 || got.at.Before(until["dead"]) {
		t.Errorf("%+v was run, want %s", got, left["dead"])
	}
	time.Sleep(storetest.Silence) // some beats long
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if len(run) != 0 {
		t.Errorf("%+v was run, too", <-run)
	}
}

// TestAJobThatNobodyHoldsIsTakenUp lets the database forget that a job has ended.
func TestAJobThatNobodyHoldsIsTakenUp(t *testing.T) {
	opened, err := shared(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := opened.(*sqlite.Store)
	t.Cleanup(func() { s.Close() })
	s.Lease(300 * time.Millisecond)
	s.Lost(100 * time.Millisecond)
	f, m, o := benchFolder()
	if err := s.CreateFolder(t.Context(), f, m, o); err != nil {
		t.Fatal(err)
	}
	ran, done := make(chan bonafide.ID, 100), make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		done <- s.Work(ctx, 1, func(_ context.Context, group bonafide.ID, _ int, _ bool) error {
			ran <- group
			return nil
		})
	}()
	<-ran
	for {
		res, err := s.Writer().ExecContext(t.Context(), `UPDATE river_job SET state = 'running', finalized_at = NULL, attempted_at = datetime('now', '-1 hour') WHERE state = 'completed'`)
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

func TestAQueueIsClaimedByOneProcess(t *testing.T) {
	s := openTemp(t)
	other, err := sqlite.Open(t.Context(), s.Path(), sqlite.Options{Settle: decision.Folder})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Claim(); err != nil {
		t.Fatal(err)
	}
	if err := other.Claim(); bonafide.CodeOf(err) != bonafide.CodeDatabase {
		t.Errorf("a second process claims the queue: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Work(ctx, 1, nil); bonafide.CodeOf(err) == bonafide.CodeDatabase {
		t.Errorf("who claimed it cannot work: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.Claim(); err != nil {
		t.Errorf("after the first is closed: %v", err)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}
