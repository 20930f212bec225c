// Package s3test starts a real S3 server for tests.
package s3test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide/internal/drill/engine"
)

// Server is a server on a folder of its own, with one bucket.
type Server struct {
	*engine.S3
	Dir string // of the bucket: objects are files in it
}

// Start starts a server, which ends with the test, and tells this process its account.
// Where it is not built, see the Makefile, the test is skipped.
func Start(t *testing.T) *Server {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", engine.AccessKey)
	t.Setenv("AWS_SECRET_ACCESS_KEY", engine.SecretKey)
	s, err := engine.StartS3(find(t), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return &Server{s, s.Dir()}
}

// Resume starts the server again, under its address.
func (s *Server) Resume(t *testing.T) {
	t.Helper()
	if err := s.S3.Resume(); err != nil {
		t.Fatal(err)
	}
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
