package ozapi

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// end ends the analyses of the group that the reply shows: each by what its type
// is given. Types that are not given stay as they are.
func (w *world) end(group string, by map[bonafide.AnalysisType]bonafide.AnalysisResult) {
	w.t.Helper()
	ctx := context.Background()
	analyses, err := w.store.Group(ctx, bonafide.ID(group))
	w.must(err)
	var results []bonafide.AnalysisResult
	for _, a := range analyses {
		if r, ok := by[a.Type]; ok {
			r.AnalysisID = a.ID
			results = append(results, r)
		}
	}
	w.must(w.store.FinishGroup(ctx, bonafide.ID(group), results))
	w.waiters.Announce(bonafide.ID(group))
}

func finished(resolution bonafide.Status, findings ...bonafide.Finding) bonafide.AnalysisResult {
	return bonafide.AnalysisResult{State: bonafide.Finished, Resolution: resolution, Result: &bonafide.Result{
		Findings: findings, Models: []bonafide.ModelRef{{Name: "pad", Version: "1"}}}}
}

func failedWith(code bonafide.Code, message string) bonafide.AnalysisResult {
	return bonafide.AnalysisResult{State: bonafide.Failed, Resolution: bonafide.Failed, ErrorCode: code, ErrorMessage: message}
}

func liveness(media string, score float64) bonafide.Finding {
	return bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: bonafide.ID(media), Score: &score}
}

func similarity(a, b string, score float64) bonafide.Finding {
	return bonafide.Finding{Kind: bonafide.FindingSimilarity, MediaID: bonafide.ID(a), OtherID: bonafide.ID(b), Score: &score}
}

// twoMedia makes a folder of a clip and a photo.
func (w *world) twoMedia() (folder, video, photo string) {
	w.t.Helper()
	r := w.upload("/api/folders", payload(`{"media:tags": {"v": ["video_selfie"], "p": ["photo_id_front"]}}`),
		filePart("v", "v.mp4", clip), filePart("p", "p.jpg", picture(1))).want(201)
	return r.text("folder_id"), r.text("media", 0, "media_id"), r.text("media", 1, "media_id")
}

