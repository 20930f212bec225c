package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/pages"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/webadapter"
)

// browser sends what the plugin sends, without a browser.
type browser struct {
	t    *testing.T
	url  string
	data string // folder of the server
}

// ask sends a request and reads the JSON of its answer.
func (b browser) ask(method, path string, body []byte, want int, headers ...string) map[string]any {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if resp.StatusCode != want {
		b.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, raw)
	}
	answer := map[string]any{}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") && len(raw) > 0 {
		if err := json.Unmarshal(raw, &answer); err != nil {
			b.t.Fatalf("%s: %v", raw, err)
		}
	}
	answer["page"] = string(raw)
	return answer
}

// capture goes through a whole capture and gives the last answer. files are clips and
// photos by their actions, in order.
func (b browser) capture(prefix, begin string, files ...[2]string) (id string, result map[string]any) {
	b.t.Helper()
	told := b.ask("POST", prefix+"/init.php", []byte(begin), 200, "Content-Type", "application/json")
	id = told["event_session_id"].(string)
	token, _ := told["session_token"].(string)
	body, label := b.parts(files)
	b.ask("POST", prefix+"/event.php", []byte(`{"events":[{"event":"action_start","t_ms":5}]}`), 204, "esid", id)
	b.ask("POST", prefix+"/request.php", body, 200, "esid", id, "X-Session-Token", token, "Content-Type", label)
	until := time.Now().Add(3 * time.Minute)
	for {
		result = b.ask("GET", prefix+"/request.php?esid="+id, nil, 200)
		delete(result, "page")
		if result["state"] == "finished" {
			return id, result
		}
		if time.Now().After(until) {
			b.t.Fatalf("it does not end: %v", result)
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// parts is a capture in parts: frames of clips and photos.
func (b browser) parts(files [][2]string) (body []byte, label string) {
	b.t.Helper()
	var out bytes.Buffer
	m := multipart.NewWriter(&out)
	var videos, photos []map[string]string
	write := func(name string, raw []byte) {
		w, err := m.CreateFormFile(name, name)
		if err == nil {
			_, err = w.Write(raw)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	for _, f := range files {
		if filepath.Ext(f[1]) == ".jpg" {
			raw, err := os.ReadFile(f[1])
			if err != nil {
				b.t.Fatal(err)
			}
			write(fmt.Sprintf("photo%d", len(photos)), raw)
			photos = append(photos, map[string]string{"tag": f[0]})
			continue
		}
		frames := framesOf(b.t, f[1])
		for i := range frames { // a camera takes no picture twice, and what comes again is refused
			frames[i] = append(frames[i], bonafide.NewSecret(8)...)
		}
		write(fmt.Sprintf("video%d", len(videos)), zipped(b.t, frames))
		write(fmt.Sprintf("best%d", len(videos)), frames[len(frames)/2])
		videos = append(videos, map[string]string{"action": f[0]})
	}
	manifest, err := json.Marshal(map[string]any{"version": 1, "actions": videos, "photos": photos, "device": map[string]any{"camera": map[string]int{"width": 720, "height": 1280}}})
	if err == nil {
		err = m.WriteField("payload", string(manifest))
	}
	if err != nil {
		b.t.Fatal(err)
	}
	_ = m.Close()
	return out.Bytes(), m.FormDataContentType()
}

// framesOf gives frames of a clip as a browser encodes them.
func framesOf(t *testing.T, clip string) [][]byte {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.CommandContext(t.Context(), "ffmpeg", "-v", "error", "-i", clip, "-vf", "fps=15", "-frames:v", "12", "-q:v", "2", filepath.Join(dir, "%03d.jpg")).CombinedOutput()
	if err != nil {
		t.Fatalf("ffmpeg: %v %s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.jpg"))
	if err != nil || len(names) < 5 {
		t.Fatalf("%d frames, %v", len(names), err)
	}
	frames := make([][]byte, len(names))
	for i, name := range names {
		if frames[i], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return frames
}

func zipped(t *testing.T, frames [][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, frame := range frames {
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%06d.jpg", i*67)})
		if err == nil {
			_, err = w.Write(frame)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	_ = z.Close()
	return b.Bytes()
}

// captured runs the whole server with pages for capture.
func captured(t *testing.T, do func(context.Context, browser, *client.Client)) {
	t.Helper()
	set := modeltest.Starter(t)
	if set.PAD == nil {
		t.Skip("the starter set has no liveness model here")
	}
	dir := t.TempDir()
	for name, content := range map[string]string{
		"app_config.json":              `{"result_mode": "full", "use_wasm_container": false}`,
		"tenants/lite/app_config.json": `{"architecture": "lite", "result_mode": "status"}`,
		"tenants/bank/app_config.json": `{"architecture": "capture", "use_wasm_container": false}`,
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg := configOn(dataOf(t))
	opener, err := openMedia(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = opener.Close() })
	p := &pipeline{set: set, opener: opener, evaluator: &job.Evaluator{Set: set, Analyses: catalog.Analyses(), Policy: decision.Default(), Limit: analysisWithin}}
	serve := &config.Serve{SessionTTL: time.Hour, SingleWait: 4 * time.Minute, InstantBytes: 256 << 20, Lite: true, Listen: "127.0.0.1:0",
		Capture: config.Capture{WebAdapter: true, Demo: "auto", AppConfig: filepath.Join(dir, "app_config.json")}}
	err = p.served(t.Context(), cfg, serve, slog.New(slog.DiscardHandler), func(ctx context.Context, api *client.Client, url string) error {
		do(ctx, browser{t, url, cfg.Data}, api)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

const (
	selfie  = "video_selfie_blank"
	outcome = "resolution"
)

// clips of the evaluation folder.
func evaluationClips(t *testing.T) (live, replay, document string) {
	t.Helper()
	return modeltest.Shared(t, "data", "pad", "video", "live__Apfol__videos_real2.webm"), modeltest.Shared(t, "data", "pad", "video", "replay__Apfol__videos_fake2.webm"),
		modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0001.jpg")
}

func analysisOf(t *testing.T, result map[string]any, name string) map[string]any {
	t.Helper()
	all, _ := result["analyses"].(map[string]any)
	a, ok := all[name].(map[string]any)
	if !ok {
		t.Fatalf("there is no %s in %v", name, result)
	}
	return a
}

func TestPagesCaptureAndSeeWhatTheyMay(t *testing.T) {
	live, replay, document := evaluationClips(t)
	captured(t, func(ctx context.Context, b browser, api *client.Client) {
		id, safe := b.capture("", `{"result_mode": "safe", "meta": {"transaction_id": "T-1"}}`, [2]string{selfie, live})
		if len(safe) != 2 || safe["event_session_id"] != id {
			t.Errorf("safe shows %v", safe)
		}
		_, status := b.capture("", `{"result_mode": "status"}`, [2]string{selfie, live})
		if q := analysisOf(t, status, "quality"); len(q) != 2 || q["state"] != "finished" || q[outcome] != "SUCCESS" || status["folder_id"] != nil {
			t.Errorf("status shows %v", status)
		}
		id, full := b.capture("", `{"actions": ["photo_id_front", "video_selfie_blank"]}`, [2]string{"photo_id_front", document}, [2]string{selfie, replay})
		if analysisOf(t, full, "quality")[outcome] != "DECLINED" || analysisOf(t, full, "biometry")[outcome] != "DECLINED" {
			t.Errorf("a replay beside the photo of another person: %v", full)
		}
		_, shown := b.capture("", `{}`, [2]string{selfie, live})
		source := analysisOf(t, shown, "quality")["result_json"].(map[string]any)["source_media"].([]any)[0].(map[string]any)
		images, _ := source["images"].([]any)
		if len(images) == 0 {
			t.Fatalf("there is no best shot in %v", shown)
		}
		shot := images[0].(map[string]any)["original_url"].(string)
		if raw, err := api.Download(ctx, shot); err != nil || !bytes.HasPrefix(raw, []byte("\xff\xd8")) {
			t.Errorf("the best shot at %s: %v", shot, err)
		}
		folders, err := api.Folders(ctx, map[string][]string{"meta_data": {"event_session_id==" + id}})
		if err != nil || len(folders.Items) != 1 || string(folders.Items[0].ID) != full["folder_id"] {
			t.Fatalf("%+v, %v", folders, err)
		}
		events, err := api.FolderEvents(ctx, folders.Items[0].ID)
		for wait := 0; err == nil && len(events) == 0 && wait < 50; wait++ {
			time.Sleep(100 * time.Millisecond)
			events, err = api.FolderEvents(ctx, folders.Items[0].ID)
		}
		if err != nil || len(events) != 1 || string(events[0].ID) != id {
			t.Errorf("the journal: %+v, %v", events, err)
		}
	})
}

func TestArchitecturesDifferByTenant(t *testing.T) {
	live, replay, _ := evaluationClips(t)
	captured(t, func(_ context.Context, b browser, _ *client.Client) {
		for clip, want := range map[string]string{live: "SUCCESS", replay: "DECLINED"} {
			if _, lite := b.capture("/lite", `{}`, [2]string{selfie, clip}); analysisOf(t, lite, "quality")[outcome] != want || lite["folder_id"] != nil {
				t.Errorf("%s: %v", filepath.Base(clip), lite)
			}
		}
		told := b.ask("POST", "/bank/init.php", []byte(`{}`), 200)
		if told["session_token"] == nil {
			t.Errorf("told %v", told)
		}
		b.ask("POST", "/bank/request.php", []byte("x"), 400, "esid", told["event_session_id"].(string), "Content-Type", "application/octet-stream")
	})
}

func TestALinkIsUsedOnceAndItsResultIsTold(t *testing.T) {
	live, _, _ := evaluationClips(t)
	captured(t, func(ctx context.Context, b browser, api *client.Client) {
		link, err := api.CreateCaptureLink(ctx, client.LinkOptions{Actions: []string{selfie}, Lang: "ru", Meta: map[string]any{"transaction_id": "L-1"}, ExpiresIn: 600})
		if err != nil {
			t.Fatal(err)
		}
		path := "/c/" + string(link.ID)
		if link.URL != b.url+path {
			t.Errorf("it leads to %s", link.URL)
		}
		b.ask("GET", path, nil, 200)
		id, result := b.capture("", `{"link": "`+string(link.ID)+`", "meta": {"transaction_id": "of the page"}, "result_mode": "full"}`, [2]string{selfie, live})
		if len(result) != 2 {
			t.Errorf("the person sees %v", result)
		}
		b.ask("POST", "/init.php", []byte(`{"link": "`+string(link.ID)+`"}`), 410)
		used, err := api.CaptureLink(ctx, link.ID)
		for wait := 0; err == nil && used.FolderID == nil && wait < 50; wait++ {
			time.Sleep(100 * time.Millisecond)
			used, err = api.CaptureLink(ctx, link.ID)
		}
		if err != nil || used.FolderID == nil || used.UsedAt == nil {
			t.Fatalf("%+v, %v", used, err)
		}
		f, err := api.Folder(ctx, *used.FolderID)
		if err != nil || f.Meta["transaction_id"] != "L-1" || f.Meta["event_session_id"] != id {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

func TestAnAdapterAloneAsksAServerElsewhere(t *testing.T) {
	live, _, _ := evaluationClips(t)
	captured(t, func(ctx context.Context, b browser, _ *client.Client) {
		secret, err := os.ReadFile(filepath.Join(b.data, passwordFile))
		if err != nil {
			t.Fatal(err)
		}
		email, password, _ := strings.Cut(strings.TrimSpace(string(secret)), "\n")
		signed := b.ask("POST", "/api/authorize/auth", []byte(`{"credentials": {"email": "`+email+`", "password": "`+password+`"}}`), 200)
		alone := &config.Serve{Role: "webadapter", Capture: config.Capture{APIURL: b.url + "/api/", APIToken: signed["access_token"].(string), Demo: "off"}}
		capture, err := (&pages.Settings{Version: version, Data: t.TempDir(), Serve: alone, Log: slog.New(slog.DiscardHandler)}).Config()
		if err != nil {
			t.Fatal(err)
		}
		capture.Settings.ResultMode, capture.Settings.UseContainer = "folder", false
		handler, err := webadapter.New(ctx, capture, http.NotFoundHandler())
		if err != nil {
			t.Fatal(err)
		}
		defer handler.Close()
		server := httptest.NewServer(handler)
		defer server.Close()
		_, result := browser{t: t, url: server.URL}.capture("", `{}`, [2]string{selfie, live})
		if result["folder_id"] == nil || analysisOf(t, result, "quality")[outcome] != "SUCCESS" {
			t.Errorf("it shows %v", result)
		}
	})
}
