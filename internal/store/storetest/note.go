package storetest

import (
	"testing"

	"github.com/bonafide-id/bonafide"
)

func notes(t *testing.T, w *world) {
	ctx := t.Context()
	n := &bonafide.Note{ID: bonafide.NewID(), CompanyID: w.company, Text: "Calls on Mondays"}
	ok(t, w.CreateCompanyNote(ctx, n))
	ok(t, w.CreateCompanyNote(ctx, &bonafide.Note{ID: bonafide.NewID(), CompanyID: w.other, Text: "Another's"}))
	got, err := w.CompanyNote(ctx, bonafide.Scope{CompanyID: w.company}, n.ID)
	ok(t, err)
	same(t, "note", got, n)
	all, err := w.CompanyNotes(ctx, w.company)
	ok(t, err)
	same(t, "notes of the company", all, []bonafide.Note{*n})
	wantCode(t, "another company's", w.DeleteCompanyNote(ctx, bonafide.Scope{CompanyID: w.other}, n.ID), bonafide.CodeNotFound)
	ok(t, w.DeleteCompanyNote(ctx, bonafide.Scope{}, n.ID))
	wantCode(t, "deleted", w.DeleteCompanyNote(ctx, bonafide.Scope{}, n.ID), bonafide.CodeNotFound)
}
