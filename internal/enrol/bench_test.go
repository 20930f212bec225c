package enrol_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/gallery/scan"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/intake/intaketest"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// bench is an enroller over a real store and real blobs.
type bench struct {
	*enrol.Enroller
	reception *intake.Reception
	store     storetest.Subject
	blobs     *disk.Blobs
	blobDir   string
	gallery   *gallery.Gallery
	user      *bonafide.User
}

func model() bonafide.ModelRef { return bonafide.ModelRef{Name: "embedder", Version: "1"} }

// found gives the images that a search in the list has to do with.
func (b *bench) found(t *testing.T, list bonafide.ID) int {
	t.Helper()
	_, size, err := b.gallery.Search(t.Context(), bonafide.NewTemplate(model(), []float32{1, 0}), list, 1)
	if err != nil {
		t.Fatal(err)
	}
	return size
}

// faces finds a face in every file that does not say otherwise, and two people in all.
type faces struct{}

func (faces) Template(_ context.Context, path, digest string) (bonafide.Template, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return bonafide.Template{}, err
	}
	if strings.Contains(string(raw), "nobody") || len(digest) != 64 {
		return bonafide.Template{}, bonafide.Errorf(bonafide.CodeValue, "No face was found")
	}
	if strings.Contains(string(raw), "bob") {
		return bonafide.NewTemplate(model(), []float32{0, 1}), nil
	}
	return bonafide.NewTemplate(model(), []float32{1, 0}), nil
}

func (f faces) Photo(ctx context.Context, path, digest string) (bonafide.Template, string, error) {
	t, err := f.Template(ctx, path, digest)
	if bonafide.CodeOf(err) == bonafide.CodeValue {
		return t, bonafide.ReasonNoFace, nil
	}
	return t, "", err
}

func (faces) Found(cosine float64, _ int) float64 { return cosine }

func (faces) FalseAlarms(threshold float64, size int) (float64, bool) {
	return (1 - threshold) * float64(size) / 100, true
}

// people lets the enroller ask the gallery.
type people struct{ *gallery.Gallery }

func (p people) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]analysis.Hit, int, error) {
	found, size, err := p.Gallery.Search(ctx, probe, collection, k)
	var hits []analysis.Hit
	for _, h := range found {
		hits = append(hits, analysis.Hit{PersonID: h.PersonID, Cosine: float64(h.Cosine)})
	}
	return hits, size, err
}

func newBench(t *testing.T) *bench {
	t.Helper()
	store := storetest.Open(t)
	b := &bench{store: store, blobDir: filepath.Join(t.TempDir(), "blobs")}
	var err error
	if b.blobs, err = disk.Open(b.blobDir, nil); err != nil {
		t.Fatal(err)
	}
	b.reception = intake.NewReception(intake.ReceptionConfig{Stager: b.blobs, Examiner: &intaketest.Examiner{}, Specs: catalog.Specs(), MaxFiles: 4})
	if b.gallery, err = gallery.Open(t.Context(), store, model(), scan.New()); err != nil {
		t.Fatal(err)
	}
	b.Enroller = enrol.New(enrol.Config{Store: store, Imports: store, Blobs: b.blobs, Faces: faces{}, Gallery: people{b.gallery}, Reception: b.reception, MaxFile: 1000,
		Bounds: &bound.Keeper{Ordinary: bound.Thresholds{Decision: 0.85}, Companies: store}})
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
	u := &bonafide.User{ID: bonafide.NewID(), CompanyID: c.ID, Type: role, Active: true, Email: string(c.ID) + "@bank.example"}
	if err := b.store.CreateUser(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	return u
}

// accept takes in files given as "key=content".
func (b *bench) accept(t *testing.T, files ...string) []intake.File {
	t.Helper()
	return intaketest.Accept(t, b.reception, files...)
}

// content reads a blob.
func (b *bench) content(t *testing.T, digest string) string {
	t.Helper()
	r, err := b.blobs.Open(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// files counts the files of blobs, staged ones too.
func (b *bench) files(t *testing.T) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(b.blobDir, func(_ string, d os.DirEntry, err error) error {
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
