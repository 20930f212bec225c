package sqlite_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// taken reads a page in runs of the given length and names what comes.
func taken[T any](t *testing.T, page bonafide.Page[T], run int, name func(T) string) string {
	t.Helper()
	var got []string
	for {
		items, err := page.Next(t.Context(), run)
		if err != nil {
			t.Fatal(err)
		}
		if len(items) == 0 {
			return strings.Join(got, " ")
		}
		if len(items) > run {
			t.Errorf("a run of %d, at most %d were asked for", len(items), run)
		}
		for _, i := range items {
			got = append(got, name(i))
		}
	}
}

func TestRunsGiveThePageAsItWasWhenItWasMade(t *testing.T) {
	s, ctx := openTemp(t), t.Context()
	folder := func(n int) *bonafide.Folder {
		return &bonafide.Folder{ID: bonafide.NewID(), Meta: bonafide.Meta{"name": fmt.Sprint(n)}, TimeCreated: time.Unix(int64(1700000000+n/5), 0)}
	}
	var ids []bonafide.ID
	for n := range 23 {
		f := folder(n)
		ids = append(ids, f.ID)
		if err := s.CreateFolder(ctx, f, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	name := func(f bonafide.Folder) string { return fmt.Sprint(f.Meta["name"]) }
	for _, sorting := range [][]bonafide.Sort{nil, {{Field: "time_created", Desc: true}}, {{Field: "company_id"}, {Field: "folder_id", Desc: true}}} {
		for _, q := range []bonafide.Query{{Limit: -1}, {Limit: 7}, {Limit: 7, Offset: 20}, {Limit: 0}, {Limit: 5, Offset: 1000}} {
			q.Sorting = sorting
			whole, err := s.Folders(ctx, bonafide.Scope{}, q)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, f := range whole.Items {
				want = append(want, name(f))
			}
			q.Runs = true
			for _, run := range []int{1, 4, 1000} {
				page, err := s.Folders(ctx, bonafide.Scope{}, q)
				if err != nil {
					t.Fatal(err)
				}
				if got := taken(t, page, run, name); got != strings.Join(want, " ") || page.Total != whole.Total {
					t.Errorf("%+v in runs of %d: %s of %d, want %s of %d", q, run, got, page.Total, strings.Join(want, " "), whole.Total)
				}
			}
		}
	}
	page, err := s.Folders(ctx, bonafide.Scope{}, bonafide.Query{Limit: -1, Runs: true, Sorting: []bonafide.Sort{{Field: "time_created"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range slices.Concat(ids[3:6], ids[20:]) {
		if err := s.DeleteFolder(ctx, bonafide.Scope{}, gone); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.CreateFolder(ctx, folder(0), nil, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := taken(t, page, 3, name), "0 1 2 6 7 8 9 10 11 12 13 14 15 16 17 18 19"; got != want {
		t.Errorf("after deletions and a new folder: %s, want %s", got, want)
	}
}

func TestRunsAreReadByTheirKeys(t *testing.T) {
	s := openTemp(t)
	asked := &spy{}
	//lint:ignore SA1019 the store itself is to be watched; WithQueryHook makes a copy that it does not use
	s.Reader().AddQueryHook(asked)
	if err := s.CreateFolder(t.Context(), &bonafide.Folder{ID: bonafide.NewID()}, nil, nil); err != nil {
		t.Fatal(err)
	}
	page, err := s.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1, Runs: true, Sorting: []bonafide.Sort{{Field: "time_created"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := page.Next(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	var plan []map[string]any
	if err := s.Reader().NewRaw("EXPLAIN QUERY PLAN ?", bun.Safe(asked.query)).Scan(t.Context(), &plan); err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprint(plan); !strings.Contains(text, "(id=?)") {
		t.Errorf("%s is read as %s", asked.query, text)
	}
}
