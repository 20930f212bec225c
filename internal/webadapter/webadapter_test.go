package webadapter

import (
	"crypto/ed25519"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/license"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

const selfie = "video_selfie_blank"

// noContainer are settings before an API that knows no containers.
const noContainer = `{"use_wasm_container": false}`

func TestEachModeShowsWhatItMayAndNoMore(t *testing.T) {
	quality := `"quality":{"state":"finished","resolution":"DECLINED"}`
	for mode, want := range map[string]string{
		appconfig.Safe:       `{"event_session_id":"ID","state":"finished"}`,
		appconfig.Status:     `{"analyses":{` + quality + `},"event_session_id":"ID","state":"finished"}`,
		appconfig.FolderMode: `{"analyses":{` + quality + `},"event_session_id":"ID","folder_id":"f0","state":"finished"}`,
	} {
		w := newWorld(t, `{"use_wasm_container": false, "result_mode": "`+mode+`"}`, &vendor{verdict: "DECLINED"})
		id, headers, _ := w.begin(`{}`)
		w.upload(headers, selfie).want(200)
		if got := strings.ReplaceAll(w.result(id).body, id, "ID"); got != want {
			t.Errorf("%s: %s", mode, got)
		}
	}
	w := newWorld(t, `{"use_wasm_container": false, "result_mode": "full"}`, &vendor{verdict: "SUCCESS"})
	id, headers, _ := w.begin(`{"meta": {"transaction_id": "T-1"}}`)
	w.upload(headers, selfie).want(200)
	full := w.result(id).want(200, `"folder_id":"f0"`, `"threshold_spoofing":0.5`, `"confidence_spoofing":0.012`, `"transaction_id":"T-1"`, `"company_id":"c"`, `"group_id":"g"`)
	result := full.json()["analyses"].(map[string]any)["quality"].(map[string]any)["result_json"].(map[string]any)
	image := result["source_media"].([]any)[0].(map[string]any)["images"].([]any)[0].(map[string]any)
	if image["original_url"] != "https://api.example/static/best" {
		t.Errorf("the path of the best shot leads to %v", image)
	}
	if strings.Contains(full.body, "internal_note") {
		t.Error("what nobody listed is shown")
	}
}

func TestAnalysesAreShownWhileTheyRun(t *testing.T) {
	w := newWorld(t, `{"use_wasm_container": false, "result_mode": "status"}`, &vendor{})
	id, headers, _ := w.begin(`{}`)
	w.upload(headers, selfie).want(200, `{"analyses":{"quality":{"state":"processing","resolution":""}}`, `"state":"processing"`)
	w.get("/request.php?esid="+id).want(200, `"quality":{"state":"processing","resolution":""}`)
	w.api.judge("SUCCESS")
	w.result(id).want(200, `"quality":{"state":"finished","resolution":"SUCCESS"}`)
}

func TestWhileAnalysesRunEachModeShowsWhatIsDocumented(t *testing.T) {
	for mode, want := range map[string]string{
		appconfig.Safe:       `{"event_session_id":"ID","state":"processing"}`,
		appconfig.Status:     `{"analyses":{"quality":{"state":"processing","resolution":""}},"event_session_id":"ID","state":"processing"}`,
		appconfig.FolderMode: `{"analyses":{"quality":{"state":"processing","resolution":""}},"event_session_id":"ID","state":"processing"}`,
		appconfig.Full:       `{"analyses":{"quality":{"state":"processing","resolution":""}},"event_session_id":"ID","state":"processing"}`,
	} {
		w := newWorld(t, `{"use_wasm_container": false, "result_mode": "`+mode+`"}`, &vendor{})
		id, headers, _ := w.begin(`{}`)
		first := w.upload(headers, selfie).want(200).body
		for len(w.api.made()) == 0 {
			time.Sleep(time.Millisecond)
		}
		for _, got := range []string{first, w.get("/request.php?esid=" + id).want(200).body} {
			if got = strings.ReplaceAll(got, id, "ID"); got != want {
				t.Errorf("%s: %s", mode, got)
			}
		}
	}
}

func TestAPageMayOnlyNarrow(t *testing.T) {
	for _, c := range [][3]string{{appconfig.Full, appconfig.Safe, appconfig.Safe}, {appconfig.Full, appconfig.Status, appconfig.Status}, {appconfig.Safe, appconfig.Full, appconfig.Safe}, {appconfig.Status, appconfig.FolderMode, appconfig.Status}, {appconfig.FolderMode, "", appconfig.FolderMode}, {appconfig.FolderMode, "all", appconfig.FolderMode}} {
		if got := narrowed(c[0], c[1]); got != c[2] {
			t.Errorf("of %s asking for %q: %s", c[0], c[1], got)
		}
	}
	w := newWorld(t, `{"use_wasm_container": false, "result_mode": "safe"}`, &vendor{verdict: "SUCCESS"})
	id, headers, _ := w.begin(`{"result_mode": "full"}`)
	w.upload(headers, selfie)
	if got := w.result(id).json(); len(got) != 2 {
		t.Errorf("it shows %v", got)
	}
}

func TestTheTokenStaysWithTheServer(t *testing.T) {
	w := newWorld(t, `{"debug": true, "result_mode": "full", "use_wasm_container": false}`, &vendor{verdict: "SUCCESS"})
	id, headers, _ := w.begin(`{}`)
	bodies := []string{w.get("/config.php").body, w.get("/debug.php").want(200, `"api_token":"***"`).body, w.post("/init.php", `{}`).body, w.upload(headers, selfie).body, w.result(id).body}
	bad := w.send("POST", "/request.php", []byte("x"), append(headers, "Content-Type: application/octet-stream")...)
	for _, b := range append(bodies, bad.body) {
		if strings.Contains(b, secret) {
			t.Errorf("the token is in %s", b)
		}
	}
	if !slices.Contains(w.api.tokens, secret) {
		t.Error("the API was asked without the token")
	}
	plain := newWorld(t, `{}`, &vendor{})
	plain.get("/debug.php").want(404)
}

func TestACaptureInPartsBecomesOneRequest(t *testing.T) {
	w := newWorld(t, `{"use_wasm_container": false, "analyses": {"quality": true, "biometry": true, "documents": true}}`, &vendor{verdict: "SUCCESS"})
	actions := []string{"photo_id_front", "photo_id_back", "video_selfie_best", "video_selfie_smile"}
	id, headers, told := w.begin(`{"actions": ["photo_id_front","photo_id_back","video_selfie_best","video_selfie_smile"], "meta": {"iin": "1"}, "params": {"extract_best_shot": false}}`)
	if told["container"] != nil || told["action_seconds"] != 10.0 {
		t.Errorf("told %v", told)
	}
	w.upload(headers, actions...).want(200)
	w.result(id).want(200)
	f := w.api.made()[0]
	want := map[string]any{
		"folder:meta_data": map[string]any{"iin": "1", "event_session_id": id},
		"media:tags": map[string]any{"photo0": []any{"photo_id", "photo_id_front"}, "photo1": []any{"photo_id", "photo_id_back"},
			"video0": []any{"video_selfie", "video_selfie_oneshot", "orientation_portrait"}, "video1": []any{"video_selfie", "video_selfie_smile", "orientation_portrait"}},
		"analyses": []any{map[string]any{"type": "quality", "params": map[string]any{"extract_best_shot": false}}, map[string]any{"type": "biometry"}, map[string]any{"type": "documents"}},
	}
	for key, value := range want {
		if !reflect.DeepEqual(f.payload[key], value) {
			t.Errorf("%s is %v", key, f.payload[key])
		}
	}
	if len(f.files) != 4 || string(f.files["photo1"]) != "picture of photo_id_back" || f.session != "a.b.c" {
		t.Errorf("files %d, session token %q", len(f.files), f.session)
	}
}

func TestACaptureMustBeWhatWasAskedFor(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{verdict: "SUCCESS"})
	for reason, sent := range map[string][]string{
		"action_missing":      {"video_selfie_left"},
		"action_out_of_order": {"video_selfie_smile", "video_selfie_left"},
	} {
		id, headers, _ := w.begin(`{"actions": ["video_selfie_left", "video_selfie_smile"]}`)
		w.upload(headers, sent...)
		w.result(id).want(400, `"code":"upload_failed"`, `"reason":"`+reason+`"`)
	}
	if n := len(w.api.made()); n != 0 {
		t.Errorf("%d folders were made", n)
	}
}

