// Package s3test starts a real S3 server for tests.
package s3test

import (
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Account of the server.
const (
	accessKey = "test"
	secretKey = "testtest"
)

// Server is a server on a folder of its own, with one bucket.
type Server struct {
	Dir     string // of the bucket: objects are files in it
	address string
	running *exec.Cmd
	ended   chan struct{} // closed when it has
}

// bucket is the one there is.
const bucket = "media"

// Start starts a server, which ends with the test, and tells this process its account.
// Where it is not built, see the Makefile, the test is skipped.
func Start(t *testing.T) *Server {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", accessKey)
	t.Setenv("AWS_SECRET_ACCESS_KEY", secretKey)
	root := t.TempDir()
	s := &Server{Dir: filepath.Join(root, "buckets", bucket)}
	for _, dir := range []string{s.Dir, filepath.Join(root, "attributes")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(s.Stop)
	s.Resume(t)
	return s
}

// URL of the bucket, below a prefix.
func (s *Server) URL(prefix string) string {
	return "s3://" + bucket + "/" + prefix + "?region=us-east-1&endpoint=" + url.QueryEscape("http://"+s.address)
}

// Stop kills the server. What it has acknowledged stays.
func (s *Server) Stop() {
	if s.running != nil {
		_ = s.running.Process.Kill()
		<-s.ended
		s.running = nil
	}
}

// Resume starts the server again, under its address.
func (s *Server) Resume(t *testing.T) {
	t.Helper()
	program := find(t)
	for range 20 { // another program may take the address first
		address := s.address
		if address == "" {
			address = free(t)
		}
		s.start(t, program, address)
		if answers(address, s.ended) {
			s.address = address
			return
		}
		s.Stop()
	}
	t.Fatal("the S3 server does not start")
}

func (s *Server) start(t *testing.T, program, address string) {
	t.Helper()
	running, ended := exec.Command(program, address, filepath.Dir(s.Dir)), make(chan struct{})
	if err := running.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(ended)
		_ = running.Wait()
	}()
	s.running, s.ended = running, ended
}

// find looks for the program below the folder of the repository.
func find(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		program := filepath.Join(dir, "build", "s3server")
		if _, err := os.Stat(program); err == nil {
			return program
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	t.Skip("build/s3server is not there: `make build/s3server` builds a real S3 server for this test")
	return ""
}

// free gives an address that nobody uses.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// answers waits until a server does, or has ended.
func answers(address string, ended <-chan struct{}) bool {
	for {
		if resp, err := http.Get("http://" + address + "/health"); err == nil {
			resp.Body.Close()
			return true
		}
		select {
		case <-ended:
			return false
		case <-time.After(10 * time.Millisecond):
		}
	}
}
