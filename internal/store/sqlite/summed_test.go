package sqlite_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store"
)

// TestAFoldersStateIsThatOfAllItsAnalyses orders, ends and deletes in any sequence: what
// is not read to settle a folder must not matter.
func TestAFoldersStateIsThatOfAllItsAnalyses(t *testing.T) {
	s := openTemp(t)
	f, media, first := benchFolder()
	if err := s.CreateFolder(t.Context(), f, media, first); err != nil {
		t.Fatal(err)
	}
	open := []*store.Order{first}
	rng := rand.New(rand.NewPCG(1, 2))
	lists := []bonafide.ID{"", bonafide.NewID(), bonafide.NewID()}
	words := []bonafide.Status{bonafide.Success, bonafide.Declined, bonafide.OperatorRequired, bonafide.Failed}
	for step := range 200 {
		err := error(nil)
		all, _ := s.AnalysesOf(t.Context(), f.ID)
		switch act := rng.IntN(5); {
		case act < 2:
			_, _, o := benchFolder()
			for i := range o.Analyses {
				if a := &o.Analyses[i]; rng.IntN(2) == 0 {
					a.Type, a.Params.CollectionID = bonafide.Collection, lists[rng.IntN(len(lists))]
				}
			}
			err = s.AddToFolder(t.Context(), f.ID, store.Addition{Order: o})
			open = append(open, o)
		case act < 4 && len(open) > 0:
			i := rng.IntN(len(open))
			results := benchResults(open[i])[rng.IntN(2):]
			for i, w := range words[rng.IntN(len(words)):] {
				if i == len(results) {
					break
				}
				if results[i].Resolution = w; w == bonafide.Failed {
					results[i].State, results[i].Result = w, nil
				}
			}
			err = s.FinishGroup(t.Context(), open[i].GroupID, results)
			if rng.IntN(2) == 0 {
				open = slices.Delete(open, i, i+1)
			}
		case len(all[f.ID]) > 2:
			gone := all[f.ID][rng.IntN(len(all[f.ID]))]
			err = s.DeleteAnalysis(t.Context(), bonafide.Scope{}, gone.ID)
			open = slices.DeleteFunc(open, func(o *store.Order) bool { return o.GroupID == gone.GroupID })
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Folder(t.Context(), bonafide.Scope{}, f.ID)
		if all, err2 := s.AnalysesOf(t.Context(), f.ID); err != nil || err2 != nil || got.State != decision.Folder(all[f.ID]) {
			t.Fatalf("step %d: the folder is %+v, its %d analyses add up to %+v, %v, %v", step, got.State, len(all[f.ID]), decision.Folder(all[f.ID]), err, err2)
		}
	}
}
