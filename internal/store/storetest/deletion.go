package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store"
)

// claimOver is a moment at which no claim holds any more.
func claimOver() time.Time { return time.Now().Add(time.Hour) }

// sweep removes loose blobs and gives their digests, sorted.
func (w *world) sweep(t *testing.T, at time.Time) []string {
	t.Helper()
	var removed []string
	n, err := w.SweepBlobs(t.Context(), at, func(_ context.Context, digest string) error {
		removed = append(removed, digest)
		return nil
	})
	ok(t, err)
	if n != len(removed) {
		t.Errorf("%d blobs removed, told of %d", len(removed), n)
	}
	slices.Sort(removed)
	return removed
}

// ended stores a folder with two media and an ended group, which has a best shot
// of each media.
func (w *world) ended(t *testing.T) (*bonafide.Folder, []bonafide.Media, *store.Order, []bonafide.File) {
	t.Helper()
	f, m := w.folder(), []bonafide.Media{newMedia(), newMedia()}
	o := newOrder(m[0].ID, m[1].ID)
	ok(t, w.CreateFolder(t.Context(), f, m, o))
	shots := []bonafide.File{newFile(), newFile()}
	rs := results(o, bonafide.Success)
	for i := range m {
		rs[0].Result.Findings = append(rs[0].Result.Findings, bonafide.Finding{
			Kind: bonafide.FindingLiveness, MediaID: m[i].ID, Score: ptr(0.9), BestShot: &shots[i]})
	}
	rs[1].Resolution = bonafide.Declined
	ok(t, w.FinishGroup(t.Context(), o.GroupID, rs))
	return f, m, o, shots
}

// gone checks that links are dead, and that the blobs follow.
func (w *world) gone(t *testing.T, files ...bonafide.File) {
	t.Helper()
	var digests []string
	for _, f := range files {
		_, err := w.FileByKey(t.Context(), f.Key)
		wantCode(t, "link of a deleted file", err, bonafide.CodeNotFound)
		digests = append(digests, f.Digest)
	}
	slices.Sort(digests)
	if removed := w.sweep(t, claimOver()); !slices.Equal(removed, digests) {
		t.Errorf("blobs removed %v, want %v", removed, digests)
	}
	if again := w.sweep(t, claimOver()); len(again) != 0 {
		t.Errorf("removed once more: %v", again)
	}
}

