package pgtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/drill/engine"
)

// vectors is the server with pgvector of a test program.
type vectors struct {
	mu     sync.Mutex
	server *engine.Postgres
	err    error
	copied string // programs that others could not reach where they were
}

// Vector gives a test the address of an empty database, of its own, of a real PostgreSQL
// with the extension pgvector: the machine's, or that of scripts/pgvector. The test is
// skipped, aloud, where there is neither.
func Vector(t testing.TB) (url string) {
	t.Helper()
	v := &shared.vectors
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.server == nil && v.err == nil {
		v.server, v.err = v.start()
	}
	if errors.Is(v.err, engine.ErrMissing) {
		t.Skip("SKIPPED: no PostgreSQL with the extension pgvector is installed")
	} else if v.err != nil {
		t.Fatal(v.err)
	}
	server, name := v.server, bonafide.NewSecret(16)
	if err := server.Create(t.Context(), name, "template1"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Drop(context.Background(), name); err != nil {
			t.Error(err)
		}
	})
	return server.URL(name)
}

// start starts the first PostgreSQL that has the extension. Programs that other
// users do not reach are copied.
func (v *vectors) start() (*engine.Postgres, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	own, err := built()
	if err != nil {
		return nil, err
	}
	for _, place := range []struct{ programs, extensions string }{
		{"/usr/lib/postgresql/*/bin/postgres", "/usr/share/postgresql/*/extension/vector.control"}, // Debian's
		{filepath.Join(own, "bin/postgres"), filepath.Join(own, "share/postgresql/extension/vector.control")},
	} {
		programs, _ := filepath.Glob(place.programs)
		extensions, _ := filepath.Glob(place.extensions)
		if len(programs) == 0 || len(extensions) == 0 {
			continue
		}
		bin, err := v.reached(filepath.Dir(programs[len(programs)-1]))
		if err != nil {
			return nil, err
		}
		return engine.StartPostgresOf(ctx, bin)
	}
	return nil, engine.ErrMissing
}

// reached copies a folder of programs, with all that scripts/pgvector brings, where the
// user as whom the server runs does not reach it.
func (v *vectors) reached(bin string) (string, error) {
	if os.Getuid() != 0 || engine.Reachable(bin) {
		return bin, nil
	}
	dir, err := os.MkdirTemp(engine.Folder(), "pgvector")
	if err != nil {
		return "", err
	}
	v.copied = dir
	const within = "pgserver/pginstall/bin"
	if err := os.CopyFS(filepath.Join(dir, "all"), os.DirFS(strings.TrimSuffix(bin, within))); err != nil {
		return "", err
	}
	return filepath.Join(dir, "all", within), os.Chmod(dir, 0o755)
}

// built is the folder of the PostgreSQL that scripts/pgvector brings.
func built() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "build", "pgvector", "pgserver", "pginstall"), nil
		}
	}
	return "", engine.ErrMissing
}

func (v *vectors) stop() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.server != nil {
		v.server.Stop()
	}
	if v.copied != "" {
		_ = os.RemoveAll(v.copied)
	}
}