func TestAContainerIsHandedOnAsItIs(t *testing.T) {
	w := newWorld(t, `{"result_mode": "status"}`, &vendor{draws: true, verdict: "SUCCESS"})
	id, headers, told := w.begin(`{"draw": 2, "meta": {"end_user_id": "u1"}}`)
	if told["challenge_id"] != "ch" || told["expires_at"] != 1893456000.0 || told["container"] == nil ||
		!reflect.DeepEqual(told["actions"], []any{"video_selfie_smile", "video_selfie_left"}) {
		t.Errorf("told %v", told)
	}
	if ask := w.api.asks[0]; ask.Draw != 2 || ask.EndUserID != "u1" {
		t.Errorf("asked for %+v", ask)
	}
	w.upload(headers, "video_selfie_smile", "video_selfie_left").want(400, "sealed container")
	w.send("POST", "/request.php", []byte("BFC1 sealed"), append(headers, "Content-Type: application/octet-stream")...).want(200)
	w.result(id).want(200, `"resolution":"SUCCESS"`)
	if f := w.api.made()[0]; f.contentType != sealedType || string(f.body) != "BFC1 sealed" || f.session != "a.b.c" {
		t.Errorf("handed on as %s %q with %q", f.contentType, f.body, f.session)
	}
}

func TestAnUploadGoesOnWhereItStood(t *testing.T) {
	w := newWorld(t, `{}`, &vendor{draws: true, verdict: "SUCCESS"})
	id, headers, _ := w.begin(`{"actions": ["video_selfie_blank"]}`)
	whole := strings.Repeat("0123456789", 100)
	piece := func(offset string, part string) answer {
		return w.send("POST", "/request.php?offset="+offset+"&total=1000", []byte(part), append(headers, "Content-Type: application/octet-stream")...)
	}
	piece("0", whole[:400]).want(200, `"state":"uploading"`, `"received":400`)
	piece("500", whole[500:]).want(409, `"received":400`)
	piece("0", whole[:400]).want(409, `"received":400`)
	piece("400", whole[400:]+"more").want(409, `"received":400`)
	w.restart()
	w.get("/request.php?received=1&esid="+id).want(200, `"received":400`)
	w.get("/request.php?esid="+id).want(200, `"state":"uploading"`)
	piece("400", whole[400:900]).want(200, `"received":900`)
	w.send("POST", "/request.php?offset=900&total=2000", []byte("x"), headers...).want(409)
	piece("900", whole[900:]).want(200, `"state":"processing"`)
	w.result(id).want(200)
	if got := string(w.api.made()[0].body); got != whole {
		t.Errorf("%d bytes arrived", len(got))
	}
	w.dropped(id)
	for _, bad := range []string{"offset=-1&total=5", "offset=a&total=5", "offset=0&total=0", "offset=6&total=5"} {
		w.send("POST", "/request.php?"+bad, []byte("x"), headers...).want(409)
	}
}

