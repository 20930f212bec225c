package enrol_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// company is the scope of a user who may see all of the company.
func company(u *bonafide.User) bonafide.Scope { return bonafide.Scope{CompanyID: u.CompanyID} }

// blacklist gives the collection that the company has from the start.
func (b *bench) blacklist(t *testing.T, u *bonafide.User) bonafide.ID {
	t.Helper()
	page, err := b.store.Collections(t.Context(), company(u), bonafide.Query{Limit: -1})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	return page.Items[0].ID
}

func TestAPersonIsStoredAndThenFindable(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	up := intake.Upload{Files: b.accept(t, "p1=image one", "p2=image two"), Payload: intake.Payload{
		PersonMeta: bonafide.Meta{"name": "Ann"}, Tags: map[string][]string{"p1": {"photo_selfie"}}}}
	made, err := b.AddPerson(t.Context(), company(b.user), list, up)
	if err != nil {
		t.Fatal(err)
	}
	p, images := made.Person, made.Images
	stored, err := b.store.ImagesOf(t.Context(), p.ID)
	if err != nil || len(stored[p.ID]) != 2 || len(images) != 2 {
		t.Fatalf("%+v, %v", stored, err)
	}
	if im := stored[p.ID][0]; im.Tags[0] != "photo_selfie" || b.content(t, im.Original.Digest) != "image one" || im.CompanyID != b.user.CompanyID || b.found(t, list) != 2 {
		t.Errorf("%+v, %d found", im, b.found(t, list))
	}
	if err := b.DeletePersonImage(t.Context(), company(b.user), list, p.ID, images[0].ID); err != nil || b.found(t, list) != 1 {
		t.Errorf("%v, %d found", err, b.found(t, list))
	}
	if err := b.DeletePerson(t.Context(), company(b.user), list, p.ID); err != nil || b.found(t, list) != 0 {
		t.Errorf("%v, %d found", err, b.found(t, list))
	}
	if _, err := b.AddPerson(t.Context(), company(b.user), list, intake.Upload{Files: b.accept(t, "p1=image three")}); err != nil || b.found(t, list) != 1 {
		t.Errorf("%v, %d found", err, b.found(t, list))
	}
	if err := b.DeleteCollection(t.Context(), company(b.user), list); err != nil || b.found(t, list) != 0 {
		t.Errorf("%v, %d found", err, b.found(t, list))
	}
}

func TestWhoCannotBeEnrolledLeavesNothingBehind(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	other := b.person(t, bonafide.ClientAdmin)
	before := b.files(t)
	for name, test := range map[string]struct {
		scope bonafide.Scope
		list  bonafide.ID
		files []string
		code  bonafide.Code
	}{
		"without a photo":         {company(b.user), list, nil, bonafide.CodeStructure},
		"by a clip":               {company(b.user), list, []string{"v=video one"}, bonafide.CodeValue},
		"with one face missing":   {company(b.user), list, []string{"a=image one", "b=image of nobody"}, bonafide.CodeValue},
		"by another company":      {company(other), list, []string{"a=image one"}, bonafide.CodeNotFound},
		"in an unknown list":      {company(b.user), bonafide.NewID(), []string{"a=image one"}, bonafide.CodeNotFound},
		"by nobody in particular": {bonafide.Scope{Nothing: true}, list, []string{"a=image one"}, bonafide.CodeNotFound},
	} {
		up := intake.Upload{Files: b.accept(t, test.files...)}
		_, err := b.AddPerson(t.Context(), test.scope, test.list, up)
		b.reception.Discard(t.Context(), up.Files)
		if bonafide.CodeOf(err) != test.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	page, err := b.store.Persons(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	if err != nil || page.Total != 0 || b.found(t, list) != 0 || b.files(t) != before {
		t.Errorf("%d persons, %v, %d found", page.Total, err, b.found(t, list))
	}
}

func TestAPersonIsReachedThroughItsCollectionOnly(t *testing.T) {
	b := newBench(t)
	list := b.blacklist(t, b.user)
	made, err := b.AddPerson(t.Context(), company(b.user), list, intake.Upload{Files: b.accept(t, "a=image one")})
	if err != nil {
		t.Fatal(err)
	}
	p, images := made.Person, made.Images
	alias := "second"
	second, err := b.CreateCollection(t.Context(), b.user, company(b.user), "", enrol.CollectionChange{Alias: &alias})
	if err != nil || second.CompanyID != b.user.CompanyID {
		t.Fatalf("%+v, %v", second, err)
	}
	other := company(b.person(t, bonafide.ClientAdmin))
	for _, at := range []struct {
		scope bonafide.Scope
		list  bonafide.ID
	}{{company(b.user), second.ID}, {other, list}} {
		wantCode(t, b.DeletePerson(t.Context(), at.scope, at.list, p.ID), bonafide.CodeNotFound)
		wantCode(t, b.DeletePersonImage(t.Context(), at.scope, at.list, p.ID, images[0].ID), bonafide.CodeNotFound)
		_, err = b.ChangePerson(t.Context(), at.scope, at.list, p.ID, bonafide.Meta{"a": 1})
		wantCode(t, err, bonafide.CodeNotFound)
		_, err = b.AddPersonImages(t.Context(), at.scope, at.list, p.ID, intake.Upload{Files: b.accept(t, "a=image two")})
		wantCode(t, err, bonafide.CodeNotFound)
	}
	wantCode(t, b.DeletePersonImage(t.Context(), company(b.user), list, p.ID, bonafide.NewID()), bonafide.CodeNotFound)
	wantCode(t, b.DeleteCollection(t.Context(), other, list), bonafide.CodeNotFound)
	_, err = b.CreateCollection(t.Context(), b.user, company(b.user), bonafide.NewID(), enrol.CollectionChange{Alias: &alias})
	wantCode(t, err, bonafide.CodeNotFound)
	if b.found(t, list) != 1 {
		t.Errorf("%d found", b.found(t, list))
	}
}

func TestTheCollectionsOfACompanyGoTogether(t *testing.T) {
	b := newBench(t)
	other := b.person(t, bonafide.Client)
	for _, u := range []*bonafide.User{b.user, other} {
		if _, err := b.AddPerson(t.Context(), company(u), b.blacklist(t, u), intake.Upload{Files: b.accept(t, "a=image one")}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the second time there is nothing to do
		if err := b.DeleteCollectionsOf(t.Context(), b.user.CompanyID); err != nil {
			t.Fatal(err)
		}
	}
	page, err := b.store.Persons(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	if err != nil || page.Total != 1 || page.Items[0].CompanyID != other.CompanyID || b.found(t, page.Items[0].CollectionID) != 1 {
		t.Errorf("%+v, %v", page, err)
	}
}
