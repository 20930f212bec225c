package ozapi

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/instant"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

const instantBytes = 1 << 20

func newInstant(now func() time.Time) *instant.Desk {
	var kinds []analysis.Analysis
	for _, a := range catalog.Analyses() {
		switch a.Spec().Type {
		case bonafide.Quality:
			a = livelyQuality{a}
		case bonafide.Biometry:
			a = namedBiometry{a}
		}
		kinds = append(kinds, a)
	}
	return instant.New(instant.Config{Opener: lens{}, Specs: catalog.Specs(), MaxFiles: 10, MaxBytes: instantBytes, Workers: 1, Log: slog.New(slog.DiscardHandler), Now: now,
		Evaluator: &job.Evaluator{Set: namedSet(), Analyses: kinds, Policy: decision.Default(), Limit: time.Minute}})
}

// lens decodes nothing, like glance.
type lens struct{}

func (lens) Open(ctx context.Context, src media.Source) (*media.Clip, error) {
	kind, info, _, err := glance{}.Examine(ctx, src.Path, src.Digest)
	return &media.Clip{Kind: kind, Info: info}, err
}

func (lens) Forget(string) {}

// livelyQuality finds a living person on everything, and the best shot in its bytes.
type livelyQuality struct{ analysis.Analysis }

func (livelyQuality) Run(_ context.Context, in analysis.Input) ([]bonafide.Finding, error) {
	var out []bonafide.Finding
	for _, s := range in.Samples {
		score := 0.9
		out = append(out, bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: s.Media.ID, Score: &score, BestShotJPEG: []byte("shot of " + s.Media.OriginalName)})
	}
	return out, nil
}

// namedBiometry takes media whose names begin alike for the same person's.
type namedBiometry struct{ analysis.Analysis }

func (namedBiometry) Run(_ context.Context, in analysis.Input) ([]bonafide.Finding, error) {
	var out []bonafide.Finding
	for i, a := range in.Samples {
		for _, b := range in.Samples[:i] {
			score := 0.2
			if a.Media.OriginalName[0] == b.Media.OriginalName[0] {
				score = 0.9
			}
			out = append(out, similarity(string(a.Media.ID), string(b.Media.ID), score))
		}
	}
	return out, nil
}

// The models of a set that is only asked for their names.
type (
	detector   struct{ model.Detector }
	landmarker struct{ model.Landmarker }
	embedder   struct{ model.Embedder }
)

func (detector) Ref() bonafide.ModelRef   { return bonafide.ModelRef{Name: "detector", Version: "1"} }
func (landmarker) Ref() bonafide.ModelRef { return bonafide.ModelRef{Name: "landmarker", Version: "1"} }
func (embedder) Ref() bonafide.ModelRef   { return bonafide.ModelRef{Name: "embedder", Version: "1"} }

func namedSet() *model.Set {
	return &model.Set{Detector: detector{}, Landmarker: landmarker{}, Embedder: embedder{}}
}

func payloadOf(json string) string { return disposition + `"payload"` + "\r\n\r\n" + json }

func TestOz20TheInstantCallAnswersLikeASingleRequestAndLeavesNoRow(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload(instantPath+"/", filePart("p1", "a.jpg", picture(1)),
		payloadOf(`{"folder:meta_data": {"partner_side_folder_id": "7"}, "media:tags": {"p1": ["photo_selfie"]}, "analyses": [{"type": "quality", "source_media": ["p1"]}, {"type": "documents"}]}`))
	r.want(201, `"resolution_status": "FAILED", "system_resolution": "FAILED"`, `"partner_side_folder_id": "7"`, `"photo_selfie"`,
		`"original_url": null, "video_url": null, "thumb_url": null, "preview_url": null`, "not", "/static/")
	if got := r.text("analyses", 0, "resolution_status"); got != "SUCCESS" {
		t.Errorf("QUALITY is %s", got)
	}
	if got := r.text("analyses", 1, "state"); got != "FAILED" || r.text("analyses", 1, "error_message") == "" {
		t.Errorf("DOCUMENTS is %s", got)
	}
	shot := r.at("analyses", 0, "results_media", 0, "output_images", 0).(map[string]any)
	if content, err := base64.StdEncoding.DecodeString(fmt.Sprint(shot["content"])); err != nil || string(content) != "shot of a.jpg" {
		t.Errorf("the best shot is %v", shot)
	}
	if url, there := shot["original_url"]; url != nil || !there {
		t.Errorf("original_url is %v, %t", url, there)
	}
	if r.number("analyses", 0, "results_data", "confidence_spoofing") != 0.1 || r.number("time_created") == 0 || r.number("resolution_time") == 0 {
		t.Error(r.body)
	}
	for _, path := range []string{"/api/folders/" + r.text("folder_id"), "/api/media/" + r.text("media", 0, "media_id"), "/api/analyses/" + r.text("analyses", 0, "analyse_id")} {
		w.get(path).want(404)
	}
	if w.folders() != 0 {
		t.Error("a folder was stored")
	}
}

// Rules and thresholds of the instant call are those of all analyses.
func TestOz19TheLeastSimilarPairDecides(t *testing.T) {
	w := newWorld(t, Config{})
	order := payloadOf(`{"analyses": [{"type": "biometry"}]}`)
	ada, again, bob := filePart("a", "ada.jpg", picture(1)), filePart("b", "ada again.jpg", picture(2)), filePart("c", "bob.jpg", picture(3))
	w.upload(instantPath, ada, order).want(400, `{"error_code": 4, `)
	two := w.upload(instantPath, ada, again, order).want(201, `"system_resolution": "SUCCESS"`)
	three := w.upload(instantPath, ada, again, bob, order).want(201, `"system_resolution": "DECLINED"`)
	if two.text("analyses", 0, "resolution") != "SUCCESS" || three.text("analyses", 0, "resolution") != "DECLINED" ||
		three.number("analyses", 0, "results_data", "min_confidence") != 0.2 || three.number("analyses", 0, "results_data", "max_confidence") != 0.9 {
		t.Errorf("two: %s\nthree: %s", two.body, three.body)
	}
}

