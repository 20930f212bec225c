package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/config"
)

// receiver is a collector of spans.
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	spans []*traces.Span
	about map[string]string
}

// collects starts a collector, and tells servers of this process where it is.
func collects(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{about: map[string]string{}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body := io.Reader(req.Body)
		if req.Header.Get("Content-Encoding") == "gzip" {
			body, _ = gzip.NewReader(req.Body)
		}
		raw, err := io.ReadAll(body)
		var told collector.ExportTraceServiceRequest
		if err != nil || req.URL.Path != "/v1/traces" || proto.Unmarshal(raw, &told) != nil {
			t.Errorf("%s sends what is no trace: %v", req.URL.Path, err)
		}
		r.take(&told)
		answer, _ := proto.Marshal(&collector.ExportTraceServiceResponse{})
		w.Header().Set("Content-Type", "application/x-protobuf")
		_, _ = w.Write(answer)
	}))
	t.Cleanup(r.Close)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", r.URL)
	return r
}

func (r *receiver) take(told *collector.ExportTraceServiceRequest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, from := range told.ResourceSpans {
		for _, a := range from.Resource.Attributes {
			r.about[a.Key] = a.Value.GetStringValue()
		}
		for _, scope := range from.ScopeSpans {
			r.spans = append(r.spans, scope.Spans...)
		}
	}
}

func (r *receiver) all() []*traces.Span {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.spans
}

// below gives the names of the spans whose parent has that id, sorted, and the first.
func (r *receiver) below(trace string, parent []byte) (names []string, first []byte) {
	for _, s := range r.all() {
		if hex.EncodeToString(s.TraceId) != trace || !bytes.Equal(s.ParentSpanId, parent) {
			continue
		}
		if names = append(names, s.Name); first == nil {
			first = s.SpanId
		}
	}
	slices.Sort(names)
	return names, first
}

// traced sends requests below a span.
type traced struct{ parent string }

// RoundTrip implements http.RoundTripper.
func (t *traced) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.parent != "" {
		r = r.Clone(r.Context())
		r.Header.Set("traceparent", t.parent)
	}
	return http.DefaultTransport.RoundTrip(r)
}

// TestATraceGoesFromTheCallerThroughTheQueueToTheAnalyses sends a photo below a span of
// the caller's.
func TestATraceGoesFromTheCallerThroughTheQueueToTheAnalyses(t *testing.T) {
	selfie, err := os.ReadFile(filepath.Join("../../build/samples", "selfie.jpg"))
	if err != nil {
		t.Skipf("SKIPPED: %v; run make build", err)
	}
	const trace, caller = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	got := collects(t)
	cfg := configOn(t.TempDir())
	watched(t, cfg, &config.Serve{}, func(ctx context.Context, _ *client.Client, url string, _ *lines) {
		secret, err := os.ReadFile(filepath.Join(cfg.Data, passwordFile))
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Fields(string(secret))
		below := &traced{}
		api := client.New(url, &http.Client{Transport: below})
		if err := api.SignIn(ctx, words[0], words[1]); err != nil {
			t.Fatal(err)
		}
		below.parent = "00-" + trace + "-" + caller + "-01"
		if _, err := api.CreateFolder(ctx, client.Payload{FolderMeta: bonafide.Meta{"name": "Petrov"}, Analyses: []client.Order{{Type: "quality"}}},
			client.File{Key: "selfie", Name: "Ivanov.jpg", Content: bytes.NewReader(selfie)}); err != nil {
			t.Fatal(err)
		}
	})
	parent, _ := hex.DecodeString(caller)
	names, request := got.below(trace, parent)
	if !slices.Equal(names, []string{"POST /api/folders"}) {
		t.Fatalf("below the caller are %q", names)
	}
	names, _ = got.below(trace, request)
	if !slices.Equal(names, []string{"decode", "group of analyses"}) {
		t.Errorf("below the request are %q", names)
	}
	var group []byte
	for _, s := range got.all() {
		if s.Name == "group of analyses" && hex.EncodeToString(s.TraceId) == trace {
			group = s.SpanId
		}
	}
	if names, _ = got.below(trace, group); !slices.Equal(names, []string{"analysis QUALITY"}) {
		t.Errorf("below the worker's are %q", names)
	}
	if got.about["service.name"] != "bonafide" {
		t.Errorf("the service is %v", maps.Collect(maps.All(got.about)))
	}
	for _, s := range got.all() {
		if raw, _ := json.Marshal(s); strings.Contains(string(raw), "Ivanov") || strings.Contains(string(raw), "Petrov") {
			t.Errorf("a span says who it was: %s", raw)
		}
	}
}
