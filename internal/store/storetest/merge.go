package storetest

import (
	"testing"

	"github.com/bonafide-id/bonafide"
)

// owners tells whose images are, in what collection, as galleries see it.
func (w *world) holds(t *testing.T, images ...bonafide.PersonImage) (persons, collections []bonafide.ID) {
	t.Helper()
	all := map[bonafide.ID]bonafide.Reference{}
	ok(t, w.References(t.Context(), newReferenceModel(), func(r bonafide.Reference) error { all[r.ImageID] = r; return nil }))
	for _, im := range images {
		persons, collections = append(persons, all[im.ID].PersonID), append(collections, all[im.ID].CollectionID)
	}
	return persons, collections
}

func merges(t *testing.T, w *world) {
	ctx, mine := t.Context(), bonafide.Scope{CompanyID: w.company}
	c, d, theirs := w.collection(t, w.company), w.collection(t, w.company), w.collection(t, w.other)
	a1, a2, b1, c1 := newImage(), newImage(), newImage(), newImage()
	a, b, other := w.enrolled(t, c.ID, a1, a2), w.enrolled(t, c.ID, b1), w.enrolled(t, d.ID, c1)
	before, err := w.ReferenceChanges(ctx, newReferenceModel(), -1, c.ID)
	ok(t, err)
	entries := w.log(t, func() { ok(t, w.MergePersons(ctx, mine, b.ID, a.ID)) })
	told := map[string]bool{}
	for _, e := range entries {
		told[e.Action+" "+e.Object+" "+e.ObjectID] = true
	}
	if !told["delete person "+string(a.ID)] || !told["update person_image "+string(a1.ID)] {
		t.Errorf("the log has %v", told)
	}
	after, err := w.ReferenceChanges(ctx, newReferenceModel(), before.Last, c.ID)
	if err != nil || len(after.Changed) != 2 || after.Held != 3 || len(after.Gone) != 0 {
		t.Errorf("%+v, %v", after, err)
	}
	persons, _ := w.holds(t, a1, a2, b1)
	same(t, "owners", persons, []bonafide.ID{b.ID, b.ID, b.ID})
	_, err = w.Person(ctx, mine, a.ID)
	wantCode(t, "who was merged", err, bonafide.CodeNotFound)
	wantCode(t, "another split", w.SplitPerson(ctx, mine, b.ID, other.ID), bonafide.CodeNotFound)
	wantCode(t, "of another company", w.SplitPerson(ctx, bonafide.Scope{CompanyID: w.other}, b.ID, a.ID), bonafide.CodeNotFound)
	ok(t, w.DeletePersonImage(ctx, a2.ID))
	w.reopen(t)
	ok(t, w.SplitPerson(ctx, mine, b.ID, a.ID))
	persons, _ = w.holds(t, a1, b1)
	same(t, "owners", persons, []bonafide.ID{a.ID, b.ID})
	again, err := w.Person(ctx, mine, a.ID)
	ok(t, err)
	same(t, "metadata", again.Meta, a.Meta)
	wantCode(t, "a second split", w.SplitPerson(ctx, mine, b.ID, a.ID), bonafide.CodeNotFound)

	wantCode(t, "with itself", w.MergePersons(ctx, mine, a.ID, a.ID), bonafide.CodeValue)
	wantCode(t, "of two collections", w.MergePersons(ctx, mine, a.ID, other.ID), bonafide.CodeValue)
	wantCode(t, "unknown", w.MergePersons(ctx, mine, a.ID, bonafide.NewID()), bonafide.CodeNotFound)
	wantCode(t, "of another company", w.MergePersons(ctx, bonafide.Scope{CompanyID: w.other}, a.ID, b.ID), bonafide.CodeNotFound)

	ok(t, w.MovePerson(ctx, mine, a.ID, d.ID))
	persons, collections := w.holds(t, a1)
	same(t, "owners", persons, []bonafide.ID{a.ID})
	same(t, "collections", collections, []bonafide.ID{d.ID})
	moved, err := w.Person(ctx, mine, a.ID)
	if err != nil || moved.CollectionID != d.ID {
		t.Errorf("%+v, %v", moved, err)
	}
	wantCode(t, "into another company's", w.MovePerson(ctx, bonafide.Scope{}, a.ID, theirs.ID), bonafide.CodeValue)
	wantCode(t, "into one that is not seen", w.MovePerson(ctx, mine, a.ID, theirs.ID), bonafide.CodeNotFound)
	wantCode(t, "by another company", w.MovePerson(ctx, bonafide.Scope{CompanyID: w.other}, a.ID, theirs.ID), bonafide.CodeNotFound)

	// Of who goes for good nothing is left that could come back.
	ok(t, w.MergePersons(ctx, mine, a.ID, other.ID))
	ok(t, w.DeletePerson(ctx, a.ID))
	wantCode(t, "after deletion", w.SplitPerson(ctx, mine, a.ID, other.ID), bonafide.CodeNotFound)
}
