package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// retention proves that what is too old is found, and nothing else.
func retention(t *testing.T, w *world) {
	ctx := t.Context()
	const day = 24 * time.Hour
	at := time.Now().UTC().Truncate(time.Microsecond)
	// made stores an ended folder of that age, its media of another.
	made := func(t *testing.T, company bonafide.ID, age, mediaAge time.Duration) *bonafide.Folder {
		f, m := w.folder(), []bonafide.Media{newMedia()}
		f.CompanyID, f.TimeCreated, m[0].TimeCreated = company, at.Add(-age), at.Add(-mediaAge)
		if company == "" {
			f.UserID = ""
		}
		o := newOrder(m[0].ID)
		ok(t, w.CreateFolder(ctx, f, m, o))
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Success)))
		return f
	}
	keep := func(t *testing.T, media, results int) {
		c, err := w.Company(ctx, w.company)
		ok(t, err)
		c.KeepMediaDays, c.KeepResultDays = media, results
		ok(t, PutCompany(ctx, w, c))
		again, err := w.Company(ctx, w.company)
		ok(t, err)
		same(t, "company", again, c)
	}
	aged := func(t *testing.T, limit int) []store.Aged {
		found, err := w.Aged(ctx, at, limit)
		ok(t, err)
		return found
	}
	fresh := made(t, w.company, 29*day, 29*day)
	old := made(t, w.company, 31*day, 31*day)
	late := made(t, w.company, 31*day, day) // media came later
	ancient := made(t, w.company, 400*day, 400*day)
	made(t, w.other, 400*day, 400*day)
	made(t, "", 400*day, 400*day)
	running, m := w.folder(), []bonafide.Media{newMedia()}
	running.TimeCreated, m[0].TimeCreated = at.Add(-400*day), at.Add(-400*day)
	ok(t, w.CreateFolder(ctx, running, m, newOrder(m[0].ID)))
	held := made(t, w.company, 400*day, 400*day)
	held.LegalHold = true
	ok(t, PutFolder(ctx, w, held))

	t.Run("by default everything is kept", func(t *testing.T) {
		if got := aged(t, 100); len(got) != 0 {
			t.Errorf("found %v", got)
		}
	})
	t.Run("media and folders have an age of their own", func(t *testing.T) {
		keep(t, 30, 365)
		got := aged(t, 100)
		want := []store.Aged{{FolderID: ancient.ID}, {FolderID: ancient.ID, MediaBefore: at.Add(-30 * day)}, {FolderID: old.ID, MediaBefore: at.Add(-30 * day)}}
		for _, a := range want {
			if !slices.Contains(got, a) {
				t.Errorf("%v is missing in %v", a, got)
			}
		}
		if len(got) != len(want) {
			t.Errorf("found %v", got)
		}
		if some := aged(t, 2); len(some) != 2 {
			t.Errorf("found %v of at most 2", some)
		}
	})
	t.Run("results may be kept shorter than media", func(t *testing.T) {
		keep(t, 0, 30)
		got := aged(t, 100)
		if len(got) != 3 || slices.ContainsFunc(got, func(a store.Aged) bool { return !a.MediaBefore.IsZero() || a.FolderID == fresh.ID }) {
			t.Errorf("found %v", got)
		}
	})
	t.Run("a cleared folder keeps its results and younger media", func(t *testing.T) {
		keep(t, 30, 0)
		younger := newMedia()
		ok(t, w.AddToFolder(ctx, old.ID, store.Addition{Media: []bonafide.Media{younger}}))
		ok(t, w.ClearFolder(ctx, old.ID, at.Add(-30*day)))
		f, err := w.Folder(ctx, bonafide.Scope{}, old.ID)
		ok(t, err)
		media, err := w.MediaOf(ctx, old.ID)
		ok(t, err)
		analyses, err := w.AnalysesOf(ctx, old.ID)
		ok(t, err)
		if !f.Cleared || f.State.SystemResolution != bonafide.Success || len(media[old.ID]) != 1 || media[old.ID][0].ID != younger.ID || len(analyses[old.ID]) != 2 {
			t.Errorf("%+v with %d media and %d analyses", f, len(media[old.ID]), len(analyses[old.ID]))
		}
		if removed := w.sweep(t, claimOver()); len(removed) != 2 {
			t.Errorf("%d blobs removed", len(removed))
		}
		if got := aged(t, 100); len(got) != 1 || got[0].FolderID != ancient.ID {
			t.Errorf("found %v", got)
		}
	})
	t.Run("a legal hold keeps media", func(t *testing.T) {
		wantCode(t, "clear", w.ClearFolder(ctx, held.ID, at), bonafide.CodeForbidden)
		wantCode(t, "clear an unknown folder", w.ClearFolder(ctx, bonafide.NewID(), at), bonafide.CodeNotFound)
	})
	_ = late
}
