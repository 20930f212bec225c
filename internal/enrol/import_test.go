package enrol_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/store"
)

// staged takes files in as they come, given as "name=content".
func (b *bench) staged(t *testing.T, files ...string) []intake.File {
	t.Helper()
	var all []intake.File
	for _, f := range files {
		name, content, _ := strings.Cut(f, "=")
		file, err := b.reception.Stage(t.Context(), "part", name, strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, *file)
	}
	return all
}

// archive makes a zip of files given as "name=content".
func archive(t *testing.T, files ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		name, content, _ := strings.Cut(f, "=")
		e, err := w.Create(name)
		if err == nil {
			_, err = e.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// work looks at all files that wait.
func (b *bench) work(t *testing.T) {
	t.Helper()
	for {
		worked, err := b.ImportNext(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !worked {
			return
		}
	}
}

// outcome tells what has become of the files of an import.
func (b *bench) outcome(t *testing.T, id bonafide.ID) map[string]string {
	t.Helper()
	page, err := b.store.ImportFiles(t.Context(), bonafide.Query{Limit: -1, Filters: []bonafide.Filter{{Field: "import_id", Op: bonafide.OpIn, Values: []any{string(id)}}}})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range page.Items {
		out[f.Name] = strings.TrimSpace(string(f.State) + " " + f.Reason)
	}
	return out
}

func wantOutcome(t *testing.T, got, want map[string]string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestAnArchiveWithAListIsImported(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	zipped := archive(t, "people.csv=\xef\xbb\xbffile;external_id;tags;name\r\nphotos/ann.jpg;A-1;photo_selfie|front;=cmd()\r\nphotos/ann2.jpg;A-1;;\r\nlate.jpg;B-1;;\"Bob; the \"\"second\"\"\"\r\nnobody.jpg;C-1;;\r\nbig.jpg;D-1;;\r\n",
		"photos/ann.jpg=image of ann", `photos\ann2.jpg=image of ann two`, "nobody.jpg=image of nobody", "copy.jpg=image of ann", "big.jpg=image"+strings.Repeat(" big", 500),
		"__MACOSX/photos/._ann.jpg=x", ".DS_Store=x")
	before := b.files(t)
	made, err := b.CreateImport(t.Context(), company(b.user), list, enrol.ImportOrder{UserID: b.user.ID, Meta: bonafide.Meta{"source": "police"}}, b.staged(t, "all.zip="+zipped))
	if err != nil || !made.Import.Listed || made.Came != 5 {
		t.Fatalf("%+v, %v", made, err)
	}
	b.work(t)
	want := map[string]string{"photos/ann.jpg": "ENROLLED", "photos/ann2.jpg": "ENROLLED", "late.jpg": "MISSING", "nobody.jpg": "REFUSED no_face", "big.jpg": "REFUSED too_large", "copy.jpg": "REFUSED not_listed"}
	wantOutcome(t, b.outcome(t, made.Import.ID), want)

	// All of it comes once more, with what was missing.
	more, err := b.AddImportFiles(t.Context(), company(b.user), made.Import.ID, b.staged(t, "all.zip="+zipped, "late.jpg=image of bob"))
	if err != nil || more.Came != 6 || more.New != 3 {
		t.Fatalf("%+v, %v", more, err)
	}
	b.work(t)
	want["late.jpg"] = "ENROLLED"
	wantOutcome(t, b.outcome(t, made.Import.ID), want)
	page, err := b.store.Persons(t.Context(), company(b.user), bonafide.Query{Limit: -1, Sorting: []bonafide.Sort{{Field: "time_created"}}})
	if err != nil || page.Total != 2 || b.found(t, list) != 3 {
		t.Fatalf("%+v, %v", page, err)
	}
	ann, bob := page.Items[0], page.Items[1]
	if ann.Meta["name"] != "=cmd()" || ann.Meta["external_id"] != "A-1" || ann.Meta["source"] != "police" || bob.Meta["name"] != `Bob; the "second"` {
		t.Errorf("%v, %v", ann.Meta, bob.Meta)
	}
	images, err := b.store.ImagesOf(t.Context(), ann.ID)
	if err != nil || len(images[ann.ID]) != 2 || strings.Join(images[ann.ID][0].Tags, " ") != "photo_selfie front" || b.content(t, images[ann.ID][0].Original.Digest) != "image of ann" {
		t.Errorf("%+v, %v", images, err)
	}
	// Of what was refused nothing stays but its name: three photos with their thumbnails,
	// and until the sweep the bytes of the refused face.
	if n := b.files(t); n-before > 7 {
		t.Errorf("%d files more", n-before)
	}
}

func TestADryRunTellsAndEnrolsNobodyUntilItIsStarted(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	if _, err := b.AddPerson(t.Context(), company(b.user), list, intake.Upload{Files: b.accept(t, "a=image of ann")}); err != nil {
		t.Fatal(err)
	}
	made, err := b.CreateImport(t.Context(), company(b.user), list, enrol.ImportOrder{UserID: b.user.ID, DryRun: true, RefuseNear: true},
		b.staged(t, "ann.jpg=image of ann", "twin.jpg=image of ann later", "bob.jpg=image of bob", "again.jpg=image of bob", "clip.mp4=video of bob", "text.txt=text"))
	if err != nil {
		t.Fatal(err)
	}
	b.work(t)
	want := map[string]string{"ann.jpg": "REFUSED duplicate", "twin.jpg": "REFUSED near_duplicate", "bob.jpg": "READY", "again.jpg": "REFUSED duplicate",
		"clip.mp4": "REFUSED not_a_photo", "text.txt": "REFUSED damaged"}
	wantOutcome(t, b.outcome(t, made.Import.ID), want)
	if b.found(t, list) != 1 {
		t.Error("somebody was enrolled")
	}
	if err := b.store.StartImport(t.Context(), company(b.user), made.Import.ID); err != nil {
		t.Fatal(err)
	}
	b.work(t)
	want["bob.jpg"] = "ENROLLED"
	wantOutcome(t, b.outcome(t, made.Import.ID), want)
	if b.found(t, list) != 2 {
		t.Errorf("%d found", b.found(t, list))
	}
}

func TestListsThatCannotBeReadAreRefusedByTheirLine(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	for content, told := range map[string]string{
		"name,tags\na,b\n":          "no column file",
		"file\n":                    "names no file",
		"":                          "names no file",
		"file,file\na,b\n":          "without a name of its own",
		"file,x\na.jpg\n":           "Line 2",
		"file,x\na.jpg,\"b\n":       "cannot be read",
		"file\na.jpg\na.jpg\n":      "Line 3",
		"file,person_id\na.jpg,7\n": "Line 2 of the list has person_id",
		"file,x\na.jpg," + strings.Repeat("x", 5000):                             "more than 4096",
		"file\n\xff.jpg\n":                                                       "UTF-8",
		"file,tags\na.jpg," + strings.Repeat("t|", 101):                          "Too many tags",
		"file" + strings.Repeat(",x", 64) + "\n":                                 "columns",
		"file,person_id,external_id\na.jpg," + string(bonafide.NewID()) + ",A\n": "both",
	} {
		_, err := b.CreateImport(t.Context(), company(b.user), list, enrol.ImportOrder{UserID: b.user.ID}, b.staged(t, "list.csv="+content))
		if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.Contains(err.Error(), told) {
			t.Errorf("%.40q: %v", content, err)
		}
	}
	page, err := b.store.Imports(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	if err != nil || page.Total != 0 {
		t.Errorf("%+v, %v", page, err)
	}
}

func TestAPersonWhoIsThereGetsMorePhotosAndAnUnknownOneNone(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	ann, err := b.AddPerson(t.Context(), company(b.user), list, intake.Upload{Files: b.accept(t, "a=image of ann")})
	if err != nil {
		t.Fatal(err)
	}
	made, err := b.CreateImport(t.Context(), company(b.user), list, enrol.ImportOrder{UserID: b.user.ID},
		b.staged(t, fmt.Sprintf("list.csv=file,person_id\nann.jpg,%s\nbob.jpg,%s\n", ann.Person.ID, bonafide.NewID()), "ann.jpg=image of ann two", "bob.jpg=image of bob"))
	if err != nil {
		t.Fatal(err)
	}
	b.work(t)
	wantOutcome(t, b.outcome(t, made.Import.ID), map[string]string{"ann.jpg": "ENROLLED", "bob.jpg": "REFUSED unknown_person"})
	images, err := b.store.ImagesOf(t.Context(), ann.Person.ID)
	if err != nil || len(images[ann.Person.ID]) != 2 {
		t.Errorf("%+v, %v", images, err)
	}
}

func TestADamagedArchiveIsRefused(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	whole := archive(t, "a.jpg=image of ann")
	_, err := b.CreateImport(t.Context(), company(b.user), list, enrol.ImportOrder{UserID: b.user.ID}, b.staged(t, "a.zip="+whole[:len(whole)-10]))
	wantCode(t, err, bonafide.CodeValue)
	other := company(b.person(t, bonafide.ClientAdmin))
	_, err = b.CreateImport(t.Context(), other, list, enrol.ImportOrder{}, b.staged(t, "a.zip="+whole))
	wantCode(t, err, bonafide.CodeNotFound)
	made, err := b.CreateImport(t.Context(), company(b.user), list, enrol.ImportOrder{UserID: b.user.ID}, b.staged(t, "a.jpg=image of ann"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.AddImportFiles(t.Context(), other, made.Import.ID, b.staged(t, "b.jpg=image of bob"))
	wantCode(t, err, bonafide.CodeNotFound)
	_, err = b.AddImportFiles(t.Context(), company(b.user), made.Import.ID, b.staged(t, "list.csv=file\nb.jpg\n"))
	wantCode(t, err, bonafide.CodeValue)
}

func TestSeveralProcessesDoEachFileOnce(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	var files []string
	for i := range 12 {
		files = append(files, fmt.Sprintf("%d.jpg=image %d", i, i))
	}
	made, err := b.CreateImport(t.Context(), company(b.user), list, enrol.ImportOrder{UserID: b.user.ID}, b.staged(t, files...))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	for range 3 {
		go func() {
			b.RunImports(ctx, slog.New(slog.DiscardHandler))
			done <- struct{}{}
		}()
	}
	for {
		im, err := b.store.Import(t.Context(), bonafide.Scope{}, made.Import.ID)
		if err != nil || im.Files[store.ImportEnrolled] == len(files) {
			break
		}
	}
	cancel()
	for range 3 {
		<-done
	}
	if n := b.found(t, list); n != len(files) {
		t.Errorf("%d found", n)
	}
	var actors []bonafide.AuditEntry
	page, err := b.store.AuditEntries(t.Context(), bonafide.Query{Limit: -1, Filters: []bonafide.Filter{{Field: "object", Op: bonafide.OpIn, Values: []any{"person"}}}})
	for _, e := range page.Items {
		if e.ActorID == b.user.ID && e.Via == "import" {
			actors = append(actors, e)
		}
	}
	if err != nil || len(actors) != len(files) {
		t.Errorf("%d persons are logged, %v", len(actors), err)
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte("file,tags\na.jpg,x\n"))
	f.Add([]byte("\xef\xbb\xbffile;x\n\"a\";=1\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		files, err := enrol.ReadList(bytes.NewReader(raw))
		names := map[string]bool{}
		for _, f := range files {
			if f.Name == "" || names[f.Name] || f.PersonID == "" {
				t.Errorf("%+v", f)
			}
			names[f.Name] = true
		}
		if (err == nil) != (len(files) > 0) {
			t.Errorf("%d files, %v", len(files), err)
		}
	})
}