func TestPicturesOfAnEndedSessionGoWithTheNextStart(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{verdict: "SUCCESS"})
	id, headers, _ := w.begin(`{}`)
	w.upload(headers, selfie).want(200)
	w.result(id).want(200)
	w.dropped(id)
	if err := os.WriteFile(w.cfg.Dir+"/"+id+"/"+bodyFile, []byte("of a process that was killed"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Minute) // its lease ends
	w.restart()
	w.dropped(id)
}

func TestASessionHasOneCapture(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{verdict: "SUCCESS"})
	id, headers, _ := w.begin(`{}`)
	w.upload(headers, selfie).want(200)
	w.result(id).want(200)
	w.upload(headers, selfie).want(409, `"code":"session_token_error"`, `"state":"finished"`)
	w.upload([]string{"esid: " + id, "X-Session-Token: another"}, selfie).want(403, "session_token_error")
	w.upload([]string{"esid: ../../etc", headers[1]}, selfie).want(404, "session_token_error")
	if n := len(w.api.made()); n != 1 {
		t.Errorf("%d folders were made", n)
	}
}

func TestASessionEnds(t *testing.T) {
	w := newWorld(t, `{"use_wasm_container": false, "delete_old_sessions_offset_minutes": 30}`, &vendor{verdict: "SUCCESS"})
	id, headers, _ := w.begin(`{}`)
	w.post("/event.php", `{"events": [{"event": "action_start", "t_ms": 5}]}`, headers...).want(204)
	w.pass(29 * time.Minute)
	w.get("/request.php?esid=" + id).want(200)
	w.pass(time.Minute)
	w.get("/request.php?esid=" + id).want(404)
	w.upload(headers, selfie).want(404)
	w.restart() // which begins with a sweep
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(time.Millisecond) {
		if _, err := os.Stat(w.cfg.Dir + "/" + id); err != nil {
			break
		}
	}
	if left, _ := os.ReadDir(w.cfg.Dir); len(left) != 0 {
		t.Errorf("%d sessions are left", len(left))
	}
	w.api.mu.Lock()
	defer w.api.mu.Unlock()
	if len(w.api.events) != 1 || w.api.events[0]["session_id"] != id {
		t.Errorf("the journal of a capture that nobody ended: %v", w.api.events)
	}
}

