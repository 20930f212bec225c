package ozapi

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/capture/capturetest"
)

const sessionPath = "/api/authorize/session_token"

// drawn is a session as its client sees it.
type drawn struct {
	token     string
	challenge bonafide.ID
	actions   []string
	key       []byte
	colors    []string // of the light
}

func (w *world) draw(body string) drawn {
	w.t.Helper()
	r := w.post(sessionPath, body).want(200)
	key, err := base64.StdEncoding.DecodeString(r.text("container", "public_key"))
	w.must(err)
	d := drawn{token: r.text("session_token"), challenge: bonafide.ID(r.text("challenge_id")), key: key}
	for i := range r.count("actions") {
		d.actions = append(d.actions, r.text("actions", i))
	}
	var light struct {
		Light struct{ Colors []string } `json:"light"`
	}
	w.must(json.Unmarshal([]byte(r.body), &light))
	d.colors = light.Light.Colors
	return d
}

// shades makes frames that differ from those of all other recordings.
var shades struct {
	sync.Mutex
	n int
}

func freshFrame() []byte {
	shades.Lock()
	defer shades.Unlock()
	shades.n++
	return append([]byte(picture(uint8(shades.n))), fmt.Sprint(shades.n)...)
}

// content is the content of a container with fresh frames for the actions of the session.
func (w *world) content(d drawn, change func(*capture.Manifest)) []byte {
	w.t.Helper()
	m, names := capturetest.Recording(d.challenge, d.actions...)
	if change != nil {
		change(&m)
	}
	raw, err := capturetest.Filled(m, names, func(int) []byte { return freshFrame() })
	w.must(err)
	return raw
}

func (w *world) sealed(d drawn, content []byte) string {
	w.t.Helper()
	raw, err := capturetest.Seal(d.key, d.token, content)
	w.must(err)
	return string(raw)
}

// submit sends a container half a minute after its draw.
func (w *world) submit(path, token, container string) *reply {
	w.t.Helper()
	w.clock.add(30 * time.Second)
	return w.send("POST", path, container, "Content-Type: application/octet-stream", "X-Session-Token: "+token)
}

func TestADrawnCaptureBecomesAFolder(t *testing.T) {
	w := newWorld(t, Config{})
	w.work(judged(bonafide.Success))
	d := w.draw(`{"draw": 2, "end_user_id": "customer 4711", "light": true}`)
	if len(d.actions) != 2 || len(d.key) != 65 {
		t.Fatalf("%+v", d)
	}
	m, names := capturetest.Recording(d.challenge, d.actions...)
	m.Meta = bonafide.Meta{"transaction_id": "T-1"}
	m.Light = &capture.Shown{}
	for i, color := range d.colors {
		m.Light.Shown = append(m.Light.Shown, capture.Symbol{Color: color, AtMS: 500 * float64(i)})
	}
	m.Photos = []capture.Photo{{Tag: "photo_id_front", Name: "photo/0.jpg"}}
	content, err := capturetest.Filled(m, append(names, "photo/0.jpg"), func(int) []byte { return freshFrame() })
	w.must(err)
	r := w.submit("/api/folders/", d.token, w.sealed(d, content)).want(201, `"SHOTS_SET_FOLDER"`, `"transaction_id": "T-1"`, `"orientation_portrait"`)
	if r.count("media") != 3 || r.text("media", 0, "tags", 0) != "video_selfie" || r.text("media", 1, "tags", 1) != d.actions[1] ||
		r.text("media", 2, "tags", 1) != "photo_id_front" || r.count("analyses") != 1 || r.text("analyses", 0, "type") != "QUALITY" {
		t.Errorf("%s", r.body)
	}
	if got := r.text("technical_meta_data", "capture", "challenge_id"); got != string(d.challenge) {
		t.Errorf("the folder is of challenge %s", got)
	}
	if got := r.count("media", 0, "technical_meta_data", "injection"); got != 0 {
		t.Errorf("%d things speak against it: %s", got, r.body)
	}
	if got := r.count("media", 0, "technical_meta_data", "light", "symbols"); got != len(d.colors) || got == 0 {
		t.Errorf("%d of %d colours are kept: %s", got, len(d.colors), r.body)
	}
}

func TestASessionIsGoodForOneContainer(t *testing.T) {
	w := newWorld(t, Config{})
	d := w.draw(`{"actions": ["video_selfie_smile"], "analyses": []}`)
	container := w.sealed(d, w.content(d, nil))
	w.submit("/api/folders/", d.token, container).want(201)
	before := w.lastEntry()
	w.submit("/api/folders/", d.token, container).want(400, `"error_code": 13`, "used before")
	w.submit(instantPath, d.token, container).want(400, `"error_code": 13`)
	w.refusals(before, "used", "used")
	if n := w.folders(); n != 1 {
		t.Errorf("%d folders", n)
	}
}

