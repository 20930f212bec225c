package storetest

import (
	"maps"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// reasons proves that folders and analyses are found, and analyses counted, by the codes
// of their reasons and by class, inside the scope only.
func reasons(t *testing.T, w *world) {
	ctx := t.Context()
	ended := func(company bonafide.ID, resolution bonafide.Status, codes ...string) bonafide.ID {
		f, o := w.folder(), newOrder()
		if f.CompanyID = company; company != w.company {
			f.UserID = w.stranger
		}
		ok(t, w.CreateFolder(ctx, f, nil, o))
		rs := results(o, bonafide.Success)
		rs[0].Resolution = resolution
		for _, c := range codes {
			rs[0].Result.Reasons = append(rs[0].Result.Reasons, bonafide.Reason{Code: c}, bonafide.Reason{Code: c, Media: bonafide.NewID()})
		}
		ok(t, w.FinishGroup(ctx, o.GroupID, rs))
		return f.ID
	}
	again := ended(w.company, bonafide.Declined, bonafide.ReasonTooDark, bonafide.ReasonBlurred)
	attack := ended(w.company, bonafide.Declined, bonafide.ReasonAttack, bonafide.ReasonBlurred)
	fine := ended(w.company, bonafide.Success)
	ended(w.other, bonafide.Declined, bonafide.ReasonAttack)

	mine := bonafide.Scope{CompanyID: w.company}
	found := func(what string, filters []bonafide.Filter, want ...bonafide.ID) {
		t.Helper()
		page, err := w.Folders(ctx, mine, bonafide.Query{Filters: filters, Limit: -1, Sorting: []bonafide.Sort{{Field: "time_created"}}})
		ok(t, err)
		var ids, folders []bonafide.ID
		for _, f := range page.Items {
			ids = append(ids, f.ID)
		}
		same(t, "folders "+what, ids, want)
		same(t, "total of folders "+what, page.Total, len(want))
		analyses, err := w.Analyses(ctx, mine, bonafide.Query{Filters: append(filters, filter("type", bonafide.OpIn, string(bonafide.Quality))), Limit: -1,
			Sorting: []bonafide.Sort{{Field: "time_created"}}})
		ok(t, err)
		for _, a := range analyses.Items {
			folders = append(folders, a.FolderID)
		}
		same(t, "analyses "+what, folders, want)
	}
	found("too dark", []bonafide.Filter{filter("reason", bonafide.OpIn, "too_dark")}, again)
	found("blurred", []bonafide.Filter{filter("reason", bonafide.OpIn, "blurred")}, again, attack)
	found("of several", []bonafide.Filter{filter("reason", bonafide.OpIn, "too_dark", "presentation_attack")}, again, attack)
	found("not blurred", []bonafide.Filter{filter("reason", bonafide.OpNotIn, "blurred")}, fine)
	found("attacks", []bonafide.Filter{filter("class", bonafide.OpIn, "attack")}, attack)
	found("to be taken again", []bonafide.Filter{filter("class", bonafide.OpIn, "try_again")}, again)
	_, err := w.Folders(ctx, mine, bonafide.Query{Filters: []bonafide.Filter{filter("reason", bonafide.OpIn, nil)}})
	wantCode(t, "no reason at all", err, bonafide.CodeValue)

	st, err := w.FolderStatistics(ctx, mine, nil)
	ok(t, err)
	same(t, "reasons", st.ByReason, map[string]int{"too_dark": 1, "blurred": 2, "presentation_attack": 1})
	same(t, "classes", st.ByType[bonafide.Quality].ByClass, map[bonafide.Class]int{bonafide.ClassTryAgain: 1, bonafide.ClassAttack: 1, bonafide.ClassAccepted: 1})
	ok(t, w.DeleteFolder(ctx, bonafide.Scope{}, attack))
	st, err = w.FolderStatistics(ctx, bonafide.Scope{}, nil)
	ok(t, err)
	same(t, "reasons after a deletion", slices.Sorted(maps.Keys(st.ByReason)), []string{"blurred", "presentation_attack", "too_dark"})
	same(t, "what was deleted", st.ByReason["blurred"], 1)
}