func TestARestartSendsNothingTwice(t *testing.T) {
	w := newWorld(t, `{"use_wasm_container": false, "result_mode": "status"}`, &vendor{})
	id, headers, _ := w.begin(`{}`)
	w.upload(headers, selfie).want(200)
	for len(w.api.made()) == 0 {
		time.Sleep(time.Millisecond)
	}
	w.stop() // while the analyses run
	w.pass(time.Minute)
	w.api.judge("DECLINED")
	w.restart()
	w.result(id).want(200, `"resolution":"DECLINED"`)
	if n := len(w.api.made()); n != 1 {
		t.Errorf("%d folders were made", n)
	}
}

func TestTheAPIMayBeAwayForAMoment(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{verdict: "SUCCESS", down: 1})
	id, headers, _ := w.begin(`{}`)
	w.upload(headers, selfie).want(200)
	w.result(id).want(200, `"state":"finished"`)
}

func TestTheJournalIsStoredUnderTheSession(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{verdict: "SUCCESS"})
	id, headers, _ := w.begin(`{}`)
	w.post("/event.php", `{"events": [{"event": "action_start", "t_ms": 12.5, "context": {"action": "video_selfie_blank"}}]}`, headers...).want(204)
	w.post("/event.php", `{"events": [{"event": "<b>", "t_ms": 1}]}`, headers...).want(400)
	w.post("/event.php", `{"events": []}`, "esid: 00000000-0000-4000-8000-000000000000").want(404)
	w.post("/tm.php", `anything`).want(204)
	w.upload(headers, selfie)
	w.result(id)
	until := time.Now().Add(30 * time.Second)
	for {
		w.api.mu.Lock()
		got := slices.Clone(w.api.events)
		w.api.mu.Unlock()
		if len(got) > 0 {
			if got[0]["session_id"] != id || got[0]["folder_id"] != "f0" || len(got[0]["events"].([]any)) != 1 {
				t.Errorf("stored %v", got[0])
			}
			return
		}
		if time.Now().After(until) {
			t.Fatal("the journal is not stored")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestALicenceNamesOrigins(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := license.Sign(license.License{Product: license.Web, Origins: []string{"https://bank.example"}}, private)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, noContainer, &vendor{})
	if w.cfg.License, err = license.Read(raw, public); err != nil {
		t.Fatal(err)
	}
	w.restart()
	w.post("/init.php", `{}`, "Origin: https://bank.example").want(200)
	w.post("/init.php", `{}`, "Origin: https://id.example").want(200)
	w.post("/init.php", `{"origin": "https://bank.example"}`, "Origin: https://id.example").want(200)
	for _, origin := range []string{"https://evil.example", "http://bank.example", "null"} {
		w.post("/init.php", `{"origin": "https://bank.example"}`, "Origin: "+origin).want(403, `"code":"license_origin_error"`)
	}
	w.post("/init.php", `{"origin": "https://evil.example"}`, "Origin: https://id.example").want(403, `"code":"license_origin_error"`)
	w.post("/init.php", `{}`).want(403)
	if csp := w.get("/capture/frame").header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors https://bank.example") {
		t.Errorf("the frame: %s", csp)
	}
}