func deletions(t *testing.T, w *world) {
	ctx := t.Context()
	t.Run("a folder goes with all that hangs on it", func(t *testing.T) {
		kept, _, _, _ := w.ended(t)
		f, m, o, shots := w.ended(t)
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{CompanyID: w.company}, f.ID))
		_, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		wantCode(t, "the folder", err, bonafide.CodeNotFound)
		_, err = w.Media(ctx, bonafide.Scope{}, m[0].ID)
		wantCode(t, "its media", err, bonafide.CodeNotFound)
		_, err = w.Analysis(ctx, bonafide.Scope{}, o.Analyses[0].ID)
		wantCode(t, "its analysis", err, bonafide.CodeNotFound)
		_, err = w.Group(ctx, o.GroupID)
		wantCode(t, "its group", err, bonafide.CodeNotFound)
		w.gone(t, m[0].Original, *m[0].Thumb, m[1].Original, *m[1].Thumb, shots[0], shots[1])
		wantCode(t, "deleting twice", w.DeleteFolder(ctx, bonafide.Scope{}, f.ID), bonafide.CodeNotFound)
		wantCode(t, "media for it", w.AddToFolder(ctx, f.ID, store.Addition{Media: []bonafide.Media{newMedia()}}), bonafide.CodeNotFound)
		wantCode(t, "an order for it", w.AddToFolder(ctx, f.ID, store.Addition{Order: newOrder()}), bonafide.CodeNotFound)
		_, err = w.Folder(ctx, bonafide.Scope{}, kept.ID)
		ok(t, err)
		media, err := w.MediaOf(ctx, kept.ID)
		ok(t, err)
		if len(media[kept.ID]) != 2 {
			t.Errorf("another folder has %d media left", len(media[kept.ID]))
		}
	})
	t.Run("a media goes with its best shots, analyses keep their scores", func(t *testing.T) {
		f, m, o, shots := w.ended(t)
		ok(t, w.DeleteMedia(ctx, bonafide.Scope{}, m[0].ID))
		w.gone(t, m[0].Original, *m[0].Thumb, shots[0])
		_, err := w.FileByKey(ctx, shots[1].Key)
		ok(t, err)
		a, err := w.Analysis(ctx, bonafide.Scope{}, o.Analyses[0].ID)
		ok(t, err)
		found := a.Result.Findings
		if a.Resolution != bonafide.Success || len(found) != 2 || found[0].BestShot != nil || *found[0].Score != 0.9 || found[1].BestShot == nil {
			t.Errorf("the analysis is %s with %+v", a.Resolution, found)
		}
		after, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		if after.State.SystemResolution != bonafide.Declined || after.TimeUpdated.Before(f.TimeUpdated) {
			t.Errorf("the folder is %v", after.State)
		}
	})
	t.Run("an analysis goes and the folder is settled anew", func(t *testing.T) {
		f, m, o, shots := w.ended(t)
		ok(t, w.DeleteAnalysis(ctx, bonafide.Scope{}, o.Analyses[1].ID)) // the declined one
		after, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		if after.State.SystemResolution != bonafide.Success {
			t.Errorf("without the declined analysis the folder is %v", after.State)
		}
		ok(t, w.DeleteAnalysis(ctx, bonafide.Scope{}, o.Analyses[0].ID))
		after, err = w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		if after.State != decision.Folder(nil) || !after.ResolutionTime.IsZero() {
			t.Errorf("without analyses the folder is %v, ended at %v", after.State, after.ResolutionTime)
		}
		w.gone(t, shots...)
		_, err = w.Media(ctx, bonafide.Scope{}, m[0].ID)
		ok(t, err)
	})
	t.Run("what is outside the scope stays", func(t *testing.T) {
		f, m, o, _ := w.ended(t)
		for _, scope := range []bonafide.Scope{{CompanyID: w.other}, {CompanyID: w.company, UserID: w.colleague}, {Nothing: true}} {
			wantCode(t, "folder", w.DeleteFolder(ctx, scope, f.ID), bonafide.CodeNotFound)
			wantCode(t, "media", w.DeleteMedia(ctx, scope, m[0].ID), bonafide.CodeNotFound)
			wantCode(t, "analysis", w.DeleteAnalysis(ctx, scope, o.Analyses[0].ID), bonafide.CodeNotFound)
		}
		if removed := w.sweep(t, claimOver()); len(removed) != 0 {
			t.Errorf("removed %v", removed)
		}
	})
	t.Run("a legal hold keeps everything until it is lifted", func(t *testing.T) {
		f, m, o, _ := w.ended(t)
		f.LegalHold = true
		ok(t, PutFolder(ctx, w, f))
		wantCode(t, "folder", w.DeleteFolder(ctx, bonafide.Scope{}, f.ID), bonafide.CodeForbidden)
		wantCode(t, "media", w.DeleteMedia(ctx, bonafide.Scope{}, m[0].ID), bonafide.CodeForbidden)
		wantCode(t, "analysis", w.DeleteAnalysis(ctx, bonafide.Scope{}, o.Analyses[0].ID), bonafide.CodeForbidden)
		wantCode(t, "a stranger learns nothing", w.DeleteFolder(ctx, bonafide.Scope{CompanyID: w.other}, f.ID), bonafide.CodeNotFound)
		held, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		held.LegalHold = false
		ok(t, PutFolder(ctx, w, held))
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, f.ID))
	})
}

// dequeued proves that what is deleted before its turn is not run any more.
func dequeued(t *testing.T, w *world) {
	ctx := t.Context()
	whole, _, _ := w.stored(t)
	_, _, single := w.stored(t)
	_, _, part := w.stored(t)
	ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, whole.ID))
	for _, a := range single.Analyses {
		ok(t, w.DeleteAnalysis(ctx, bonafide.Scope{}, a.ID))
	}
	ok(t, w.DeleteAnalysis(ctx, bonafide.Scope{}, part.Analyses[0].ID))
	same(t, "the order of runs", ran(t, w, 1, atOnce), []bonafide.ID{part.GroupID})
}

// deletedUnderWay proves that a worker brings nothing back of what was deleted
// while it worked, and that the queue goes on.
func deletedUnderWay(t *testing.T, w *world) {
	ctx := t.Context()
	folder, _, gone := w.stored(t)
	f, m := w.folder(), []bonafide.Media{newMedia(), newMedia()}
	o := newOrder(m[0].ID, m[1].ID)
	ok(t, w.CreateFolder(ctx, f, m, o))
	shots := []bonafide.File{newFile(), newFile()}
	rs := results(o, bonafide.Success)
	for i := range m {
		rs[0].Result.Findings = append(rs[0].Result.Findings, bonafide.Finding{MediaID: m[i].ID, Score: ptr(0.9), BestShot: &shots[i]})
	}
	runs := make(chan error, 2)
	stop := working(t, w, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		if group == gone.GroupID {
			ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, folder.ID))
			runs <- w.FinishGroup(ctx, group, results(gone, bonafide.Success))
			return errors.New("the last write failed")
		}
		ok(t, w.DeleteMedia(ctx, bonafide.Scope{}, m[0].ID))
		ok(t, w.DeleteAnalysis(ctx, bonafide.Scope{}, o.Analyses[1].ID))
		runs <- w.FinishGroup(ctx, group, rs[:1])
		return nil
	})
	wantCode(t, "the end of a deleted group", <-runs, bonafide.CodeNotFound)
	ok(t, <-runs)
	stop()
	_, err := w.Folder(ctx, bonafide.Scope{}, folder.ID)
	wantCode(t, "the deleted folder", err, bonafide.CodeNotFound)
	group, err := w.Group(ctx, o.GroupID)
	ok(t, err)
	if len(group) != 1 || group[0].Resolution != bonafide.Success || group[0].Result.Findings[0].BestShot != nil {
		t.Errorf("the group ended as %+v", group)
	}
	_, err = w.FileByKey(ctx, shots[0].Key)
	wantCode(t, "a best shot of a deleted media", err, bonafide.CodeNotFound)
	_, err = w.FileByKey(ctx, shots[1].Key)
	ok(t, err)
}

