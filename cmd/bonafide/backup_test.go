package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

// uploads makes folders, and deletes some, until it is stopped.
type uploads struct {
	mu   sync.Mutex
	kept []bonafide.ID
	busy sync.WaitGroup
	stop context.CancelFunc
}

func startUploads(t *testing.T, api *client.Client) *uploads {
	ctx, stop := context.WithCancel(t.Context())
	u := &uploads{stop: stop}
	for shade := range uint8(2) {
		u.busy.Go(func() {
			for n := uint8(0); ctx.Err() == nil; n++ {
				f, err := api.CreateFolder(ctx, client.Payload{}, photo(100*shade+n%100))
				switch {
				case err != nil:
					if ctx.Err() == nil {
						t.Error(err)
					}
				case n%3 == 0:
					_ = api.DeleteFolder(ctx, f.ID)
				default:
					u.mu.Lock()
					u.kept = append(u.kept, f.ID)
					u.mu.Unlock()
				}
			}
		})
	}
	return u
}

// acknowledged waits for some folders and gives all so far.
func (u *uploads) acknowledged(least int) []bonafide.ID {
	for {
		u.mu.Lock()
		got := append([]bonafide.ID{}, u.kept...)
		u.mu.Unlock()
		if len(got) >= least {
			return got
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestABackupUnderLoadIsRestoredElsewhere(t *testing.T) {
	in := newFurnished(t)
	in.fill()
	before := in.answers()
	load := startUploads(t, in.api)
	acknowledged := load.acknowledged(6)
	dir := filepath.Join(t.TempDir(), "backup")
	out, err := typed("", "backup", "--data", in.data, "--to", dir)
	load.acknowledged(len(acknowledged) + 3)
	load.stop()
	load.busy.Wait()
	if err != nil || !strings.Contains(out, "manifest of ") {
		t.Fatalf("%v, %s", err, out)
	}
	in.kill()
	if out, err := typed("", "restore", "--data", in.data, "--from", dir); err == nil || !strings.Contains(out, "holds a database already") {
		t.Errorf("over an installation: %v, %s", err, out)
	}
	in.data = filepath.Join(t.TempDir(), "elsewhere")
	if out, err := typed("", "restore", "--data", in.data, "--from", dir, "--verify-only"); err != nil || !strings.Contains(out, "the backup is whole") {
		t.Errorf("%v, %s", err, out)
	}
	if _, err := os.Lstat(in.data); err == nil {
		t.Error("a check restores")
	}
	out, err = typed("", "restore", "--data", in.data, "--from", dir)
	if err != nil || !strings.Contains(out, "are those of the backup") || !strings.Contains(out, "intact; head ") {
		t.Fatalf("%v, %s", err, out)
	}
	in.hooks.Store(true) // nothing may come
	in.start()
	in.checkRestored(before, acknowledged)
	in.kill()
	checkMends(t, in.data, dir)
	t.Run("PostgreSQL", func(t *testing.T) { restoredToPostgres(t, dir) })
}

// checkRestored holds what a restored server answers against what was answered before, but
// for lists that have grown meanwhile.
func (in *furnished) checkRestored(before map[string]string, acknowledged []bonafide.ID) {
	t := in.t
	t.Helper()
	grown := []string{"/api/folders/?", "/api/statistic/"}
	for path, got := range in.answers() {
		if got != before[path] && !strings.HasPrefix(path, grown[0]) && !strings.HasPrefix(path, grown[1]) {
			t.Errorf("%s was\n%s\nis\n%s", path, before[path], got)
		}
	}
	for _, id := range acknowledged {
		media, err := in.api.FolderMedia(t.Context(), id)
		if err != nil || len(media) != 1 {
			t.Errorf("an acknowledged folder: %+v, %v", media, err)
			continue
		}
		if raw, err := in.api.Download(t.Context(), media[0].OriginalURL); err != nil || len(raw) == 0 {
			t.Errorf("a file of an acknowledged folder: %v", err)
		}
	}
	owed, err := in.api.Deliveries(t.Context(), nil)
	if err != nil || len(owed.Items) != 1 || owed.Items[0].State != bonafide.DeliveryGivenUp {
		t.Errorf("a webhook that was owed is %+v, %v", owed, err)
	}
	out, err := typed("", "audit", "verify", "--data", in.data)
	if err != nil || !strings.Contains(out, "the rows are what the log says of them") {
		t.Errorf("%v, %s", err, out)
	}
}

func restoredToPostgres(t *testing.T, dir string) {
	pgtest.Need(t)
	db, err := pgtest.Bare(t.Context(), t.TempDir())
	must(t, db, err)
	data := t.TempDir()
	out, err := typed("", "restore", "--data", data, "--db", db, "--from", dir, "--send-webhooks")
	if err != nil || !strings.Contains(out, "are those of the backup") {
		t.Fatalf("%v, %s", err, out)
	}
	t.Setenv("BONAFIDE_DB", db)
	if out, err = typed("", "storage", "check", "--data", data); err != nil || !strings.Contains(out, "everything is as it should be") {
		t.Errorf("%v, %s", err, out)
	}
}

// checkMends does harm to an installation, of which there is a backup.
func checkMends(t *testing.T, data, backup string) {
	t.Helper()
	check := func(flags ...string) (string, error) {
		return typed("", append([]string{"storage", "check", "--data", data}, flags...)...)
	}
	if out, err := check(); err != nil || !strings.Contains(out, "everything is as it should be") {
		t.Fatalf("a restored installation: %v, %s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(data, "blobs", "??", "*"))
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, storage.DatabaseFile))
	must(t, db, err)
	_, err = db.ExecContext(t.Context(), "UPDATE folder_counts SET folders = folders + 1; UPDATE stored_bytes SET bytes = bytes + 1")
	orphan := filepath.Join(data, "blobs", "00", strings.Repeat("0", 64))
	if err = errors.Join(err, db.Close(), os.Remove(files[0]), os.WriteFile(files[1], []byte("forged"), 0o600), os.WriteFile(orphan, []byte("x"), 0o600)); err != nil {
		t.Fatal(err)
	}
	gone, forged := filepath.Base(files[0]), filepath.Base(files[1])
	want := []string{"file " + gone + ": missing; ", "file " + forged + ": damaged; ", "folder_counts is not what is there", "stored_bytes is not what is there",
		"1 files are named by no row, 0 of them for more than a day", "4 faults are left"}
	out, err := check()
	for _, line := range want {
		if !strings.Contains(out, line) {
			t.Errorf("%q is not in %s", line, out)
		}
	}
	if err == nil || strings.Contains(out, "missing; \n") || strings.Contains(out, "damaged; \n") {
		t.Errorf("nobody learns whose the files were: %s", out)
	}
	if out, err := check("--mend"); err == nil || !strings.Contains(out, "2 faults are left") {
		t.Errorf("without a backup: %v, %s", err, out)
	}
	out, err = check("--mend", "--from", backup)
	if err != nil || !strings.Contains(out, "file "+gone+": taken from the backup") || !strings.Contains(out, "file "+forged+": taken from the backup") {
		t.Errorf("%v, %s", err, out)
	}
	if out, err := check(); err != nil {
		t.Errorf("%v, %s", err, out)
	}
}