func TestActionsAreThoseOfTheSettings(t *testing.T) {
	s := appconfig.Default()
	for _, bad := range [][]string{{"video_selfie_wink"}, {"photo_passport"}, {"<b>"}, {"photo_id_front", "photo_id_front"}, make([]string, 11)} {
		if _, err := planOf(&s, bad, 0); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if p, err := planOf(&s, nil, 0); err != nil || !slices.Equal(p.actions, []string{selfie}) || p.draw != 0 {
		t.Errorf("the default is %+v, %v", p, err)
	}
	if p, err := planOf(&s, []string{"video_selfie_left"}, 0); err != nil || !slices.Equal(p.actions, []string{"video_selfie_left"}) {
		t.Errorf("a page's own: %+v, %v", p, err)
	}
	s.DefaultImportance = true
	if p, _ := planOf(&s, []string{"video_selfie_left"}, 0); !slices.Equal(p.actions, []string{selfie}) {
		t.Errorf("the settings do not win: %+v", p)
	}
	s.Defaults = appconfig.DefaultActions{VideoCount: 3, PhotoFront: true, PhotoBack: true}
	p, _ := planOf(&s, nil, 0)
	if len(p.actions) != 5 || !slices.Equal(p.actions[:2], []string{actionFront, actionBack}) || !slices.Contains(p.actions, selfie) {
		t.Errorf("with a required one: %+v", p)
	}
	s.RequiredActions = nil
	if p, _ = planOf(&s, nil, 0); p.draw != 3 || len(p.actions) != 2 {
		t.Errorf("an API that draws: %+v", p)
	}
}

func TestAtLeastOneGestureIsNoTurn(t *testing.T) {
	s := appconfig.Default()
	s.VideoActions = []string{"video_selfie_left", "video_selfie_right", "video_selfie_smile", "video_selfie_blank"}
	first := map[string]int{}
	for range 500 {
		got := pick(&s, 2, nil)
		if len(got) != 2 || got[0] == got[1] || !slices.Contains(got, "video_selfie_smile") {
			t.Fatalf("drawn %v", got)
		}
		first[got[0]]++
	}
	if len(first) != 3 {
		t.Errorf("the first one is among %v only", first)
	}
}

func TestPagesOfAnAPIThatDrawsNothingAreDrawnFor(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{})
	_, _, told := w.begin(`{"draw": 2}`)
	if actions := told["actions"].([]any); len(actions) != 2 || told["challenge_id"] != "" || told["session_token"] != "a.b.c" {
		t.Errorf("told %v", told)
	}
}

func TestWithLiteTheBestFrameDecides(t *testing.T) {
	w := newWorld(t, `{"architecture": "lite", "result_mode": "status"}`, &vendor{})
	id, headers, told := w.begin(`{}`)
	if told["session_token"] != nil || told["container"] != nil {
		t.Errorf("told %v", told)
	}
	w.upload(headers, selfie).want(200)
	w.result(id).want(200, `"quality":{"state":"finished","resolution":"SUCCESS"}`)
	id, headers, _ = w.begin(`{"actions": ["video_selfie_smile"]}`)
	body, contentType := w.parts("video_selfie_smile")
	body = []byte(strings.Replace(string(body), "best of video_selfie_smile", "best, but a spoof of it...", 1))
	w.send("POST", "/request.php", body, append(headers, "Content-Type: "+contentType)...)
	w.result(id).want(200, `"quality":{"state":"finished","resolution":"DECLINED"}`)
}

func TestWithCaptureMediaStayWithThePage(t *testing.T) {
	w := newWorld(t, `{"architecture": "capture", "api_use_session_token": "client"}`, &vendor{draws: true})
	w.post("/init.php", `{}`).want(400, "session_token_error")
	w.post("/init.php", `{"session_token": "none"}`).want(400, "session_token_error")
	// {"exp":1893456000,"actions":["video_selfie_up"],"challenge_id":"ch"}
	token := "e30.eyJleHAiOjE4OTM0NTYwMDAsImFjdGlvbnMiOlsidmlkZW9fc2VsZmllX2hpZ2giXSwiY2hhbGxlbmdlX2lkIjoiY2gifQ.c2ln"
	_, headers, told := w.begin(`{"session_token": "` + token + `"}`)
	if !reflect.DeepEqual(told["actions"], []any{"video_selfie_high"}) || told["expires_at"] != 1893456000.0 || told["session_token"] != token {
		t.Errorf("told %v", told)
	}
	w.upload(headers, "video_selfie_high").want(400, "config_error")
	w = newWorld(t, `{"use_wasm_container": false, "api_use_session_token": "client", "video_required_actions_list": []}`, &vendor{})
	_, _, told = w.begin(`{"session_token": "` + token + `", "actions": ["video_selfie_smile"]}`)
	if !reflect.DeepEqual(told["actions"], []any{"video_selfie_smile"}) {
		t.Errorf("of a token that nobody checks: %v", told)
	}
	if _, _, told = w.begin(`{"session_token": "` + token + `", "draw": 2}`); len(told["actions"].([]any)) != 2 {
		t.Errorf("a token that draws nothing: %v", told)
	}
	// {"exp":1893456000,"actions":["video_selfie_left"],"challenge_id":"ch","ekid":"00112233"}
	token = "e30.eyJleHAiOjE4OTM0NTYwMDAsImFjdGlvbnMiOlsidmlkZW9fc2VsZmllX2xlZnQiXSwiY2hhbGxlbmdlX2lkIjoiY2giLCJla2lkIjoiMDAxMTIyMzMifQ.c2ln"
	w = newWorld(t, `{"use_wasm_container": false, "api_use_session_token": "client"}`, &vendor{draws: true})
	_, _, told = w.begin(`{"session_token": "` + token + `"}`)
	if !reflect.DeepEqual(told["actions"], []any{"video_selfie_left"}) || told["container"] != nil {
		t.Errorf("of a token that the API holds an upload to: %v", told)
	}
}

