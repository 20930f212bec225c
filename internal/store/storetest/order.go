package storetest

import (
	"math"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

func ptr[T any](v T) *T { return &v }

func analyses(t *testing.T, w *world) {
	ctx := t.Context()
	f, _, first := w.stored(t)
	t.Run("an order comes back as it was given", func(t *testing.T) {
		o := newOrder(bonafide.NewID(), bonafide.NewID())
		o.Analyses[0].Params = bonafide.Params{
			ExtractBestShot: ptr(false), ThresholdSpoofing: ptr(0.5), ThresholdMin: ptr(0.0), ThresholdMax: ptr(1.0),
			CollectionID: bonafide.NewID(), Capabilities: ptr[int64](math.MaxInt64),
		}
		o.Analyses[1].Meta = hostile()
		ok(t, w.AddToFolder(ctx, f.ID, store.Addition{Order: o}))
		for i, a := range o.Analyses {
			if a.FolderID != f.ID || a.CompanyID != f.CompanyID || a.GroupID != o.GroupID || a.State != bonafide.Processing || a.Resolution != bonafide.Processing {
				t.Errorf("analysis %d was ordered as %+v", i, a)
			}
			got, err := w.Analysis(ctx, bonafide.Scope{}, a.ID)
			ok(t, err)
			same(t, "analysis", got, &a)
		}
		group, err := w.Group(ctx, o.GroupID)
		ok(t, err)
		same(t, "group", group, o.Analyses)
		all, err := w.AnalysesOf(ctx, f.ID, bonafide.NewID())
		ok(t, err)
		same(t, "analyses in order of creation", all, map[bonafide.ID][]bonafide.Analysis{f.ID: append(first.Analyses, o.Analyses...)})
	})
	t.Run("what is not there is not found", func(t *testing.T) {
		_, err := w.Analysis(ctx, bonafide.Scope{}, bonafide.NewID())
		wantCode(t, "analysis", err, bonafide.CodeNotFound)
		_, err = w.Group(ctx, bonafide.NewID())
		wantCode(t, "group", err, bonafide.CodeNotFound)
		wantCode(t, "folder", w.AddToFolder(ctx, bonafide.NewID(), store.Addition{Order: newOrder()}), bonafide.CodeNotFound)
	})
	t.Run("an order needs an analysis", func(t *testing.T) {
		wantCode(t, "empty order", w.AddToFolder(ctx, f.ID, store.Addition{Order: &store.Order{GroupID: bonafide.NewID()}}), bonafide.CodeStructure)
	})
}

// orders proves that an order is stored and queued as a whole or not at all.
func orders(t *testing.T, w *world) {
	ctx := t.Context()
	_, _, taken := w.stored(t)
	f, m := w.folder(), []bonafide.Media{newMedia()}
	refused := newOrder()
	refused.Analyses[1].ID = taken.Analyses[0].ID
	wantCode(t, "an order with a taken id", w.CreateFolder(ctx, f, m, refused), bonafide.CodeExists)

	_, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
	wantCode(t, "its folder", err, bonafide.CodeNotFound)
	_, err = w.Media(ctx, bonafide.Scope{}, m[0].ID)
	wantCode(t, "its media", err, bonafide.CodeNotFound)
	_, err = w.Analysis(ctx, bonafide.Scope{}, refused.Analyses[0].ID)
	wantCode(t, "its first analysis", err, bonafide.CodeNotFound)

	_, _, last := w.stored(t)
	same(t, "the order of runs", ran(t, w, 2, atOnce), []bonafide.ID{taken.GroupID, last.GroupID})
}

func endings(t *testing.T, w *world) {
	ctx := t.Context()
	state := func(t *testing.T, id bonafide.ID) *bonafide.Folder {
		f, err := w.Folder(ctx, bonafide.Scope{}, id)
		ok(t, err)
		return f
	}
	t.Run("a group ends with findings and best shots", func(t *testing.T) {
		f, m, o := w.stored(t)
		if state(t, f.ID).State.SystemResolution != bonafide.Processing {
			t.Error("the folder of a new order is not PROCESSING")
		}
		shot := newFile()
		rs := results(o, bonafide.Declined)
		rs[0].Result = &bonafide.Result{
			Findings: []bonafide.Finding{{
				Kind: bonafide.FindingLiveness, MediaID: m[0].ID, Score: ptr(0.25), Raw: ptr(-1.5), Frames: 7, BestShot: &shot,
				Failures: []bonafide.Reason{{Code: bonafide.ReasonAttack}}, Measures: map[string]float64{"yaw_deg": -3.5},
			}},
			Thresholds: map[bonafide.Threshold]float64{bonafide.ThresholdSpoofing: 0.5},
			Reasons:    []bonafide.Reason{{Code: bonafide.ReasonAttack}},
			Models:     []bonafide.ModelRef{{Name: "pad", Version: "1"}},
			TookMS:     31,
		}
		ok(t, w.FinishGroup(ctx, o.GroupID, rs))
		got, err := w.Analysis(ctx, bonafide.Scope{}, o.Analyses[0].ID)
		ok(t, err)
		want := o.Analyses[0]
		want.State, want.Resolution, want.Result, want.TimeUpdated = bonafide.Finished, bonafide.Declined, rs[0].Result, got.TimeUpdated
		same(t, "ended analysis", got, &want)
		file, err := w.FileByKey(ctx, shot.Key)
		ok(t, err)
		same(t, "best shot", file, &shot)
		ended := state(t, f.ID)
		if ended.State != (bonafide.FolderState{ResolutionStatus: bonafide.Finished, SystemResolution: bonafide.Declined, Overall: bonafide.Declined}) {
			t.Errorf("the folder is %v", ended.State)
		}
		if ended.ResolutionTime.IsZero() || ended.TimeUpdated.Before(f.TimeUpdated) {
			t.Errorf("the folder ended at %v, changed at %v", ended.ResolutionTime, ended.TimeUpdated)
		}
	})
	t.Run("a group ends once", func(t *testing.T) {
		f, _, o := w.stored(t)
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Success)))
		group, err := w.Group(ctx, o.GroupID)
		ok(t, err)
		folder := state(t, f.ID)
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Failed)))
		again, err := w.Group(ctx, o.GroupID)
		ok(t, err)
		same(t, "group after a second end", again, group)
		same(t, "folder after a second end", state(t, f.ID), folder)
	})
	t.Run("a group may end in parts", func(t *testing.T) {
		f, _, o := w.stored(t)
		rs := results(o, bonafide.Success)
		ok(t, w.FinishGroup(ctx, o.GroupID, rs[:1]))
		if s := state(t, f.ID); s.State.ResolutionStatus != bonafide.Processing || !s.ResolutionTime.IsZero() {
			t.Errorf("with one analysis running the folder is %v", s.State)
		}
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Declined)))
		group, err := w.Group(ctx, o.GroupID)
		ok(t, err)
		if got := names(group, func(a bonafide.Analysis) string { return string(a.Resolution) }); got != "SUCCESS DECLINED" {
			t.Errorf("the analyses ended as %s", got)
		}
	})
	t.Run("a newer group opens the folder again", func(t *testing.T) {
		f, m, o := w.stored(t)
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Success)))
		second := newOrder(m[0].ID)
		ok(t, w.AddToFolder(ctx, f.ID, store.Addition{Order: second}))
		if s := state(t, f.ID); s.State.SystemResolution != bonafide.Processing || !s.ResolutionTime.IsZero() {
			t.Errorf("with a second order the folder is %v, ended at %v", s.State, s.ResolutionTime)
		}
		ok(t, w.FinishGroup(ctx, second.GroupID, results(second, bonafide.Failed)))
		got, err := w.Analysis(ctx, bonafide.Scope{}, second.Analyses[0].ID)
		ok(t, err)
		if got.ErrorCode != bonafide.CodeModel || got.ErrorMessage != "no liveness model installed" || got.Result != nil {
			t.Errorf("failed with %s %q", got.ErrorCode, got.ErrorMessage)
		}
		if s := state(t, f.ID).State; s != (bonafide.FolderState{ResolutionStatus: bonafide.Failed, SystemResolution: bonafide.Failed, Overall: bonafide.Failed}) {
			t.Errorf("the folder is %v", s)
		}
	})
	t.Run("a doubtful end is refused as a whole", func(t *testing.T) {
		_, _, o := w.stored(t)
		_, _, another := w.stored(t)
		for name, spoil := range map[string]func(*bonafide.AnalysisResult){
			"still PROCESSING":        func(r *bonafide.AnalysisResult) { r.State = bonafide.Processing },
			"no state":                func(r *bonafide.AnalysisResult) { r.State = "" },
			"no resolution":           func(r *bonafide.AnalysisResult) { r.Resolution = "" },
			"failed with success":     func(r *bonafide.AnalysisResult) { r.State = bonafide.Failed },
			"finished without":        func(r *bonafide.AnalysisResult) { r.Resolution = bonafide.Finished },
			"a score that is none":    func(r *bonafide.AnalysisResult) { r.Result.Findings = []bonafide.Finding{{Score: ptr(math.NaN())}} },
			"of another group":        func(r *bonafide.AnalysisResult) { r.AnalysisID = another.Analyses[0].ID },
			"of an unknown analysis":  func(r *bonafide.AnalysisResult) { r.AnalysisID = bonafide.NewID() },
			"a best shot that exists": func(r *bonafide.AnalysisResult) { r.Result.Findings = twice(newFile()) },
		} {
			rs := results(o, bonafide.Success)
			spoil(&rs[1])
			if err := w.FinishGroup(ctx, o.GroupID, rs); err == nil {
				t.Errorf("%s: no error", name)
			}
			group, err := w.Group(ctx, o.GroupID)
			ok(t, err)
			same(t, name, group, o.Analyses)
		}
		wantCode(t, "an unknown group", w.FinishGroup(ctx, bonafide.NewID(), nil), bonafide.CodeNotFound)
	})
}

func twice(f bonafide.File) []bonafide.Finding {
	return []bonafide.Finding{{BestShot: &f}, {BestShot: &f}}
}
