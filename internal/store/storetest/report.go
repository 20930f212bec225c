package storetest

import (
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

func reports(t *testing.T, w *world) {
	ctx := t.Context()
	f, media, order := w.stored(t)
	ok(t, w.FinishGroup(ctx, order.GroupID, results(order, bonafide.Success)))
	add := func() *bonafide.Report {
		t.Helper()
		r := &bonafide.Report{ID: bonafide.NewID(), FolderID: f.ID, UserID: w.user, Name: "отчёт.pdf", File: newFile()}
		now, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		ok(t, w.CreateReport(ctx, r, now.TimeUpdated))
		return r
	}
	gone := func(what string, r *bonafide.Report) {
		t.Helper()
		_, err := w.Report(ctx, bonafide.Scope{}, r.ID)
		wantCode(t, what, err, bonafide.CodeNotFound)
		_, err = w.FileByKey(ctx, r.File.Key)
		wantCode(t, what+": its file", err, bonafide.CodeNotFound)
	}
	first, second := add(), add()
	for _, scope := range []bonafide.Scope{{}, {CompanyID: w.company}, {CompanyID: w.company, UserID: w.user}} {
		got, err := w.Report(ctx, scope, first.ID)
		ok(t, err)
		same(t, "report", got, first)
	}
	for _, scope := range []bonafide.Scope{{CompanyID: w.other}, {CompanyID: w.company, UserID: w.colleague}, {Nothing: true}} {
		_, err := w.Report(ctx, scope, first.ID)
		wantCode(t, "outside the scope", err, bonafide.CodeNotFound)
		wantCode(t, "outside the scope", w.DeleteReport(ctx, scope, first.ID), bonafide.CodeNotFound)
	}
	all, err := w.ReportsOf(ctx, f.ID)
	ok(t, err)
	same(t, "reports", all, []bonafide.Report{*first, *second})

	ok(t, w.DeleteReport(ctx, bonafide.Scope{CompanyID: w.company}, first.ID))
	gone("a deleted report", first)

	late := &bonafide.Report{ID: bonafide.NewID(), FolderID: f.ID, UserID: w.user, File: newFile()}
	wantCode(t, "of a folder as it was", w.CreateReport(ctx, late, time.Now().Add(-time.Hour)), bonafide.CodeExists)
	gone("a refused report", late)
	late.FolderID = bonafide.NewID()
	wantCode(t, "of no folder", w.CreateReport(ctx, late, time.Now()), bonafide.CodeNotFound)

	ok(t, w.DeleteAnalysis(ctx, bonafide.Scope{}, order.Analyses[0].ID))
	gone("a report with a deleted analysis", second)
	third := add()
	ok(t, w.DeleteMedia(ctx, bonafide.Scope{}, media[0].ID))
	gone("a report with a deleted media", third)

	held, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
	ok(t, err)
	fourth := add()
	held.LegalHold = true
	ok(t, PutFolder(ctx, w, held))
	wantCode(t, "under legal hold", w.DeleteReport(ctx, bonafide.Scope{}, fourth.ID), bonafide.CodeForbidden)
	held.LegalHold = false
	ok(t, PutFolder(ctx, w, held))
	for n, err := w.ReportsOf(ctx, f.ID); len(n) < bonafide.MaxReports; n, err = w.ReportsOf(ctx, f.ID) {
		ok(t, err)
		add()
	}
	late.FolderID = f.ID
	wantCode(t, "one too many", w.CreateReport(ctx, late, held.TimeUpdated), bonafide.CodeFull)
	ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, f.ID))
	gone("a report of a deleted folder", fourth)
}
