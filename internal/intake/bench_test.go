package intake_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/intake/intaketest"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

const maxFiles = 4

// shared are the blobs, which cost too much to make for every test.
var shared struct {
	blobs   *disk.Blobs
	blobDir string
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "intake")
	if err != nil {
		panic(err)
	}
	if err := share(dir); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func share(dir string) (err error) {
	shared.blobDir = filepath.Join(dir, "blobs")
	shared.blobs, err = disk.Open(shared.blobDir, nil)
	return err
}

// waiter waits for ctx, or not at all.
type waiter struct{ forever bool }

func (w waiter) Wait(ctx context.Context, _ bonafide.ID) error {
	if !w.forever {
		return nil
	}
	<-ctx.Done()
	return ctx.Err()
}

// bench is a desk over a real store and real blobs.
type bench struct {
	*intake.Desk
	store    store.Store
	examiner *intaketest.Examiner
	user     *bonafide.User
}

func newBench(t *testing.T) *bench {
	t.Helper()
	store := storetest.Open(t)
	b := &bench{store: store, examiner: &intaketest.Examiner{}}
	b.Desk = intake.New(intake.Config{
		Reception: intake.NewReception(intake.ReceptionConfig{Stager: shared.blobs, Examiner: b.examiner, Specs: catalog.Specs(), MaxFiles: maxFiles}),
		Store:     store, Blobs: shared.blobs, Waiter: waiter{}, Endpoints: webhook.Guard{},
	})
	b.user = b.person(t, bonafide.Client)
	return b
}

// person makes a user of a company of its own.
func (b *bench) person(t *testing.T, role bonafide.UserType) *bonafide.User {
	t.Helper()
	c := bonafide.Company{ID: bonafide.NewID(), Name: "Bank"}
	if err := b.store.CreateCompany(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	u := &bonafide.User{
		ID: bonafide.NewID(), CompanyID: c.ID, Type: role, Active: true, Email: string(c.ID) + "@bank.example",
		MayStart: map[bonafide.AnalysisType]bool{
			bonafide.Quality: true, bonafide.Biometry: true, bonafide.Collection: true, bonafide.Documents: true,
		},
	}
	if err := b.store.CreateUser(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	return u
}

func scope(u *bonafide.User) bonafide.Scope {
	return bonafide.Scope{CompanyID: u.CompanyID, UserID: u.ID}
}

// accept takes in files given as "key=content".
func (b *bench) accept(t *testing.T, files ...string) []intake.File {
	t.Helper()
	return intaketest.Accept(t, b.Reception, files...)
}

// folder makes a folder of files given as "key=content".
func (b *bench) folder(t *testing.T, p intake.Payload, files ...string) *intake.Created {
	t.Helper()
	made, err := b.CreateFolder(t.Context(), b.user, intake.Upload{Files: b.accept(t, files...), Payload: p})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// media reads a folder's media back.
func (b *bench) media(t *testing.T, folder bonafide.ID) []bonafide.Media {
	t.Helper()
	media, err := b.store.MediaOf(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return media[folder]
}

func content(t *testing.T, digest string) string {
	t.Helper()
	r, err := shared.blobs.Open(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out bytes.Buffer
	if _, err := io.Copy(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// files counts the files below a folder.
func files(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func wantCode(t *testing.T, err error, code bonafide.Code) {
	t.Helper()
	if err == nil || bonafide.CodeOf(err) != code {
		t.Errorf("got %v, want code %s", err, code)
	}
}

func ids(media []bonafide.Media) []bonafide.ID {
	var out []bonafide.ID
	for _, m := range media {
		out = append(out, m.ID)
	}
	return out
}
