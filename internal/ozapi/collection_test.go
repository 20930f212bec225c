package ozapi

import (
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
)

// staff signs in a CLIENT_ADMIN of the world's company.
func (w *world) staff() {
	w.t.Helper()
	w.addUser("staff@bank.example", bonafide.ClientAdmin, w.user.CompanyID)
	w.signIn("staff@bank.example")
}

// enrolled adds a person to a collection.
func (w *world) enrolled(collection string, shade uint8) (person, image string) {
	w.t.Helper()
	r := w.upload("/api/collections/"+collection+"/persons/", filePart("p1", "p1.jpg", picture(shade)),
		payload(`{"media:tags": {"p1": ["photo_selfie", "orientation_portrait"]}, "person:meta_data": {"person_info": {"first_name": "Ann"}}}`)).want(201)
	return r.text("person_id"), r.text("images", 0, "person_image_id")
}

func TestCompat28AndOz09CollectionsAreABareArray(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.get("/api/collections").want(200, `"alias": "blacklist"`)
	if !strings.HasPrefix(r.body, "[") || r.count() != 1 || r.text(0, "company_id") != string(w.user.CompanyID) {
		t.Errorf("got %s", r.body)
	}
	if w.get("/api/collections/").want(200).body != r.body {
		t.Error("the slash at the end matters")
	}
	w.get("/api/collections/"+r.text(0, "collection_id")).want(200, `"alias": "blacklist"`, `"search": {"references": 0, "decision_threshold": 0.85, "one_false_alarm_in": null}`)
}

func TestACollectionIsMadeChangedAndDeleted(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	company := string(w.user.CompanyID)
	c := w.post("/api/collections/", `{"alias": "wanted", "company_id": "`+company+`", "meta_data": {"a": 1}}`).want(201, `"is_global": false`).text("collection_id")
	w.send("PATCH", "/api/collections/"+c, `{"alias": "staff", "meta_data": {"a": null, "b": 2}}`).want(200, `"alias": "staff"`, `"meta_data": {"b": 2}`)
	if n := w.get("/api/collections").count(); n != 2 {
		t.Errorf("%d collections", n)
	}
	for body, code := range map[string]string{
		`{}`: "3", `{"alias": 7}`: "5", `{"alias": ""}`: "4", `{"alias": "x", "company_id": "7"}`: "4",
		`{"alias": "x", "company_id": "` + string(bonafide.NewID()) + `"}`: "10",
	} {
		if r := w.post("/api/collections", body); !strings.HasPrefix(r.body, `{"error_code": `+code+`, `) {
			t.Errorf("%s: %d %s", body, r.status, r.body)
		}
	}
	if r := w.send("DELETE", "/api/collections/"+c+"/", "").want(200); r.body != "{}" {
		t.Errorf("got %s", r.body)
	}
	w.get("/api/collections/"+c).want(404, `"error_code": 10`)
	w.send("DELETE", "/api/collections/"+c, "").want(404)
}