func TestTheClientsTokenIsUsedWhereTheSettingsSaySo(t *testing.T) {
	for use, want := range map[string]string{appconfig.FromClient: "of-the-page", appconfig.FromConfig: secret} {
		w := newWorld(t, `{"use_wasm_container": false, "api_use_token": "`+use+`"}`, &vendor{verdict: "SUCCESS"})
		id, headers, _ := w.begin(`{"token": "of-the-page"}`)
		w.upload(headers, selfie)
		w.result(id).want(200)
		if w.api.mu.Lock(); slices.Compact(slices.Clone(w.api.tokens))[0] != want {
			t.Errorf("%s: %q", use, w.api.tokens)
		}
		w.api.mu.Unlock()
	}
}

func TestOneNetworkCannotTakeAll(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{})
	w.cfg.Limits = Limits{Begun: 3, Told: 5, Sessions: 5}
	w.restart()
	for range 3 {
		w.post("/init.php", `{}`).want(200)
	}
	if a := w.post("/init.php", `{}`).want(429, "server_unreachable"); a.header.Get("Retry-After") == "" {
		t.Error("it is not told when to come again")
	}
	w.pass(11 * time.Minute)
	w.post("/init.php", `{}`).want(200)
	for range 5 {
		w.post("/tm.php", "").want(204)
	}
	w.post("/tm.php", "").want(429)
	w.pass(11 * time.Minute)
	w.post("/init.php", `{}`).want(200)
	if a := w.post("/init.php", `{}`).want(503); a.header.Get("Retry-After") == "" {
		t.Error("it is not told when to come again")
	}
	w.post("/init.php", `{"meta": {"a": "`+strings.Repeat("x", maxInit)+`"}}`).want(413, "upload_failed")
}

func TestATenantHasSettingsOfItsOwn(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{verdict: "SUCCESS"})
	tenant := w.cfg.Settings
	tenant.LangDefault, tenant.ResultMode = "ru", appconfig.Status
	w.cfg.Tenants = map[string]appconfig.Settings{"bank": tenant}
	w.restart()
	w.get("/bank/plugin_liveness.php").want(200, "OzLiveness")
	w.get("/bank/config.php").want(200, `"lang":"ru"`, `"tracker":"/bank/plugin/tracker-abc.js"`)
	w.get("/bank/plugin/tracker-abc.js").want(200)
	w.get("/stranger/config.php").want(404)
	w.get("/bank/").want(404)
	told := w.post("/bank/init.php", `{}`).want(200).json()
	id := told["event_session_id"].(string)
	w.get("/request.php?esid=" + id).want(404)
	w.get("/bank/request.php?esid="+id).want(200, `"uploading"`)
}

func TestWhatIsWrongIsSaidInOneForm(t *testing.T) {
	w := newWorld(t, noContainer, &vendor{})
	w.send("DELETE", "/init.php", nil).want(405, `"code":"config_error"`, `"context":{}`, `"message":`)
	w.post("/init.php", `[1]`).want(400, "config_error")
	w.post("/init.php", `{"actions": ["video_selfie_wink"]}`).want(400, "config_error")
	_, headers, _ := w.begin(`{}`)
	w.send("POST", "/request.php", []byte("x"), append(headers, "Content-Type: text/plain")...).want(415, "upload_failed")
	w.send("POST", "/request.php", nil, append(headers, "Content-Type: application/octet-stream")...).want(400, "upload_failed")
	if a := w.send("OPTIONS", "/init.php", nil, "Origin: https://bank.example"); a.status != 204 || a.header.Get("Access-Control-Allow-Origin") != "*" ||
		!strings.Contains(a.header.Get("Access-Control-Allow-Headers"), "esid") {
		t.Errorf("preflight: %d %v", a.status, a.header)
	}
}
