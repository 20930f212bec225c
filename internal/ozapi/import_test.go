package ozapi

import (
	"context"
	"log/slog"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
)

// imported waits until no file of an import waits.
func (w *world) imported(path string) *reply {
	w.t.Helper()
	for {
		if r := w.get(path).want(200); r.text("state") == "FINISHED" {
			return r
		}
	}
}

func TestManyPhotosAreImportedAndEachRefusalHasItsReason(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.enroller.RunImports(ctx, slog.New(slog.DiscardHandler))
	}()
	t.Cleanup(func() { cancel(); <-done })
	c := w.get("/api/collections").text(0, "collection_id")
	at := "/api/collections/" + c + "/imports"
	list := filePart("list", "people.csv", "file,external_id,tags,name\nann.jpg,A-1,photo_selfie,Ann\nbob.jpg,B-1,,Bob\nlate.jpg,C-1,,Cid\nnone.jpg,D-1,,Dan\n")
	r := w.upload(at, list, filePart("1", "ann.jpg", picture(1)), filePart("2", "bob.jpg", picture(1)), filePart("3", "none.jpg", "\xff\xd8 nobody"), filePart("4", "more.jpg", picture(4)),
		payload(`{"dry_run": true, "person:meta_data": {"source": "police"}}`)).want(201, `"dry_run": true`, `"listed": true`, `"came": 4`, `"new": 4`)
	one := at + "/" + r.text("import_id")
	w.imported(one).want(200, `"files": {"total": 5, "missing": 1, "waiting": 0, "ready": 1, "enrolled": 0, "refused": 3}`)
	files := w.get(one+"/files?state=REFUSED&lang=ru").want(200, `"reason": "duplicate"`, `"reason": "no_face", "message": "`+advice.Sentence(advice.Russian, bonafide.ReasonNoFace)+`"`, `"reason": "not_listed"`)
	if files.count("items") != 3 || files.number("total") != 3 {
		t.Errorf("got %s", files.body)
	}
	if n := w.get("/api/collections/" + c + "/persons").number("total"); n != 0 {
		t.Errorf("%v persons of a dry run", n)
	}
	w.post(one+"/start", "").want(200, `"dry_run": false`)
	w.upload(one+"/files", filePart("1", "ann.jpg", picture(1)), filePart("2", "late.jpg", picture(3))).want(201, `"came": 2`, `"new": 1`)
	w.imported(one).want(200, `"missing": 0, "waiting": 0, "ready": 0, "enrolled": 2, "refused": 3`)
	w.get("/api/collections/"+c+"/persons").want(200, `"source": "police"`, `"name": "Ann"`, `"external_id": "A-1"`, `"photo_selfie"`)
	if n := w.get(at).want(200, r.text("import_id")).number("total"); n != 1 {
		t.Errorf("%v imports", n)
	}
	w.upload(at, filePart("list", "l.csv", "name\nx\n")).want(400, `"error_code": 4`, "no column file")
	w.upload(at, filePart("a", "a.jpg", picture(1)), payload(`{"dry_run": 7}`)).want(400, `"error_code": 5`, "dry_run")
	w.upload(at, payload(`{}`)).want(400, `"error_code": 3`)
	w.get(one+"/files?state=LATE").want(400, `"error_code": 4`, "ENROLLED")
	second := w.post("/api/collections", `{"alias": "second"}`).want(201).text("collection_id")
	w.get("/api/collections/"+second+"/imports/"+r.text("import_id")).want(404, `"error_code": 10`)
	w.send("DELETE", one, "").want(200)
	w.get(one).want(404, `"error_code": 10`)
	if n := w.get("/api/collections/" + c + "/persons").number("total"); n != 2 {
		t.Errorf("%v persons", n)
	}
}
