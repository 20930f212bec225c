package company

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// town is a store with two companies, each with users, sessions, folders, media,
// analyses and blobs.
type town struct {
	*testing.T
	dir   string
	store storetest.Subject
	blobs *disk.Blobs
	goes  bonafide.ID // company that is deleted
	stays bonafide.ID
	rest  map[string]int // rows of what stays
}

// newTown gives the company that goes a number of folders.
func newTown(t *testing.T, folders int) *town {
	w := &town{T: t, dir: t.TempDir()}
	w.open()
	t.Cleanup(func() { w.store.Close() })
	w.stays = w.company(2)
	w.rest = w.rows()
	w.goes = w.company(folders)
	return w
}

// open is what a start of the server does.
func (w *town) open() {
	var err error
	w.store, err = storetest.SQLite(context.Background(), w.dir)
	w.must(err)
	w.blobs, err = disk.Open(filepath.Join(w.dir, "blobs"), w.store.ClaimBlobs)
	w.must(err)
}

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *town) company(folders int) bonafide.ID {
	ctx := w.Context()
	c := &bonafide.Company{ID: bonafide.NewID(), Name: "Bank"}
	w.must(w.store.CreateCompany(ctx, c))
	u := &bonafide.User{ID: bonafide.NewID(), CompanyID: c.ID, Type: bonafide.Client, Active: true, Email: string(c.ID) + "@example.org"}
	w.must(w.store.CreateUser(ctx, u))
	w.must(w.store.CreateSession(ctx, &bonafide.Session{UserID: u.ID, AccessHash: bonafide.NewSecret(8), RefreshHash: bonafide.NewSecret(8), ExpiresAt: time.Now()}))
	blob, err := w.blobs.Put(ctx, strings.NewReader(string(c.ID)))
	w.must(err)
	file := func() bonafide.File {
		return bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: blob.Digest, MIME: "image/jpeg"}
	}
	template := &bonafide.ReportTemplate{ID: bonafide.NewID(), CompanyID: c.ID, Name: "A"}
	w.must(w.store.CreateReportTemplate(ctx, template))
	w.must(w.store.AddReportAttachments(ctx, template.ID, []bonafide.ReportAttachment{{ID: bonafide.NewID(), Name: "a.jpg", File: file(), Picture: file()}}))
	for range folders {
		f := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: c.ID, UserID: u.ID}
		m := bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Image,
			Original: file()}
		o := &store.Order{GroupID: bonafide.NewID(), Analyses: []bonafide.Analysis{{ID: bonafide.NewID(), Type: bonafide.Quality, SourceMedia: []bonafide.ID{m.ID}}}}
		w.must(w.store.CreateFolder(ctx, f, []bonafide.Media{m}, o))
	}
	return c.ID
}

// rows counts by table what there is.
func (w *town) rows() map[string]int {
	w.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.dir, "bonafide.db"))
	w.must(err)
	defer db.Close()
	counts := map[string]int{}
	for _, table := range []string{"companies", "users", "sessions", "folders", "media", "analyses", "files", "report_templates", "report_attachments", "river_job"} {
		var n int
		w.must(db.QueryRow("SELECT count(*) FROM " + table).Scan(&n))
		counts[table] = n
	}
	return counts
}

// wantRest holds that the one company is gone wholly and the other is untouched.
func (w *town) wantRest() {
	w.Helper()
	for table, n := range w.rows() {
		if n != w.rest[table] {
			w.Errorf("%s: %d rows, want %d", table, n, w.rest[table])
		}
	}
	_, err := w.store.SweepBlobs(w.Context(), time.Now().Add(time.Hour), w.blobs.Delete)
	w.must(err)
	var left []string
	w.must(filepath.WalkDir(filepath.Join(w.dir, "blobs"), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			raw, err := os.ReadFile(path)
			left = append(left, string(raw))
			return err
		}
		return err
	}))
	if len(left) != 1 || left[0] != string(w.stays) {
		w.Errorf("blobs left: %q", left)
	}
}

// templates is a step as the server has it.
func (w *town) templates() Step { return Step{"report templates", w.store.DeleteReportTemplatesOf} }