func TestAPersonIsEnrolledReadAndDeleted(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	c := w.get("/api/collections").text(0, "collection_id")
	person, image := w.enrolled(c, 1)
	second, _ := w.enrolled(c, 2)
	at := "/api/collections/" + c + "/persons/"

	one := w.get(at+person).want(200, `"meta_data": {"person_info": {"first_name": "Ann"}}`, `"media_type": "IMAGE_COLLECTION"`,
		`"tags": ["photo_selfie", "orientation_portrait"]`, `"model": {"name": "bytes", "version": "1"}`, "not", "vector", "BFT1")
	w.get(strings.TrimPrefix(one.text("images", 0, "original_url"), w.url)).want(200)
	// One search in a hundred: two photos, of each of which one in two hundred is like somebody.
	w.get("/api/collections/"+c).want(200, `"search": {"references": 2, "decision_threshold": 0.85, "one_false_alarm_in": 100`)
	w.get("/api/collections").want(200, "not", `"search"`)
	list := w.get(at).want(200, `"offset": 0, "limit": 100, "total_count": 2, "items": [`)
	if list.number("total") != 2 || list.count("items") != 2 || list.text("items", 0, "person_id") != second {
		t.Errorf("got %s", list.body)
	}
	if n := w.get(at + "?meta_data=person_info.first_name==Bob").number("total"); n != 0 {
		t.Errorf("%v persons are called Bob", n)
	}
	w.send("PATCH", at+person, `{"meta_data": {"note": "x"}}`).want(200, `"note": "x"`, `"Ann"`)

	added := w.upload(at+person+"/images/", filePart("p2", "p2.jpg", picture(3))).want(201)
	if !strings.HasPrefix(added.body, "[") {
		t.Errorf("got %s", added.body)
	}
	images := w.get(at+person+"/images/").want(200, `"person_image_id": "`+image+`"`)
	if images.number("total") != 2 || images.text("items", 1, "person_image_id") != added.text(0, "person_image_id") {
		t.Errorf("got %s", images.body)
	}
	if r := w.send("DELETE", at+person+"/images/"+image, "").want(200); r.body != "{}" {
		t.Errorf("got %s", r.body)
	}
	if n := w.get(at + person + "/images").number("total"); n != 1 {
		t.Errorf("%v images are left", n)
	}
	w.send("DELETE", at+person, "").want(200)
	w.get(at + person).want(404)
	w.get(at + person + "/images").want(404)
	w.send("DELETE", at+second, "").want(200)
	w.send("DELETE", at+second, "").want(404)
	if hits, _, err := w.gallery.Search(t.Context(), enroller{}.of(picture(1)), bonafide.ID(c), 10); err != nil || len(hits) != 0 {
		t.Errorf("found %v, %v", hits, err)
	}
}

func TestAPhotoWithoutAFaceIsRefusedWithAdvice(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	at := "/api/collections/" + w.get("/api/collections").text(0, "collection_id") + "/persons"
	w.upload(at, filePart("a", "a.jpg", picture(1)), filePart("b", "b.jpg", "\xff\xd8 nobody")).
		want(400, `"error_code": 4, "error_message": "`+advice.Sentence(advice.English, bonafide.ReasonNoFace)+`"`)
	w.upload(at+"?lang=ru-KZ", filePart("b", "b.jpg", "\xff\xd8 nobody")).want(400, `"error_message": "`+advice.Sentence(advice.Russian, bonafide.ReasonNoFace)+`"`)
	w.upload(at, filePart("v", "v.mp4", clip)).want(400, `"error_code": 4`)
	w.upload(at, payload(`{}`)).want(400, `"error_code": 3`)
	w.post(at, `{}`).want(400, `"error_code": 3`)
	if n := w.get(at).number("total"); n != 0 {
		t.Errorf("%v persons", n)
	}
}