func TestCompat20OrdersAnswerABareArray(t *testing.T) {
	w := newWorld(t, Config{})
	f, video, photo := w.twoMedia()
	r := w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "Biometry"}, {"type": "quality", "source_media": ["`+video+`"]}], "params": {"x": 1}}`).want(201)
	for i, kind := range []string{"BIOMETRY", "QUALITY"} {
		if r.text(i, "type") != kind || r.text(i, "analyse_id") != r.text(i, "analysis_id") || r.text(i, "group_id") != r.text(0, "group_id") {
			t.Errorf("got %s", r.body)
		}
		for _, key := range []string{"state", "resolution", "resolution_status"} {
			if r.text(i, key) != "PROCESSING" {
				t.Errorf("%s is %s", key, r.text(i, key))
			}
		}
	}
	if r.count() != 2 || r.count(0, "source_media") != 2 || r.text(0, "source_media", 1, "media_id") != photo || r.count(1, "source_media") != 1 {
		t.Errorf("got %s", r.body)
	}
	for body, code := range map[string]string{
		`{"analyses": [{"type": "aura"}]}`: "4",
		`{"analyses": [{"type": "quality", "source_media": ["` + string(bonafide.NewID()) + `"]}]}`: "10",
		`{"analyses": [{"type": "quality", "params": {"threshold_spoofing": 7}}]}`:                  "4",
		`{"analyses": []}`: "4", `{}`: "3", `{"analyses": [{}]}`: "3", `{"analyses": [{"type": 1}]}`: "5",
	} {
		if got := w.post("/api/folders/"+f+"/analyses", body); !strings.HasPrefix(got.body, `{"error_code": `+code+`, `) {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	if n := w.get("/api/folders/" + f + "/analyses").count(); n != 2 {
		t.Errorf("%d analyses", n)
	}
}

// phoneOrder is what the SDKs of phones order in one request.
const phoneOrder = `{"analyses": [
	{"type": "quality", "source_media": ["%[1]s"]},
	{"type": "biometry", "params": {"threshold_min": 0.75, "threshold_max": 0.85}},
	{"type": "documents", "params": {"capabilities": 492}},
	{"type": "collection", "params": {"collection_id": "%[2]s", "source_media": ["%[1]s"], "decision_count": 10, "decision_threshold": 0.7}}]}`

// phoneFlow makes a folder and orders everything.
func (w *world) phoneFlow() (folder, video, photo string, ordered *reply) {
	w.t.Helper()
	folder, video, photo = w.twoMedia()
	collection := w.get("/api/collections").text(0, "collection_id")
	return folder, video, photo, w.post("/api/folders/"+folder+"/analyses", fmt.Sprintf(phoneOrder, video, collection)).want(201)
}

// endPhoneFlow ends what phoneFlow has ordered.
func (w *world) endPhoneFlow(ordered *reply, video, photo string) {
	w.t.Helper()
	w.end(ordered.text(0, "group_id"), map[bonafide.AnalysisType]bonafide.AnalysisResult{
		bonafide.Quality:    finished(bonafide.Success, liveness(video, 0.9787)),
		bonafide.Biometry:   finished(bonafide.Success, similarity(video, photo, 0.91)),
		bonafide.Documents:  failedWith(bonafide.CodeUnsupported, "DOCUMENTS is not available"),
		bonafide.Collection: finished(bonafide.Success),
	})
}

func TestCompat21AndOz07ProcessingFirstThenTheVerdict(t *testing.T) {
	w := newWorld(t, Config{})
	_, video, photo, r := w.phoneFlow()
	for i := range r.count() {
		w.get("/api/analyses/"+r.text(i, "analyse_id")).want(200, `"state": "PROCESSING", "resolution": "PROCESSING", "resolution_status": "PROCESSING"`, `"results_media": []`)
	}
	w.endPhoneFlow(r, video, photo)
	for i, want := range []string{"SUCCESS", "SUCCESS", "FAILED", "SUCCESS"} {
		state := map[bool]string{true: "FAILED", false: "FINISHED"}[want == "FAILED"]
		w.get("/api/analyses/"+r.text(i, "analyse_id")+"/").want(200, `"state": "`+state+`", "resolution": "`+want+`", "resolution_status": "`+want+`"`)
	}
	biometry := w.get("/api/analyses/" + r.text(1, "analyse_id"))
	if biometry.text("type") != "BIOMETRY" || biometry.number("results_data", "max_confidence") != 0.91 {
		t.Errorf("got %s", biometry.body)
	}
}

func TestCompat22DocumentsFailAndTheOthersGoOn(t *testing.T) {
	w := newWorld(t, Config{})
	f, video, photo, r := w.phoneFlow()
	if r.count() != 4 || r.text(2, "type") != "DOCUMENTS" || r.text(2, "state") != "PROCESSING" {
		t.Fatalf("got %s", r.body)
	}
	w.endPhoneFlow(r, video, photo)
	w.get("/api/analyses/"+r.text(2, "analyse_id")).want(200, `"type": "DOCUMENTS", "state": "FAILED", "resolution": "FAILED", "resolution_status": "FAILED"`,
		`"error_code": 2, "error_message": "DOCUMENTS is not available"`)
	w.get("/api/analyses/"+r.text(0, "analyse_id")).want(200, `"state": "FINISHED", "resolution": "SUCCESS"`, `"error_code": null, "error_message": null`)
	w.get("/api/folders/"+f).want(200, `"resolution_status": "FAILED", "system_resolution": "FAILED"`)
}

func TestCompat24AndOz08AFolderWithItsAnalyses(t *testing.T) {
	w := newWorld(t, Config{})
	f, video, photo, r := w.phoneFlow()
	w.get("/api/folders/"+f).want(200, `"resolution_status": "PROCESSING", "system_resolution": "PROCESSING"`, "not", `"analyses"`)
	w.endPhoneFlow(r, video, photo)
	whole := w.get("/api/folders/" + f + "?with_analyses=true").want(200)
	for i, want := range []string{"QUALITY SUCCESS", "BIOMETRY SUCCESS", "DOCUMENTS FAILED", "COLLECTION SUCCESS"} {
		if got := whole.text("analyses", i, "type") + " " + whole.text("analyses", i, "resolution_status"); got != want {
			t.Errorf("analysis %d is %s, want %s", i, got, want)
		}
	}
	if whole.text("analyses", 3, "collection", "alias") != "blacklist" || whole.count("analyses", 2, "results_data", "text_fields") != 0 {
		t.Errorf("got %s", whole.body)
	}
	if got := whole.number("analyses", 0, "results_media", 0, "results_data", "confidence_spoofing"); got != 0.0213 {
		t.Errorf("confidence_spoofing is %v", got)
	}
	if whole.text("analyses", 0, "results_media", 0, "source_video_id") != video {
		t.Errorf("got %s", whole.body)
	}
	listed := w.get("/api/folders?with_analyses=true").want(200)
	if listed.number("items", 0, "analyses", 1, "results_data", "min_confidence") != 0.91 {
		t.Errorf("got %s", listed.body)
	}
}

func TestCompat25AnalysesOfAFolderAreABareArray(t *testing.T) {
	w := newWorld(t, Config{})
	f, video, photo, r := w.phoneFlow()
	w.endPhoneFlow(r, video, photo)
	for query, want := range map[string]int{"": 4, "?type=quality,BIOMETRY&state=FINISHED": 2, "?state.exclude=FAILED": 3, "?state=SUCCESS": 3} {
		if all := w.get("/api/folders/" + f + "/analyses" + query).want(200); !strings.HasPrefix(all.body, `[{"`) || all.count() != want {
			t.Errorf("%q: got %s", query, all.body)
		}
	}
	if n := w.get("/api/analyses?state=SUCCESS").want(200).count("items"); n != 3 {
		t.Errorf("%d analyses", n)
	}
	one := w.get("/api/analyses/" + r.text(0, "analyse_id")).want(200)
	if !strings.HasPrefix(one.body, "{") || one.text("analysis_id") != r.text(0, "analyse_id") || one.text("folder_id") != f {
		t.Errorf("got %s", one.body)
	}
}

