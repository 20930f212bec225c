package sqlite

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store"
)

// TestFoldersOfBeforeGetTheSameOverallResolution lets the migration find what the
// decision finds.
func TestFoldersOfBeforeGetTheSameOverallResolution(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "bonafide.db"), Options{Settle: decision.Folder})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	want := map[bonafide.ID]bonafide.Status{}
	words := []bonafide.Status{bonafide.Processing, bonafide.Failed, bonafide.Declined, bonafide.OperatorRequired, bonafide.Success}
	for i := range 125 {
		f := &bonafide.Folder{ID: bonafide.NewID()}
		whole := store.Whole{Folder: *f}
		for j, q := range []struct {
			group, list bonafide.ID
			typ         bonafide.AnalysisType
		}{{"1", "", bonafide.Quality}, {"1", "a", bonafide.Collection}, {"2", "b", bonafide.Collection}, {"3", "", bonafide.Quality}} {
			result := words[i/[]int{1, 5, 25, 25}[j]%5]
			a := bonafide.Analysis{ID: bonafide.NewID(), GroupID: f.ID + q.group, Type: q.typ, State: bonafide.Finished, Resolution: result}
			if a.Params.CollectionID = q.list; result == bonafide.Processing || result == bonafide.Failed {
				a.State = result
			}
			if i%2 == 0 || j < 3 {
				whole.Analyses = append(whole.Analyses, a)
			}
		}
		want[f.ID] = decision.Folder(whole.Analyses).Overall
		if err := s.ImportFolders(t.Context(), []store.Whole{whole}); err != nil {
			t.Fatal(err)
		}
	}
	empty := &bonafide.Folder{ID: bonafide.NewID()}
	if err := s.CreateFolder(t.Context(), empty, nil, nil); err != nil {
		t.Fatal(err)
	}
	want[empty.ID] = bonafide.Initial
	down, up := migration(t, "00004_overall.sql")
	err = s.Write(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		for _, statement := range append(down, up...) {
			if _, err := tx.Tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[bonafide.ID]bonafide.Status{}
	page, err := s.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range page.Items {
		got[f.ID] = f.State.Overall
	}
	for id, w := range want {
		if got[id] != w {
			t.Errorf("folder %s is %s, want %s", id, got[id], w)
		}
	}
}

// migration gives the two halves of a migration.
func migration(t *testing.T, name string) (down, up []string) {
	t.Helper()
	raw, err := migrations.ReadFile("migrations/" + name)
	if err != nil {
		t.Fatal(err)
	}
	halves := strings.SplitN(string(raw), "-- +goose Down", 2)
	return []string{halves[1]}, []string{halves[0]}
}
