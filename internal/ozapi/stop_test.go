package ozapi

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// stoppable serves a world on an address of its own until stop is called, which gives the
// error that the server ended with.
func (w *world) stoppable() (stop func() error) {
	w.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- httpd.Serve(ctx, l, w.srv.Config.Handler, slog.New(slog.DiscardHandler)) }()
	w.url = "http://" + l.Addr().String()
	return func() error {
		cancel()
		return <-ended
	}
}

// TestWhoWaitsWhenTheServerIsToldToStopGetsTheFolderAtOnce lets single requests wait for
// verdicts that nobody gives.
func TestWhoWaitsWhenTheServerIsToldToStopGetsTheFolderAtOnce(t *testing.T) {
	w := newWorld(t, Config{SingleWait: time.Hour})
	stop := w.stoppable()
	const waiting = 6
	replies := make(chan *reply, waiting)
	for range waiting {
		go func() { replies <- w.post("/api/folders", `{"analyses": [{"type": "documents"}]}`) }()
	}
	for w.folders() < waiting {
		time.Sleep(5 * time.Millisecond)
	}
	if err := stop(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
	for range waiting {
		r := <-replies
		r.want(201, `"resolution_status": "PROCESSING"`, `"state": "PROCESSING"`)
		if r.text("folder_id") == "" {
			t.Error(r.body)
		}
	}
}

// TestWhoWaitsForAPlaceWhenTheServerIsToldToStopIsToldToComeBack fills the places of a
// company with uploads that do not end.
func TestWhoWaitsForAPlaceWhenTheServerIsToldToStopIsToldToComeBack(t *testing.T) {
	limits := rest.DefaultUploads()
	limits.Places, limits.PerKey = 1, 1
	w := newWorld(t, Config{Config: rest.Config{Uploads: limits}})
	stop := w.stoppable()
	body, hold := io.Pipe()
	go func() {
		r, _ := http.NewRequest("POST", w.url+"/api/folders", body)
		r.Header.Set("Content-Type", multipartB)
		r.Header.Set("X-Forensic-Access-Token", w.token)
		r.Header.Set("Expect", "100-continue") // it is not sent before it is being read
		patient := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}
		if answer, err := patient.Do(r); err == nil {
			answer.Body.Close()
		}
	}()
	if _, err := io.WriteString(hold, "--B\r\n"); err != nil {
		t.Fatal(err)
	}
	reply := make(chan *reply, 1)
	go func() { reply <- w.upload("/api/folders", filePart("a", "a.jpg", picture(1))) }()
	time.Sleep(time.Second) // nothing tells when it waits
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	r := <-reply
	r.want(503, "being stopped")
	if r.header.Get("Retry-After") == "" || strings.Contains(r.body, "folder_id") {
		t.Errorf("%v: %s", r.header, r.body)
	}
	_ = hold.Close()
	<-ended
}
