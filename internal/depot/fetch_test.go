package depot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

var content = strings.Repeat("the graph of a model ", 1<<14)

// serve starts a server over TLS that says nothing of clients that hang up.
func serve(t *testing.T, handle http.HandlerFunc) *httptest.Server {
	server := httptest.NewUnstartedServer(handle)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// publisher serves over TLS what handle says; pull pulls the one model from it.
func publisher(t *testing.T, handle http.HandlerFunc) (pull func() error, dest string, d *Depot) {
	t.Helper()
	server := serve(t, handle)
	dest = t.TempDir()
	d = made(content, server.URL+"/made.onnx", dest)
	return func() error {
		return d.Pull(context.Background(), nil, PullOptions{Dest: dest, Client: server.Client(), Patience: 10 * time.Second})
	}, dest, d
}

// whole serves the content, ranges and all.
func whole(w http.ResponseWriter, r *http.Request) {
	http.ServeContent(w, r, "made.onnx", time.Time{}, bytes.NewReader([]byte(content)))
}

func TestAPublishersFileIsInstalled(t *testing.T) {
	pull, dest, d := publisher(t, whole)
	if err := pull(); err != nil {
		t.Fatal(err)
	}
	if graph, err := d.Graph("made"); err != nil || string(graph) != content {
		t.Errorf("%d bytes, %v", len(graph), err)
	}
	left, _ := filepath.Glob(filepath.Join(dest, ".[pno]*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAPullGoesOnWhereItWasCut(t *testing.T) {
	var ranges []string
	pull, _, d := publisher(t, func(w http.ResponseWriter, r *http.Request) {
		ranges = append(ranges, r.Header.Get("Range"))
		if len(ranges) == 1 {
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			w.Write([]byte(content[:100000]))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		whole(w, r)
	})
	if err := pull(); bonafide.CodeOf(err) != bonafide.CodeExternal {
		t.Fatalf("a cut connection gives %v", err)
	}
	if err := pull(); err != nil {
		t.Fatal(err)
	}
	if len(ranges) != 2 || ranges[0] != "" || ranges[1] != "bytes=100000-" {
		t.Errorf("ranges asked for: %q", ranges)
	}
	if graph, err := d.Graph("made"); err != nil || string(graph) != content {
		t.Errorf("%d bytes, %v", len(graph), err)
	}
}

func TestAPublisherWithoutRangesStartsAgain(t *testing.T) {
	pull, dest, d := publisher(t, func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(content)) })
	part := filepath.Join(dest, ".part-"+digestOf([]byte(content)))
	write(t, part, content[:1000])
	if err := pull(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Graph("made"); err != nil {
		t.Error(err)
	}
}

func TestUnfitAnswersInstallNothing(t *testing.T) {
	away := httptest.NewServer(http.HandlerFunc(whole))
	defer away.Close()
	for name, c := range map[string]struct {
		handle http.HandlerFunc
		code   bonafide.Code
		says   string
	}{
		"other bytes": {func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte(strings.ToUpper(content)))
		}, bonafide.CodeModel, "digest"},
		"fewer bytes": {func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte(content[1:]))
		}, bonafide.CodeModel, "digest"},
		"more bytes": {func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte(content + "x"))
		}, bonafide.CodeExternal, "more than"},
		"not found": {http.NotFound, bonafide.CodeExternal, "404"},
		"a redirect in circles": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		}, bonafide.CodeExternal, "redirects"},
		"a redirect away from https": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, away.URL, http.StatusFound)
		}, bonafide.CodeExternal, "redirects"},
		"a range of another place": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-9/%d", len(content)))
			w.WriteHeader(http.StatusPartialContent)
		}, bonafide.CodeExternal, "206"},
	} {
		t.Run(name, func(t *testing.T) {
			pull, dest, d := publisher(t, c.handle)
			err := pull()
			if bonafide.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("err = %v", err)
			}
			if entry(t, d.All(), "made").Dir != "" {
				t.Error("something is installed")
			}
			if parts, _ := filepath.Glob(filepath.Join(dest, ".part-*")); len(parts) > 0 {
				t.Errorf("wrong bytes wait for the next attempt: %v", parts)
			}
		})
	}
}

func TestASilentPublisherIsGivenUp(t *testing.T) {
	release := make(chan struct{})
	server := serve(t, func(w http.ResponseWriter, r *http.Request) { <-release })
	defer close(release)
	dest := t.TempDir()
	d := made(content, server.URL+"/made.onnx", dest)
	d.Cards = append(d.Cards, made(content+"2", server.URL+"/second.onnx").Cards...)
	err := d.Pull(context.Background(), nil, PullOptions{Dest: dest, Client: server.Client(), Patience: time.Millisecond})
	if !errors.Is(err, errUnreachable) || bonafide.CodeOf(err) != bonafide.CodeExternal {
		t.Errorf("err = %v", err)
	}
	if strings.Count(err.Error(), "model made") != 1 {
		t.Errorf("the second model was tried, too: %v", err)
	}
}

func TestWhereAndWhyAPullFailedIsSaid(t *testing.T) {
	dest := t.TempDir()
	err := made(content, "https://127.0.0.1:1/made.onnx", dest).Pull(t.Context(), nil, PullOptions{Dest: dest, Client: &http.Client{}})
	if bonafide.CodeOf(err) != bonafide.CodeExternal {
		t.Fatalf("err = %v", err)
	}
	for _, want := range []string{"model made", "made.onnx", "127.0.0.1:1", "connection refused"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in %q", want, err)
		}
	}
}

func TestOnlyHTTPSIsPulled(t *testing.T) {
	dest := t.TempDir()
	err := made(content, "http://127.0.0.1:1/made.onnx", dest).Pull(context.Background(), nil, PullOptions{Dest: dest})
	if bonafide.CodeOf(err) != bonafide.CodeModel || !strings.Contains(err.Error(), "https") {
		t.Errorf("err = %v", err)
	}
}

func TestUnknownNamesAreNotPulled(t *testing.T) {
	err := made(content, "").Pull(context.Background(), []string{"other"}, PullOptions{Dest: t.TempDir()})
	if bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("err = %v", err)
	}
}

func TestProgressCountsToTheEnd(t *testing.T) {
	server := serve(t, whole)
	dest := t.TempDir()
	var last Progress
	err := made(content, server.URL+"/made.onnx").Pull(context.Background(), nil,
		PullOptions{Dest: dest, Client: server.Client(), Progress: func(p Progress) { last = p }})
	want := Progress{Model: "made", File: "made.onnx", Done: int64(len(content)), Total: int64(len(content))}
	if err != nil || last != want {
		t.Errorf("last progress %+v, %v", last, err)
	}
}