func TestInstantCallsThatNeedStoredObjectsAreRefused(t *testing.T) {
	w := newWorld(t, Config{})
	file := filePart("a", "a.jpg", picture(2))
	for name, payload := range map[string]string{
		"no analyses": `{}`,
		"collection":  `{"analyses": [{"type": "quality"}, {"type": "collection", "collection_id": "` + string(bonafide.NewID()) + `"}]}`,
		"webhook":     `{"analyses": [{"type": "quality"}], "resolution_endpoint": "https://bank.example/hook"}`,
		"unknown":     `{"analyses": [{"type": "palmistry"}]}`,
		"no media":    `{"analyses": [{"type": "biometry"}]}`,
	} {
		if r := w.upload(instantPath, file, payloadOf(payload)); r.status != 400 || r.number("error_code") != 4 {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	w.upload(instantPath, filePart("a", "a.jpg", "#!/bin/sh"), payloadOf(`{"analyses": [{"type": "quality"}]}`)).want(400, `"error_code": 4, `)
	w.upload(instantPath, file, payloadOf(`{"analyses": [{"type": "biometry"}]}`)).want(400)
	if r := w.get(instantPath); r.status != 405 {
		t.Errorf("GET: %d", r.status)
	}
}

func TestInstantCallsLeaveNoEntryInTheLog(t *testing.T) {
	s := newStage(t, bonafide.ClientAdmin)
	before := s.lastEntry()
	s.upload(instantPath, filePart("a", "a.jpg", picture(3)), payloadOf(`{"analyses": [{"type": "quality"}]}`)).want(201)
	if after := s.entries(before); len(after) != 0 {
		t.Errorf("%+v", after)
	}
}

func TestWithoutRoomInMemoryTheInstantCallSaysWhenToComeAgain(t *testing.T) {
	w := newWorld(t, Config{})
	order := payloadOf(`{"analyses": [{"type": "quality"}]}`)
	half := picture(4) + strings.Repeat("x", instantBytes/2)
	r := w.upload(instantPath, filePart("a", "a.jpg", half), filePart("b", "b.jpg", half), order)
	r.want(429, `{"error_code": 101, `)
	if r.header.Get("Retry-After") == "" {
		t.Error("there is no Retry-After")
	}
	for range 3 { // what was refused, and what was answered, takes no room
		w.upload(instantPath, filePart("a", "a.jpg", half), order).want(201)
	}
}

func TestComponentsSayWhatIsAnswered(t *testing.T) {
	order := []string{filePart("a", "a.jpg", picture(5)), payloadOf(`{"analyses": [{"type": "quality"}]}`)}
	for components, want := range map[string]struct{ instant, bare, folders, users int }{
		"auth,stateful,stateless":      {201, 401, 200, 200},
		"auth,stateless":               {201, 401, 404, 200},
		"stateless":                    {201, 201, 404, 404},
		"auth,stateful,oz_collections": {404, 404, 200, 200},
		"stateful,stateless":           {201, 201, 200, 200},
	} {
		t.Run(components, func(t *testing.T) {
			w := newWorld(t, Config{Config: rest.Config{Components: strings.Split(components, ",")}})
			check := func(what string, got, want int) {
				t.Helper()
				if got != want {
					t.Errorf("%s: %d, want %d", what, got, want)
				}
			}
			check("instant", w.upload(instantPath, order...).status, want.instant)
			check("list of folders", w.get("/api/folders").status, want.folders)
			folder := w.post("/api/folders/", `{}`)
			check("folder", folder.status/100, want.folders/100)
			if want.folders == 404 {
				folder.want(404, `{"error_code": 10, `)
			}
			own := w.get("/api/users/" + string(w.user.ID))
			check("user", own.status, want.users)
			w.get("/api/version").want(200)
			w.token = ""
			check("instant without a token", w.upload(instantPath, order...).status, want.bare)
			if want.folders == 200 {
				w.get("/api/folders").want(401)
			}
		})
	}
}

func TestEveryRouteBelongsToAComponent(t *testing.T) {
	only := func(components ...string) (n int) {
		return len((&rest.Config{Components: components}).Offered(new(api).resources()))
	}
	public := 0
	for _, rt := range (&rest.Config{Components: []string{rest.ComponentStateless}}).Offered(new(api).resources()) {
		if rt.Permission != "" {
			t.Errorf("%s %s needs a token that nobody can get", rt.Method, rt.Pattern)
		}
		public++
	}
	if all := only(); all != len(routes()) || all != only(rest.ComponentAuth, rest.ComponentStateful, rest.ComponentStateless) || only(rest.ComponentStateful) != all-1 || public != 7 {
		t.Errorf("all %d, stateful %d, stateless %d", all, only(rest.ComponentStateful), public)
	}
	for _, rt := range (&rest.Config{Components: []string{rest.ComponentAuth, rest.ComponentStateless}}).Offered(new(api).resources()) {
		if rt.Permission == auth.MediaRead || rt.Pattern == "/static/{key}/{name}" {
			t.Errorf("%s %s is answered where nothing is stored", rt.Method, rt.Pattern)
		}
	}
}