func looseBlobs(t *testing.T, w *world) {
	ctx := t.Context()
	upload := func(t *testing.T, digest string) bonafide.ID {
		f, m := w.folder(), []bonafide.Media{newMedia()}
		m[0].Thumb, m[0].Original.Digest = nil, digest
		ok(t, w.CreateFolder(ctx, f, m, nil))
		return f.ID
	}
	t.Run("a blob stays as long as a file names it", func(t *testing.T) {
		digest := bonafide.NewSecret(32)
		first, second := upload(t, digest), upload(t, digest)
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, first))
		if removed := w.sweep(t, claimOver()); len(removed) != 0 {
			t.Errorf("removed %v", removed)
		}
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, second))
		if removed := w.sweep(t, time.Now()); !slices.Equal(removed, []string{digest}) {
			t.Errorf("removed %v", removed)
		}
	})
	t.Run("a claim keeps a blob for an upload of the same bytes", func(t *testing.T) {
		digest := bonafide.NewSecret(32)
		first := upload(t, digest)
		ok(t, w.ClaimBlobs(ctx, digest)) // the second upload has put its bytes
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, first))
		if removed := w.sweep(t, time.Now()); len(removed) != 0 {
			t.Errorf("removed %v", removed)
		}
		upload(t, digest)
		if removed := w.sweep(t, claimOver()); len(removed) != 0 {
			t.Errorf("removed %v", removed)
		}
	})
	t.Run("blobs that got no file are removed when their claim is over", func(t *testing.T) {
		digests := []string{bonafide.NewSecret(32), bonafide.NewSecret(32)}
		slices.Sort(digests)
		ok(t, w.ClaimBlobs(ctx, digests[0], digests[1], digests[0]))
		if removed := w.sweep(t, time.Now()); len(removed) != 0 {
			t.Errorf("removed %v", removed)
		}
		removed := w.sweep(t, claimOver())
		if slices.Sort(removed); !slices.Equal(removed, digests) {
			t.Errorf("removed %v", removed)
		}
	})
	t.Run("a crash between rows and blobs leaves a note", func(t *testing.T) {
		digest := bonafide.NewSecret(32)
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, upload(t, digest)))
		w.reopen(t)
		if removed := w.sweep(t, time.Now()); !slices.Equal(removed, []string{digest}) {
			t.Errorf("removed %v", removed)
		}
	})
	t.Run("what cannot be removed is left for the next sweep and holds up nothing", func(t *testing.T) {
		stuck, free := bonafide.NewSecret(32), bonafide.NewSecret(32)
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, upload(t, stuck)))
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, upload(t, free)))
		fault := errors.New("input/output error")
		n, err := w.SweepBlobs(ctx, time.Now(), func(_ context.Context, digest string) error {
			if digest == stuck {
				return fault
			}
			return nil
		})
		if n != 1 || !errors.Is(err, fault) {
			t.Errorf("%d removed, %v", n, err)
		}
		if removed := w.sweep(t, time.Now()); !slices.Equal(removed, []string{stuck}) {
			t.Errorf("removed %v", removed)
		}
	})
	t.Run("a blob that is not there counts for nothing", func(t *testing.T) {
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, upload(t, bonafide.NewSecret(32))))
		n, err := w.SweepBlobs(ctx, time.Now(), func(context.Context, string) error {
			return bonafide.Errorf(bonafide.CodeNotFound, "File not found")
		})
		if n != 0 || err != nil {
			t.Errorf("%d removed, %v", n, err)
		}
		if removed := w.sweep(t, claimOver()); len(removed) != 0 {
			t.Errorf("removed %v", removed)
		}
	})
	t.Run("a hold keeps all blobs, and a later one stands", func(t *testing.T) {
		digest, hold := bonafide.NewSecret(32), time.Now().Add(20*time.Minute)
		ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, upload(t, digest)))
		ok(t, errors.Join(w.HoldBlobs(ctx, hold), w.HoldBlobs(ctx, hold.Add(-time.Minute))))
		early, late := w.sweep(t, hold.Add(-time.Second)), w.sweep(t, hold.Add(time.Second))
		if len(early) != 0 || !slices.Equal(late, []string{digest}) {
			t.Errorf("removed %v, %v", early, late)
		}
	})
}