func TestCompat26BiometryTellsItsNumbersAndThresholds(t *testing.T) {
	w := newWorld(t, Config{})
	_, video, photo, r := w.phoneFlow()
	w.endPhoneFlow(r, video, photo)
	one := w.get("/api/analyses/" + r.text(1, "analyse_id")).want(200)
	if one.number("results_data", "max_confidence") != 0.91 || one.number("results_data", "min_confidence") != 0.91 ||
		one.number("confs", "threshold_min") != 0.75 || one.number("confs", "threshold_max") != 0.85 {
		t.Errorf("got %s", one.body)
	}
}

func TestDeclinedByTheGateHasReasonsAndNoNumber(t *testing.T) {
	w := newWorld(t, Config{})
	f, video, photo := w.twoMedia()
	r := w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality", "source_media": ["`+video+`", "`+photo+`"]}]}`).want(201)
	why := bonafide.Reason{Code: bonafide.ReasonNoFace}
	why.Media = bonafide.ID(photo)
	result := finished(bonafide.Declined, liveness(video, 0.99),
		bonafide.Finding{Kind: bonafide.FindingCapture, MediaID: bonafide.ID(photo), Failures: []bonafide.Reason{why}})
	result.Result.Reasons = []bonafide.Reason{why}
	w.end(r.text(0, "group_id"), map[bonafide.AnalysisType]bonafide.AnalysisResult{bonafide.Quality: result})
	got := w.get("/api/analyses/"+r.text(0, "analyse_id")).want(200, `"resolution": "DECLINED"`, `"code": "no_face", "advice": "No face was found.`,
		`"models": [{"name": "pad", "version": "1"}]`)
	if got.at("results_data", "confidence_spoofing") != nil || got.at("results_media", 1, "results_data", "confidence_spoofing") != nil {
		t.Errorf("got %s", got.body)
	}
	if got.number("results_media", 0, "results_data", "confidence_spoofing") != 0.01 {
		t.Errorf("got %s", got.body)
	}
}

