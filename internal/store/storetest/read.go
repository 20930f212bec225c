package storetest

import (
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func reads(t *testing.T, w *world) {
	ctx := bonafide.WithActor(t.Context(), bonafide.Actor{UserID: w.user, Via: "link"})
	f, m, o, shots := w.ended(t)
	folder, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
	ok(t, err)
	r := &bonafide.Report{ID: bonafide.NewID(), FolderID: f.ID, UserID: w.user, Name: "report.pdf", File: newFile()}
	ok(t, w.CreateReport(ctx, r, folder.TimeUpdated))
	image := newImage()
	w.enrolled(t, w.collection(t, w.company).ID, image)
	keys := []string{m[0].Original.Key, m[1].Thumb.Key, image.Original.Key, r.File.Key, shots[1].Key, "unknown"}
	read := func() []bonafide.AuditEntry {
		return w.log(t, func() {
			for _, key := range keys {
				ok(t, w.NoteRead(ctx, key))
			}
		})
	}
	if got := read(); len(got) != 0 {
		t.Errorf("a company that did not ask for it: %q", spelled(got))
	}
	c, err := w.Company(ctx, w.company)
	ok(t, err)
	c.TechnicalMeta = bonafide.Meta{"log_reads": true}
	ok(t, PutCompany(ctx, w, c))
	var objects []string
	for _, e := range read() {
		if e.ActorID != w.user || e.Via != "link" || e.Action != bonafide.ActionRead || e.CompanyID != w.company || e.Changed != "" {
			t.Errorf("%+v", e)
		}
		objects = append(objects, e.Object+" "+e.ObjectID)
	}
	want := []string{"media " + string(m[0].ID), "media " + string(m[1].ID), "person_image " + string(image.ID), "report " + string(r.ID), "analysis " + string(o.Analyses[0].ID)}
	if !slices.Equal(objects, want) {
		t.Errorf("noted are %q, want %q", objects, want)
	}
	list := w.collection(t, w.company)
	got := w.log(t, func() { ok(t, w.NoteSearch(ctx, list, 2)) })
	if len(got) != 1 || got[0].ActorID != w.user || got[0].Action != bonafide.ActionRead || got[0].Object != "collection" || got[0].ObjectID != string(list.ID) ||
		got[0].CompanyID != w.company || got[0].Changed != "found=2" {
		t.Errorf("a search: %+v", got)
	}
	w.reopen(t)
	if entries := w.log(t, func() {}); len(entries) != 0 {
		t.Errorf("%+v", entries)
	}
}
