package storetest

import (
	"context"
	"errors"
	"io/fs"
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
	return OpenIn(t, t.TempDir())
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
	s, err := openSQLite(context.Background(), dir)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, database))
})

// Begin puts an empty store into dir, unless one is there.
func Begin(dir string) error {
	path := filepath.Join(dir, database)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	content, err := empty()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "begin")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return nil // of another process, which came first
	}
	return err
}

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

// SQLite is the Opener of the store in one SQLite file.
func SQLite(ctx context.Context, dir string) (Subject, error) {
	if err := Begin(dir); err != nil {
		return nil, err
	}
	return openSQLite(ctx, dir)
}

// openSQLite settles folders as the server does.
func openSQLite(ctx context.Context, dir string) (Subject, error) {
	s, err := sqlite.Open(ctx, filepath.Join(dir, database), sqlite.Options{
		Settle: decision.Folder,
		Logger: slog.New(slog.DiscardHandler), // attempts that fail on purpose
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}