// Section 8 of the manual, every row; the words are those that the strictest
// client knows.
func TestOz18StatusTable(t *testing.T) {
	w := newWorld(t, Config{})
	ok, no := finished(bonafide.Success), finished(bonafide.Declined)
	ask, bad := finished(bonafide.OperatorRequired), failedWith(bonafide.CodeUnknown, "x")
	for name, c := range map[string]struct {
		quality, biometry *bonafide.AnalysisResult
		status, system    string
	}{
		"running":                  {nil, nil, "PROCESSING", "PROCESSING"},
		"half running":             {&ok, nil, "PROCESSING", "PROCESSING"},
		"failed and running":       {&bad, nil, "PROCESSING", "PROCESSING"},
		"all success":              {&ok, &ok, "FINISHED", "SUCCESS"},
		"one declined":             {&ok, &no, "FINISHED", "DECLINED"},
		"one for the operator":     {&ok, &ask, "FINISHED", "OPERATOR_REQUIRED"},
		"declined beside operator": {&no, &ask, "FINISHED", "DECLINED"},
		"failed beside declined":   {&bad, &no, "FAILED", "FAILED"},
	} {
		t.Run(name, func(t *testing.T) {
			w.t = t
			f, video, _ := w.twoMedia()
			w.get("/api/folders/"+f).want(200, `"resolution_status": "INITIAL", "system_resolution": "INITIAL"`)
			r := w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality", "source_media": ["`+video+`"]}, {"type": "biometry"}]}`).want(201)
			by := map[bonafide.AnalysisType]bonafide.AnalysisResult{}
			if c.quality != nil {
				by[bonafide.Quality] = *c.quality
			}
			if c.biometry != nil {
				by[bonafide.Biometry] = *c.biometry
			}
			w.end(r.text(0, "group_id"), by)
			got := w.get("/api/folders/" + f + "?with_analyses=true").want(200)
			if got.text("resolution_status") != c.status || got.text("system_resolution") != c.system {
				t.Errorf("folder is %s, %s", got.text("resolution_status"), got.text("system_resolution"))
			}
			for i := range 2 {
				word := got.text("analyses", i, "resolution")
				if word != got.text("analyses", i, "resolution_status") || !strings.Contains("PROCESSING FAILED DECLINED SUCCESS OPERATOR_REQUIRED", word) {
					t.Errorf("resolution is %s", word)
				}
			}
		})
	}
}

func TestNewestGroupDecidesTheFolder(t *testing.T) {
	w := newWorld(t, Config{})
	f, video, _ := w.twoMedia()
	order := `{"analyses": [{"type": "quality", "source_media": ["` + video + `"]}]}`
	for _, want := range []bonafide.Status{bonafide.Declined, bonafide.Success} {
		r := w.post("/api/folders/"+f+"/analyses", order).want(201)
		w.end(r.text(0, "group_id"), map[bonafide.AnalysisType]bonafide.AnalysisResult{bonafide.Quality: finished(want)})
		w.get("/api/folders/"+f).want(200, `"resolution_status": "FINISHED", "system_resolution": "`+string(want)+`"`)
		w.clock.add(time.Second)
	}
}