func (w *town) register(steps ...Step) *Register {
	return New(w.store, Options{Steps: append(steps, RemoveFolders(w.store), w.templates()), Retry: 5 * time.Millisecond, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
}

// gone waits for the end of the company.
func (w *town) gone() {
	w.Helper()
	for {
		_, err := w.store.Company(w.Context(), w.goes)
		if bonafide.CodeOf(err) == bonafide.CodeNotFound {
			return
		}
		w.must(err)
		time.Sleep(5 * time.Millisecond)
	}
}

// running runs the register until stop is called.
func running(r *Register) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	return func() { cancel(); <-done }
}

func TestADeletedCompanyLeavesNothing(t *testing.T) {
	w := newTown(t, folderPage+5)
	r := w.register()
	defer running(r)()
	w.must(r.Delete(t.Context(), bonafide.Scope{}, w.goes))
	w.gone()
	w.wantRest()
}

// TestDeletionGoesOnAfterARestart cuts the work short in the midst of it.
func TestDeletionGoesOnAfterARestart(t *testing.T) {
	w := newTown(t, 3)
	reached := make(chan struct{})
	stuck := Step{"stuck", func(ctx context.Context, _ bonafide.ID) error { close(reached); <-ctx.Done(); return ctx.Err() }}
	r := New(w.store, Options{Steps: []Step{RemoveFolders(w.store), stuck}})
	stop := running(r)
	w.must(r.Delete(t.Context(), bonafide.Scope{}, w.goes))
	<-reached
	stop()
	if c, err := w.store.Company(t.Context(), w.goes); err != nil || !c.InDeletion {
		t.Fatalf("%+v, %v", c, err)
	}
	w.must(w.store.Close())
	w.open()
	defer running(w.register())() // nobody asks again
	w.gone()
	w.wantRest()
}

func TestAStepThatFailsIsTriedAgain(t *testing.T) {
	w := newTown(t, 3)
	tries := 0
	flaky := Step{"flaky", func(_ context.Context, id bonafide.ID) error {
		if id != w.goes {
			t.Errorf("company %s is deleted", id)
		}
		if tries++; tries < 3 {
			return errors.New("not now")
		}
		return nil
	}}
	r := w.register(flaky)
	stop := running(r)
	w.must(r.Delete(t.Context(), bonafide.Scope{}, w.goes))
	w.gone()
	stop()
	w.wantRest()
	if tries != 3 {
		t.Errorf("%d tries", tries)
	}
}

func TestAFolderUnderLegalHoldKeepsTheCompanyAlone(t *testing.T) {
	w := newTown(t, 3)
	ctx := t.Context()
	page, err := w.store.Folders(ctx, bonafide.Scope{CompanyID: w.goes}, bonafide.Query{Limit: 1, Offset: 1})
	w.must(err)
	held := page.Items[0]
	held.LegalHold = true
	w.must(storetest.PutFolder(ctx, w.store, &held))
	r := w.register()
	w.must(r.Delete(ctx, bonafide.Scope{}, w.goes))
	if r.Sweep(ctx) {
		t.Error("the company is said to be gone")
	}
	page, err = w.store.Folders(ctx, bonafide.Scope{CompanyID: w.goes}, bonafide.Query{Limit: -1})
	w.must(err)
	if len(page.Items) != 1 || page.Items[0].ID != held.ID {
		t.Errorf("%d folders are left", len(page.Items))
	}
	held.LegalHold = false
	w.must(storetest.PutFolder(ctx, w.store, &held))
	if !r.Sweep(ctx) {
		t.Error("the company stays")
	}
	w.gone()
}

func TestACompanyIsFoundInsideTheScopeAlone(t *testing.T) {
	w := newTown(t, 3)
	ctx, r := t.Context(), w.register()
	for _, scope := range []bonafide.Scope{{CompanyID: w.stays}, {CompanyID: w.stays, UserID: bonafide.NewID()}, {Nothing: true}} {
		_, err := r.Find(ctx, scope, w.goes)
		name := "Mine"
		_, err2 := r.Change(ctx, scope, w.goes, Change{Name: &name})
		for _, err := range []error{err, err2, r.Delete(ctx, scope, w.goes)} {
			if bonafide.CodeOf(err) != bonafide.CodeNotFound {
				t.Errorf("%+v: %v", scope, err)
			}
		}
	}
	if c, err := r.Find(ctx, bonafide.Scope{CompanyID: w.goes}, w.goes); err != nil || c.Name != "Bank" || c.InDeletion {
		t.Errorf("%+v, %v", c, err)
	}
}
