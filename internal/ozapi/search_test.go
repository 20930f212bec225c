package ozapi

import (
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestACollectionIsSearchedByPhotoAndNothingIsKept(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	c := w.get("/api/collections").text(0, "collection_id")
	at := "/api/collections/" + c + "/search"
	w.upload(at, filePart("p", "p.jpg", picture(1))).want(200, `"found": false`, `"references": 0`, `"persons": []`, `"threshold": 0.85`)
	ann, _ := w.enrolled(c, 1)
	bob, _ := w.enrolled(c, 2)
	r := w.upload(at, filePart("p", "p.jpg", picture(1))).want(200, `"found": true`, `"references": 2`, "not", "BFT1", "static", "p.jpg")
	if r.text("persons", 0, "person_id") != ann || r.number("persons", 0, "similarity") != 1 || r.at("persons", 1, "found") != false || r.text("persons", 1, "person_id") != bob {
		t.Errorf("got %s", r.body)
	}
	if n := w.upload(at, filePart("p", "p.jpg", picture(1)), payload(`{"count": 1}`)).count("persons"); n != 1 {
		t.Errorf("%d persons", n)
	}
	for body, words := range map[string][]string{
		form(filePart("p", "p.jpg", picture(1)), payload(`{"count": 101}`)):                                         {`"error_code": 4`, "from 1 to 100, not 101"},
		form(filePart("p", "p.jpg", picture(1)), payload(`{"count": "x"}`)):                                         {`"error_code": 5`, "count"},
		form(filePart("p", "p.jpg", picture(1)), filePart("q", "q.jpg", picture(2))):                                {`"error_code": 4`, "one photo, not 2"},
		form(filePart("p", "p.jpg", "\xff\xd8 nobody")):                                                             {`"error_code": 4`},
		form(filePart("p", "p.jpg", picture(1)), payload(`{"media_id": "`+string(bonafide.NewID())+`"}`)):           {`"error_code": 4`, "one of the two"},
		form(payload(`{"media_id": "7"}`)):                                                                          {`"error_code": 4`, "media_id", "not an identifier"},
		form(payload(`{"media_id": "` + string(w.user.ID) + `", "folder_id": "` + string(w.user.CompanyID) + `"}`)): {`"error_code": 4`, "folder_id"},
	} {
		w.send("POST", at, body, "Content-Type: "+multipartB).want(400, words...)
	}
	w.post(at, `{"media_id": "`+string(bonafide.NewID())+`"}`).want(404, `"error_code": 10`)
	if strings.Contains(w.log.String(), "BFT1") || w.folders() != 0 {
		t.Error("something was kept")
	}
}

func TestAPersonIsEnrolledByWhatAFolderShows(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	c := w.get("/api/collections").text(0, "collection_id")
	at := "/api/collections/" + c
	up := w.upload("/api/folders", filePart("a", "a.jpg", picture(7)), filePart("v", "v.mp4", clip), payload(`{"media:tags": {"a": ["photo_selfie"]}}`)).want(201)
	folder, photo, video := up.text("folder_id"), up.text("media", 0, "media_id"), up.text("media", 1, "media_id")
	p := w.post(at+"/persons", `{"media_id": "`+photo+`", "person:meta_data": {"n": 1}}`).want(201, `"media_id": "`+photo+`"`, `"folder_id": "`+folder+`"`,
		`"tags": ["photo_selfie"]`, `"n": 1`, "not", "near_duplicate")
	if got := w.get(strings.TrimPrefix(p.text("images", 0, "original_url"), w.url)).want(200); got.body != picture(7) {
		t.Error("another photo")
	}
	person := p.text("person_id")
	w.post(at+"/search", `{"media_id": "`+photo+`"}`).want(200, `"found": true`, person)
	twice := w.post(at+"/persons", `{"media_id": "`+photo+`"}`).want(201, `"near_duplicate": {"person_id": "`+person+`", "similarity": 1.0, "threshold": 0.85}`)
	w.post(at+"/persons", `{"media_id": "`+photo+`", "refuse_near_duplicates": true}`).want(400, `"error_code": 13`, "is like person") // one of the two
	w.post(at+"/persons/"+person+"/images", `{"media_id": "`+photo+`"}`).want(201, `"near_duplicate": {"person_id": "`+twice.text("person_id"))
	w.post(at+"/persons", `{"media_id": "`+video+`"}`).want(400, `"error_code": 4`, video)
	w.post(at+"/persons", `{"folder_id": "`+folder+`"}`).want(400, `"error_code": 4`, "best shot")
	w.send("DELETE", "/api/folders/"+folder, "").want(200)
	if got := w.get(strings.TrimPrefix(p.text("images", 0, "original_url"), w.url)).want(200); got.body != picture(7) {
		t.Error("the photo went with its folder")
	}
	other := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(t.Context(), other))
	w.addUser("admin@other.example", bonafide.ClientAdmin, other.ID)
	w.signIn("admin@other.example")
	theirs := w.upload("/api/folders", filePart("a", "a.jpg", picture(7))).want(201).text("media", 0, "media_id")
	w.addUser("root@example.org", bonafide.Admin, "")
	w.signIn("root@example.org")
	w.post(at+"/persons", `{"media_id": "`+theirs+`"}`).want(400, `"error_code": 4`, "another company")
	w.signIn("staff@bank.example")
	w.post(at+"/persons", `{"media_id": "`+theirs+`"}`).want(404, `"error_code": 10`)
	w.post(at+"/search", `{"media_id": "`+theirs+`"}`).want(404, `"error_code": 10`)
}

func TestTheNewestBestShotOfAFolderIsEnrolled(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	c := w.get("/api/collections").text(0, "collection_id")
	r := w.upload("/api/folders", filePart("a", "a.jpg", picture(7))).want(201)
	folder, photo := r.text("folder_id"), r.text("media", 0, "media_id")
	blobs, err := sharedBlobs()
	w.must(err)
	for _, shade := range []uint8{8, 9} {
		made := w.post("/api/folders/"+folder+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201)
		b, err := blobs.Put(t.Context(), strings.NewReader(picture(shade)))
		w.must(err)
		shot := b.File("shot.jpg", "image/jpeg")
		live := 0.9
		w.end(made.text(0, "group_id"), map[bonafide.AnalysisType]bonafide.AnalysisResult{bonafide.Quality: finished(bonafide.Success,
			bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: bonafide.ID(photo), Score: &live, BestShot: &shot})})
	}
	p := w.post("/api/collections/"+c+"/persons", `{"folder_id": "`+folder+`"}`).want(201, `"media_id": "`+photo+`"`, `"analyse_id": `)
	if got := w.get(strings.TrimPrefix(p.text("images", 0, "original_url"), w.url)).want(200); got.body != picture(9) {
		t.Error("another picture")
	}
}
