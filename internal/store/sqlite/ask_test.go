package sqlite_test

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
)

// TestAListThatTakesTooLongIsRefused asks eight conditions of the metadata of folders
// that hold much of it, which takes longer than a millisecond on any machine.
func TestAListThatTakesTooLongIsRefused(t *testing.T) {
	ctx := t.Context()
	open := func(question time.Duration) *sqlite.Store {
		s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "bonafide.db"),
			sqlite.Options{Settle: decision.Folder, Question: question, Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		all := make([]store.Whole, 2000)
		for i := range all {
			all[i].Folder = bonafide.Folder{ID: bonafide.NewID(), Meta: bonafide.Meta{"a": strings.Repeat("x", 2000), "b": "y"}}
		}
		if err := s.ImportFolders(ctx, all); err != nil {
			t.Fatal(err)
		}
		return s
	}
	q := bonafide.Query{Limit: 1}
	for range 8 {
		q.Filters = append(q.Filters, bonafide.Filter{Field: "meta_data", Path: []string{"b"}, Op: bonafide.OpNotEqual, Values: []any{"z"}})
	}
	patient, hasty := open(time.Hour), open(time.Millisecond)
	page, err := patient.Folders(ctx, bonafide.Scope{}, q)
	if err != nil || page.Total != 2000 || len(page.Items) != 1 {
		t.Errorf("with time: %d of %d, %v", len(page.Items), page.Total, err)
	}
	_, err = hasty.Folders(ctx, bonafide.Scope{}, q)
	if bonafide.CodeOf(err) != bonafide.CodeBusy || err.(*bonafide.Error).RetryAfter <= 0 {
		t.Errorf("without time: %v", err)
	}
	if _, err := hasty.Folder(ctx, bonafide.Scope{}, page.Items[0].ID); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("one row is no such question: %v", err)
	}
}
