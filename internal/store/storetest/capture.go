package storetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// newCapture makes a session that was drawn now.
func newCapture(company, user bonafide.ID) *store.CaptureSession {
	now := time.Now().UTC().Truncate(time.Microsecond)
	return &store.CaptureSession{
		ID: bonafide.NewID(), CompanyID: company, UserID: user, ChallengeID: bonafide.NewID(), KeyID: "0123456789abcdef",
		Actions: []string{"video_selfie_smile", "video_selfie_left"}, Analyses: []string{"QUALITY"}, Colors: []string{"#ffffff"},
		SubjectHash: "abc", TimeDrawn: now, ExpiresAt: now.Add(10 * time.Minute),
	}
}

func captures(t *testing.T, w *world) {
	ctx := bonafide.WithActor(t.Context(), bonafide.Actor{UserID: w.user, Via: "test"})
	c := newCapture(w.company, w.user)
	ok(t, w.DrawCapture(ctx, c, store.CaptureLimits{}))
	got, err := w.CaptureSession(ctx, c.ID)
	ok(t, err)
	same(t, "capture session", got, c)
	_, err = w.CaptureSession(ctx, bonafide.NewID())
	wantCode(t, "unknown capture", err, bonafide.CodeNotFound)

	t.Run("of two at once one makes a folder", func(t *testing.T) {
		folders := []*bonafide.Folder{w.folder(), w.folder(), w.folder(), w.folder()}
		errs := make([]error, len(folders))
		var wait sync.WaitGroup
		for i, f := range folders {
			m := newMedia()
			wait.Go(func() {
				errs[i] = w.CreateCapturedFolder(ctx, f, []bonafide.Media{m}, newOrder(m.ID), store.CaptureUse{ID: c.ID, Outcome: "folder"})
			})
		}
		wait.Wait()
		made := 0
		got, err := w.CaptureSession(ctx, c.ID)
		ok(t, err)
		for i, f := range folders {
			_, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
			if errs[i] == nil {
				made++
				if err != nil || got.FolderID != f.ID || got.UsedAt.IsZero() || got.Outcome != "folder" {
					t.Errorf("%+v, %v", got, err)
				}
				continue
			}
			wantCode(t, "a second use", errs[i], bonafide.CodeSession)
			wantCode(t, "its folder", err, bonafide.CodeNotFound)
		}
		if made != 1 {
			t.Errorf("%d folders of one capture: %v", made, errs)
		}
		wantCode(t, "and once more", w.SpendCapture(ctx, store.CaptureUse{ID: c.ID, Outcome: "seal"}), bonafide.CodeSession)
	})
	t.Run("a folder that cannot be made spends nothing", func(t *testing.T) {
		c := newCapture(w.company, w.user)
		ok(t, w.DrawCapture(ctx, c, store.CaptureLimits{}))
		_, _, taken := w.stored(t)
		m := newMedia()
		refused := newOrder(m.ID)
		refused.Analyses[0].ID = taken.Analyses[0].ID
		if err := w.CreateCapturedFolder(ctx, w.folder(), []bonafide.Media{m}, refused, store.CaptureUse{ID: c.ID}); err == nil {
			t.Error("no error")
		}
		got, err := w.CaptureSession(ctx, c.ID)
		ok(t, err)
		same(t, "capture session", got, c)
		ok(t, w.SpendCapture(ctx, store.CaptureUse{ID: c.ID, Outcome: "seal"}))
	})
	t.Run("refusals are noted", func(t *testing.T) {
		entries := w.log(t, func() {
			ok(t, w.RefuseCapture(ctx, c.ID, "used"))
			ok(t, w.RefuseCapture(t.Context(), "", "unknown"))
		})
		if len(entries) != 2 || entries[0].ObjectID != string(c.ID) || entries[0].Action != bonafide.ActionRefuse || entries[0].Changed != "used" ||
			entries[0].CompanyID != w.company || entries[0].ActorID != w.user || entries[1].CompanyID != "" {
			t.Errorf("%+v", entries)
		}
	})
	t.Run("draws are limited by person and company", func(t *testing.T) { drawLimits(t, w) })
}

func drawLimits(t *testing.T, w *world) {
	ctx, most := t.Context(), store.CaptureLimits{Subject: 2, Company: 3}
	draw := func(company bonafide.ID, subject string, ago time.Duration) error {
		c := newCapture(company, w.stranger)
		c.SubjectHash, c.TimeDrawn = subject, c.TimeDrawn.Add(-ago)
		return w.DrawCapture(ctx, c, most)
	}
	ok(t, draw(w.other, "ada", 70*time.Minute))
	ok(t, draw(w.other, "ada", 50*time.Minute))
	ok(t, draw(w.other, "ada", 10*time.Minute))
	err := draw(w.other, "ada", 0)
	wantCode(t, "a third within an hour", err, bonafide.CodeThrottled)
	var e *bonafide.Error
	if errors.As(err, &e) && (e.RetryAfter < 9*time.Minute || e.RetryAfter > 10*time.Minute) {
		t.Errorf("to be tried again after %s", e.RetryAfter)
	}
	ok(t, draw(w.other, "eve", 0))
	wantCode(t, "a fourth of the company", draw(w.other, "", 0), bonafide.CodeThrottled)
	ok(t, draw("", "ada", 0))
}

func marks(t *testing.T, w *world) {
	ctx := t.Context()
	const high = 1<<63 + 5
	first, second := newCapture(w.company, w.user), newCapture(w.company, w.user)
	foreign := newCapture(w.other, w.stranger)
	known := func(c *store.CaptureSession, frames, marks []uint64, want int) {
		t.Helper()
		n, err := w.KnownFrames(ctx, c, frames, marks)
		ok(t, err)
		if n != want {
			t.Errorf("%d frames are known, want %d", n, want)
		}
	}
	known(first, []uint64{1, 2, high, 9}, []uint64{1, high}, 0)
	known(first, []uint64{1, 2, high, 9}, []uint64{1, high}, 0) // sent again after an error
	known(foreign, []uint64{1, high}, []uint64{1}, 0)
	known(second, []uint64{2, 9}, nil, 0)
	known(second, []uint64{1, 3, high}, []uint64{1, 3}, 2)
	known(first, []uint64{1, 3}, nil, 1)
	many := make([]uint64, 1200)
	for i := range many {
		many[i] = uint64(10 + i)
	}
	known(first, many, many[1199:], 0)
	known(second, many, nil, 1)
}
