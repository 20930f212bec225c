package engine

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Account of the S3 server.
const (
	AccessKey = "test"
	SecretKey = "testtest"
)

// bucket is the one there is.
const bucket = "media"

// S3 is an S3 server on a folder, with one bucket.
type S3 struct {
	program string
	folder  string // of buckets
	address string // the same whenever it runs
	cmd     *exec.Cmd
	ended   chan struct{} // closed when it has
}

// StartS3 starts a server, the program s3server, on a folder that is empty or was its own.
func StartS3(program, folder string) (*S3, error) {
	s := &S3{program: program, folder: filepath.Join(folder, "buckets")}
	for _, dir := range []string{s.Dir(), filepath.Join(folder, "attributes")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	return s, s.Resume()
}

// Dir is the folder of the bucket: objects are files in it.
func (s *S3) Dir() string { return filepath.Join(s.folder, bucket) }

// URL of the bucket, below a prefix.
func (s *S3) URL(prefix string) string {
	return "s3://" + bucket + "/" + prefix + "?region=us-east-1&endpoint=" + url.QueryEscape("http://"+s.address)
}

// Stop kills the server. What it has acknowledged stays.
func (s *S3) Stop() {
	if s.cmd != nil {
		_ = s.cmd.Process.Kill()
		<-s.ended
		s.cmd = nil
	}
}

// Resume starts the server again, under its address.
func (s *S3) Resume() error {
	for range 20 { // another program may take the address first
		address := s.address
		if address == "" {
			var err error
			if address, err = free(); err != nil {
				return err
			}
		}
		if err := s.start(address); err != nil {
			return err
		}
		if answers(address, s.ended) {
			s.address = address
			return nil
		}
		s.Stop()
	}
	return errors.New("the S3 server does not start")
}

func (s *S3) start(address string) error {
	cmd, ended := exec.Command(s.program, address, s.folder), make(chan struct{})
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		defer close(ended)
		_ = cmd.Wait()
	}()
	s.cmd, s.ended = cmd, ended
	return nil
}

// free gives an address that nobody uses.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
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
