package sqlite

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func opener(ctx context.Context, dir string) (storetest.Subject, error) {
	s, err := Open(ctx, filepath.Join(dir, "bonafide.db"), Options{
		Settle: storetest.Settle,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), // attempts that fail on purpose
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

func TestSQLiteKeepsEverythingButBlobs(t *testing.T) { storetest.Run(t, opener) }
