package drill

import (
	"bytes"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/drill/engine"
)

func TestAnInstallationOfSeveralProcessesOutlastsTheirKills(t *testing.T) {
	binary := built(t)
	s3 := filepath.Join(filepath.Dir(binary), "s3server")
	if _, err := os.Stat(s3); err != nil {
		t.Skipf("SKIPPED: needs %s, which `make build/s3server` makes", s3)
	}
	t.Setenv("TMPDIR", t.TempDir())
	var out bytes.Buffer
	err := Cluster{Binary: binary, S3: s3, APIs: 1, Workers: 1, Rounds: 2, Clients: 2, Longest: time.Second,
		Latest: 10 * time.Minute, Startup: 5 * time.Minute, Settle: 10 * time.Minute, Log: log.New(&out, "", 0)}.Run(t.Context())
	if errors.Is(err, engine.ErrMissing) {
		t.Skip("SKIPPED:", err)
	}
	if err != nil || !strings.Contains(out.String(), "webhooks taken") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestTheGatewayPassesOverTheDeadAndNotesBrokenPromises(t *testing.T) {
	said := http.Header{"Retry-After": {"5"}}
	answers := map[string]struct {
		status int
		header http.Header
		fault  string
	}{
		"/ok":     {200, nil, ""},
		"/later":  {503, said, ""},
		"/silent": {429, nil, "GET /silent was answered 429 without Retry-After"},
		"/fault":  {500, said, "GET /fault was answered 500: why"},
		"/lost":   {404, nil, "GET /lost was answered 404: why"},
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := answers[r.URL.Path]
		for name, values := range a.header {
			w.Header()[name] = values
		}
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, "why")
	}))
	defer srv.Close()
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead.Close()
	g := newGateway([]string{srv.Listener.Addr().String(), dead.Addr().String()})
	defer g.inner.CloseIdleConnections()
	var want []string
	for path, a := range answers {
		resp, err := (&http.Client{Transport: g}).Get("http://anywhere" + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != a.status || string(body) != "why" {
			t.Errorf("%s: %d, %q, %v", path, resp.StatusCode, body, err)
		}
		if a.fault != "" {
			want = append(want, a.fault)
		}
	}
	var got []string
	for f := range g.faults {
		got = append(got, f)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || g.passed == 0 || g.cut != 0 {
		t.Errorf("%q, want %q; %d passed over, %d cut off", got, want, g.passed, g.cut)
	}
	srv.Close()
	if _, err := (&http.Client{Transport: g}).Get("http://anywhere/ok"); err == nil || g.cut != 1 {
		t.Errorf("nobody is there: %v, %d cut off", err, g.cut)
	}
}

func TestTheMailboxRefusesSomeAndKnowsOfWhomItWasNotTold(t *testing.T) {
	b, err := openMailbox()
	if err != nil {
		t.Fatal(err)
	}
	defer b.http.Close()
	refused := 0
	for range 2*refusedOne + 3 {
		resp, err := http.Post(b.url, "application/json", strings.NewReader(`{"folder_id": "f", "analyses": [{"analysis_id": "a", "state": "FINISHED"}, {"analysis_id": "b", "state": "PROCESSING"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			refused++
		}
	}
	if refused != 2 {
		t.Errorf("%d were refused", refused)
	}
	if got := b.untold([]bonafide.ID{"a", "b", "c"}); !slices.Equal(got, []bonafide.ID{"b", "c"}) {
		t.Errorf("it was not told of %q", got)
	}
}
