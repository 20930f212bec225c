package ozapi

import (
	"context"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// asAdmin signs in a CLIENT_ADMIN of the world's company.
func (w *world) asAdmin() {
	w.t.Helper()
	w.addUser("admin@bank.example", bonafide.ClientAdmin, w.user.CompanyID)
	w.signIn("admin@bank.example")
}

// judged ends every analysis with the resolution and a best shot of each of its
// media.
func judged(resolution bonafide.Status) func(bonafide.Analysis) bonafide.AnalysisResult {
	return func(a bonafide.Analysis) bonafide.AnalysisResult {
		r := bonafide.AnalysisResult{State: bonafide.Finished, Resolution: resolution, Result: &bonafide.Result{}}
		for _, id := range a.SourceMedia {
			score := 0.9
			r.Result.Findings = append(r.Result.Findings, bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: id, Score: &score,
				BestShot: &bonafide.File{Key: bonafide.NewSecret(16), Name: "shot.jpg", Digest: bonafide.NewSecret(32), MIME: "image/jpeg"}})
		}
		return r
	}
}

func TestCompat30DeletionAnswersAnEmptyObject(t *testing.T) {
	w := newWorld(t, Config{})
	w.asAdmin()
	w.work(judged(bonafide.Success))
	r := w.upload("/api/folders", payload(`{"analyses": [{"type": "quality"}]}`),
		filePart("a", "a.jpg", picture(1)), filePart("b", "b.jpg", picture(2))).want(201)
	folder, analysis := "/api/folders/"+r.text("folder_id"), "/api/analyses/"+r.text("analyses", 0, "analyse_id")
	first, second := r.text("media", 0, "media_id"), r.text("media", 1, "media_id")
	for _, path := range []string{"/api/media/" + first + "/", analysis, folder + "/"} {
		if got := w.send("DELETE", path, ""); got.body != "{}" || got.status != 200 {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
		w.send("DELETE", path, "").want(404, `{"error_code": 10, `)
		w.get(path).want(404, `{"error_code": 10, `)
	}
	w.get("/api/media/"+second).want(404, `{"error_code": 10, `)
	for _, rt := range routes() { // which every answer of all tests is held against
		if _, same := rt.Out.(wire.Deleted); rt.Method == "DELETE" && !same {
			t.Errorf("%s answers with more than an empty object", rt.Name)
		}
	}
}

func TestDeletedMediaLeaveResultsAndNoLinks(t *testing.T) {
	w := newWorld(t, Config{})
	w.asAdmin()
	w.work(judged(bonafide.Success))
	r := w.upload("/api/folders", payload(`{"analyses": [{"type": "quality"}]}`),
		filePart("a", "a.jpg", picture(1)), filePart("b", "b.jpg", picture(2))).want(201)
	folder := "/api/folders/" + r.text("folder_id")
	first, second := r.text("media", 0, "media_id"), r.text("media", 1, "media_id")
	var dead []string
	for _, path := range [][]any{{"media", 0, "original_url"}, {"media", 0, "thumb_url"}, {"analyses", 0, "results_media", 0, "output_images", 0, "original_url"}} {
		dead = append(dead, r.text(path...))
	}
	alive := r.text("media", 1, "original_url")
	w.send("DELETE", "/api/media/"+first, "").want(200)
	for _, link := range dead {
		w.send("GET", link, "").want(404, `{"error_code": 10, `)
	}
	if got := w.send("GET", alive, ""); got.status != 200 || got.body != picture(2) {
		t.Errorf("the other media: %d", got.status)
	}
	after := w.get(folder+"?with_analyses=true").want(200, second, `"resolution": "SUCCESS"`, `"confidence_spoofing": 0.1`)
	if after.count("media") != 1 || after.text("media", 0, "media_id") != second || after.count("analyses", 0, "source_media") != 1 || after.count("analyses", 0, "results_media") != 1 {
		t.Errorf("got %s", after.body)
	}
}

func TestDeletionIsForAdministrators(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders", filePart("a", "a.jpg", picture(1))).want(201)
	a := w.post("/api/folders/"+r.text("folder_id")+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201)
	paths := []string{"/api/analyses/" + a.text(0, "analyse_id"), "/api/media/" + r.text("media", 0, "media_id"), "/api/folders/" + r.text("folder_id")}
	for _, path := range paths {
		w.send("DELETE", path, "").want(403, `{"error_code": 9, `)
	}
	other := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(context.Background(), other))
	w.addUser("admin@other.example", bonafide.ClientAdmin, other.ID)
	w.signIn("admin@other.example")
	for _, path := range paths {
		w.send("DELETE", path, "").want(404, `{"error_code": 10, `)
	}
	w.asAdmin()
	for _, path := range paths {
		w.get(path).want(200)
		w.send("DELETE", path, "").want(200)
	}
}

func TestASingleRequestWhoseFolderIsDeletedIsAnswered(t *testing.T) {
	w := newWorld(t, Config{})
	w.asAdmin()
	w.work(func(a bonafide.Analysis) bonafide.AnalysisResult {
		w.must(w.store.DeleteFolder(context.Background(), bonafide.Scope{}, a.FolderID))
		return bonafide.AnalysisResult{State: bonafide.Failed, Resolution: bonafide.Failed}
	})
	w.upload("/api/folders", payload(`{"analyses": [{"type": "quality"}]}`), filePart("a", "a.jpg", picture(1))).want(404, `{"error_code": 10, `)
}
