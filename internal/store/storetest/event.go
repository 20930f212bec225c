package storetest

import (
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

func events(t *testing.T, w *world) {
	ctx := t.Context()
	first := &bonafide.EventSession{ID: bonafide.NewID(), CompanyID: w.company, UserID: w.user, Data: hostile()}
	ok(t, w.SaveEventSession(ctx, first))
	second := &bonafide.EventSession{ID: bonafide.NewID(), CompanyID: w.other, UserID: w.stranger, Data: bonafide.Meta{}}
	ok(t, w.SaveEventSession(ctx, second))
	found := func(scope bonafide.Scope, filters ...bonafide.Filter) []bonafide.EventSession {
		page, err := w.EventSessions(ctx, scope, bonafide.Query{Filters: filters, Sorting: []bonafide.Sort{{Field: "time_created"}}, Limit: 10})
		ok(t, err)
		return page.Items
	}
	same(t, "event sessions", found(bonafide.Scope{}), []bonafide.EventSession{*first, *second})
	same(t, "those of a company", found(bonafide.Scope{CompanyID: w.other}), []bonafide.EventSession{*second})
	same(t, "all but one", found(bonafide.Scope{}, filter("session_id", bonafide.OpNotIn, string(first.ID))), []bonafide.EventSession{*second})
	again := &bonafide.EventSession{ID: first.ID, CompanyID: w.company, UserID: w.user, Data: bonafide.Meta{"later": true}}
	ok(t, w.SaveEventSession(ctx, again))
	if got := found(bonafide.Scope{CompanyID: w.company}); len(got) != 1 || got[0].Data["later"] != true || !got[0].TimeCreated.Equal(first.TimeCreated) || got[0].TimeUpdated.Before(first.TimeUpdated) {
		t.Errorf("sent again: %+v", got)
	}
	again.UserID = w.stranger
	wantCode(t, "another user's", w.SaveEventSession(ctx, again), bonafide.CodeExists)
	old := &bonafide.EventSession{ID: bonafide.NewID(), UserID: w.user, TimeCreated: time.Now().Add(-91 * 24 * time.Hour)}
	ok(t, w.SaveEventSession(ctx, old))
	ok(t, w.SaveEventSession(ctx, second))
	if got := found(bonafide.Scope{}); len(got) != 2 {
		t.Errorf("%d are kept", len(got))
	}
}
