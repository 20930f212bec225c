package storetest

import (
	"testing"

	"github.com/bonafide-id/bonafide"
)

func reportTemplates(t *testing.T, w *world) {
	ctx := t.Context()
	add := func(company bonafide.ID, isDefault bool) *bonafide.ReportTemplate {
		t.Helper()
		tpl := &bonafide.ReportTemplate{ID: bonafide.NewID(), CompanyID: company, Name: "Үлгі", Default: isDefault, Title: "Есеп", Header: "a\nb"}
		ok(t, w.CreateReportTemplate(ctx, tpl))
		return tpl
	}
	mine := bonafide.Scope{CompanyID: w.company}
	first, foreign, second := add(w.company, true), add(w.other, true), add(w.company, false)
	nobodys := add("", true)
	all, err := w.ReportTemplates(ctx, mine)
	ok(t, err)
	same(t, "templates of a company", all, []bonafide.ReportTemplate{*first, *second})
	all, err = w.ReportTemplates(ctx, bonafide.Scope{})
	ok(t, err)
	same(t, "all templates", all, []bonafide.ReportTemplate{*first, *foreign, *second, *nobodys})

	second.Default, second.Name = true, "Other"
	ok(t, PutReportTemplate(ctx, w, second))
	got, err := w.ReportTemplate(ctx, mine, second.ID)
	ok(t, err)
	same(t, "changed template", got, second)
	for id, want := range map[bonafide.ID]bool{first.ID: false, second.ID: true, foreign.ID: true, nobodys.ID: true} {
		if got, err := w.ReportTemplate(ctx, bonafide.Scope{}, id); err != nil || got.Default != want {
			t.Errorf("default is %+v, %v, want %t", got, err, want)
		}
	}
	for _, scope := range []bonafide.Scope{{CompanyID: w.other}, {CompanyID: w.company, UserID: w.user}, {Nothing: true}} {
		_, err := w.ReportTemplate(ctx, scope, first.ID)
		wantCode(t, "outside the scope", err, bonafide.CodeNotFound)
		wantCode(t, "outside the scope", w.DeleteReportTemplate(ctx, scope, first.ID), bonafide.CodeNotFound)
	}
	ok(t, w.DeleteReportTemplate(ctx, mine, first.ID))
	wantCode(t, "twice", w.DeleteReportTemplate(ctx, mine, first.ID), bonafide.CodeNotFound)
	wantCode(t, "change of a deleted one", PutReportTemplate(ctx, w, first), bonafide.CodeNotFound)
	attachments(t, w, second)
	for range bonafide.MaxReportTemplates {
		add(w.company, false)
	}
	wantCode(t, "one too many", w.CreateReportTemplate(ctx, &bonafide.ReportTemplate{ID: bonafide.NewID(), CompanyID: w.company}), bonafide.CodeFull)
}

func attachments(t *testing.T, w *world, template *bonafide.ReportTemplate) {
	ctx := t.Context()
	some := func(n int) []bonafide.ReportAttachment {
		all := make([]bonafide.ReportAttachment, n)
		for i := range all {
			all[i] = bonafide.ReportAttachment{ID: bonafide.NewID(), Name: "белгі.png", File: newFile(), Picture: newFile()}
		}
		return all
	}
	gone := func(all ...bonafide.ReportAttachment) {
		t.Helper()
		var files []bonafide.File
		for _, a := range all {
			_, err := w.ReportAttachment(ctx, bonafide.Scope{}, a.ID)
			wantCode(t, "a deleted attachment", err, bonafide.CodeNotFound)
			files = append(files, a.File, a.Picture)
		}
		w.gone(t, files...)
	}
	added := some(3)
	ok(t, w.AddReportAttachments(ctx, template.ID, added[:1]))
	ok(t, w.AddReportAttachments(ctx, template.ID, added[1:]))
	all, err := w.ReportAttachments(ctx, template.ID)
	ok(t, err)
	same(t, "attachments", all, added)
	mine := bonafide.Scope{CompanyID: w.company}
	got, err := w.ReportAttachment(ctx, mine, added[0].ID)
	ok(t, err)
	same(t, "attachment", got, &added[0])
	for _, scope := range []bonafide.Scope{{CompanyID: w.other}, {CompanyID: w.company, UserID: w.user}, {Nothing: true}} {
		_, err := w.ReportAttachment(ctx, scope, added[0].ID)
		wantCode(t, "outside the scope", err, bonafide.CodeNotFound)
		wantCode(t, "outside the scope", w.DeleteReportAttachment(ctx, scope, added[0].ID), bonafide.CodeNotFound)
	}
	ok(t, w.DeleteReportAttachment(ctx, mine, added[0].ID))
	gone(added[0])
	wantCode(t, "too many", w.AddReportAttachments(ctx, template.ID, some(bonafide.MaxReportAttachments-1)), bonafide.CodeFull)
	rest := some(bonafide.MaxReportAttachments - 2)
	ok(t, w.AddReportAttachments(ctx, template.ID, rest))
	wantCode(t, "of no template", w.AddReportAttachments(ctx, bonafide.NewID(), some(1)), bonafide.CodeNotFound)
	ok(t, w.DeleteReportTemplatesOf(ctx, w.company))
	gone(append(rest, added[1:]...)...)
	left, err := w.ReportTemplates(ctx, mine)
	ok(t, err)
	same(t, "templates of a company without any", left, []bonafide.ReportTemplate{})
}
