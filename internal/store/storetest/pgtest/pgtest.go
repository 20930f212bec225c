// Package pgtest gives tests stores in a real PostgreSQL, the machine's own, which it starts
// once in a test program. Where the machine has none, tests are skipped.
package pgtest

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/drill/engine"
	"github.com/bonafide-id/bonafide/internal/store/postgres"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// address is the file that tells where the store of a folder is.
const address = "postgres.url"

// template is the empty database that others are copies of.
const template = "empty"

// cluster is the server of the test program, with the databases in it.
type cluster struct {
	mu     sync.Mutex
	server *engine.Postgres
	err    error
	made   map[string]string // database by the path of its address

	vectors vectors
}

// shared is the one of this program. Main stops it.
var shared = &cluster{made: map[string]string{}}

// start starts the server, once. c is locked.
func (c *cluster) start() error {
	if c.server != nil || c.err != nil {
		return c.err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if c.server, c.err = engine.StartPostgres(ctx); c.err != nil {
		return c.err
	}
	if c.err = c.server.Create(ctx, template, "template1"); c.err != nil {
		return c.err
	}
	s, err := openURL(ctx, c.server.URL(template))
	if err == nil {
		err = s.Close()
	}
	c.err = err
	return err
}

// Main runs the tests of a program whose tests Need PostgreSQL, and ends it.
func Main(m *testing.M) { os.Exit(Run(m)) }

// Run is Main without the end of the process.
func Run(m *testing.M) int {
	code := m.Run()
	shared.vectors.stop()
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if shared.server != nil {
		shared.server.Stop()
	}
	return code
}

// Need skips a test, aloud, where the machine has no PostgreSQL.
func Need(t testing.TB) {
	t.Helper()
	if storetest.IsChild() {
		return // the server is another process's
	}
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if err := shared.start(); errors.Is(err, engine.ErrMissing) {
		t.Skip("SKIPPED:", err)
	} else if err != nil {
		t.Fatal(err)
	}
}

// URL is the address of the database of what is kept in dir, which is made, empty, where
// there is none.
func URL(ctx context.Context, dir string) (string, error) {
	shared.mu.Lock()
	defer shared.mu.Unlock()
	path := filepath.Join(dir, address)
	if url, err := os.ReadFile(path); !errors.Is(err, fs.ErrNotExist) {
		return string(url), err
	}
	return shared.create(ctx, path, template)
}

// Bare is URL for a database without any table.
func Bare(ctx context.Context, dir string) (string, error) {
	shared.mu.Lock()
	defer shared.mu.Unlock()
	return shared.create(ctx, filepath.Join(dir, address), "template1")
}

// create makes a database, a copy of another, and drops those of folders that are gone. c
// is locked.
func (c *cluster) create(ctx context.Context, path, template string) (string, error) {
	if err := c.start(); err != nil {
		return "", err
	}
	for kept, name := range c.made {
		if _, err := os.Stat(kept); errors.Is(err, fs.ErrNotExist) {
			if err := c.server.Drop(ctx, name); err != nil {
				return "", err
			}
			delete(c.made, kept)
		}
	}
	name := strings.ToLower(bonafide.NewSecret(16))
	if err := c.server.Create(ctx, name, template); err != nil {
		return "", err
	}
	url := c.server.URL(name)
	if err := os.WriteFile(path, []byte(url), 0o600); err != nil {
		return "", err
	}
	c.made[path] = name
	return url, nil
}

// Open is the storetest.Opener of the store in a PostgreSQL database.
func Open(ctx context.Context, dir string) (storetest.Subject, error) {
	url, err := URL(ctx, dir)
	if err != nil {
		return nil, err
	}
	return openURL(ctx, url)
}

// Written is the pattern of the files that hold all that the server of this program has
// written: its write-ahead log. Need has started the server.
func Written() string {
	shared.mu.Lock()
	defer shared.mu.Unlock()
	return shared.server.Log()
}

// Asked tells whether tests of what is above the store are to run on PostgreSQL: TEST_STORE
// is set to postgres, as the second run of `make test` does.
func Asked() bool { return os.Getenv("TEST_STORE") == "postgres" }

// OpenAsked gives a test an empty store of its own, in PostgreSQL where that is asked for and
// else in SQLite. It is closed when the test ends.
func OpenAsked(t testing.TB) storetest.Subject {
	t.Helper()
	if !Asked() {
		return storetest.Open(t)
	}
	Need(t)
	s, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// openURL settles folders as the server does.
func openURL(ctx context.Context, url string) (storetest.Subject, error) {
	s, err := postgres.Open(ctx, url, postgres.Options{Settle: decision.Folder, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	return s, nil
}
