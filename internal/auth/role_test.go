package auth_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

func TestScopesFollowTheMatrix(t *testing.T) {
	const company, user = bonafide.ID("company"), bonafide.ID("user")
	all := bonafide.Scope{}
	own := bonafide.Scope{CompanyID: company, UserID: user}
	ofCompany := bonafide.Scope{CompanyID: company}
	no := bonafide.Scope{Nothing: true}
	tests := []struct {
		role       bonafide.UserType
		permission auth.Permission
		want       bonafide.Scope
	}{
		{bonafide.Admin, auth.FolderCreate, all},
		{bonafide.Admin, auth.AnalysisOrder, all},
		{bonafide.Admin, auth.AnalysisDecide, no},
		{bonafide.Operator, auth.FolderRead, all},
		{bonafide.Operator, auth.FolderCreate, no},
		{bonafide.Operator, auth.UserUpdate, bonafide.Scope{UserID: user}},
		{bonafide.Client, auth.FolderRead, own},
		{bonafide.Client, auth.FolderDelete, no},
		{bonafide.Client, auth.CollectionRead, ofCompany},
		{bonafide.ClientAdmin, auth.UserDelete, ofCompany},
		{bonafide.ClientAdmin, auth.CompanyCreate, no},
		{bonafide.ClientOperator, auth.AnalysisDecide, ofCompany},
		{bonafide.ClientOperator, auth.MediaCreate, no},
		{bonafide.ClientService, auth.MediaCreate, ofCompany},
		{bonafide.ClientService, auth.ServiceTokenCreate, own},
		{bonafide.ClientOperator, auth.ServiceTokenCreate, no},
		{"ROOT", auth.FolderRead, no},
		{"", auth.FolderRead, no},
		{bonafide.Admin, "folder.burn", no},
	}
	for _, test := range tests {
		c := auth.Caller{User: bonafide.User{ID: user, Type: test.role}}
		if test.role != bonafide.Admin && test.role != bonafide.Operator {
			c.User.CompanyID = company
		}
		got, err := c.May(test.permission)
		if got != test.want || (err != nil) != test.want.Nothing || test.want.Nothing && bonafide.CodeOf(err) != bonafide.CodeForbidden {
			t.Errorf("%s %s: got %+v, %v", test.role, test.permission, got, err)
		}
	}
}

func TestAUserWithoutItsPlaceSeesNothing(t *testing.T) {
	for _, role := range []bonafide.UserType{bonafide.Client, bonafide.ClientAdmin, bonafide.ClientOperator, bonafide.ClientService} {
		c := auth.Caller{User: bonafide.User{Type: role}}
		if got, err := c.May(auth.FolderRead); !got.Nothing || err == nil {
			t.Errorf("%s: got %+v, %v", role, got, err)
		}
	}
}

func TestEveryPermissionHasOneRow(t *testing.T) {
	seen := map[auth.Permission]bool{}
	for _, rule := range auth.Matrix() {
		if seen[rule.Permission] {
			t.Errorf("%s has two rows", rule.Permission)
		}
		seen[rule.Permission] = true
	}
}
