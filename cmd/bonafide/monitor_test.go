package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/config"
)

// lines is a log that tests read while it is written.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write implements io.Writer.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// found gives what stands in parentheses in an expression that the log matches.
func (l *lines) found(t *testing.T, expression string) string {
	t.Helper()
	m := regexp.MustCompile(expression).FindStringSubmatch(l.String())
	if m == nil {
		t.Fatalf("%s is not in\n%s", expression, l)
	}
	return m[1]
}

// watched runs the whole server over the starter set, as it is built, and gives its log.
func watched(t *testing.T, cfg *config.Config, serve *config.Serve, f func(ctx context.Context, api *client.Client, url string, log *lines)) {
	t.Helper()
	assets, err := filepath.Abs("../../build")
	if err != nil {
		t.Fatal(err)
	}
	if !isFile(filepath.Join(assets, "lib", "libonnxruntime.so.1")) {
		t.Skip("SKIPPED: no inference library; run make build")
	}
	cfg.Assets, cfg.Set, cfg.Profile = assets, "starter", "auto"
	p, err := openPipeline(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	log := &lines{}
	serve.SessionTTL, serve.SingleWait, serve.InstantBytes, serve.ReadyQueueAge = time.Hour, 4*time.Minute, 256<<20, time.Minute
	err = p.served(t.Context(), cfg, serve, slog.New(slog.NewTextHandler(log, nil)), func(ctx context.Context, api *client.Client, url string) error {
		f(ctx, api, url, log)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// fetched gives status and body of a GET.
func fetched(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

// TestAServerThatCannotStoreIsAliveAndNotReady takes the folder of uploads away.
func TestAServerThatCannotStoreIsAliveAndNotReady(t *testing.T) {
	cfg := configOn(t.TempDir())
	watched(t, cfg, &config.Serve{}, func(_ context.Context, _ *client.Client, url string, log *lines) {
		status, body := fetched(t, url+"/readyz")
		var told struct {
			Status string
			Checks []struct {
				Name string
				OK   bool
			}
		}
		if err := json.Unmarshal([]byte(body), &told); err != nil || status != 200 || told.Status != "ready" {
			t.Fatalf("%d %s %v", status, body, err)
		}
		var names []string
		for _, c := range told.Checks {
			if names = append(names, c.Name); !c.OK || !strings.Contains(body, "\n  {\"name\":\""+c.Name) {
				t.Errorf("%s of %s", c.Name, body)
			}
		}
		if got := strings.Join(names, " "); got != "models ffmpeg database blobs disk queue" {
			t.Errorf("the checks are %s", got)
		}
		if err := os.RemoveAll(filepath.Join(cfg.Data, storage.BlobsDir, "tmp")); err != nil {
			t.Fatal(err)
		}
		for status == 200 { // what was found out is good for a second
			time.Sleep(50 * time.Millisecond)
			status, body = fetched(t, url+"/readyz")
		}
		if status != 503 || !strings.Contains(body, `{"name":"blobs","ok":false,"fault":"cannot be written to"}`) || strings.Contains(body, cfg.Data) {
			t.Errorf("%d %s", status, body)
		}
		if status, body := fetched(t, url+"/healthz"); status != 200 || !strings.Contains(body, `"ok"`) {
			t.Errorf("it is not alive: %d %s", status, body)
		}
		if text := log.String(); strings.Contains(text, "readyz") || strings.Count(text, "check=blobs") != 1 {
			t.Errorf("the log says\n%s", text)
		}
		if status, _ := fetched(t, url+"/metrics"); status != 404 {
			t.Errorf("metrics are answered to strangers: %d", status)
		}
	})
}

// TestMetricsAreWhatWasDone sends a photo twice, of which nobody is found in a list, and
// looks for all that may say who it was.
func TestMetricsAreWhatWasDone(t *testing.T) {
	selfie := filepath.Join("../../build/samples", "selfie.jpg")
	if !isFile(selfie) {
		t.Skipf("SKIPPED: no %s; run make build", selfie)
	}
	cfg := configOn(t.TempDir())
	var said *lines
	watched(t, cfg, &config.Serve{MetricsListen: "127.0.0.1:0"}, func(ctx context.Context, api *client.Client, url string, log *lines) {
		said = log
		at := "http://" + log.found(t, `msg=metrics address=(\S+)`)
		lists, err := api.Collections(ctx)
		if err != nil || len(lists) == 0 {
			t.Fatal(lists, err)
		}
		for range 2 {
			f, err := api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "quality"},
				{Type: "collection", Params: map[string]any{"collection_id": lists[0].ID}}}}, file(t, "selfie", selfie))
			if err != nil || f.Analyses[0].Resolution != bonafide.Success {
				t.Fatalf("%+v %v", f, err)
			}
			if status, _ := fetched(t, url+"/api/folders/"+string(f.ID)); status != 401 {
				t.Errorf("without a token: %d", status)
			}
		}
		if err := api.SignIn(ctx, "nobody@bank.example", "a guess"); err == nil {
			t.Error("anybody is let in")
		}
		var text string
		for !strings.Contains(text, "bonafide_queue_orders{state=\"running\"} 0") { // the queue writes down later what has ended
			time.Sleep(50 * time.Millisecond)
			_, text = fetched(t, at+"/metrics")
		}
		for _, line := range []string{
			`bonafide_http_requests_total{code="201",method="POST",route="/api/folders"} 2`,
			`bonafide_http_request_duration_seconds_count{method="POST",route="/api/folders"} 2`,
			`bonafide_http_requests_total{code="401",method="GET",route="/api/folders/{folder_id}"} 2`,
			`bonafide_analyses_total{resolution="SUCCESS",source="order",type="QUALITY"} 2`,
			`bonafide_analysis_delay_seconds_count{type="QUALITY"} 2`,
			`bonafide_queue_orders{state="waiting"} 0`,
			`bonafide_queue_oldest_seconds 0`,
			`bonafide_analyses_unfinished 0`,
			`bonafide_webhooks_pending 0`,
			`bonafide_check_ok{check="database"} 1`,
			`bonafide_damaged_files_total 0`,
			`bonafide_model_set_info{set="starter"} 1`,
			`bonafide_stage_duration_seconds_count{stage="search"} 2`,
		} {
			if !strings.Contains("\n"+text, "\n"+line+"\n") {
				t.Errorf("there is no %s", line)
			}
		}
		for _, name := range []string{"go_goroutines", "process_resident_memory_bytes", "bonafide_disk_free_bytes", `bonafide_stage_duration_seconds_count{stage="decode"}`, `bonafide_stage_duration_seconds_count{stage="detect"}`,
			`bonafide_stage_duration_seconds_count{stage="liveness"}`, `bonafide_stage_duration_seconds_count{stage="embed"}`} {
			if !strings.Contains(text, "\n"+name+" ") {
				t.Errorf("there is no %s", name)
			}
		}
		bounded(t, text)
		if status, body := fetched(t, at+"/readyz"); status != 200 || !strings.Contains(body, `"ready"`) {
			t.Errorf("beside metrics: %d %s", status, body)
		}
		if status, body := fetched(t, at+"/healthz"); status != 200 || body != "{\"status\": \"ok\"}\n" {
			t.Errorf("beside metrics: %d %s", status, body)
		}
		if status, _ := fetched(t, at+"/api/version"); status != 404 {
			t.Errorf("the API is answered beside metrics: %d", status)
		}
	})
	for words, times := range map[string]int{`msg="sign-in refused"`: 1, "client=127.0.0.1 cause=bad_token": 1, "msg=stopping": 1, "msg=stopped": 1, "nobody@bank": 0, "/healthz": 0} {
		if n := strings.Count(said.String(), words); n != times {
			t.Errorf("the log says %s %d times:\n%s", words, n, said)
		}
	}
}

// bounded wants no label to hold what somebody has sent, or what names one thing of many.
func bounded(t *testing.T, text string) {
	t.Helper()
	label := regexp.MustCompile(`(\w+)="((?:[^"\\]|\\.)*)"`)
	hex := regexp.MustCompile(`[0-9a-f]{8}-|[0-9a-f]{16}|@|\.jpg|/tmp`)
	series, labels := 0, map[string]bool{}
	for scanner := bufio.NewScanner(strings.NewReader(text)); scanner.Scan(); {
		line := scanner.Text()
		if strings.HasPrefix(line, "#") {
			continue
		}
		series++
		for _, m := range label.FindAllStringSubmatch(line, -1) {
			labels[m[1]] = true
			if m[1] != "le" && m[1] != "version" && hex.MatchString(m[2]) {
				t.Errorf("a label says who or what it was: %s", line)
			}
		}
	}
	if series < 100 || series > 2000 || !labels["route"] {
		t.Errorf("%d series, labels %s", series, fmt.Sprint(labels))
	}
}
