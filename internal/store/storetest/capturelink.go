package storetest

import (
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

func captureLinks(t *testing.T, w *world) {
	ctx := t.Context()
	now := time.Now().UTC().Truncate(time.Microsecond)
	link := &store.CaptureLink{ID: bonafide.NewID(), CompanyID: w.company, UserID: w.user, Actions: []string{"photo_id_front"}, Draw: 2, Meta: hostile(), Lang: "ru",
		Brand: store.CaptureBrand{Color: "#aabbcc", Logo: "data:image/png;base64,AA==", Name: "Bank"}, Endpoint: "https://bank.example/hook", ExpiresAt: now.Add(time.Hour)}
	ok(t, w.CreateCaptureLink(ctx, link))
	found := func() *store.CaptureLink {
		l, err := w.CaptureLink(ctx, bonafide.Scope{}, link.ID)
		ok(t, err)
		return l
	}
	same(t, "a link", *found(), *link)
	for name, scope := range map[string]bonafide.Scope{"another company's": {CompanyID: w.other}, "another user's": {CompanyID: w.company, UserID: w.stranger}} {
		_, err := w.CaptureLink(ctx, scope, link.ID)
		wantCode(t, name, err, bonafide.CodeNotFound)
	}
	wantCode(t, "one that is too old", w.SpendCaptureLink(ctx, link.ID, now.Add(time.Hour)), bonafide.CodeExists)
	wantCode(t, "one that is not there", w.SpendCaptureLink(ctx, bonafide.NewID(), now), bonafide.CodeExists)
	ok(t, w.SpendCaptureLink(ctx, link.ID, now))
	wantCode(t, "a second use", w.SpendCaptureLink(ctx, link.ID, now), bonafide.CodeExists)
	ok(t, w.EndCaptureLink(ctx, link.ID, ""))
	ok(t, w.SpendCaptureLink(ctx, link.ID, now))
	folder := bonafide.NewID()
	ok(t, w.EndCaptureLink(ctx, link.ID, folder))
	ok(t, w.EndCaptureLink(ctx, link.ID, "")) // of another process that was late
	if l := found(); l.FolderID != folder || !l.UsedAt.Equal(now) {
		t.Errorf("used: %+v", l)
	}
	old := &store.CaptureLink{ID: bonafide.NewID(), UserID: w.user, ExpiresAt: now.Add(-91 * 24 * time.Hour)}
	ok(t, w.CreateCaptureLink(ctx, old))
	ok(t, w.CreateCaptureLink(ctx, &store.CaptureLink{ID: bonafide.NewID(), UserID: w.user, ExpiresAt: now}))
	_, err := w.CaptureLink(ctx, bonafide.Scope{}, old.ID)
	wantCode(t, "one of long ago", err, bonafide.CodeNotFound)
}