func TestOz20ASingleRequestAnswersWithVerdicts(t *testing.T) {
	w := newWorld(t, Config{})
	w.work(func(a bonafide.Analysis) bonafide.AnalysisResult {
		if a.Type == bonafide.Quality {
			return finished(bonafide.Success, liveness(string(a.SourceMedia[0]), 0.75))
		}
		return finished(bonafide.Declined, similarity(string(a.SourceMedia[0]), string(a.SourceMedia[1]), 0.25))
	})
	r := w.upload("/api/folders/", filePart("v1", "v.mp4", clip), filePart("p1", "p.jpg", picture(1)), payload(`{
		"folder:meta_data": {"transaction_id": "T-2042"},
		"media:tags": {"v1": ["video_selfie", "video_selfie_blank"], "p1": ["photo_selfie"]},
		"analyses": [{"type": "quality", "source_media": ["v1"], "params": {"threshold_spoofing": 0.5}}, {"type": "biometry"}]}`)).
		want(201, `"resolution_status": "FINISHED", "system_resolution": "DECLINED"`, "not", "PROCESSING")
	if r.number("analyses", 0, "results_data", "confidence_spoofing") != 0.25 || r.number("analyses", 1, "results_data", "max_confidence") != 0.25 {
		t.Errorf("got %s", r.body)
	}
	if r.count("analyses", 0, "source_media") != 1 || r.text("analyses", 0, "source_media", 0, "media_id") != r.text("media", 0, "media_id") {
		t.Errorf("got %s", r.body)
	}
}

func TestSingleRequestAnswersWhatThereIsWhenTheWaitIsOver(t *testing.T) {
	w := newWorld(t, Config{SingleWait: time.Millisecond})
	r := w.upload("/api/folders/", filePart("v1", "v.mp4", clip), payload(`{"analyses": [{"type": "quality"}]}`)).
		want(201, `"resolution_status": "PROCESSING", "system_resolution": "PROCESSING"`)
	if r.text("analyses", 0, "state") != "PROCESSING" {
		t.Errorf("got %s", r.body)
	}
}

func TestRefusedSingleRequestLeavesNoRows(t *testing.T) {
	w := newWorld(t, Config{})
	for _, p := range []string{
		`{"analyses": [{"type": "aura"}]}`, `{"analyses": [{"type": "quality", "source_media": ["nothing"]}]}`,
		`{"analyses": [{"type": "quality", "params": {"threshold_spoofing": -1}}]}`, `{"media:tags": {"v": "x"}}`,
	} {
		if r := w.upload("/api/folders/", filePart("v", "v.mp4", clip), payload(p)); r.status/100 != 4 {
			t.Errorf("%s: %d %s", p, r.status, r.body)
		}
	}
	if n := w.folders(); n != 0 {
		t.Errorf("%d folders", n)
	}
}

func TestOz19WhichMediaAreAnalysed(t *testing.T) {
	w := newWorld(t, Config{})
	f, video, _ := w.twoMedia()
	r := w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality"}, {"type": "biometry"}]}`).want(201)
	if r.count(0, "source_media") != 1 || r.text(0, "source_media", 0, "media_id") != video || r.count(1, "source_media") != 2 {
		t.Errorf("got %s", r.body)
	}
	w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "biometry", "source_media": ["`+video+`"]}]}`).want(400, `{"error_code": 4, `)
	empty := w.post("/api/folders", "").text("folder_id")
	w.post("/api/folders/"+empty+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201, `"source_media": []`)
}

func TestUsersMayBeKeptFromStartingAnalyses(t *testing.T) {
	w := newWorld(t, Config{})
	f, _, _ := w.twoMedia()
	w.user.MayStart = map[bonafide.AnalysisType]bool{bonafide.Quality: true}
	w.must(storetest.PutUser(context.Background(), w.store, w.user))
	w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "biometry"}]}`).want(403, `{"error_code": 9, `)
	w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201)
}