func TestCompat23And24AndOz09ACollectionAnalysisNamesWhomItFound(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	c := w.get("/api/collections").text(0, "collection_id")
	w.signIn(w.user.Email)
	f, video, photo := w.twoMedia()
	ada, bob := bonafide.NewID(), bonafide.NewID()
	r := w.post("/api/folders/"+f+"/analyses", `{"analyses": [
		{"type": "collection", "params": {"collection_id": "`+c+`", "source_media": ["`+photo+`"], "decision_count": 10, "decision_threshold": 0.7}},
		{"type": "COLLECTION", "collection_id": "`+c+`"}, {"type": "collection"}]}`).want(201, `"collection": {"collection_id": "`+c+`", "alias": "blacklist"}`)
	if r.number(0, "confs", "decision_threshold") != 0.7 || r.count(0, "source_media") != 1 || r.count(1, "source_media") != 2 ||
		r.text(2, "collection", "collection_id") != c {
		t.Errorf("got %s", r.body)
	}
	at := func(v float64) *float64 { return &v }
	found := finished(bonafide.Declined,
		bonafide.Finding{Kind: bonafide.FindingSearch, MediaID: bonafide.ID(photo), Score: at(0.9312), Matches: []bonafide.Match{
			{PersonID: ada, CollectionID: bonafide.ID(c), Similarity: 0.9312}, {PersonID: bob, CollectionID: bonafide.ID(c), Similarity: 0.5}}},
		bonafide.Finding{Kind: bonafide.FindingSearch, MediaID: bonafide.ID(video), Score: at(0.25), Matches: []bonafide.Match{
			{PersonID: bob, CollectionID: bonafide.ID(c), Similarity: 0.25}}})
	found.Result.Thresholds = map[bonafide.Threshold]float64{bonafide.ThresholdSearch: 0.85}
	w.end(r.text(0, "group_id"), map[bonafide.AnalysisType]bonafide.AnalysisResult{bonafide.Collection: found})

	one := w.get("/api/analyses/"+r.text(1, "analyse_id")).want(200, `"resolution": "DECLINED"`,
		`"results_data": {"min_confidence": 0.25, "max_confidence": 0.9312}`, `"collection": {"collection_id": "`+c+`", "alias": "blacklist"}`,
		`"collection_persons": [{"person_id": "`+string(ada)+`", "collection_id": "`+c+`", "similarity": 0.9312}]`,
		`"results_data": {"confidence": 0.9312}`, `"results_data": {"confidence": 0.25}`, "not", string(bob))
	if one.at("results_media", 0, "person_id") != nil || one.text("results_media", 1, "person_id") != string(ada) {
		t.Errorf("got %s", one.body)
	}
	whole := w.get("/api/folders/" + f + "?with_analyses=true").want(200)
	if whole.text("analyses", 0, "collection", "alias") != "blacklist" || whole.text("analyses", 0, "resolution_status") != "DECLINED" {
		t.Errorf("got %s", whole.body)
	}
	for body, code := range map[string]string{
		`{"type": "collection", "collection_id": "` + string(bonafide.NewID()) + `"}`: "10",
		`{"type": "collection", "collection_id": "x"}`:                                "4",
		`{"type": "collection", "params": {"decision_threshold": 2}}`:                 "4",
		`{"type": "collection", "params": {"decision_count": 0}}`:                     "4",
		`{"type": "collection", "params": {"decision_count": "ten"}}`:                 "5",
	} {
		if got := w.post("/api/folders/"+f+"/analyses", `{"analyses": [`+body+`]}`); !strings.HasPrefix(got.body, `{"error_code": `+code+`, `) {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
}

func TestCollectionsOfAnotherCompanyDoNotExist(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	c := w.get("/api/collections").text(0, "collection_id")
	person, image := w.enrolled(c, 1)
	second := w.post("/api/collections", `{"alias": "second"}`).want(201).text("collection_id")
	paths := func(c string) []string {
		at := "/api/collections/" + c
		return []string{"GET " + at, "PATCH " + at, "GET " + at + "/persons", "GET " + at + "/persons/" + person, "PATCH " + at + "/persons/" + person,
			"GET " + at + "/persons/" + person + "/images", "DELETE " + at + "/persons/" + person + "/images/" + image,
			"DELETE " + at + "/persons/" + person, "DELETE " + at}
	}
	for _, call := range paths(second)[3:8] {
		method, path, _ := strings.Cut(call, " ")
		w.send(method, path, `{}`).want(404, `"error_code": 10`)
	}
	other := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(t.Context(), other))
	w.addUser("admin@other.example", bonafide.ClientAdmin, other.ID)
	w.signIn("admin@other.example")
	for _, call := range paths(c) {
		method, path, _ := strings.Cut(call, " ")
		w.send(method, path, `{}`).want(404, `"error_code": 10`)
	}
	w.upload("/api/collections/"+c+"/persons", filePart("p", "p.jpg", picture(1))).want(404, `"error_code": 10`)
	w.upload("/api/collections/"+c+"/persons/"+person+"/images", filePart("p", "p.jpg", picture(1))).want(404, `"error_code": 10`)
	if n := w.get("/api/collections").count(); n != 1 {
		t.Errorf("%d collections", n)
	}
	w.signIn("staff@bank.example")
	w.get("/api/collections/" + c + "/persons/" + person).want(200)
}