// refusals wants entries about refused captures.
func (w *world) refusals(after int64, why ...string) {
	w.t.Helper()
	var got []string
	for _, e := range w.entries(after) {
		if e.Object == "capture_session" && e.Action == bonafide.ActionRefuse {
			got = append(got, e.Changed)
			if e.ActorID != w.user.ID && e.ActorID == "" || e.Via != "folder.create" {
				w.t.Errorf("in whose name: %+v", e)
			}
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(why) {
		w.t.Errorf("refused are %v, want %v", got, why)
	}
}

func TestOfTwoContainersAtOnceOneMakesAFolder(t *testing.T) {
	w := newWorld(t, Config{})
	d := w.draw(`{"actions": ["video_selfie_smile"], "analyses": []}`)
	container := w.sealed(d, w.content(d, nil))
	w.clock.add(30 * time.Second)
	before := w.lastEntry()
	replies := make([]*reply, 4)
	var wait sync.WaitGroup
	for i := range replies {
		wait.Go(func() {
			replies[i] = w.send("POST", "/api/folders/", container, "Content-Type: application/octet-stream", "X-Session-Token: "+d.token)
		})
	}
	wait.Wait()
	made, lost := 0, []string{}
	for _, r := range replies {
		if r.status == 201 {
			made++
			continue
		}
		r.want(400, `"error_code": 13`)
		lost = append(lost, "used")
	}
	if n := w.folders(); made != 1 || n != 1 {
		t.Errorf("%d answers, %d folders", made, n)
	}
	w.refusals(before, lost...)
}

func TestAContainerThatCannotBeOpenedSpendsItsSession(t *testing.T) {
	w := newWorld(t, Config{})
	other := w.draw(`{}`)
	for name, spoil := range map[string]func(d drawn) string{
		"edited":           func(d drawn) string { c := []byte(w.sealed(d, w.content(d, nil))); c[len(c)/2] ^= 1; return string(c) },
		"cut off":          func(d drawn) string { c := w.sealed(d, w.content(d, nil)); return c[:len(c)-20] },
		"of another token": func(d drawn) string { return w.sealed(drawn{key: d.key, token: other.token}, w.content(d, nil)) },
		"for another key":  func(d drawn) string { return w.sealed(drawn{key: anotherKey(t), token: d.token}, w.content(d, nil)) },
		"another challenge": func(d drawn) string {
			return w.sealed(d, w.content(other, func(m *capture.Manifest) {
				m.Actions = m.Actions[:0]
				m.Photos = []capture.Photo{{Tag: "photo_x", Name: "p"}}
			}))
		},
		"no container": func(drawn) string { return form("payload", "{}") },
		"no zip":       func(d drawn) string { return w.sealed(d, []byte("frames")) },
	} {
		d := w.draw(`{"actions": ["video_selfie_smile"]}`)
		before := w.lastEntry()
		w.submit("/api/folders/", d.token, spoil(d)).want(400, `"error_code": 14`, "multipart/form-data")
		spent := false
		for _, e := range w.entries(before) {
			spent = spent || e.Object == "capture_session" && strings.Contains(e.Changed, "outcome=")
		}
		if !spent {
			t.Errorf("%s: no entry of it", name)
		}
		w.submit("/api/folders/", d.token, w.sealed(d, w.content(d, nil))).want(400, `"error_code": 13`)
	}
	if n := w.folders(); n != 0 {
		t.Errorf("%d folders", n)
	}
}

func anotherKey(t *testing.T) []byte {
	raw, err := capture.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	k, err := capture.ReadKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	return k.Public
}

func TestASessionTokenThatIsNotGoodIsRefusedAndNoted(t *testing.T) {
	w := newWorld(t, Config{})
	d := w.draw(`{"actions": ["video_selfie_smile"], "analyses": []}`)
	container := w.sealed(d, w.content(d, nil))
	before := w.lastEntry()
	w.submit("/api/folders/", "", container).want(400, `"error_code": 13`, "X-Session-Token")
	w.submit("/api/folders/", "a.b.c", container).want(400, `"error_code": 13`)
	w.submit("/api/folders/", d.token+"A", container).want(400, `"error_code": 13`)
	w.refusals(before, "missing", "foreign_signature", "foreign_signature")
	w.as(bonafide.Client, w.otherCompany())
	before = w.lastEntry()
	w.submit("/api/folders/", d.token, container).want(400, `"error_code": 13`, "not known")
	w.refusals(before, "foreign_company")
	w.signIn("a.user@bank.example")
	w.submit("/api/folders/?session_token="+d.token, "", container).want(201)
	late := w.draw(`{"actions": ["video_selfie_smile"], "analyses": []}`)
	w.clock.add(10 * time.Minute)
	before = w.lastEntry()
	w.submit("/api/folders/", late.token, w.sealed(late, w.content(late, nil))).want(400, `"error_code": 13`, "expired")
	w.refusals(before, "expired")
	if n := w.folders(); n != 1 {
		t.Errorf("%d folders", n)
	}
}

func TestWhatSpeaksAgainstACaptureIsKeptWithItsMedia(t *testing.T) {
	w := newWorld(t, Config{})
	d := w.draw(`{"actions": ["video_selfie_smile", "video_selfie_left"], "analyses": []}`)
	content := w.content(d, func(m *capture.Manifest) { m.Actions[0].Action, m.Actions[1].Action = d.actions[1], d.actions[0] })
	w.submit("/api/folders/", d.token, w.sealed(d, content)).want(201, `"injection": [{"code": "action_out_of_order", "weight": 1}]`)
	first := w.draw(`{"actions": ["video_selfie_smile"], "analyses": []}`)
	again := w.draw(`{"actions": ["video_selfie_smile"], "analyses": []}`)
	m, names := capturetest.Recording(first.challenge, first.actions...)
	frame := freshFrame()
	frames := func(i int) []byte { return fmt.Append(nil, string(frame), i) }
	raw, err := capturetest.Filled(m, names, frames)
	w.must(err)
	w.submit("/api/folders/", first.token, w.sealed(first, raw)).want(201, `"injection": []`)
	m.ChallengeID = again.challenge
	raw, err = capturetest.Filled(m, names, frames)
	w.must(err)
	w.submit("/api/folders/", again.token, w.sealed(again, raw)).want(201, `"injection_duplicate_frames"`)
}

func TestAChallengeIsNotAnsweredByLeavingTheJudgingOut(t *testing.T) {
	w := newWorld(t, Config{})
	w.work(judged(bonafide.Success))
	d := w.draw(`{"draw": 2}`)
	m, _ := capturetest.Recording(d.challenge)
	m.Analyses = []string{"biometry"}
	m.Photos = []capture.Photo{{Tag: "photo_id_front", Name: "photo/0.jpg"}, {Tag: "photo_selfie", Name: "photo/1.jpg"}}
	photos, err := capturetest.Filled(m, []string{"photo/0.jpg", "photo/1.jpg"}, func(int) []byte { return freshFrame() })
	w.must(err)
	w.submit("/api/folders/", d.token, w.sealed(d, photos)).want(400, `"error_code": 14`, "it lacks what was to be captured")
	d = w.draw(`{"draw": 2, "analyses": ["collection"]}`)
	w.submit("/api/folders/", d.token, w.sealed(d, w.content(d, nil))).want(201, `"QUALITY"`)
}

func TestAnInstantCallTakesAContainerOnce(t *testing.T) {
	w := newWorld(t, Config{})
	d := w.draw(`{"actions": ["video_selfie_smile"]}`)
	container := w.sealed(d, w.content(d, nil))
	w.submit(instantPath, d.token, container).want(201, `"QUALITY"`, `"SHOTS_SET_FOLDER"`)
	w.submit(instantPath, d.token, container).want(400, `"error_code": 13`)
	if n := w.folders(); n != 0 {
		t.Errorf("%d folders", n)
	}
}

func TestAPersonHasSoManyDraws(t *testing.T) {
	w := newWorld(t, Config{})
	for range 3 {
		w.post(sessionPath, `{"draw": 2, "end_user_id": "ada"}`).want(200)
	}
	r := w.post(sessionPath, `{"draw": 2, "end_user_id": "ada"}`).want(429, `"error_code": 101`)
	if after := r.header.Get("Retry-After"); after != "3600" {
		t.Errorf("again after %s", after)
	}
	w.post(sessionPath, `{"draw": 2, "end_user_id": "eve"}`).want(200)
	for _, body := range []string{`{"draw": 4}`, `{"draw": 0}`, `{"draw": 1, "actions": ["video_selfie_smile"]}`, `{"actions": ["video_selfie_dance"]}`, `{"analyses": ["palmistry"]}`,
		`{"end_user_id": "` + strings.Repeat("x", 257) + `"}`} {
		w.post(sessionPath, body).want(400, `"error_code": 4`)
	}
}
