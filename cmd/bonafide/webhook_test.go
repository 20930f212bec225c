package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// serveEnv turns the test binary into the server.
const serveEnv = "BONAFIDE_TEST_SERVE"

// process is a server that can be killed.
type process struct {
	t             *testing.T
	data, address string
	flags         []string // besides those of all
	cmd           *exec.Cmd
	ended         chan struct{} // closed when the server is no more
	api           *client.Client
}

// start starts the server and signs in.
func (p *process) start() {
	p.t.Helper()
	p.launch()
	p.signIn()
}

// launch starts the server.
func (p *process) launch() {
	p.t.Helper()
	assets, err := filepath.Abs("../../build")
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(assets, "lib", "libonnxruntime.so.1")); err != nil {
		p.t.Skip("SKIPPED: no inference library; run make build")
	}
	p.cmd = exec.Command(os.Args[0], "serve", "--data", p.data, "--listen", p.address, "--assets", assets, "--log-level", "error",
		"--webhook-allow", "127.0.0.0/8", "--webhook-first-pause", "200ms", "--set", "starter")
	p.cmd.Args = append(p.cmd.Args, p.flags...)
	p.cmd.Env = append(os.Environ(), serveEnv+"=1")
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan struct{})
	p.ended = ended
	go func() {
		defer close(ended)
		_ = p.cmd.Wait()
	}()
	p.t.Cleanup(p.kill)
}

// signIn waits until the first administrator can sign in.
func (p *process) signIn() {
	p.t.Helper()
	for {
		if raw, err := os.ReadFile(filepath.Join(p.data, passwordFile)); err == nil {
			words := strings.Fields(string(raw))
			p.api = client.New("http://"+p.address, nil)
			if len(words) == 2 && p.api.SignIn(p.t.Context(), words[0], words[1]) == nil {
				return
			}
		}
		select {
		case <-p.ended:
			p.t.Fatal("the server ended before anybody could sign in")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// kill ends the server with signal 9.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// arrival is one call that a receiver got.
type arrival struct {
	id, folder string
	attempt    int
	acked      bool
}

// inbox collects the calls of all receivers in the order of their arrival.
type inbox struct {
	t      *testing.T
	secret string
	mu     sync.Mutex
	got    []arrival
	byID   map[string]int
}

// serve makes a receiver that answers call n of a delivery with status(n).
func (b *inbox) serve(l net.Listener, status func(n int) int) {
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the server was killed while it sent: nothing arrived
		}
		verifier, err := standardwebhooks.NewWebhook(b.secret)
		if err == nil {
			err = verifier.Verify(body, r.Header)
		}
		if err != nil {
			b.t.Errorf("a call does not verify: %v", err)
		}
		var folder struct {
			ID       string `json:"folder_id"`
			Status   string `json:"resolution_status"`
			Analyses []any  `json:"analyses"`
		}
		if err := json.Unmarshal(body, &folder); err != nil || len(folder.Analyses) != 1 || folder.Status == "PROCESSING" {
			b.t.Errorf("the body is %s", body)
		}
		attempt, _ := strconv.Atoi(r.Header.Get("X-Forensic-Attempt"))
		id := r.Header.Get("webhook-id")
		b.mu.Lock()
		b.byID[id]++
		code := status(b.byID[id])
		b.got = append(b.got, arrival{id, folder.ID, attempt, code/100 == 2})
		b.mu.Unlock()
		if code/100 == 3 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(code)
	})}
	b.t.Cleanup(func() { srv.Close() })
	go func() { _ = srv.Serve(l) }()
}

func listen(t *testing.T, address string) net.Listener {
	t.Helper()
	for {
		l, err := net.Listen("tcp", address)
		if err == nil {
			return l
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// TestWebhooksSurviveKillsAndBadReceivers is a drill: receivers that fail, redirect,
// dawdle, or are down for a while, and a server that is killed in between.
func TestWebhooksSurviveKillsAndBadReceivers(t *testing.T) {
	own := listen(t, "127.0.0.1:0")
	p := &process{t: t, data: dataOf(t), address: own.Addr().String()}
	own.Close()
	p.start()
	box := &inbox{t: t, byID: map[string]int{}}
	secret, err := p.api.CreateWebhookSecret(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	box.secret = secret.Secret
	var endpoints []string
	for _, status := range []func(int) int{
		func(int) int { return 200 },
		func(n int) int { return map[bool]int{true: 503, false: 204}[n <= 2] },
		func(n int) int { return map[bool]int{true: 307, false: 200}[n <= 1] },
		func(int) int { time.Sleep(300 * time.Millisecond); return 200 },
	} {
		l := listen(t, "127.0.0.1:0")
		box.serve(l, status)
		endpoints = append(endpoints, "http://"+l.Addr().String()+"/hook")
	}
	down := listen(t, "127.0.0.1:0")
	downAt := down.Addr().String()
	down.Close()
	endpoints = append(endpoints, "http://"+downAt+"/hook")

	acknowledged := map[string]string{} // folder to endpoint
	const rounds = 4
	for round := range rounds {
		for i, endpoint := range endpoints {
			f, err := p.api.CreateFolder(t.Context(), client.Payload{Endpoint: endpoint, Analyses: []client.Order{{Type: "quality"}}},
				client.File{Key: "a", Name: "a.jpg", Content: bytes.NewReader(plain(uint8(16*round + i)))})
			if err != nil {
				t.Fatal(err)
			}
			acknowledged[string(f.ID)] = endpoint
		}
		if round < rounds-1 {
			p.kill() // while most are still owed
			p.start()
		}
	}
	box.serve(listen(t, downAt), func(int) int { return 200 })
	waitDelivered(t, p.api, len(acknowledged))
	box.check(acknowledged)
}

// waitDelivered waits until so many deliveries are there and all were acknowledged.
func waitDelivered(t *testing.T, api *client.Client, n int) {
	t.Helper()
	for {
		page, err := api.Deliveries(context.Background(), url.Values{"state": {"DELIVERED"}, "limit": {"-1"}})
		if err != nil {
			t.Fatal(err)
		}
		all, err := api.Deliveries(context.Background(), url.Values{"limit": {"-1"}})
		if err != nil {
			t.Fatal(err)
		}
		if len(all.Items) != n {
			t.Fatalf("%d deliveries are owed for %d folders", len(all.Items), n)
		}
		if len(page.Items) == n {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// check holds what arrived against what was acknowledged to the client.
func (b *inbox) check(acknowledged map[string]string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delivered, last := map[string]bool{}, map[string]int{}
	for _, a := range b.got {
		if acknowledged[a.folder] == "" {
			b.t.Errorf("folder %s was told of and never made", a.folder)
		}
		if a.attempt <= last[a.id] {
			b.t.Errorf("delivery %s: attempt %d came after attempt %d", a.id, a.attempt, last[a.id])
		}
		last[a.id] = a.attempt
		delivered[a.folder] = delivered[a.folder] || a.acked
	}
	for folder, endpoint := range acknowledged {
		if !delivered[folder] {
			b.t.Errorf("folder %s was never delivered to %s", folder, endpoint)
		}
	}
	b.t.Logf("%d folders, %d deliveries, %d calls", len(acknowledged), len(last), len(b.got))
}

// plain is a picture of one shade.
func plain(shade uint8) []byte {
	img := image.NewGray(image.Rect(0, 0, 320, 320))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, img, nil)
	return fmt.Append(out.Bytes(), bonafide.NewID()) // no two alike
}
