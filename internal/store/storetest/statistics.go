package storetest

import (
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

func statistics(t *testing.T, w *world) {
	ctx := t.Context()
	at := time.Date(2026, 5, 4, 23, 0, 0, 0, time.UTC)
	made := func(company bonafide.ID, created time.Time, ends ...bonafide.Status) {
		f := w.folder()
		f.CompanyID, f.TimeCreated = company, created
		if company != w.company {
			f.UserID = w.stranger
		}
		ok(t, w.CreateFolder(ctx, f, nil, nil))
		for _, end := range ends {
			o := newOrder()
			for i := range o.Analyses {
				o.Analyses[i].TimeCreated = created
			}
			ok(t, w.AddToFolder(ctx, f.ID, store.Addition{Order: o}))
			if end != bonafide.Processing {
				ok(t, w.FinishGroup(ctx, o.GroupID, results(o, end)))
			}
		}
	}
	made(w.company, at)
	made(w.company, at, bonafide.Success)
	made(w.company, at.Add(2*time.Hour), bonafide.Success, bonafide.Declined)
	made(w.company, at.Add(2*time.Hour), bonafide.Failed)
	made(w.company, at.Add(48*time.Hour), bonafide.Processing)
	made(w.other, at, bonafide.Declined)

	st, err := w.FolderStatistics(ctx, bonafide.Scope{CompanyID: w.company}, nil)
	ok(t, err)
	once := func(all ...bonafide.Status) store.FolderCounts {
		c := store.FolderCounts{Newest: store.Counts{}, Overall: store.Counts{}}
		for _, s := range all {
			c.Newest[s]++
			c.Overall[s]++
		}
		return c
	}
	same(t, "folders", st.All, once(bonafide.Initial, bonafide.Success, bonafide.Declined, bonafide.Failed, bonafide.Processing))
	same(t, "companies", st.ByCompany, map[bonafide.ID]store.FolderCounts{w.company: st.All})
	same(t, "days", st.ByDay, map[time.Time]store.FolderCounts{
		time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC): once(bonafide.Initial, bonafide.Success),
		time.Date(2026, 5, 5, 0, 0, 0, 0, time.UTC): once(bonafide.Declined, bonafide.Failed),
		time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC): once(bonafide.Processing),
	})
	for _, typ := range []bonafide.AnalysisType{bonafide.Quality, bonafide.Biometry} {
		same(t, string(typ), st.ByType[typ].Counts, store.Counts{bonafide.Success: 2, bonafide.Declined: 1, bonafide.Failed: 1, bonafide.Processing: 1})
	}
	all, err := w.FolderStatistics(ctx, bonafide.Scope{}, nil)
	ok(t, err)
	if all.All.Newest.Total() != 6 || len(all.ByCompany) != 2 || all.ByCompany[w.other].Overall[bonafide.Declined] != 1 {
		t.Errorf("of all companies: %v", all.ByCompany)
	}
	window := []bonafide.Filter{filter("time_created", bonafide.OpMin, at.UnixMicro()), filter("time_created", bonafide.OpLess, at.Add(time.Hour).UnixMicro())}
	some, err := w.FolderStatistics(ctx, bonafide.Scope{CompanyID: w.company}, window)
	ok(t, err)
	if some.All.Newest.Total() != 2 || some.ByType[bonafide.Quality].Total() != 1 {
		t.Errorf("in the window: %v, %v", some.All, some.ByType)
	}
	none, err := w.FolderStatistics(ctx, bonafide.Scope{Nothing: true}, nil)
	ok(t, err)
	if none.All.Newest.Total() != 0 || len(none.ByType) != 0 {
		t.Errorf("of nobody: %+v", none)
	}
	_, err = w.FolderStatistics(ctx, bonafide.Scope{}, []bonafide.Filter{filter("unknown", bonafide.OpIn, "x")})
	wantCode(t, "an unknown filter", err, bonafide.CodeValue)
}

// quantiles proves that times are those of ended analyses, and that they are
// exact.
func quantiles(t *testing.T, w *world) {
	ctx := t.Context()
	for i := range 10 {
		f, o := w.folder(), newOrder()
		ok(t, w.CreateFolder(ctx, f, nil, nil))
		ago := time.Now().Add(-time.Duration(i+1) * time.Hour)
		for j := range o.Analyses {
			o.Analyses[j].TimeCreated = ago
		}
		ok(t, w.AddToFolder(ctx, f.ID, store.Addition{Order: o}))
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Success)[:1])) // QUALITY
		ok(t, w.DecideAnalysis(ctx, bonafide.Scope{}, o.Analyses[0].ID, bonafide.OperatorDecision{Status: ptr(bonafide.Declined)}))
	}
	st, err := w.FolderStatistics(ctx, bonafide.Scope{CompanyID: w.company}, nil)
	ok(t, err)
	for what, c := range map[string]struct{ got, hours time.Duration }{
		"half":          {st.ByType[bonafide.Quality].P50, 5},
		"nine of ten":   {st.ByType[bonafide.Quality].P90, 9},
		"half of none":  {st.ByType[bonafide.Biometry].P50, 0},
		"most of none,": {st.ByType[bonafide.Biometry].P90, 0},
	} {
		if c.got.Round(time.Hour) != c.hours*time.Hour {
			t.Errorf("%s took up to %v, want %d h", what, c.got, c.hours)
		}
	}
	same(t, "decisions do not count", st.ByType[bonafide.Quality].Counts, store.Counts{bonafide.Success: 10})
}
