package metrics_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/metrics"
	"github.com/bonafide-id/bonafide/internal/store"
)

// read gives all metrics as Prometheus reads them.
func read(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	rec := httptest.NewRecorder()
	m.Handler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	if rec.Code != 200 {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	return rec.Body.String()
}

// has wants lines of the answer, without comments.
func has(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains("\n"+text, "\n"+line+"\n") {
			t.Errorf("there is no %s", line)
		}
	}
}

func TestWhatIsToldIsCounted(t *testing.T) {
	m := metrics.New("1.2.3")
	m.Answered("/api/folders/{folder_id}", "GET", 200, 30*time.Millisecond)
	m.Answered("/api/folders/{folder_id}", "GET", 200, time.Second)
	m.Answered("unknown", "PROPFIND", 405, time.Second)
	m.Ended(metrics.Ordered, bonafide.Quality, &bonafide.AnalysisResult{Resolution: bonafide.Declined, Result: &bonafide.Result{
		Reasons: []bonafide.Reason{{Code: bonafide.ReasonAttack}, {Code: "made up by somebody"}},
	}}, 3*time.Second)
	m.Ended(metrics.Instant, "MADE_UP", &bonafide.AnalysisResult{Resolution: "SO SO"}, time.Second)
	m.Stage("decode", 20*time.Millisecond)
	m.Attempted(bonafide.DeliveryPending)
	m.InUse("starter", []metrics.Model{{Role: "detector", Name: "yunet", Version: "2023-03"}})
	m.LicenseEnds(time.Unix(1_800_000_000, 0))
	has(t, read(t, m),
		`bonafide_build_info{version="1.2.3"} 1`,
		`bonafide_http_requests_total{code="200",method="GET",route="/api/folders/{folder_id}"} 2`,
		`bonafide_http_requests_total{code="405",method="other",route="unknown"} 1`,
		`bonafide_http_request_duration_seconds_bucket{method="GET",route="/api/folders/{folder_id}",le="0.05"} 1`,
		`bonafide_analyses_total{resolution="DECLINED",source="order",type="QUALITY"} 1`,
		`bonafide_analyses_total{resolution="other",source="instant",type="other"} 1`,
		`bonafide_analysis_reasons_total{reason="presentation_attack",type="QUALITY"} 1`,
		`bonafide_analysis_reasons_total{reason="other",type="QUALITY"} 1`,
		`bonafide_analysis_delay_seconds_bucket{type="QUALITY",le="2"} 0`,
		`bonafide_analysis_delay_seconds_bucket{type="QUALITY",le="20"} 1`,
		`bonafide_stage_duration_seconds_count{stage="decode"} 1`,
		`bonafide_webhook_attempts_total{outcome="failed"} 1`,
		`bonafide_webhook_attempts_total{outcome="given_up"} 0`,
		`bonafide_model_info{model="yunet",role="detector",version="2023-03"} 1`,
		`bonafide_model_set_info{set="starter"} 1`,
		`bonafide_license_expires_timestamp_seconds 1.8e+09`,
	)
}

func TestWhatCannotBeToldIsLeftOut(t *testing.T) {
	asked := 0
	m := metrics.New("dev")
	m.Ask(metrics.Sources{
		Backlog: func(context.Context) (store.Backlog, error) {
			asked++
			return store.Backlog{}, errors.New("the database is away")
		},
		Checks:  func(context.Context) map[string]bool { return map[string]bool{"database": false, "disk": true} },
		Room:    func() (int64, int64, error) { return 0, 0, errors.New("no such folder") },
		Memory:  func() (int64, int64, error) { return 0, 0, errors.New("no such file") },
		Damaged: func() int64 { return 2 }, References: func() int64 { return 0 },
	})
	text := read(t, m)
	has(t, text, `bonafide_check_ok{check="database"} 0`, `bonafide_check_ok{check="disk"} 1`, "bonafide_damaged_files_total 2")
	for _, name := range []string{"bonafide_queue_orders", "bonafide_analyses_unfinished", "bonafide_webhooks_pending", "bonafide_disk_free_bytes"} {
		if strings.Contains(text, name) {
			t.Errorf("there is %s", name)
		}
	}
	if read(t, m); asked != 1 {
		t.Errorf("the database was asked %d times at once", asked)
	}
}

func TestTheBacklogIsTold(t *testing.T) {
	m := metrics.New("dev")
	m.Ask(metrics.Sources{
		Backlog: func(context.Context) (store.Backlog, error) {
			return store.Backlog{Orders: 3, Running: 2, OldestOrder: 90 * time.Second, Analyses: 7, Webhooks: 4, OldestWebhook: time.Hour}, nil
		},
		Checks:  func(context.Context) map[string]bool { return nil },
		Room:    func() (int64, int64, error) { return 10, 100, nil },
		Memory:  func() (int64, int64, error) { return 20, 200, nil },
		Damaged: func() int64 { return 0 }, References: func() int64 { return 2048 },
	})
	has(t, read(t, m),
		`bonafide_queue_orders{state="waiting"} 3`, `bonafide_queue_orders{state="running"} 2`, "bonafide_queue_oldest_seconds 90",
		"bonafide_analyses_unfinished 7", "bonafide_webhooks_pending 4", "bonafide_webhook_oldest_seconds 3600",
		"bonafide_disk_free_bytes 10", "bonafide_disk_size_bytes 100", "bonafide_memory_used_bytes 20", "bonafide_memory_limit_bytes 200", "bonafide_gallery_bytes 2048")
}
