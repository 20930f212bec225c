package httpd

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// probe asks a path of a server that others would answer with 404.
func probe(t *testing.T, r *Readiness, path string) (int, string) {
	t.Helper()
	rec := httptest.NewRecorder()
	Probes(r, http.NotFoundHandler(), false).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
	return rec.Code, rec.Body.String()
}

func TestAServerIsReadyWhenAllThatItCannotDoWithoutIs(t *testing.T) {
	fails := func(context.Context) error {
		return errors.New("dial tcp 10.1.2.3: refused by postgres://name:word@host")
	}
	works := func(context.Context) error { return nil }
	hangs := func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}
	for name, c := range map[string]struct {
		checks []Check
		code   int
		body   string
	}{
		"nothing is needed": {nil, 200, "{\"status\": \"ready\", \"checks\": [\n]}\n"},
		"all works": {[]Check{{Name: "a", Ask: works}, {Name: "b", Ask: works}}, 200,
			"{\"status\": \"ready\", \"checks\": [\n  {\"name\":\"a\",\"ok\":true},\n  {\"name\":\"b\",\"ok\":true}\n]}\n"},
		"a part fails": {[]Check{{Name: "a", Fault: "is away", Ask: fails}, {Name: "b", Ask: works}}, 503,
			"{\"status\": \"not ready\", \"checks\": [\n  {\"name\":\"a\",\"ok\":false,\"fault\":\"is away\"},\n  {\"name\":\"b\",\"ok\":true}\n]}\n"},
		"a part that most goes without": {[]Check{{Name: "a", Fault: "is slow", Degrades: true, Ask: fails}}, 200,
			"{\"status\": \"degraded\", \"checks\": [\n  {\"name\":\"a\",\"ok\":false,\"fault\":\"is slow\"}\n]}\n"},
		"no answer is none": {[]Check{{Name: "a", Fault: "hangs", Ask: hangs}}, 503,
			"{\"status\": \"not ready\", \"checks\": [\n  {\"name\":\"a\",\"ok\":false,\"fault\":\"hangs\"}\n]}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if code, body := probe(t, NewReadiness(slog.New(slog.DiscardHandler), c.checks...), "//readyz/"); code != c.code || body != c.body {
				t.Errorf("%d %s", code, body)
			}
		})
	}
}

func TestManyProbesAskOnce(t *testing.T) {
	var asked atomic.Int32
	entered, proceed := make(chan struct{}), make(chan struct{})
	r := NewReadiness(slog.New(slog.DiscardHandler), Check{Name: "a", Every: time.Hour, Ask: func(context.Context) error {
		if asked.Add(1) == 1 {
			close(entered)
		}
		<-proceed
		return nil
	}})
	var probes sync.WaitGroup
	for range 20 {
		probes.Go(func() {
			if code, body := probe(t, r, "/readyz"); code != 200 {
				t.Errorf("%d %s", code, body)
			}
		})
	}
	<-entered
	close(proceed)
	probes.Wait()
	if n := asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

func TestTheLogSaysOnceWhatHasChanged(t *testing.T) {
	var log strings.Builder
	var fails atomic.Bool
	r := NewReadiness(slog.New(slog.NewTextHandler(&log, nil)), Check{Name: "a", Every: 1, Ask: func(context.Context) error {
		if fails.Load() {
			return errors.New("out of order")
		}
		return nil
	}})
	for _, f := range []bool{false, true, true, false, false} {
		fails.Store(f)
		if code, _ := probe(t, r, "/readyz"); (code == 503) != f {
			t.Errorf("%d where it fails is %t", code, f)
		}
	}
	if n := strings.Count(log.String(), "\n"); n != 2 || !strings.Contains(log.String(), "out of order") {
		t.Errorf("the log says\n%s", &log)
	}
}

func TestAliveAsksNothing(t *testing.T) {
	r := NewReadiness(slog.New(slog.DiscardHandler), Check{Name: "a", Ask: func(context.Context) error {
		t.Error("asked")
		return nil
	}})
	if code, body := probe(t, r, "/healthz"); code != 200 || body != "{\"status\": \"ok\"}\n" {
		t.Errorf("%d %s", code, body)
	}
	if code, _ := probe(t, r, "/other"); code != 404 {
		t.Errorf("another path: %d", code)
	}
}

func TestAServerThatStopsIsNotReady(t *testing.T) {
	life, stop := context.WithCancel(t.Context())
	r := NewReadiness(slog.New(slog.DiscardHandler))
	rec := httptest.NewRecorder()
	stop()
	r.ServeHTTP(rec, httptest.NewRequestWithContext(withLife(life), "GET", "/readyz", nil))
	if rec.Code != 503 || !strings.Contains(rec.Body.String(), `"stopping"`) {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}
