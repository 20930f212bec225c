package report

import (
	"context"
	"maps"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// people is a store of users alone.
type people struct {
	Store
	known map[bonafide.ID]*bonafide.User
}

func (p people) User(_ context.Context, id bonafide.ID) (*bonafide.User, error) {
	if u := p.known[id]; u != nil {
		return u, nil
	}
	return nil, bonafide.Errorf(bonafide.CodeNotFound, "User not found")
}

func TestOnlyOperatorsOfTheFoldersCompanyAreNamed(t *testing.T) {
	m := New(Config{Store: people{known: map[bonafide.ID]*bonafide.User{
		"clerk":    {CompanyID: "bank", FirstName: "Aigul", LastName: "Seitova"},
		"moved":    {CompanyID: "elsewhere", FirstName: "Somebody", LastName: "Else"},
		"operator": {FirstName: "Of", LastName: "All"},
	}}})
	analyses := []bonafide.Analysis{{OperatorID: "moved"}, {OperatorID: "operator"}, {OperatorID: "gone"}, {}}
	got, err := m.operators(t.Context(), &bonafide.Folder{CompanyID: "bank", OperatorID: "clerk"}, analyses)
	want := map[bonafide.ID]string{"clerk": "Aigul Seitova", "moved": "", "operator": "", "gone": ""}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}
