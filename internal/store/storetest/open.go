package storetest

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
)

// Open gives a test an empty store of its own, which is closed when the test ends.
// It is the one place where tests choose a database.
func Open(t testing.TB) Subject {
	t.Helper()
	dir := t.TempDir()
	content, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, database), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return OpenIn(t, dir)
}

// database is the name of the file.
const database = "bonafide.db"

// empty is a file that tests start from, since making its tables takes seconds under
// the race detector.
var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	s, err := SQLite(context.Background(), dir)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, database))
})

// OpenIn opens the store kept in dir, as another process does that works on the
// same data. It is closed when the test ends, or before.
func OpenIn(t testing.TB, dir string) Subject {
	t.Helper()
	s, err := SQLite(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// SQLite is the Opener of the store in one SQLite file. It settles folders as the
// server does.
func SQLite(ctx context.Context, dir string) (Subject, error) {
	s, err := sqlite.Open(ctx, filepath.Join(dir, database), sqlite.Options{
		Settle: decision.Folder,
		Logger: slog.New(slog.DiscardHandler), // attempts that fail on purpose
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}
