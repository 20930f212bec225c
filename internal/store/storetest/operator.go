package storetest

import (
	"testing"

	"github.com/bonafide-id/bonafide"
)

func operators(t *testing.T, w *world) {
	ctx := bonafide.WithActor(t.Context(), bonafide.Actor{UserID: w.colleague, Via: "analysis.decide"})
	all := bonafide.Scope{}
	t.Run("a decision on an analysis stands beside what was found", func(t *testing.T) {
		f, _, o, _ := w.ended(t)
		id := o.Analyses[0].ID
		ok(t, w.DecideAnalysis(ctx, all, id, bonafide.OperatorDecision{Status: ptr(bonafide.Declined), Comment: ptr("a mask")}))
		a, err := w.Analysis(ctx, all, id)
		ok(t, err)
		if a.Operator != bonafide.Declined || a.OperatorComment != "a mask" || a.Resolution != bonafide.Success {
			t.Errorf("%+v", a)
		}
		if a.OperatorID != w.colleague || !a.OperatorTime.Equal(a.TimeUpdated) {
			t.Errorf("decided by %s at %s", a.OperatorID, a.OperatorTime)
		}
		decided := a.OperatorTime
		after, err := w.Folder(ctx, all, f.ID)
		ok(t, err)
		ok(t, w.DecideAnalysis(ctx, all, id, bonafide.OperatorDecision{Comment: ptr("a good mask")}))
		a, err = w.Analysis(ctx, all, id)
		ok(t, err)
		if a.OperatorID != w.colleague || !a.OperatorTime.Equal(decided) {
			t.Errorf("a new comment is no new decision: %s at %s", a.OperatorID, a.OperatorTime)
		}
		for value, want := range map[string]int{"DECLINED": 2, "SUCCESS": 0} {
			page, err := w.Analyses(ctx, all, bonafide.Query{Limit: -1, Filters: []bonafide.Filter{
				filter("folder_id", bonafide.OpIn, string(f.ID)), filter("resolution_status", bonafide.OpIn, value)}})
			ok(t, err)
			if page.Total != want {
				t.Errorf("%d analyses are %s, want %d", page.Total, value, want)
			}
		}
		ok(t, w.DecideAnalysis(ctx, all, id, bonafide.OperatorDecision{Status: ptr(bonafide.Status(""))}))
		a, err = w.Analysis(ctx, all, id)
		ok(t, err)
		if a.Operator != "" || a.OperatorComment != "" || a.OperatorID != "" || !a.OperatorTime.IsZero() {
			t.Errorf("taken back: %+v", a)
		}
		again, err := w.Folder(ctx, all, f.ID)
		ok(t, err)
		same(t, "state of the folder", again.State, after.State)
	})
	t.Run("a decision on a folder outlives changes of the folder", func(t *testing.T) {
		f, _, _, _ := w.ended(t)
		ok(t, w.DecideFolder(ctx, all, f.ID, bonafide.OperatorDecision{Status: ptr(bonafide.Success), Comment: ptr("seen")}))
		f.Meta = bonafide.Meta{"a": "b"} // in the hands of somebody who read it before
		ok(t, PutFolder(ctx, w, f))
		got, err := w.Folder(ctx, all, f.ID)
		ok(t, err)
		if got.OperatorStatus != bonafide.Success || got.OperatorComment != "seen" || got.Meta["a"] != "b" || got.OperatorID != w.colleague || got.OperatorTime.IsZero() {
			t.Errorf("%+v", got)
		}
		ok(t, w.DecideFolder(ctx, all, f.ID, bonafide.OperatorDecision{Status: ptr(bonafide.Status(""))}))
		got, err = w.Folder(ctx, all, f.ID)
		ok(t, err)
		if got.OperatorStatus != "" || got.OperatorComment != "" || got.OperatorID != "" || !got.OperatorTime.IsZero() {
			t.Errorf("taken back: %+v", got)
		}
	})
	t.Run("there is nothing to decide before the end", func(t *testing.T) {
		_, _, o := w.stored(t)
		d := bonafide.OperatorDecision{Status: ptr(bonafide.Success)}
		wantCode(t, "a running analysis", w.DecideAnalysis(ctx, all, o.Analyses[0].ID, d), bonafide.CodeValue)
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Failed)))
		wantCode(t, "a failed analysis", w.DecideAnalysis(ctx, all, o.Analyses[0].ID, d), bonafide.CodeValue)
		a, err := w.Analysis(ctx, all, o.Analyses[0].ID)
		ok(t, err)
		if a.Operator != "" {
			t.Errorf("%+v", a)
		}
	})
	t.Run("what is outside the scope is not decided on", func(t *testing.T) {
		f, _, o, _ := w.ended(t)
		d := bonafide.OperatorDecision{Status: ptr(bonafide.Success)}
		for _, scope := range []bonafide.Scope{{CompanyID: w.other}, {Nothing: true}} {
			wantCode(t, "folder", w.DecideFolder(ctx, scope, f.ID, d), bonafide.CodeNotFound)
			wantCode(t, "analysis", w.DecideAnalysis(ctx, scope, o.Analyses[0].ID, d), bonafide.CodeNotFound)
		}
	})
}
