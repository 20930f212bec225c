package enrol_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/store"
)

func TestASearchByPhotoFindsWhoIsThereAndKeepsNothing(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	made, err := b.AddPerson(t.Context(), company(b.user), list, intake.Upload{Files: b.accept(t, "a=image of ann", "b=image of ann again")})
	if err != nil {
		t.Fatal(err)
	}
	before := b.files(t)
	for content, similarity := range map[string]float64{"image of ann later": 1, "image of bob": 0} {
		up := intake.Upload{Files: b.accept(t, "p="+content)}
		found, err := b.Search(t.Context(), company(b.user), list, up, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Nearest) != 1 || found.References != 2 || found.Threshold != 0.85 {
			t.Fatalf("%s: %+v", content, found)
		}
		if n := found.Nearest[0]; n.PersonID != made.Person.ID || n.Similarity != similarity || n.Reached() != (similarity == 1) {
			t.Errorf("%s: %+v", content, n)
		}
		b.reception.Discard(t.Context(), up.Files)
	}
	if b.files(t) != before {
		t.Errorf("%d files are left of %d", b.files(t), before)
	}
	page, err := b.store.AuditEntries(t.Context(), bonafide.Query{Limit: 2, Sorting: []bonafide.Sort{{Field: "seq", Desc: true}}})
	if err != nil || len(page.Items) != 2 {
		t.Fatalf("%+v, %v", page, err)
	}
	told := map[string]bool{}
	for _, e := range page.Items {
		told[e.Action+" "+e.Object+" "+e.ObjectID+" "+string(e.CompanyID)+" "+e.Changed] = true
	}
	if what := "read collection " + string(list) + " " + string(b.user.CompanyID) + " found="; !told[what+"1"] || !told[what+"0"] {
		t.Errorf("the log has %v", told)
	}
	err = b.store.Differences(t.Context(), func(d store.Difference) error { t.Error(d); return nil })
	if err != nil {
		t.Error(err)
	}
}

func TestASearchThatCannotBeMadeSaysWhy(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	other := company(b.person(t, bonafide.ClientAdmin))
	for name, test := range map[string]struct {
		scope bonafide.Scope
		files []string
		code  bonafide.Code
	}{
		"without a photo":    {company(b.user), nil, bonafide.CodeStructure},
		"by two photos":      {company(b.user), []string{"a=image one", "b=image two"}, bonafide.CodeValue},
		"by a clip":          {company(b.user), []string{"a=video one"}, bonafide.CodeValue},
		"by nobody's face":   {company(b.user), []string{"a=image of nobody"}, bonafide.CodeValue},
		"by another company": {other, []string{"a=image one"}, bonafide.CodeNotFound},
	} {
		up := intake.Upload{Files: b.accept(t, test.files...)}
		if found, err := b.Search(t.Context(), test.scope, list, up, 10); found != nil || bonafide.CodeOf(err) != test.code {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
		b.reception.Discard(t.Context(), up.Files)
	}
}

func TestWhoIsLikeAnotherPersonIsToldOfOrRefused(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	add := func(refuse bool, files ...string) (*enrol.Enrolled, error) {
		up := intake.Upload{Files: b.accept(t, files...), Payload: intake.Payload{RefuseDuplicates: refuse}}
		defer b.reception.Discard(t.Context(), up.Files)
		return b.AddPerson(t.Context(), company(b.user), list, up)
	}
	ann, err := add(true, "a=image of ann")
	if err != nil || ann.Near[0] != nil {
		t.Fatalf("%+v, %v", ann, err)
	}
	twice, err := add(false, "a=image of ann again", "b=image of bob")
	if err != nil || twice.Near[0] == nil || twice.Near[0].PersonID != ann.Person.ID || twice.Near[0].Similarity != 1 || twice.Near[1] != nil {
		t.Fatalf("%+v, %v", twice, err)
	}
	before := b.files(t)
	_, err = add(true, "a=image of bob again")
	wantCode(t, err, bonafide.CodeExists)
	if b.found(t, list) != 3 || b.files(t) != before {
		t.Errorf("%d found, %d files of %d", b.found(t, list), b.files(t), before)
	}
	// Another photo of the same person is near that person alone.
	up := intake.Upload{Files: b.accept(t, "a=image of ann once more"), Payload: intake.Payload{RefuseDuplicates: true}}
	if err := b.DeletePersonImage(t.Context(), company(b.user), list, twice.Person.ID, twice.Images[0].ID); err != nil {
		t.Fatal(err)
	}
	more, err := b.AddPersonImages(t.Context(), company(b.user), list, ann.Person.ID, up)
	if err != nil || more.Near[0] != nil {
		t.Errorf("%+v, %v", more, err)
	}
}
