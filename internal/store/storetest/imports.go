package storetest

import (
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// arrived is a file of an import that has come.
func arrived(name string) store.ImportFile {
	photo := newFile()
	return store.ImportFile{Name: name, PersonID: bonafide.NewID(), Tags: []string{"photo_selfie"}, Meta: bonafide.Meta{"n": name}, Photo: &photo, Digest: photo.Digest, State: store.ImportWaiting}
}

func (w *world) importInto(t *testing.T, c *bonafide.PersonCollection, files ...store.ImportFile) *store.Import {
	t.Helper()
	im := &store.Import{ID: bonafide.NewID(), CompanyID: c.CompanyID, CollectionID: c.ID, UserID: w.user}
	ok(t, w.CreateImport(t.Context(), im, files))
	return im
}

// nextFile leases the next file, which must have that name; "" is none.
func (w *world) nextFile(t *testing.T, name string) (*store.Import, *store.ImportFile) {
	t.Helper()
	im, f, err := w.ClaimImportFile(t.Context(), time.Hour)
	ok(t, err)
	if name == "" && f == nil {
		return nil, nil
	}
	if f == nil || f.Name != name {
		t.Fatalf("claimed is %+v, want %q", f, name)
	}
	return im, f
}

func (w *world) importFiles(t *testing.T, id bonafide.ID) []store.ImportFile {
	t.Helper()
	page, err := w.ImportFiles(t.Context(), bonafide.Query{Limit: -1, Filters: []bonafide.Filter{{Field: "import_id", Op: bonafide.OpIn, Values: []any{string(id)}}}})
	ok(t, err)
	return page.Items
}

func imports(t *testing.T, w *world) {
	t.Run("each file is done exactly once", func(t *testing.T) { importOnce(t, w) })
	t.Run("a list, a dry run and what was refused", func(t *testing.T) { importListed(t, w) })
	t.Run("companies in turn", func(t *testing.T) { importTurns(t, w) })
	t.Run("what is deleted takes its imports along", func(t *testing.T) { importGone(t, w) })
}

func importOnce(t *testing.T, w *world) {
	ctx := t.Context()
	c := w.collection(t, w.company)
	im := w.importInto(t, c)
	a, b := arrived("a.jpg"), arrived("b.jpg")
	b.PersonID = a.PersonID
	added, err := w.AddImportFiles(ctx, im.ID, []store.ImportFile{a, b})
	if err != nil || added != 2 {
		t.Fatalf("%d added, %v", added, err)
	}
	again := arrived("a.jpg")
	if added, err = w.AddImportFiles(ctx, im.ID, []store.ImportFile{again, again}); err != nil || added != 0 {
		t.Fatalf("again %d added, %v", added, err)
	}
	got, f := w.nextFile(t, "a.jpg")
	same(t, "photo", f.Photo, a.Photo)
	if got.UserID != w.user || f.Attempts != 1 || f.Tags[0] != "photo_selfie" || f.Meta["n"] != "a.jpg" {
		t.Errorf("%+v %+v", got, f)
	}
	ok(t, w.ReturnImportFile(ctx, f, time.Now().Add(-time.Second)))
	_, f = w.nextFile(t, "a.jpg")
	image := newImage()
	f.State, f.ImageID = store.ImportEnrolled, image.ID
	ok(t, w.EndImportFile(ctx, got, f, []bonafide.PersonImage{image}))
	other := newImage()
	wantCode(t, "a second end", w.EndImportFile(ctx, got, f, []bonafide.PersonImage{other}), bonafide.CodeExists)
	_, err = w.FileByKey(ctx, a.Photo.Key)
	wantCode(t, "the file that came", err, bonafide.CodeNotFound)
	if known, err := w.KnownPhoto(ctx, got, &store.ImportFile{ImportID: im.ID, Number: 9, Digest: a.Digest}); err != nil || !known {
		t.Errorf("a copy is known: %t, %v", known, err)
	}
	if known, err := w.KnownPhoto(ctx, got, &store.ImportFile{ImportID: bonafide.NewID(), Digest: image.Original.Digest}); err != nil || !known {
		t.Errorf("a copy of a photo of a person is known: %t, %v", known, err)
	}
	_, second := w.nextFile(t, "b.jpg")
	more := newImage()
	second.State, second.ImageID = store.ImportEnrolled, more.ID
	ok(t, w.EndImportFile(ctx, got, second, []bonafide.PersonImage{more}))
	w.nextFile(t, "")
	images, err := w.ImagesOf(ctx, a.PersonID)
	if err != nil || len(images[a.PersonID]) != 2 {
		t.Errorf("%d images, %v", len(images[a.PersonID]), err)
	}
	p, err := w.Person(ctx, bonafide.Scope{CompanyID: w.company}, a.PersonID)
	if err != nil || p.Meta["n"] != "a.jpg" || p.CollectionID != c.ID || p.CompanyID != w.company {
		t.Errorf("%+v, %v", p, err)
	}
	w.reopen(t)
	now, err := w.Import(ctx, bonafide.Scope{CompanyID: w.company}, im.ID)
	if err != nil || len(now.Files) != 1 || now.Files[store.ImportEnrolled] != 2 {
		t.Errorf("%+v, %v", now, err)
	}
	_, err = w.Import(ctx, bonafide.Scope{CompanyID: w.other}, im.ID)
	wantCode(t, "of another company", err, bonafide.CodeNotFound)
	wantCode(t, "of another company", w.StartImport(ctx, bonafide.Scope{CompanyID: w.other}, im.ID), bonafide.CodeNotFound)
	wantCode(t, "of another company", w.DeleteImport(ctx, bonafide.Scope{CompanyID: w.other}, im.ID), bonafide.CodeNotFound)
	page, err := w.Imports(ctx, bonafide.Scope{CompanyID: w.company}, bonafide.Query{Limit: 1})
	if err != nil || len(page.Items) != 1 || page.Items[0].Files[store.ImportEnrolled] != 2 {
		t.Errorf("%+v, %v", page, err)
	}
}

func importListed(t *testing.T, w *world) {
	ctx := t.Context()
	c := w.collection(t, w.company)
	im := &store.Import{ID: bonafide.NewID(), CompanyID: w.company, CollectionID: c.ID, UserID: w.user, DryRun: true, RefuseNear: true, Listed: true}
	ok(t, w.CreateImport(ctx, im, []store.ImportFile{
		{Name: "a.jpg", PersonID: bonafide.NewID(), ExternalID: "A-1", Tags: []string{"x"}, Meta: bonafide.Meta{"n": "1"}, State: store.ImportMissing},
		{Name: "b.jpg", PersonID: bonafide.NewID(), Existing: true, State: store.ImportMissing}}))
	a, b := arrived("a.jpg"), arrived("b.jpg")
	added, err := w.AddImportFiles(ctx, im.ID, []store.ImportFile{b, a})
	if err != nil || added != 2 {
		t.Fatalf("%d added, %v", added, err)
	}
	got, f := w.nextFile(t, "a.jpg")
	if !got.DryRun || !got.RefuseNear || !got.Listed || f.ExternalID != "A-1" || f.Tags[0] != "x" || f.PersonID == a.PersonID {
		t.Errorf("%+v %+v", got, f)
	}
	f.State, f.NearID, f.Similarity = store.ImportReady, bonafide.NewID(), 0.75
	ok(t, w.EndImportFile(ctx, got, f, nil))
	_, err = w.FileByKey(ctx, a.Photo.Key)
	ok(t, err)
	_, g := w.nextFile(t, "b.jpg")
	g.State, g.Reason, g.Message = store.ImportRefused, "no_face", "No face"
	ok(t, w.EndImportFile(ctx, got, g, nil))
	_, err = w.FileByKey(ctx, b.Photo.Key)
	wantCode(t, "a refused file", err, bonafide.CodeNotFound)
	if all := w.importFiles(t, im.ID); len(all) != 2 || all[0].NearID != f.NearID || all[0].Similarity != 0.75 || all[1].Reason != "no_face" || all[1].Message != "No face" {
		t.Errorf("%+v", all)
	}
	b = arrived("b.jpg") // a better one
	if added, err = w.AddImportFiles(ctx, im.ID, []store.ImportFile{b}); err != nil || added != 1 {
		t.Fatalf("%d added, %v", added, err)
	}
	_, g = w.nextFile(t, "b.jpg")
	if g.Reason != "" || g.Photo.Key != b.Photo.Key {
		t.Errorf("%+v", g)
	}
	g.State = store.ImportReady
	ok(t, w.EndImportFile(ctx, got, g, nil))
	w.nextFile(t, "")
	ok(t, w.StartImport(ctx, bonafide.Scope{CompanyID: w.company}, im.ID))
	got, f = w.nextFile(t, "a.jpg")
	if got.DryRun || f.Photo.Key != a.Photo.Key || f.Attempts != 1 {
		t.Errorf("%+v %+v", got, f)
	}
	image := newImage()
	f.State = store.ImportEnrolled
	ok(t, w.EndImportFile(ctx, got, f, []bonafide.PersonImage{image}))
	_, g = w.nextFile(t, "b.jpg")
	g.State = store.ImportEnrolled
	wantCode(t, "a person who is not there", w.EndImportFile(ctx, got, g, []bonafide.PersonImage{newImage()}), bonafide.CodeNotFound)
	if all := w.importFiles(t, im.ID); all[1].State != store.ImportWaiting {
		t.Errorf("%+v", all[1])
	}
	ok(t, w.DeleteImport(ctx, bonafide.Scope{}, im.ID))
	_, err = w.FileByKey(ctx, b.Photo.Key)
	wantCode(t, "a file of a deleted import", err, bonafide.CodeNotFound)
	_, err = w.Person(ctx, bonafide.Scope{}, f.PersonID) // stays
	ok(t, err)
}

func importTurns(t *testing.T, w *world) {
	mine, theirs := w.collection(t, w.company), w.collection(t, w.other)
	first, second := w.importInto(t, mine, arrived("1"), arrived("2")), w.importInto(t, mine, arrived("3"))
	third := w.importInto(t, theirs, arrived("4"), arrived("5"))
	var companies []bonafide.ID
	for range 4 {
		im, f, err := w.ClaimImportFile(t.Context(), time.Hour)
		ok(t, err)
		if f == nil {
			t.Fatal("no file")
		}
		companies = append(companies, im.CompanyID)
	}
	for i := range companies[1:] {
		if companies[i] == companies[i+1] {
			t.Errorf("%v", companies)
		}
	}
	for _, im := range []*store.Import{first, second, third} {
		ok(t, w.DeleteImport(t.Context(), bonafide.Scope{}, im.ID))
	}
}

func importGone(t *testing.T, w *world) {
	ctx := t.Context()
	c := w.collection(t, w.company)
	a, b := arrived("a.jpg"), arrived("b.jpg")
	im := w.importInto(t, c, a, b)
	got, f := w.nextFile(t, "a.jpg")
	f.State = store.ImportEnrolled
	ok(t, w.EndImportFile(ctx, got, f, []bonafide.PersonImage{newImage()}))
	ok(t, w.DeletePerson(ctx, a.PersonID))
	if all := w.importFiles(t, im.ID); len(all) != 1 || all[0].Name != "b.jpg" {
		t.Errorf("%+v", all)
	}
	ok(t, w.DeleteCollection(ctx, c.ID))
	_, err := w.Import(ctx, bonafide.Scope{}, im.ID)
	wantCode(t, "an import into a deleted collection", err, bonafide.CodeNotFound)
	_, err = w.FileByKey(ctx, b.Photo.Key)
	wantCode(t, "a file of it", err, bonafide.CodeNotFound)
	w.nextFile(t, "")
}
