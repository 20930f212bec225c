package ozapi

import (
	"archive/zip"
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

// recording is an archive of fresh frames, a second of them from a time on.
func (w *world) recording(fromMS int) string {
	w.t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 15 {
		f, err := z.Create(fmt.Sprintf("%06d.jpg", fromMS+i*66))
		w.must(err)
		_, err = f.Write(freshFrame())
		w.must(err)
	}
	w.must(z.Close())
	return b.String()
}

// inParts sends actions in the order given as an ordinary upload with a session token, half
// a minute after the draw.
func (w *world) inParts(path, token, analyses string, actions ...string) *reply {
	w.t.Helper()
	w.clock.add(30 * time.Second)
	tags, parts := "", []string{}
	for i, a := range actions {
		tags += fmt.Sprintf(`%s"video%d": ["video_selfie", %q]`, map[bool]string{true: ", "}[i > 0], i, a)
		parts = append(parts, filePart(fmt.Sprint("video", i), "frames.zip", w.recording(i*3000)))
	}
	parts = append(parts, disposition+`"payload"`+"\r\n\r\n"+`{"media:tags": {`+tags+`}, "analyses": [`+analyses+`]}`)
	return w.send("POST", path, form(parts...), "Content-Type: "+multipartB, "X-Session-Token: "+token)
}

func TestAnUploadWithASessionTokenIsHeldToTheDraw(t *testing.T) {
	w := newWorld(t, Config{})
	w.work(judged(bonafide.Success))
	d := w.draw(`{"draw": 2}`)
	r := w.inParts("/api/folders/", d.token, ``, d.actions...).want(201, `"QUALITY"`)
	if got := r.text("technical_meta_data", "capture", "challenge_id"); got != string(d.challenge) {
		t.Errorf("the folder is of challenge %s", got)
	}
	hints := func(r *reply) (codes []string) {
		for i := range r.count("media", 0, "technical_meta_data", "injection") {
			if r.number("media", 0, "technical_meta_data", "injection", i, "weight") == 1 {
				codes = append(codes, r.text("media", 0, "technical_meta_data", "injection", i, "code"))
			}
		}
		return codes
	}
	if got := hints(r); len(got) != 0 {
		t.Errorf("what was drawn is met with %v", got)
	}
	before := w.lastEntry()
	w.inParts("/api/folders/", d.token, ``, d.actions...).want(400, `"error_code": 13`, "used before")
	w.refusals(before, "used")
	for why, sent := range map[string][]string{
		bonafide.ReasonActionOrder:   {d.actions[1], d.actions[0]},
		bonafide.ReasonActionMissing: {d.actions[0]},
	} {
		again := w.draw(`{"actions": ["` + d.actions[0] + `", "` + d.actions[1] + `"]}`)
		if got := hints(w.inParts("/api/folders/", again.token, ``, sent...).want(201, `"QUALITY"`)); len(got) != 1 || got[0] != why {
			t.Errorf("%v is met with %v, want %s", sent, got, why)
		}
	}
}

func TestAnUploadWithASessionTokenIsJudgedWhateverItOrders(t *testing.T) {
	w := newWorld(t, Config{})
	w.work(judged(bonafide.Success))
	for analyses, want := range map[string]int{
		``:                    1,
		`{"type": "quality"}`: 1,
		`{"type": "quality", "params": {"verify_gestures": false}}`: 2,
		`{"type": "quality", "source_media": ["video1"]}`:           2,
	} {
		d := w.draw(`{"draw": 2}`)
		if n := w.inParts("/api/folders/", d.token, analyses, d.actions...).want(201).count("analyses"); n != want {
			t.Errorf("[%s]: %d analyses, want %d", analyses, n, want)
		}
	}
	free := w.draw(`{}`)
	if n := w.inParts("/api/folders/", free.token, ``, "video_selfie_blank").want(201).count("analyses"); n != 0 {
		t.Errorf("a session that demands nothing orders %d analyses", n)
	}
	d := w.draw(`{"draw": 2}`)
	before := w.lastEntry()
	w.inParts("/api/folders/", d.token, ``).want(400, `"error_code": 14`, "lacks what was to be captured")
	if e := w.entries(before); len(e) == 0 || e[0].Object != "capture_session" {
		t.Errorf("noted is %+v", e)
	}
	w.inParts("/api/folders/", d.token, ``, d.actions...).want(400, `"error_code": 13`)
}

func TestAnUploadWithASessionTokenComesInTimeAndOnce(t *testing.T) {
	w := newWorld(t, Config{})
	d := w.draw(`{"actions": ["video_selfie_smile"], "analyses": []}`)
	before := w.lastEntry()
	w.inParts("/api/folders/", "a.b.c", ``, d.actions...).want(400, `"error_code": 13`)
	w.clock.add(10 * time.Minute)
	w.inParts("/api/folders/", d.token, ``, d.actions...).want(400, `"error_code": 13`, "expired")
	w.refusals(before, "foreign_signature", "expired")
	once := w.draw(`{"actions": ["video_selfie_smile"]}`)
	w.inParts(instantPath, once.token, ``, once.actions...).want(201, `"QUALITY"`)
	before = w.lastEntry()
	w.inParts(instantPath, once.token, ``, once.actions...).want(400, `"error_code": 13`)
	w.refusals(before, "used")
	if n := w.folders(); n != 0 {
		t.Errorf("%d folders", n)
	}
	d = w.draw(`{"actions": ["video_selfie_smile"], "analyses": []}`)
	before = w.lastEntry()
	replies := make([]*reply, 4)
	var wait sync.WaitGroup
	for i := range replies {
		wait.Go(func() { replies[i] = w.inParts("/api/folders/", d.token, ``, d.actions...) })
	}
	wait.Wait()
	lost := []string{}
	for _, r := range replies {
		if r.status != 201 {
			r.want(400, `"error_code": 13`)
			lost = append(lost, "used")
		}
	}
	if n := w.folders(); n != 1 || len(lost) != 3 {
		t.Errorf("%d folders, %d refusals", n, len(lost))
	}
	w.refusals(before, lost...)
}
