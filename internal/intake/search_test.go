package intake_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
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

func TestASearchStaysInTheCompany(t *testing.T) {
	b := newBench(t)
	other := b.person(t, bonafide.Client)
	mine, theirs := b.blacklist(t, b.user), b.blacklist(t, other)
	f := b.folder(t, intake.Payload{}, "a=image one").Folder.ID
	order := func(u *bonafide.User, folder bonafide.ID, list bonafide.ID) (bonafide.Params, error) {
		made, err := b.Order(t.Context(), u, scope(u), folder, intake.Orders{Lines: []intake.OrderLine{
			{Type: bonafide.Collection, Params: bonafide.Params{CollectionID: list}}}})
		if err != nil {
			return bonafide.Params{}, err
		}
		return made[0].Params, nil
	}
	if p, err := order(b.user, f, mine); err != nil || p.CollectionAlias != bonafide.Blacklist {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := order(b.user, f, ""); err != nil || p.CollectionID != mine {
		t.Errorf("without a collection: %+v, %v", p, err)
	}
	_, err := order(b.user, f, theirs)
	wantCode(t, err, bonafide.CodeNotFound)
	_, err = order(b.user, f, bonafide.NewID())
	wantCode(t, err, bonafide.CodeNotFound)

	admin := &bonafide.User{ID: bonafide.NewID(), Type: bonafide.Admin, Active: true, Email: "admin@localhost"}
	if err := b.store.CreateUser(t.Context(), admin); err != nil {
		t.Fatal(err)
	}
	made, err := b.CreateFolder(t.Context(), admin, intake.Upload{Files: b.accept(t, "a=image one")})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := order(admin, made.Folder.ID, theirs); err != nil || p.CollectionID != theirs {
		t.Errorf("an administrator, elsewhere: %+v, %v", p, err)
	}
	p, err := order(admin, made.Folder.ID, "")
	if err != nil || p.CollectionID == mine || p.CollectionID == theirs {
		t.Errorf("an administrator, without a collection: %+v, %v", p, err)
	}
	_, err = order(b.user, f, p.CollectionID)
	wantCode(t, err, bonafide.CodeNotFound)
}
