package main

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

// installation is a folder and a database of several processes.
type installation struct {
	t    *testing.T
	data string
}

func newInstallation(t *testing.T) *installation {
	t.Helper()
	pgtest.Need(t)
	i := &installation{t, t.TempDir()}
	db, err := pgtest.URL(t.Context(), i.data)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("BONAFIDE_DB", db)
	return i
}

// process begins a process of a role, which may not be ready yet.
func (i *installation) process(role string) *process {
	i.t.Helper()
	own := listen(i.t, "127.0.0.1:0")
	p := &process{t: i.t, data: i.data, address: own.Addr().String(), flags: []string{"--role", role, "--public-url", "http://api.example.org"}}
	own.Close()
	p.launch()
	return p
}

// status asks a process for a path until it answers.
func (p *process) status(path string) int {
	p.t.Helper()
	for {
		resp, err := http.Get("http://" + p.address + path)
		if err == nil {
			resp.Body.Close()
			return resp.StatusCode
		}
		select {
		case <-p.ended:
			p.t.Fatal("the server ended before it answered")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// TestProcessesOfSeveralRolesAreOneInstallation has two that answer and one that works.
func TestProcessesOfSeveralRolesAreOneInstallation(t *testing.T) {
	i := newInstallation(t)
	here, there := i.process("api"), i.process("api") // at once: one makes the administrator
	worker := i.process("worker")
	for path, want := range map[string]int{"/healthz": 200, "/api/version": 404, "/": 404, "/v1/face/pattern/detect": 404, "/demo": 404} {
		if got := worker.status(path); got != want {
			t.Errorf("the worker answers %d to %s, want %d", got, path, want)
		}
	}
	worker.kill()
	here.signIn()
	raw, err := os.ReadFile(filepath.Join(i.data, passwordFile))
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(string(raw))
	there.api = client.New("http://"+there.address, nil)
	for there.status("/healthz") != 200 {
		time.Sleep(20 * time.Millisecond)
	}
	if err := there.api.SignIn(t.Context(), words[0], words[1]); err != nil {
		t.Fatal(err)
	}
	i.shareSessions(here, there, words[0], words[1])

	// What is ordered here waits for a worker, and is answered when one elsewhere has ended it.
	answered := make(chan error, 1)
	go func() {
		f, err := here.api.CreateFolder(t.Context(), client.Payload{Analyses: []client.Order{{Type: "quality"}}},
			client.File{Key: "a", Name: "a.jpg", Content: bytes.NewReader(plain(90))})
		if err == nil && (len(f.Analyses) != 1 || f.Analyses[0].State == bonafide.Processing) {
			err = errors.New("it was answered before it had ended")
		}
		answered <- err
	}()
	for {
		all, err := there.api.Analyses(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(all.Items) == 1 {
			if all.Items[0].State != bonafide.Processing {
				t.Errorf("without a worker it is %s", all.Items[0].State)
			}
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	worker.launch()
	if err := <-answered; err != nil {
		t.Error(err)
	}
}

// shareSessions takes a token from one process to the other, ends it there, and lets one be
// guessed at until both refuse.
func (i *installation) shareSessions(here, there *process, email, password string) {
	t, ctx := i.t, i.t.Context()
	moving := &toProcess{p: here}
	taken := client.New("http://"+here.address, &http.Client{Transport: moving})
	if err := taken.SignIn(ctx, email, password); err != nil {
		t.Fatal(err)
	}
	moving.p = there
	users, err := taken.Users(ctx, nil)
	if err != nil || len(users.Items) != 1 {
		t.Fatalf("a session of one process is none of the other: %v", err)
	}
	if err := there.api.EndSessions(ctx, users.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	moving.p = here
	status := func(err error) int {
		if e := new(client.Error); errors.As(err, &e) {
			return e.Status
		}
		return 0
	}
	if _, err := taken.Companies(ctx, nil); status(err) != 401 {
		t.Errorf("a session that was ended elsewhere: %v", err)
	}
	for _, p := range []*process{here, there} {
		if err := p.api.SignIn(ctx, email, password); err != nil {
			t.Fatal(err)
		}
	}
	refused := map[*process]bool{}
	for n := range 60 {
		p := []*process{here, there}[n%2]
		refused[p] = status(client.New("http://"+p.address, nil).SignIn(ctx, "nobody@example.org", "wrong")) == 429
		if refused[here] && refused[there] {
			if n > 8 {
				t.Errorf("an account was guessed at %d times", n)
			}
			return
		}
	}
	t.Error("an account can be guessed at without end")
}

// toProcess sends requests to a process, whichever they were meant for.
type toProcess struct{ p *process }

// RoundTrip implements http.RoundTripper.
func (to *toProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Host = to.p.address
	return http.DefaultTransport.RoundTrip(r)
}

func TestRequestsAreCountedTogetherWhereThereMayBeSeveralProcesses(t *testing.T) {
	s, err := storage.OpenStore(t.Context(), configOn(t.TempDir()), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for db, want := range map[string]bool{"": false, "postgres://bonafide@db/bonafide": true} {
		p := &parts{cfg: &config.Config{DB: db}, Storage: &storage.Storage{Store: s}}
		if got := p.requests() != nil; got != want {
			t.Errorf("with --db %q: %t", db, got)
		}
	}
}

// TestRolesDemandWhatProcessesShare starts processes that would have nothing in common.
func TestRolesDemandWhatProcessesShare(t *testing.T) {
	for _, role := range []string{"api", "worker"} {
		out, err := typed("", "serve", "--role", role, "--data", t.TempDir())
		if err == nil || out != "bonafide: --role "+role+": set --db to the PostgreSQL database that the processes of the installation share\n" {
			t.Errorf("%v, %q", err, out)
		}
	}
}
