package enrol_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/gallery/scan"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// nextFaces is another model, which finds nobody in some photos.
type nextFaces struct{ blind string }

func next() bonafide.ModelRef { return bonafide.ModelRef{Name: "embedder", Version: "2"} }

func (f nextFaces) Template(_ context.Context, path, _ string) (bonafide.Template, error) {
	raw, err := os.ReadFile(path)
	if err == nil && f.blind != "" && strings.Contains(string(raw), f.blind) {
		err = bonafide.Errorf(bonafide.CodeValue, "No face was found")
	}
	return bonafide.NewTemplate(next(), []float32{0, 1}), err
}

func TestGalleriesOfTwoModelsAreCompleteUntilOneIsGivenUp(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	for _, photo := range []string{"a=image one", "a=image two", "a=image three"} {
		if _, err := b.AddPerson(t.Context(), company(b.user), list, intake.Upload{Files: b.accept(t, photo)}); err != nil {
			t.Fatal(err)
		}
	}
	then, err := gallery.Open(t.Context(), b.store, next(), scan.New())
	if err != nil {
		t.Fatal(err)
	}
	found := func() (int, error) {
		_, size, err := then.Search(t.Context(), bonafide.NewTemplate(next(), []float32{0, 1}), list, 1)
		return size, err
	}
	var refused []bonafide.ID
	r := &enrol.Reindexer{Store: b.store, Blobs: b.blobs, Faces: nextFaces{blind: "two"}, Model: next(), Workers: 2,
		Refused: func(im bonafide.PersonImage, _ error) { refused = append(refused, im.ID) }}
	if made, bad, err := r.Run(t.Context()); err != nil || made != 2 || bad != 1 || len(refused) != 1 {
		t.Fatalf("%d made, %d refused, %v", made, bad, err)
	}
	if n, err := found(); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("with one template missing %d are searched, %v", n, err)
	}
	if err := r.Finish(t.Context()); err == nil || b.found(t, list) != 3 {
		t.Errorf("finished with one template missing: %v, %d found with the former model", err, b.found(t, list))
	}
	r.Faces = nextFaces{}
	if made, bad, err := r.Run(t.Context()); err != nil || made != 1 || bad != 0 {
		t.Fatalf("%d made, %d refused, %v", made, bad, err)
	}
	if n, err := found(); err != nil || n != 3 || b.found(t, list) != 3 {
		t.Errorf("%d are searched, %v, %d with the former model", n, err, b.found(t, list))
	}
	if _, err := b.AddPerson(t.Context(), company(b.user), list, intake.Upload{Files: b.accept(t, "a=image four")}); err != nil {
		t.Fatal(err)
	}
	if n, err := found(); bonafide.CodeOf(err) != bonafide.CodeModel || b.found(t, list) != 4 {
		t.Errorf("after an enrolment with the former model %d are searched, %v, %d with it", n, err, b.found(t, list))
	}
	if made, _, err := r.Run(t.Context()); err != nil || made != 1 {
		t.Fatalf("%d made, %v", made, err)
	}
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := found(); err != nil || n != 4 {
		t.Errorf("at the end %d are searched, %v", n, err)
	}
	if _, _, err := b.gallery.Search(t.Context(), bonafide.NewTemplate(model(), []float32{1}), list, 1); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("at the end, with the former model: %v", err)
	}
}
